import type { BrowserContext, Page } from '@playwright/test';
import type { ChatWindow } from '../../../src/index.js';
import { test as base, expect } from '../support/chat-test.js';

/** What a page did, and what its answer to the question for the permission will be. */
interface Told {
  chimes: number;
  readonly notifications: [title: string, body: string, tag: string][];
  asked: number;
  permission: string;
  answer: string;
}

declare global {
  interface Window {
    told: Told;
  }
}

/** Counts sounds, which are made all the same, and notifications. Nobody looks at the page. */
function record(permission: string): void {
  const told: Told = { chimes: 0, notifications: [], asked: 0, permission, answer: 'granted' };
  window.told = told;
  Document.prototype.hasFocus = () => false;
  window.AudioContext = class extends AudioContext {
    constructor() {
      super();
      told.chimes += 1;
    }
  };
  class RecordedNotification {
    static get permission() {
      return told.permission;
    }
    static async requestPermission() {
      told.asked += 1;
      told.permission = told.answer;
      return told.answer;
    }
    constructor(title: string, { body = '', tag = '' }: NotificationOptions = {}) {
      if (told.permission === 'granted') told.notifications.push([title, body, tag]);
    }
    close() {}
  }
  Object.assign(window, { Notification: RecordedNotification });
}

const test = base.extend<{ context: BrowserContext; tab: () => Promise<Page> }>({
  /** A tab of one browser in which somebody has pressed something. */
  tab: async ({ context, site }, use) => {
    await context.addInitScript(record, 'granted');
    await use(async () => {
      const page = await context.newPage();
      await page.goto(`${site.url}test/browser/pages/attention.html`);
      await page.waitForFunction(() => 'attentionPage' in window);
      await page.mouse.click(5, 5);
      return page;
    });
  },
});

const receive = (page: Page, id: string) => page.evaluate((name) => window.attentionPage.session.receive(name), id);
const held = (page: Page | undefined) => page?.evaluate(async () => (await navigator.locks.query()).held?.length);
const told = async (pages: readonly Page[]) => {
  const all = await Promise.all(pages.map((page) => page.evaluate(() => window.told)));
  return [all.reduce((sum, { chimes }) => sum + chimes, 0), all.flatMap(({ notifications }) => notifications).length];
};

test('the title tells the number, follows the page, and is as before once all is read', async ({ tab }) => {
  const page = await tab();
  await receive(page, '1');
  await expect(page).toHaveTitle('(1) Shop');
  await page.evaluate(() => {
    document.title = '(3) News';
  });
  await expect(page).toHaveTitle('(1) (3) News');
  await receive(page, '2');
  await expect(page).toHaveTitle('(2) (3) News');
  await page.evaluate(() => window.attentionPage.session.read());
  await expect(page).toHaveTitle('(3) News');
  await receive(page, '3');
  await expect(page).toHaveTitle('(1) (3) News');
  await page.evaluate(() => window.attentionPage.close());
  await expect(page).toHaveTitle('(3) News');
});

test('two pages that answer each other’s titles do not hang', async ({ tab }) => {
  const page = await tab();
  await page.evaluate(() => {
    const observer = new MutationObserver(() => {
      if (document.title !== 'Mine') document.title = 'Mine';
    });
    observer.observe(document.head, { subtree: true, childList: true });
  });
  await receive(page, '1');
  await expect(page).toHaveTitle('Mine');
});

test('of two tabs one makes a sound, and one shows a notification', async ({ tab }) => {
  const pages = [await tab(), await tab()];
  await Promise.all(pages.map((page) => receive(page, '1')));
  await expect.poll(() => told(pages)).toEqual([1, 1]);
  for (const page of pages) await expect(page).toHaveTitle('(1) Shop');
  // Until the locks are free again: whoever waited for one would have its turn by now.
  await expect.poll(() => held(pages[0])).toBe(0);
  expect(await told(pages)).toEqual([1, 1]);
  const notifications = await Promise.all(pages.map((page) => page.evaluate(() => window.told.notifications)));
  expect(notifications.flat()).toEqual([['Bob', 'text of 1', 'harmonychat ["alice","bob"]']]);
});

test('a tab that nobody has touched stays silent', async ({ tab, context, site }) => {
  const untouched = await context.newPage();
  // Playwright's own calls count as a press.
  await untouched.addInitScript(() =>
    Object.defineProperty(navigator, 'userActivation', { value: { hasBeenActive: false } }),
  );
  await untouched.goto(`${site.url}test/browser/pages/attention.html`);
  await untouched.waitForFunction(() => 'attentionPage' in window);
  const pages = [untouched, await tab()];
  await receive(untouched, '1');
  await expect.poll(() => told(pages)).toEqual([0, 1]);
  // There is at most one notification in 3 s.
  await expect.poll(() => held(untouched)).toBe(0);
  await Promise.all(pages.map((page) => receive(page, '2')));
  await expect.poll(() => told(pages)).toEqual([1, 2]);
  expect(await untouched.evaluate(() => window.told.chimes)).toBe(0);
});

for (const answer of ['granted', 'denied'] as const) {
  test(`the bell asks at a press only, goes once it is ${answer}, and the focus stays in the chat`, async ({
    emptyPage,
    serverUrl,
    userId,
  }) => {
    const chat = await emptyPage({}, (context) => context.addInitScript(record, 'default'));
    await chat.page.evaluate(
      ([url, user, own]) => {
        window.told.answer = own;
        const wishes = { notifications: 'on', locale: 'en' };
        window.windowPage.open({ 'server-url': url, 'user-id': user, 'peer-id': 'bob', ...wishes });
      },
      [serverUrl, userId('alice'), answer] as const,
    );
    const bell = chat.root.getByRole('button', { name: 'Notify me of new messages' });
    await expect(bell).toBeVisible();
    // It is drawn when it is known what is kept.
    await expect(chat.list).toBeVisible();
    const box = await bell.boundingBox();
    expect(box).toMatchObject({ width: 44, height: 44 });
    await bell.dispatchEvent('click');
    expect(await chat.page.evaluate(() => window.told.asked)).toBe(0);
    await bell.focus();
    await chat.page.keyboard.press('Enter');
    await expect(bell).toBeHidden();
    expect(await chat.page.evaluate(() => window.told.asked)).toBe(1);
    const focused = await chat.root.evaluate((root: ChatWindow) => root.shadowRoot?.activeElement?.localName);
    expect(focused).toBe('message-list');
  });
}

test('the bell stays when the question was closed without an answer', async ({ emptyPage, serverUrl, userId }) => {
  const chat = await emptyPage({}, (context) => context.addInitScript(record, 'default'));
  await chat.page.evaluate(
    ([url, user]) => {
      window.told.answer = 'default';
      window.windowPage.open({ 'server-url': url, 'user-id': user, 'peer-id': 'bob', notifications: 'private' });
    },
    [serverUrl, userId('alice')] as const,
  );
  const bell = chat.root.locator('[part=bell]');
  await bell.click();
  await bell.click();
  expect(await chat.page.evaluate(() => window.told.asked)).toBe(2);
  await expect(bell).toBeVisible();
});

test('there is no bell unless the page wants notifications', async ({ emptyPage, serverUrl, userId }) => {
  const chat = await emptyPage({}, (context) => context.addInitScript(record, 'default'));
  const open = (user: string, notifications: string) =>
    chat.page.evaluate(
      ([url, id, wanted]) =>
        window.windowPage.open({ 'server-url': url, 'user-id': id, 'peer-id': 'bob', notifications: wanted }),
      [serverUrl, user, notifications] as const,
    );
  await open(userId('alice'), 'off');
  await open(userId('carol'), 'on');
  await expect(chat.page.locator('[part=bell]')).toHaveCount(1);
});
