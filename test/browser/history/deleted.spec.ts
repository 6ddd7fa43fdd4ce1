import type { ChatPage } from '../support/chat-page.js';
import { connected, delivered, expect, kept, online, test } from './tabs.js';

// Several tabs, each loaded several times: a busy machine takes its time.
test.describe.configure({ timeout: 90_000 });

type Root = HTMLElementTagNameMap['chat-window'];

/** Deletes the message with this text. Returns whether it may be. */
function remove(chat: ChatPage, text: string): Promise<boolean> {
  return chat.root.evaluate((root: Root, content) => {
    const { id } = root.conversation?.store.messages.find((message) => message.content === content) ?? {};
    return id !== undefined && root.remove(id);
  }, text);
}

/** Texts of what there is to see, drawn or not. */
const shown = (chat: ChatPage) =>
  chat.root.evaluate((root: Root) =>
    (root.conversation?.store.shown ?? []).flatMap(({ status, content }) => (status === 'note' ? [] : [content])),
  );

/** Somewhere in the window, be it only read out. */
async function expectGone(chats: readonly ChatPage[], ...gone: readonly string[]): Promise<void> {
  for (const { root } of chats) for (const text of gone) await expect(root.getByText(text)).toHaveCount(0);
}

test('deleted in one tab: gone from all, after a reload too, and when the history has it once more', async ({
  tab,
  plain,
  gateway,
  userId,
}) => {
  const [alice, bob] = [userId('alice'), userId('bob')];
  const one = await online(tab(plain(alice, bob)));
  const two = await online(tab(plain(alice, bob)));
  const both = [one, two];
  gateway.send(alice, 'theirs, deleted', { from: bob, typeu: 0 });
  await expect(one.message('theirs, deleted')).toBeVisible();
  await delivered(one, 'mine, deleted');
  await delivered(one, 'left');
  for (const chat of both) await expect.poll(() => shown(chat)).toEqual(['theirs, deleted', 'mine, deleted', 'left']);
  const history = gateway.history({ user: alice, peer: bob });
  expect(history).toHaveLength(3);

  expect([await remove(two, 'theirs, deleted'), await remove(two, 'mine, deleted')]).toEqual([true, true]);
  for (const chat of both) await expect.poll(() => shown(chat)).toEqual(['left']);
  for (const chat of both) await expect(chat.message('left')).toBeVisible();
  await expectGone(both, 'theirs, deleted', 'mine, deleted');
  for (const { page } of both) await expect(page).toHaveTitle('Windows');
  await expect.poll(() => kept(one.page)).toEqual(['', '', 'left']);

  for (const { page } of both) await page.reload();
  for (const chat of both) {
    await connected(chat);
    await expect.poll(() => shown(chat)).toEqual(['left']);
    await expect(chat.page).toHaveTitle('Windows');
  }
  const last = history.at(-1);
  if (!last) throw new Error('Expected a history');
  const again = [...history, { ...last, id: 'later', content: 'later' }];
  for (const chat of both) {
    await chat.root.evaluate((root: Root, messages) => {
      root.loadHistory = () => messages;
    }, again);
  }
  for (const chat of both) await expect.poll(() => shown(chat)).toEqual(['left', 'later']);
  await expectGone(both, 'theirs, deleted', 'mine, deleted');

  expect(await remove(one, 'left')).toBe(true);
  expect(await remove(one, 'later')).toBe(true);
  await expect.poll(() => kept(one.page)).toEqual(['', '', '', '']);
  for (const { page } of both) await page.reload();
  for (const chat of both) {
    await connected(chat);
    await expect(chat.list.locator('message-bubble')).toHaveCount(1);
    expect(await shown(chat)).toEqual([]);
  }
});
