import type { BrowserContext } from '@playwright/test';
import { FrameType } from '../../gateway/frames.js';
import type { Gateway } from '../../gateway/gateway.js';
import { parseLogin } from '../../gateway/login.js';
import { CdpTab, leaderOf } from '../../support/cdp-tab.js';
import { test as base, expect } from '../lifecycle/lifecycle-test.js';
import { ChatPage } from '../support/chat-page.js';

type Parameters = Readonly<Record<string, string | number>>;

interface Fixtures {
  /** Opens the demo page in one tab more, in a window of its own, and waits until its chat is connected. */
  openTab: (parameters: Parameters) => Promise<CdpTab>;
  openTabs: (count: number, parameters: Parameters) => Promise<CdpTab[]>;
  /** Opens the demo page in so many tabs of a browser that has no other pages; see `enter`. */
  enterTabs: (
    count: number,
    parameters: Parameters,
    prepare?: (context: BrowserContext) => Promise<unknown>,
  ) => Promise<ChatPage[]>;
}

/** Tabs of one browser. Those of `enterTabs` are never hidden, and never hang; those of `openTab` are told whether they lead. */
export const test = base.extend<Fixtures>({
  openTab: async ({ chromium, site, gateway: _ }, use) => {
    const tabs: CdpTab[] = [];
    await use(async (parameters) => {
      const tab = await CdpTab.open(chromium, `${site.url}?${query(parameters)}`);
      tabs.push(tab);
      await expect.poll(() => tab.light()).toBe('Connected');
      return tab;
    });
    const alive = tabs.filter(({ page }) => page.isAlive);
    // Errors on the way out count too.
    for (const { page } of alive) await page.navigate('about:blank');
    for (const { page } of alive) await page.close();
    expect(tabs.flatMap(({ page }) => page.errors)).toEqual([]);
  },

  openTabs: ({ openTab }, use) =>
    use(async (count, parameters) => {
      const tabs: CdpTab[] = [];
      for (let n = 0; n < count; n++) tabs.push(await openTab(parameters));
      return tabs;
    }),

  enterTabs: ({ visit, site }, use) =>
    use(async (count, parameters, prepare) => {
      const first = await visit(parameters, {}, prepare);
      const tabs = [first];
      await expect(first.light).toHaveAccessibleName('Connected');
      while (tabs.length < count) {
        const tab = new ChatPage(await first.page.context().newPage());
        await tab.page.goto(`${site.url}?${query(parameters)}`);
        await expect(tab.light).toHaveAccessibleName(/Connected|Not connected/);
        tabs.push(tab);
      }
      return tabs;
    }),
});

/** The only tab that has a socket, and the others. */
export async function sorted(tabs: readonly CdpTab[]): Promise<[leader: CdpTab, ...followers: CdpTab[]]> {
  let leader: CdpTab | undefined;
  await expect
    .poll(async () => {
      leader = await leaderOf(tabs);
      return leader !== undefined;
    })
    .toBe(true);
  if (!leader) throw new Error('sorted(): expected a tab that leads');
  return [leader, ...tabs.filter((tab) => tab !== leader)];
}

/** What the logins of a user said of the session that they belong to, in order; 0: of a new one. */
export function sessionsOf({ journal }: Gateway, user: string): (number | undefined)[] {
  return journal.logins(user).map(({ frame }) => parseLogin(frame?.dataContent ?? null)?.firstLoginTime);
}

/** Time enough for any reconnect: two more heartbeats of somebody who is online. */
export async function twoHeartbeats({ journal }: Gateway, user: string): Promise<void> {
  for (let beat = 0; beat < 2; beat++) {
    await journal.waitFor({ user, dir: 'in', type: FrameType.keepAlive, after: journal.last });
  }
}

/** How often each message that came to this user was acknowledged. */
export function acknowledged({ journal }: Gateway, user: string): Map<string, number> {
  const counts = new Map<string, number>();
  for (const { dataContent } of journal.frames({ user, dir: 'in', type: FrameType.received })) {
    counts.set(String(dataContent), (counts.get(String(dataContent)) ?? 0) + 1);
  }
  return counts;
}

function query(parameters: Parameters): URLSearchParams {
  return new URLSearchParams(Object.entries(parameters).map(([name, value]) => [name, String(value)]));
}

export { expect };
