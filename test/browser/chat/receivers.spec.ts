import type { ChatWindow } from '../../../src/index.js';
import { FrameType } from '../../gateway/frames.js';
import { ChatPage } from '../support/chat-page.js';
import { test as base, expect } from '../support/chat-test.js';

interface Fixtures {
  /** Opens a page with one window for each of these attributes, all of this user, and waits until it is connected. */
  windows: (user: string, ...attributes: readonly Readonly<Record<string, string>>[]) => Promise<ChatPage>;
}

const test = base.extend<Fixtures>({
  windows: ({ emptyPage, serverUrl }, use) =>
    use(async (user, ...attributes) => {
      const chat = await emptyPage();
      await chat.page.evaluate(
        (all) => {
          for (const each of all) window.windowPage.open(each).style.height = '45vh';
        },
        attributes.map((each) => ({ 'server-url': serverUrl, 'user-id': user, ...each })),
      );
      for (const light of await chat.light.all()) await expect(light).toHaveAccessibleName('Connected');
      return chat;
    }),
});

test('without peer-id the receiver is asked for', async ({ windows, enter, userId }) => {
  const [alice, bob] = [userId('alice'), userId('bob')];
  const chat = await windows(alice, {});
  const b = await enter({ user: bob, peer: alice });
  await expect(chat.root.getByText('Enter the ID of the person you want to talk to.')).toBeVisible();
  await chat.say('to whom?');
  await expect(chat.hint).toHaveText('Enter the ID of the person you want to talk to.');
  await expect(chat.field).toHaveValue('to whom?');
  await chat.receiver.fill(` ${bob} `);
  await chat.field.press('Enter');
  await expect(b.bubbles).toHaveText(['to whom?']);
  await expect(chat.bubbles).toHaveText(['You: to whom?']);
  await expect(chat.field).toHaveValue('');
  await b.say('to me');
  await expect(chat.bubbles).toHaveText(['You: to whom?', 'to me']);
});

test('without peer-id, oneself as the receiver is refused', async ({ windows, userId }) => {
  const alice = userId('alice');
  const chat = await windows(alice, {});
  await chat.receiver.fill(alice);
  await chat.receiver.blur();
  await chat.say('hello me');
  await expect(chat.hint).toHaveText('You cannot send a message to yourself!');
  expect(chat.written.filter(({ type }) => type === FrameType.data)).toEqual([]);
});

test('a message of a peer without an open window is kept, acknowledged and announced, and is in no other window', async ({
  windows,
  gateway,
  userId,
}) => {
  const [alice, bob, carol] = [userId('alice'), userId('bob'), userId('carol')];
  const chat = await windows(alice, { 'peer-id': bob });
  gateway.send(alice, 'from Carol', { from: carol, typeu: 0 });
  gateway.send(alice, 'from Bob', { from: bob, typeu: 0 });
  await expect(chat.bubbles).toHaveText(['from Bob']);
  const { frame } = await gateway.journal.waitFor({ user: alice, dir: 'out', content: 'from Carol' });
  await gateway.journal.waitFor({ user: alice, dir: 'in', type: FrameType.received, content: String(frame?.fp) });
  expect(await chat.events('chat-unread')).toEqual([expect.objectContaining({ peerId: carol, count: 1, total: 1 })]);
  expect((await chat.events('chat-message')).map(({ message }) => message?.content)).toEqual(['from Bob']);
  await expect(chat.root.getByText('from Carol')).toHaveCount(0);

  await chat.root.evaluate((root: ChatWindow, peer) => {
    root.peerId = peer;
  }, carol);
  await expect(chat.bubbles).toHaveText(['from Carol']);
  await expect
    .poll(() => chat.events('chat-unread'))
    .toContainEqual(expect.objectContaining({ peerId: carol, count: 0, total: 0 }));
});

test('without peer-id a notice leads to whoever else has written', async ({ windows, gateway, userId }) => {
  const [alice, bob, carol] = [userId('alice'), userId('bob'), userId('carol')];
  const chat = await windows(alice, {});
  gateway.send(alice, 'from Bob', { from: bob, typeu: 0 });
  await expect(chat.bubbles).toHaveText(['from Bob']);
  await expect(chat.receiver).toHaveValue(bob);
  gateway.send(alice, 'from Carol', { from: carol, typeu: 0 });
  const notice = chat.root.getByRole('button', { name: `New message from UID: ${carol}` });
  await expect(notice).toBeVisible();
  await expect(chat.bubbles).toHaveText(['from Bob']);
  await notice.click();
  await expect(chat.bubbles).toHaveText(['from Carol']);
  await expect(chat.receiver).toHaveValue(carol);
  await expect(notice).toBeHidden();
});

test('two windows of one user share one socket, and each shows its own conversation (I9)', async ({
  windows,
  gateway,
  userId,
}) => {
  const [alice, bob, carol] = [userId('alice'), userId('bob'), userId('carol')];
  const { page, ...chat } = await windows(alice, { 'peer-id': bob }, { 'peer-id': carol });
  const [first, second] = [0, 1].map((n) => new ChatPage(page, page.locator('chat-window').nth(n))) as [
    ChatPage,
    ChatPage,
  ];
  gateway.send(alice, 'from Bob', { from: bob, typeu: 0 });
  gateway.send(alice, 'from Carol', { from: carol, typeu: 0 });
  await expect(first.bubbles).toHaveText(['from Bob']);
  await expect(second.bubbles).toHaveText(['from Carol']);
  await first.say('to Bob');
  await second.say('to Carol');
  await expect(first.bubbles).toHaveText(['from Bob', 'You: to Bob']);
  await expect(second.statusOf('to Carol')).toHaveAccessibleName('Delivered');
  expect(gateway.journal.logins(alice)).toHaveLength(1);
  expect(chat.sockets).toBe(1);

  // The other one keeps the socket.
  await first.root.evaluate((root: ChatWindow) => root.remove());
  const remaining = new ChatPage(page);
  await remaining.say('still there');
  await expect(remaining.statusOf('still there')).toHaveAccessibleName('Delivered');
  expect(gateway.journal.logins(alice)).toHaveLength(1);
  expect(gateway.journal.filter({ user: alice, dir: 'close' })).toEqual([]);
});

test('two windows of two users on one page do not disturb each other', async ({ windows, gateway, userId }) => {
  const [alice, bob] = [userId('alice'), userId('bob')];
  const { page, sockets } = await windows(alice, { 'peer-id': bob }, { 'user-id': bob, 'peer-id': alice });
  const [first, second] = [0, 1].map((n) => new ChatPage(page, page.locator('chat-window').nth(n))) as [
    ChatPage,
    ChatPage,
  ];
  await first.say('hello');
  await expect(second.bubbles).toHaveText(['hello']);
  await expect(first.bubbles).toHaveText(['You: hello']);
  gateway.kick(alice);
  await expect(first.panel).toBeVisible();
  await expect(second.panel).toBeHidden();
  await expect(second.light).toHaveAccessibleName('Connected');
  expect(sockets).toBe(2);
});
