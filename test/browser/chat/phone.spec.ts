import type { BrowserContext, Page } from '@playwright/test';
import type { ChatPage } from '../support/chat-page.js';
import { expect, test } from '../support/chat-test.js';

const PHONE = { hasTouch: true, isMobile: true, viewport: { width: 360, height: 640 }, deviceScaleFactor: 2 };

/** A keyboard that covers the page and says so by the visual viewport alone, as on iOS. */
function stubViewport(context: BrowserContext): Promise<unknown> {
  return context.addInitScript(() => {
    const view = Object.assign(new EventTarget(), { height: innerHeight, width: innerWidth, offsetTop: 0, scale: 1 });
    Object.defineProperty(window, 'visualViewport', { value: view });
  });
}

function keyboard(page: Page, change: { height: number; offsetTop?: number; scale?: number }): Promise<void> {
  return page.evaluate((change) => {
    Object.assign(window.visualViewport ?? {}, change);
    window.visualViewport?.dispatchEvent(new Event('resize'));
  }, change);
}

/** Px from the top of the page to the lower end of the composer. */
const end = (chat: ChatPage) =>
  chat.root.locator('message-composer').evaluate((composer) => Math.round(composer.getBoundingClientRect().bottom));

test.describe('a keyboard that covers the page', () => {
  test('covers neither field nor last message, and leaves no hole when it goes', async ({ emptyPage }) => {
    const chat = await emptyPage(PHONE, stubViewport);
    await chat.page.evaluate(() => {
      const { message, open, storeOf } = window.windowPage;
      const store = storeOf(...Array.from({ length: 40 }, (_, n) => message(n, { content: `number ${n}` })));
      open({ 'user-id': 'me', 'peer-id': 'bob', locale: 'en' }, { store });
      document.body.style.margin = '0';
      document.querySelector('chat-window')?.style.setProperty('height', '640px');
    });
    await chat.toolsCame();
    await expect.poll(() => end(chat)).toBe(640);
    await keyboard(chat.page, { height: 340 });
    await expect.poll(() => end(chat)).toBe(340);
    await expect(chat.bubbles.last()).toContainText('number 39');
    await expect.poll(async () => (await chat.bubbles.last().boundingBox())?.y).toBeLessThan(340 - 54);
    // The browser may have moved the page up to show the field.
    await keyboard(chat.page, { height: 340, offsetTop: 100 });
    await expect.poll(() => end(chat)).toBe(440);
    await keyboard(chat.page, { height: 640, offsetTop: 0 });
    await expect.poll(() => end(chat)).toBe(640);
    // A bar of the browser, and whoever zooms in, are no keyboard.
    for (const change of [{ height: 560 }, { height: 320, scale: 2 }]) {
      await keyboard(chat.page, change);
      await chat.page.evaluate(() => window.windowPage.painted());
      expect(await end(chat)).toBe(640);
    }
    await keyboard(chat.page, { height: 60, scale: 1 });
    await expect.poll(() => end(chat)).toBe(160);
  });
});

test('nor the field of a conversation in which nothing was said yet', async ({ emptyPage }) => {
  const chat = await emptyPage(PHONE, stubViewport);
  await chat.page.evaluate(() => {
    const { open, storeOf } = window.windowPage;
    open({ 'user-id': 'me', 'peer-id': 'bob', locale: 'en' }, { store: storeOf() });
  });
  await expect(chat.root.getByRole('button', { name: 'Choose an emoji' })).toBeVisible();
  await expect.poll(() => end(chat)).toBe(640);
  await keyboard(chat.page, { height: 340 });
  await expect.poll(() => end(chat)).toBe(340);
});

test('a touch on the list puts the keyboard away, one on the field does not', async ({ enter, userId }) => {
  const chat = await enter({ user: userId('alice'), peer: 'bob', locale: 'en' }, PHONE);
  await chat.say('one');
  await chat.toolsCame();
  await chat.field.tap();
  await expect(chat.field).toBeFocused();
  await chat.bubbles.first().tap();
  await expect(chat.field).not.toBeFocused();
});

test('fields have letters of 16 px, so that no phone zooms in', async ({ emptyPage, serverUrl }) => {
  const chat = await emptyPage(PHONE);
  await chat.page.evaluate(
    (url) => window.windowPage.open({ 'user-id': 'me', 'server-url': url, locale: 'en' }),
    serverUrl,
  );
  await expect(chat.field).toHaveCSS('font-size', '16px');
  await expect(chat.receiver).toHaveCSS('font-size', '16px');
});

test('what a finger is to hit is 44 px high and wide, or reacts that far around', async ({ emptyPage }) => {
  const chat = await emptyPage(PHONE);
  await chat.page.evaluate(() => {
    const { message, open, storeOf } = window.windowPage;
    const own = (id: string, status: 'failed' | 'queued' | 'unconfirmed' | 'delivered') =>
      message(3, { id, status, content: id, sentAt: Date.now() });
    const store = storeOf(own('failed', 'failed'), own('unconfirmed', 'unconfirmed'), own('queued', 'queued'));
    store.note('gap', Date.now());
    open({ 'user-id': 'me', 'peer-id': 'bob', locale: 'en' }, { store });
  });
  await chat.toolsCame();
  // It comes after 2 s.
  await expect(chat.root.getByRole('button', { name: 'Take back' })).toBeVisible();
  const small = await chat.root.evaluate((root) => {
    const deepest = (x: number, y: number) => {
      let found: Element | null = document.elementFromPoint(x, y);
      while (found?.shadowRoot) {
        const inner: Element | null = found.shadowRoot.elementFromPoint(x, y);
        if (!inner || inner === found) break;
        found = inner;
      }
      return found;
    };
    const buttons: Element[] = [];
    const visit = (element: Element) => {
      if (element.matches('button')) buttons.push(element);
      for (const child of [...(element.shadowRoot?.children ?? []), ...element.children]) visit(child);
    };
    visit(root);
    return {
      count: buttons.length,
      faults: buttons.flatMap((button) => {
        const { left, top, width, height } = button.getBoundingClientRect();
        const [x, y] = [left + width / 2, top + height / 2];
        const isHit = (dx: number, dy: number) => deepest(x + dx, y + dy) === button;
        const ways = { up: [0, -21], down: [0, 21], left: [-21, 0], right: [21, 0] } as const;
        return Object.entries(ways).flatMap(([way, [dx, dy]]) =>
          isHit(dx, dy) ? [] : `${button.ariaLabel ?? button.textContent} ${way} ${width} x ${height}`,
        );
      }),
    };
  });
  expect(small.count).toBeGreaterThanOrEqual(6);
  expect(small.faults).toEqual([]);
});
