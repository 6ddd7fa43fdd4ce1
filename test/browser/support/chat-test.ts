import type { BrowserContext, BrowserContextOptions } from '@playwright/test';
import type { Gateway } from '../../gateway/gateway.js';
import { test as base, expect as baseExpect } from '../fixtures.js';
import { ChatPage } from './chat-page.js';
import { recordEvents } from './recorded-events.js';

interface Fixtures {
  /** A user id that no other test has. */
  userId: (name: string) => string;
  /** Without the faults of the test before. */
  gateway: Gateway;
  /** Opens the demo page with these parameters in a browser context of its own. */
  visit: (
    parameters?: Readonly<Record<string, string | number>>,
    options?: BrowserContextOptions,
    prepare?: (context: BrowserContext) => Promise<unknown>,
  ) => Promise<ChatPage>;
  /** Like `visit`, and waits until the chat is connected. */
  enter: Fixtures['visit'];
  /** Opens an empty page, onto which `windowPage.open` puts windows. */
  emptyPage: (
    options?: BrowserContextOptions,
    prepare?: (context: BrowserContext) => Promise<unknown>,
  ) => Promise<ChatPage>;
  /** The gateway's address. */
  serverUrl: string;
}

/** Patient: a busy machine takes its time, and how much says nothing. */
export const expect = baseExpect.configure({ timeout: 15_000 });

let users = 0;

export const test = base.extend<Fixtures>({
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the fixture's dependencies from the pattern.
  userId: ({}, use) => use((name) => `${name}${++users}`),

  gateway: async ({ site: { gateway } }, use) => {
    await use(gateway);
    gateway.faults.clear('*');
    gateway.start();
  },

  visit: ({ browser, site, gateway: _ }, use) =>
    use(async (parameters = {}, options = {}, prepare = async () => {}) => {
      const context = await browser.newContext(options);
      await context.addInitScript(recordEvents);
      await prepare(context);
      const chat = new ChatPage(await context.newPage());
      const query = new URLSearchParams(Object.entries(parameters).map(([name, value]) => [name, String(value)]));
      await chat.page.goto(`${site.url}?${query}`);
      return chat;
    }),

  enter: ({ visit }, use) =>
    use(async (...args) => {
      const chat = await visit(...args);
      await expect(chat.light).toHaveAccessibleName(/^(Connected|已连接)$/);
      return chat;
    }),

  emptyPage: ({ browser, site, gateway: _ }, use) =>
    use(async (options = {}, prepare = async () => {}) => {
      const context = await browser.newContext(options);
      await context.addInitScript(recordEvents);
      await prepare(context);
      const chat = new ChatPage(await context.newPage());
      await chat.page.goto(`${site.url}test/browser/pages/window.html`);
      await chat.page.waitForFunction(() => 'windowPage' in window);
      return chat;
    }),

  serverUrl: ({ site }, use) => use(`${site.url.replace('http', 'ws')}websocket`),
});
