import type { CdpPage } from '../support/cdp-page.js';

/** What a fault may use besides the page. */
export interface FaultScene {
  readonly page: CdpPage;
  /** Another page of the same site. */
  readonly elsewhere: string;
  /** How long it lasts, about. */
  readonly ms: number;
  /** Called while the page can hear nothing: what comes then is missed, or has to wait. Takes `ms`. */
  readonly meanwhile: () => Promise<void>;
}

/** What browsers do to pages, each with its end. */
export const pageFaults = {
  frozen: async ({ page, meanwhile }: FaultScene) => {
    await page.freeze();
    await meanwhile();
    await page.resume();
  },
  'in the back-forward cache': async ({ page, elsewhere, meanwhile }: FaultScene) => {
    await page.navigate(elsewhere);
    await meanwhile();
    if (!(await page.go(-1))) throw new Error('the back-forward cache did not take the page');
  },
  reloaded: async ({ page, meanwhile }: FaultScene) => {
    const reloaded = page.reload();
    await meanwhile();
    await reloaded;
  },
  crashed: async ({ page, meanwhile }: FaultScene) => {
    await page.crash();
    await meanwhile();
    await page.reload();
  },
  killed: async ({ page, meanwhile }: FaultScene) => {
    await page.kill();
    await meanwhile();
    await page.reload();
  },
  hidden: async ({ page, meanwhile }: FaultScene) => {
    await page.hide();
    await meanwhile();
    await page.show();
  },
  asleep: async ({ page, meanwhile }: FaultScene) => {
    page.chromium.sleep();
    await meanwhile();
    page.chromium.wake();
  },
  blocked: async ({ page, ms, meanwhile }: FaultScene) => {
    const blocked = page.evaluate((duration) => {
      const end = performance.now() + duration;
      while (performance.now() < end);
    }, ms);
    await meanwhile();
    await blocked;
  },
} satisfies Record<string, (scene: FaultScene) => Promise<void>>;

export type PageFault = keyof typeof pageFaults;
