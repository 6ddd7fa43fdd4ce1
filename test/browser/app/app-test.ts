import type { BrowserContext, BrowserContextOptions, Locator, Page } from '@playwright/test';
import type { ChatApp } from '../../../src/app/index.js';
import { SHORT_SPLASH_MS, SPLASH_MS } from '../../../src/app/times.js';
import { ChatPage } from '../support/chat-page.js';
import { test as base, expect } from '../support/chat-test.js';

/** The app as the person in front of it finds it. */
export class AppPage {
  readonly root: Locator;
  readonly splash: Locator;
  readonly heading: Locator;
  readonly account: Locator;
  readonly password: Locator;
  /** What went wrong with the login. */
  readonly trouble: Locator;
  /** What is asked when the server does not answer. */
  readonly late: Locator;
  readonly chat: ChatPage;

  constructor(readonly page: Page) {
    this.root = page.locator('chat-app');
    this.splash = this.root.locator('[part=splash]');
    this.heading = this.root.getByRole('heading', { level: 1 });
    this.account = this.root.locator('input[name=username]');
    this.password = this.root.locator('input[name=password]');
    this.trouble = this.root.getByRole('alert');
    this.late = this.root.getByRole('alertdialog').filter({ visible: true });
    this.chat = new ChatPage(page, this.root.locator('chat-window'));
  }

  /** The one with this name that can be seen. */
  button(name: string | RegExp): Locator {
    return this.root.getByRole('button', { name, exact: true });
  }

  async logIn(account: string, password: string): Promise<void> {
    await this.account.fill(account);
    await this.password.fill(password);
    await this.password.press('Enter');
  }

  /** What has the focus, in whatever shadow tree. */
  focused(): Promise<string> {
    return this.page.evaluate(() => {
      let focused = document.activeElement;
      while (focused?.shadowRoot?.activeElement) focused = focused.shadowRoot.activeElement;
      return `${focused?.localName} ${focused?.id || focused?.getAttribute('part') || ''}`.trim();
    });
  }

  /** The time of a splash that is held is over. */
  async splashEnds(): Promise<void> {
    await this.page.evaluate(() => {
      for (const end of window.heldSplashes.splice(0)) end();
    });
  }

  /** Waits until the app has drawn what it was told. */
  async drawn(): Promise<void> {
    await this.root.evaluate((app: ChatApp) => app.updateComplete);
  }
}

export const SPLASHES = [SPLASH_MS, SHORT_SPLASH_MS];

declare global {
  interface Window {
    heldSplashes: (() => void)[];
  }
}

/** Runs before the page's scripts: a splash, short or not, stays until it is pressed, or the test says that its time is over. */
export function holdSplash(times: readonly number[]): void {
  const real = setTimeout;
  window.heldSplashes = [];
  Object.assign(window, {
    setTimeout: (handler: () => void, ms = 0, ...all: unknown[]) => {
      if (!times.includes(ms)) return real(handler, ms, ...all);
      window.heldSplashes.push(handler);
      return 0;
    },
  });
}

interface Fixtures {
  /** Opens the app on the demo page, in a browser context of its own. By default in English, without the splash and the notice. */
  start: (
    parameters?: Readonly<Record<string, string>>,
    options?: BrowserContextOptions,
    prepare?: (context: BrowserContext) => Promise<unknown>,
  ) => Promise<AppPage>;
}

export const test = base.extend<Fixtures>({
  start: ({ visit }, use) =>
    use(async (parameters = {}, options = {}, prepare = async () => {}) => {
      const all = { app: '', locale: 'en', splash: 'off', consent: 'none', ...parameters };
      const { page } = await visit(all, options, prepare);
      return new AppPage(page);
    }),
});

export { expect };
