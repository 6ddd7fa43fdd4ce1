import { writeFile } from 'node:fs/promises';
import type { BrowserContext, BrowserContextOptions, Locator, Page } from '@playwright/test';
import type { ChatLauncher } from '../../../src/index.js';
import { ChatPage } from '../support/chat-page.js';
import { test as base, expect } from '../support/chat-test.js';

/** A page of somebody else's, with the tag on it. */
export interface ShopOptions {
  /** Attributes of the tag, without `data-`. Default: the test's gateway, and the robot as the peer. */
  readonly tag?: Readonly<Record<string, string>>;
  /** In place of the tag: what the page has in its head. */
  readonly head?: string;
  /** What comes before the tag in the body. */
  readonly body?: string;
  /** Where the script lies. */
  readonly script?: string;
  readonly policy?: string;
  readonly context?: BrowserContextOptions;
  readonly prepare?: (context: BrowserContext) => Promise<unknown>;
}

/** What a visitor of that page finds. */
export class Shop {
  readonly launcher: Locator;
  readonly button: Locator;
  readonly badge: Locator;
  readonly preview: Locator;
  readonly panel: Locator;
  readonly close: Locator;
  readonly notice: Locator;
  readonly chat: ChatPage;
  /** Addresses that the page asked for, itself not included. */
  readonly requests: string[] = [];

  constructor(
    readonly page: Page,
    /** Address of the page. */
    readonly url: string,
  ) {
    this.launcher = page.locator('chat-launcher');
    this.button = this.launcher.locator('.button');
    this.badge = this.launcher.locator('.badge');
    this.preview = this.launcher.locator('.preview');
    this.panel = this.launcher.getByRole('dialog').and(page.locator('.panel'));
    this.close = this.panel.locator('.close');
    this.notice = this.panel.locator('.consent');
    this.chat = new ChatPage(page);
    page.on('request', (request) => {
      if (!request.isNavigationRequest()) this.requests.push(request.url());
    });
  }

  /** Opens the panel by its button, and waits until somebody can type. */
  async open(): Promise<void> {
    await this.button.click();
    await expect(this.chat.field).toBeVisible();
  }

  /** What the page does by itself once it has nothing else to do has begun: idle callbacks are called in their order. */
  idle(): Promise<unknown> {
    return this.page.evaluate(() => new Promise((resolve) => requestIdleCallback(resolve)));
  }

  /** The chat's files have come. */
  async loaded(): Promise<void> {
    await expect
      .poll(() => this.launcher.evaluate((launcher: ChatLauncher) => launcher.panel !== undefined))
      .toBe(true);
  }

  call(...args: readonly unknown[]): Promise<unknown> {
    return this.page.evaluate(
      (all) => (window as unknown as { HarmonyChat(...args: unknown[]): Promise<unknown> }).HarmonyChat(...all),
      args,
    );
  }

  /** What the page and its storages hold of a chat: by the names of keys and databases. */
  stored(): Promise<string[]> {
    return this.page.evaluate(async () => [
      ...Object.keys(localStorage),
      ...Object.keys(sessionStorage),
      ...(await indexedDB.databases()).map(({ name }) => name ?? ''),
    ]);
  }
}

let pages = 0;

export const test = base.extend<{ shop: (options?: ShopOptions) => Promise<Shop> }>({
  shop: ({ browser, site, serverUrl }, use) =>
    use(async ({ tag = {}, head, body = '', policy, prepare, context: options = {}, ...rest } = {}) => {
      const { script = '/dist/harmonychat.js' } = rest;
      const attributes = Object.entries({ 'server-url': serverUrl, 'peer-id': 'support', locale: 'en', ...tag })
        .map(([name, value]) => ` data-${name}="${value}"`)
        .join('');
      const name = `shop-${process.pid}-${++pages}.html`;
      await writeFile(
        `${site.folder}/${name}`,
        `<!doctype html><html lang="en"><head><meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        ${policy ? `<meta http-equiv="Content-Security-Policy" content="${policy}">` : ''}
        <title>Shop</title><link rel="icon" href="/logo.svg">
        ${head ?? `<script async src="${script}"${attributes}></script>`}</head>
        <body><h1>Shop</h1>${body}</body></html>`,
      );
      const context = await browser.newContext(options);
      await prepare?.(context);
      const shop = new Shop(await context.newPage(), site.url + name);
      await shop.page.goto(shop.url);
      return shop;
    }),
});

export { expect };
