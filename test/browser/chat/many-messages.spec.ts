import type { MessageBubble } from '../../../src/index.js';
import { expect, test } from '../support/chat-test.js';

const viewport = { width: 380, height: 640 };

test('10,000 messages: at most 400 elements, at the end, and a new message is there in the next frame', async ({
  emptyPage,
}) => {
  const chat = await emptyPage({ viewport });
  const { page } = chat;
  await page.evaluate(() => {
    const { message, open, storeOf } = window.windowPage;
    const store = storeOf(...Array.from({ length: 10_000 }, (_, n) => message(n)));
    open({ 'user-id': 'me', 'peer-id': 'bob' }, { store });
  });
  await expect(chat.message('9999')).toBeInViewport();
  const look = () =>
    chat.root.evaluate((root) => {
      const list = root.shadowRoot?.querySelector('message-list')?.shadowRoot?.querySelector('[role=log]');
      if (!list) throw new Error('Expected a message list, found none');
      return {
        elements: window.windowPage.elementCount(root),
        toEnd: Math.round(list.scrollHeight - list.clientHeight - list.scrollTop),
      };
    });
  expect(await look()).toEqual({ elements: expect.any(Number), toEnd: 0 });
  expect((await look()).elements).toBeLessThanOrEqual(400);
  // Fewer could not fill the window.
  expect((await look()).elements).toBeGreaterThan(50);

  const shown = await chat.root.evaluate(async (root: HTMLElementTagNameMap['chat-window']) => {
    const { message, painted } = window.windowPage;
    root.store?.append(message(10_000, { content: 'brand new' }));
    await painted();
    const list = root.shadowRoot?.querySelector('message-list')?.shadowRoot?.querySelector('[role=log]');
    const row = [...(list?.querySelectorAll<MessageBubble>('message-bubble') ?? [])].find(
      (each) => each.message?.content === 'brand new',
    );
    return row && list && row.getBoundingClientRect().bottom - list.getBoundingClientRect().bottom;
  });
  expect(Math.abs(Number(shown))).toBeLessThan(1);
  await expect(chat.message('brand new')).toBeInViewport();

  await chat.list.focus();
  await page.keyboard.press('Home');
  await expect(chat.message('0 ').first()).toBeInViewport();
  expect((await look()).elements).toBeLessThanOrEqual(400);
  await page.keyboard.press('End');
  await expect(chat.message('brand new')).toBeInViewport();
  expect((await look()).elements).toBeLessThanOrEqual(400);
});

test('a message sent into 10,000 goes to the end and follows what becomes of it', async ({ emptyPage }) => {
  const chat = await emptyPage({ viewport });
  await chat.page.evaluate(() => {
    const { message, open, storeOf } = window.windowPage;
    const store = storeOf(...Array.from({ length: 10_000 }, (_, n) => message(n)));
    open({ 'user-id': 'me', 'peer-id': 'bob' }, { store });
  });
  await chat.toolsCame();
  await chat.list.focus();
  await chat.page.keyboard.press('Home');
  // What is sent before the key has done its work would be scrolled away from again.
  await expect(chat.message('0 ').first()).toBeInViewport();
  await chat.say('from the top');
  await expect(chat.message('from the top')).toBeInViewport();
  await expect(chat.statusOf('from the top')).toHaveAccessibleName('Sending');
  await chat.root.evaluate((root: HTMLElementTagNameMap['chat-window']) => {
    const { store } = root;
    store?.update(store.messages.at(-1)?.id ?? '', { status: 'delivered' });
  });
  await expect(chat.statusOf('from the top')).toHaveAccessibleName('Delivered');
});
