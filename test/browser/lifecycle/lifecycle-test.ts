import { CdpChat } from '../../support/cdp-chat.js';
import { CdpPage } from '../../support/cdp-page.js';
import { ChromiumProcess } from '../../support/chromium-process.js';
import { test as base, expect } from '../support/chat-test.js';

interface Fixtures {
  /** Opens a page of the site in a window of its own; paths are relative to it. */
  openPage: (path: string) => Promise<CdpPage>;
  /** Opens the demo page with these parameters, and waits until the chat is connected. */
  openChat: (parameters: Readonly<Record<string, string>>) => Promise<CdpChat>;
}

interface WorkerFixtures {
  chromium: ChromiumProcess;
}

/** Pages that are hidden, frozen, cached, killed: Playwright's own never are. What an exception leaves in a page fails its test. */
export const test = base.extend<Fixtures, WorkerFixtures>({
  chromium: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the fixture's dependencies from the pattern.
    async ({}, use) => {
      // The back-forward cache takes pages with an open WebSocket, as it does by default in later versions.
      const chromium = await ChromiumProcess.start({ features: ['DisconnectWebSocketOnBFCache'] });
      await use(chromium);
      await chromium.close();
    },
    { scope: 'worker' },
  ],

  openPage: async ({ chromium, site }, use) => {
    const pages: CdpPage[] = [];
    await use(async (path) => {
      const page = await CdpPage.open(chromium, site.url + path);
      pages.push(page);
      return page;
    });
    for (const page of pages) await page.close();
    expect(pages.flatMap(({ errors }) => errors)).toEqual([]);
  },

  openChat: async ({ chromium, site, gateway: _ }, use) => {
    const chats: CdpChat[] = [];
    await use(async (parameters) => {
      const chat = await CdpChat.open(chromium, `${site.url}?${new URLSearchParams(parameters)}`);
      chats.push(chat);
      await expect.poll(() => chat.light()).toBe('Connected');
      return chat;
    });
    for (const { page } of chats) await page.close();
    expect(chats.flatMap(({ page }) => page.errors)).toEqual([]);
  },
});

export { expect };
