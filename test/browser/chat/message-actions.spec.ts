import type { Page } from '@playwright/test';
import type { ChatWindow, Message } from '../../../src/index.js';
import { expectNoViolations } from '../support/accessibility.js';
import type { ChatPage } from '../support/chat-page.js';
import { test as base, expect } from '../support/chat-test.js';

interface Fixtures {
  /** A window with these messages, the tools of the list at hand. */
  show: (messages: readonly Partial<Message>[], attributes?: Readonly<Record<string, string>>) => Promise<ChatPage>;
}

const test = base.extend<Fixtures>({
  show: ({ emptyPage }, use) =>
    use(async (messages, attributes = {}) => {
      const chat = await emptyPage({ permissions: ['clipboard-read', 'clipboard-write'] });
      await put(chat.page, messages, attributes);
      await chat.toolsCame();
      return chat;
    }),
});

async function put(page: Page, messages: readonly Partial<Message>[], attributes: Readonly<Record<string, string>>) {
  await page.evaluate(
    ([all, more]) => {
      const { message, open, storeOf } = window.windowPage;
      const sentAt = Date.now();
      const store = storeOf(...all.map((change, n) => message(3 * n, { sentAt, ...change })));
      open({ 'user-id': 'me', 'peer-id': 'bob', locale: 'en', ...more }, { store });
    },
    [messages, attributes] as const,
  );
}

const received = (content: string, more: Partial<Message> = {}): Partial<Message> => ({
  content,
  from: 'bob',
  to: 'me',
  status: 'received',
  ...more,
});

/** The text of what has the focus, and its role. */
function focused(page: Page): Promise<string> {
  return page.evaluate(() => {
    let element = document.activeElement;
    while (element?.shadowRoot?.activeElement) element = element.shadowRoot.activeElement;
    const name = element?.getAttribute('aria-label') ?? element?.textContent?.trim();
    return `${element?.getAttribute('role') ?? element?.localName}: ${name}`;
  });
}

const clipboard = (page: Page) => page.evaluate(() => navigator.clipboard.readText());
const texts = (chat: ChatPage) =>
  chat.root.evaluate((root: ChatWindow) => root.conversation?.store.messages.map(({ content }) => content));

test.describe('by the keyboard', () => {
  test('the transcript is one stop of Tab; the arrow keys go from message to message, Tab into one', async ({
    show,
  }) => {
    const chat = await show([
      received('one https://example.com/1'),
      received('two https://example.com/2'),
      { content: 'three' },
    ]);
    await expect(chat.list.getByRole('link')).toHaveCount(2);
    const { keyboard } = chat.page;
    await keyboard.press('Tab');
    expect(await focused(chat.page)).toBe('log: Messages');
    await keyboard.press('Tab');
    expect(await focused(chat.page)).toContain('textarea');
    await keyboard.press('Shift+Tab');
    expect(await focused(chat.page)).toBe('log: Messages');
    await keyboard.press('ArrowUp');
    expect(await focused(chat.page)).toMatch(/^article: .*three/);
    await keyboard.press('ArrowUp');
    expect(await focused(chat.page)).toMatch(/^article: UID: bob two/);
    await keyboard.press('Tab');
    expect(await focused(chat.page)).toBe('a: https://example.com/2');
    await keyboard.press('Tab');
    expect(await focused(chat.page)).toContain('textarea');
    await keyboard.press('Shift+Tab');
    await keyboard.press('Shift+Tab');
    expect(await focused(chat.page)).toMatch(/^article: UID: bob two/);
    await keyboard.press('ArrowDown');
    await keyboard.press('ArrowDown');
    expect(await focused(chat.page)).toMatch(/^article: .*three/);
    await expectNoViolations(chat);
  });

  test('the arrow keys lead through 300 messages, each in view, and within one that is higher than the view', async ({
    show,
  }) => {
    const many = Array.from({ length: 300 }, (_, n) =>
      received(n === 297 ? 'high\n'.repeat(19) : `number ${n}`, { id: `n${n}` }),
    );
    const chat = await show(many);
    await chat.page.setViewportSize({ width: 360, height: 330 });
    await chat.root.evaluate((root) => root.style.setProperty('height', '320px'));
    const { keyboard } = chat.page;
    await chat.list.focus();
    for (const n of [299, 298]) {
      await keyboard.press('ArrowUp');
      expect(await focused(chat.page)).toContain(`number ${n}`);
    }
    await keyboard.press('ArrowUp');
    expect(await focused(chat.page)).toContain('high');
    // Its end is shown first; then it is read upwards, a bit at each press.
    await keyboard.press('ArrowUp');
    expect(await focused(chat.page)).toContain('high');
    for (let n = 0; n < 40 && (await focused(chat.page)).includes('high'); n++) {
      await keyboard.press('ArrowUp');
      await chat.page.evaluate(() => window.windowPage.painted());
    }
    expect(await focused(chat.page)).toContain('number 296');
    for (let n = 295; n > 200; n--) {
      await keyboard.press('ArrowUp');
      await chat.page.evaluate(() => window.windowPage.painted());
    }
    expect(await focused(chat.page)).toContain('number 201');
    await expect(chat.list.locator('message-bubble:focus')).toBeInViewport({ ratio: 0.9 });
    await keyboard.press('ArrowDown');
    expect(await focused(chat.page)).toContain('number 202');
    // The row goes out of the document; the focus stays in the transcript, and the keys go on from what is in view.
    await keyboard.press('Home');
    await expect.poll(() => focused(chat.page)).toBe('log: Messages');
    await keyboard.press('ArrowDown');
    await expect.poll(() => focused(chat.page)).toContain('number 0');
  });

  for (const key of ['Enter', 'Shift+F10', 'ContextMenu']) {
    test(`${key} opens the menu of a message, Escape leads back to it`, async ({ show }) => {
      const chat = await show([received('one'), received('two')]);
      const { keyboard } = chat.page;
      await chat.list.focus();
      await keyboard.press('ArrowUp');
      await keyboard.press(key);
      await expect(chat.root.getByRole('menu', { name: 'Message actions' })).toBeVisible();
      expect(await focused(chat.page)).toBe('menuitem: Copy');
      await keyboard.press('ArrowDown');
      expect(await focused(chat.page)).toBe('menuitem: Select text');
      await keyboard.press('End');
      expect(await focused(chat.page)).toBe('menuitem: Delete for me');
      await keyboard.press('ArrowDown');
      expect(await focused(chat.page)).toBe('menuitem: Copy');
      await expectNoViolations(chat);
      await keyboard.press('Escape');
      await expect(chat.root.getByRole('menu')).toHaveCount(0);
      expect(await focused(chat.page)).toMatch(/^article: UID: bob two/);
    });
  }

  test('Ctrl+C copies the message, where nothing is marked', async ({ show }) => {
    const chat = await show([received('line one\nline two 🚇')]);
    await chat.list.focus();
    await chat.page.keyboard.press('ArrowUp');
    await chat.page.keyboard.press('Control+c');
    await expect(chat.root.locator('list-tools').getByRole('status')).toHaveText('Copied');
    expect(await clipboard(chat.page)).toBe('line one\nline two 🚇');
    expect(await focused(chat.page)).toContain('article');
  });
});

test('the name of the message that has the focus says its status as it is', async ({ show }) => {
  const chat = await show([{ id: 'own', content: 'mine', status: 'sending' }]);
  await chat.list.focus();
  await chat.page.keyboard.press('ArrowUp');
  expect(await focused(chat.page)).toContain('Sending');
  await chat.root.evaluate((root: ChatWindow) => root.conversation?.store.update('own', { status: 'delivered' }));
  await expect.poll(() => focused(chat.page)).toContain('Delivered');
  await chat.field.focus();
  await expect(chat.message('mine')).not.toHaveAttribute('aria-label');
});

test.describe('by the mouse', () => {
  async function menuOf(chat: ChatPage, text: string) {
    await chat.message(text).hover();
    await chat.root.getByRole('button', { name: 'Message actions' }).click();
    return chat.root.getByRole('menu');
  }

  test('a button beside the message opens its menu; a press beside that closes it, and does nothing else', async ({
    show,
  }) => {
    const chat = await show([received('see https://example.com/'), received('other')]);
    await expect(chat.root.getByRole('button', { name: 'Message actions' })).toHaveCount(0);
    const menu = await menuOf(chat, 'see');
    await expect(menu).toBeVisible();
    await chat.page.mouse.click(20, 200);
    await expect(menu).toHaveCount(0);
    expect(await focused(chat.page)).toContain('article');
  });

  test('what is copied is what the message says; of what has an address, that', async ({ show }) => {
    const card = { title: 'Teapot', text: '600 ml', buttons: [{ title: 'Buy', text: 'buy' }] };
    const all: [Partial<Message>, string][] = [
      [received('<b>你好</b> 👋🏽'), '<b>你好</b> 👋🏽'],
      [received(JSON.stringify({ url: '/robot.svg' }), { type: 1 }), '/robot.svg'],
      [received(JSON.stringify({ url: '/price-list.csv', name: 'Prices' }), { type: 5 }), '/price-list.csv'],
      [received(JSON.stringify(card), { type: 21 }), 'Teapot\n600 ml'],
    ];
    const chat = await show(all.map(([message], n) => ({ ...message, id: `c${n}` })));
    for (const [n, [, copied]] of all.entries()) {
      await chat.list.locator('message-bubble').nth(n).hover();
      await chat.root.getByRole('button', { name: 'Message actions' }).click();
      await chat.root.getByRole('menuitem', { name: 'Copy' }).click();
      await expect.poll(async () => (await clipboard(chat.page)).endsWith(copied)).toBe(true);
    }
  });

  test('where the clipboard is denied, the old way is used; the draft stays', async ({ show }) => {
    const chat = await show([received('one')]);
    await chat.page.evaluate(() => {
      navigator.clipboard.writeText = () => Promise.reject(new DOMException('denied', 'NotAllowedError'));
    });
    await chat.field.fill('a draft');
    await (await menuOf(chat, 'one')).getByRole('menuitem', { name: 'Copy' }).click();
    await expect(chat.root.locator('list-tools').getByRole('status')).toHaveText('Copied');
    expect(await clipboard(chat.page)).toBe('one');
    await expect(chat.field).toHaveValue('a draft');
    expect(await focused(chat.page)).toContain('article');
  });

  test('all of a text can be marked, links included', async ({ show }) => {
    const chat = await show([received('see https://example.com/ now'), received('plain')]);
    await expect(chat.list.getByRole('link')).toHaveCount(1);
    for (const text of ['plain', 'see https://example.com/ now']) {
      await (await menuOf(chat, text)).getByRole('menuitem', { name: 'Select text' }).click();
      expect(await chat.page.evaluate(() => String(getSelection()))).toBe(text);
    }
  });

  test('what is offered follows from the status, and asks the window', async ({ show }) => {
    const statuses = ['queued', 'sending', 'unconfirmed', 'sent', 'delivered', 'failed', 'received'] as const;
    const chat = await show([
      ...statuses.map((status) => ({ id: status, content: `is ${status}`, status })),
      received('notice', { type: 90, id: 'system' }),
    ]);
    const offered = async (text: string) => {
      const menu = await menuOf(chat, text);
      const items = await menu.getByRole('menuitem').allTextContents();
      await chat.page.keyboard.press('Escape');
      return items.filter((item) => item !== 'Copy' && item !== 'Select text');
    };
    expect(await offered('is queued')).toEqual(['Take back']);
    expect(await offered('is sending')).toEqual([]);
    expect(await offered('is unconfirmed')).toEqual(['Stop trying']);
    expect(await offered('is failed')).toEqual(['Send again', 'Delete for me']);
    for (const name of ['is sent', 'is delivered', 'is received', 'notice'])
      expect(await offered(name)).toEqual(['Delete for me']);
    await (await menuOf(chat, 'is failed')).getByRole('menuitem', { name: 'Send again' }).click();
    await expect(chat.statusOf('is failed')).toHaveAccessibleName('Sending');
    await (await menuOf(chat, 'is queued')).getByRole('menuitem', { name: 'Take back' }).click();
    await expect(chat.field).toHaveValue('is queued');
  });

  test('a menu goes with its message, and follows its status', async ({ show }) => {
    const chat = await show([{ id: 'own', content: 'mine', status: 'queued' }]);
    const menu = await menuOf(chat, 'mine');
    await expect(menu.getByRole('menuitem', { name: 'Take back' })).toBeVisible();
    await chat.root.evaluate((root: ChatWindow) => root.conversation?.store.update('own', { status: 'failed' }));
    await expect(menu.getByRole('menuitem', { name: 'Send again' })).toBeVisible();
    await chat.root.evaluate((root: ChatWindow) => root.conversation?.store.remove('own'));
    await expect(menu).toHaveCount(0);
  });

  test('to delete is asked for once more, and Enter pressed twice keeps it', async ({ show }) => {
    const chat = await show([received('one'), received('two')]);
    const menu = await menuOf(chat, 'two');
    await menu.getByRole('menuitem', { name: 'Delete for me' }).focus();
    await chat.page.keyboard.press('Enter');
    await expect(chat.root.getByRole('menu', { name: /cannot be brought back/ })).toBeVisible();
    // A press on the question takes the focus nowhere.
    await chat.root.locator('message-menu p').click();
    expect(await focused(chat.page)).toBe('menuitem: Keep it');
    await expectNoViolations(chat);
    await chat.page.keyboard.press('Enter');
    await expect(menu).toHaveCount(0);
    await expect(chat.message('two')).toBeVisible();
    await (await menuOf(chat, 'two')).getByRole('menuitem', { name: 'Delete for me' }).click();
    await menu.getByRole('menuitem', { name: 'Delete for me' }).click();
    await expect(chat.message('two')).toHaveCount(0);
    await expect(chat.message('one')).toBeVisible();
    // No content stays behind, wherever it was.
    expect(await texts(chat)).not.toContain('two');
    expect(await focused(chat.page)).toBe('log: Messages');
  });

  for (const locale of ['en', 'ar']) {
    test(`the menu stays within a small list, at 320 px (${locale})`, async ({ show }) => {
      const chat = await show([received('one'), { content: 'two', status: 'failed' }], { locale });
      await chat.page.setViewportSize({ width: 320, height: 256 });
      await chat.root.evaluate((root) => root.style.setProperty('height', '256px'));
      const list = await chat.root.locator('[part~=messages]').boundingBox();
      for (const text of ['one', 'two']) {
        await chat.root.locator('message-bubble').filter({ hasText: text }).hover();
        await chat.root.locator('[part~=actions]').click();
        const menu = await chat.root.locator('[part~=menu]').boundingBox();
        if (!list || !menu) throw new Error('Expected a list and a menu to be shown');
        expect(menu.x).toBeGreaterThanOrEqual(list.x);
        expect(menu.y).toBeGreaterThanOrEqual(list.y);
        expect(menu.x + menu.width).toBeLessThanOrEqual(list.x + list.width);
        expect(menu.y + menu.height).toBeLessThanOrEqual(list.y + list.height);
        await chat.page.keyboard.press('Escape');
      }
    });
  }
});

test.describe('by a finger', () => {
  test('one that rests opens the menu, and presses nothing; one that moves scrolls', async ({ emptyPage }) => {
    const chat = await emptyPage({ hasTouch: true, isMobile: true, viewport: { width: 360, height: 640 } });
    await put(chat.page, [received('see https://example.com/'), received('two')], {});
    const link = chat.list.getByRole('link');
    await expect(link).toBeVisible();
    await chat.toolsCame();
    const box = await link.boundingBox();
    if (!box) throw new Error('Expected a link to be shown');
    const cdp = await chat.page.context().newCDPSession(chat.page);
    const touch = (type: 'touchStart' | 'touchMove' | 'touchEnd', y = 0) =>
      cdp.send('Input.dispatchTouchEvent', {
        type,
        touchPoints: type === 'touchEnd' ? [] : [{ x: box.x + 30, y: box.y + 8 + y }],
      });
    await touch('touchStart');
    await touch('touchMove', 40);
    await touch('touchEnd');
    await expect(chat.root.getByRole('menu')).toHaveCount(0);
    await touch('touchStart');
    await expect(chat.root.getByRole('menu')).toBeVisible();
    await touch('touchEnd');
    await expect(chat.root.getByRole('menuitem', { name: 'Copy' })).toBeVisible();
    expect(chat.page.context().pages()).toHaveLength(1);
    for (const item of await chat.root.getByRole('menuitem').all())
      expect((await item.boundingBox())?.height).toBeGreaterThanOrEqual(44);
    await chat.root.getByRole('menuitem', { name: 'Select text' }).tap();
    await expect(chat.root.getByRole('menu')).toHaveCount(0);
    expect(await chat.page.evaluate(() => String(getSelection()))).toBe('see https://example.com/');
    // Now a finger marks there what it likes.
    await expect(chat.message('see')).toHaveCSS('user-select', 'auto');
    await expect(chat.message('two')).toHaveCSS('user-select', 'none');
    await chat.page.evaluate(() => getSelection()?.removeAllRanges());
    await expect(chat.message('see')).toHaveCSS('user-select', 'none');
  });
});
