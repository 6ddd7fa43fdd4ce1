import { CdpChat } from '../../support/cdp-chat.js';
import { CdpPage } from '../../support/cdp-page.js';
import { ChromiumProcess } from '../../support/chromium-process.js';
import { test as base, expect } from '../support/chat-test.js';
import { type RecordedEvent, recordEvents } from '../support/recorded-events.js';

interface Fixtures {
  /** Opens a page of the site, beside others. The path is relative to it. */
  openPage: (path: string) => Promise<CdpPage>;
  /** Opens the demo page with these parameters, and waits until the chat is connected. */
  openChat: (parameters: Readonly<Record<string, string | number>>) => Promise<CdpChat>;
}

interface WorkerFixtures {
  chromium: ChromiumProcess;
}

/** Pages that are hidden, frozen, cached, killed, as Playwright's own never are. An exception that reaches one fails the test. */
export const test = base.extend<Fixtures, WorkerFixtures>({
  chromium: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the fixture's dependencies from the pattern.
    async ({}, use) => {
      const chromium = await ChromiumProcess.start({
        features: [
          // As in later versions, the back-forward cache takes pages with an open WebSocket.
          'DisconnectWebSocketOnBFCache',
          // After a second, not minutes, timers of hidden pages run once a minute.
          'IntensiveWakeUpThrottling:grace_period_seconds/1/grace_period_seconds_loaded/1',
        ],
      });
      await use(chromium);
      await chromium.close();
    },
    { scope: 'worker' },
  ],

  openPage: async ({ chromium, site, gateway: _ }, use) => {
    const pages: CdpPage[] = [];
    await use(async (path) => {
      const page = await CdpPage.open(chromium, site.url + path, [recordEvents]);
      pages.push(page);
      return page;
    });
    // Errors on the way out count too.
    for (const page of pages) await page.navigate('about:blank');
    for (const page of pages) await page.close();
    expect(pages.flatMap(({ errors }) => errors)).toEqual([]);
  },

  openChat: ({ openPage }, use) =>
    use(async (parameters) => {
      const query = Object.entries(parameters).map(([name, value]) => [name, String(value)]);
      const chat = new CdpChat(await openPage(`?${new URLSearchParams(query)}`));
      await expect.poll(() => chat.light()).toBe('Connected');
      return chat;
    }),
});

/** What the present document was told by events of one type. */
export async function eventsOf({ page }: CdpChat, type: string): Promise<RecordedEvent[]> {
  const all = await page.evaluate(() => window.chatEvents);
  return all.filter((event) => event.type === type);
}

export { expect };
