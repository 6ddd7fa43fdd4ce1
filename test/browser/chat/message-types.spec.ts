import { FrameType } from '../../gateway/frames.js';
import { expect, test } from '../support/chat-test.js';

test('a message of an unknown type says so and shows its content', async ({ enter, gateway, userId }) => {
  const alice = userId('alice');
  const chat = await enter({ user: alice, peer: 'bob' });
  gateway.send(alice, '{"shape":"odd"}', { from: 'bob', typeu: 77 });
  await expect(chat.bubbles).toHaveText('This message cannot be shown here (type 77). {"shape":"odd"}');
  await expect(chat.names).toHaveText('UID: bob');
});

test('a message without a type is a text', async ({ enter, gateway, userId }) => {
  const alice = userId('alice');
  const chat = await enter({ user: alice, peer: 'bob' });
  gateway.send(alice, 'plain', { from: 'bob', typeu: -1 });
  await expect(chat.bubbles).toHaveText('plain');
});

test("a peer's system message looks different from a line of the client, whatever it says (H9)", async ({
  enter,
  gateway,
  userId,
}) => {
  const alice = userId('alice');
  const chat = await enter({ user: alice, peer: 'bob' });
  const own = chat.list.locator('[part~=system]').first();
  await expect(own).toHaveText('Messages travel over WebSocket (MobileIMSDK)');
  // The name of the line that the client itself would translate.
  gateway.send(alice, 'transport', { from: 'bob', typeu: 90 });
  const foreign = chat.list.locator('[part~=system]').last();
  await expect(foreign).toHaveText('Notice from UID: bobtransport');
  await expect(foreign).toHaveCSS('border-style', 'dashed');
  await expect(own).not.toHaveCSS('border-style', 'dashed');
  const backgrounds = await Promise.all(
    [own, foreign].map((line) => line.evaluate((e) => getComputedStyle(e).background)),
  );
  expect(backgrounds[0]).not.toBe(backgrounds[1]);
});

test('a type of the application passes in both directions, and is shown as the page wants', async ({
  emptyPage,
  gateway,
  serverUrl,
  userId,
}) => {
  const [alice, bob] = [userId('alice'), userId('bob')];
  const chat = await emptyPage();
  await chat.page.evaluate(
    ([url, user, peer]) => {
      const { html, open } = window.windowPage;
      const messageTypes = new Map([[1001, ({ content }: { content: string }) => html`<span>Order ${content}</span>`]]);
      open({ 'server-url': url, 'user-id': user, 'peer-id': peer }, { messageTypes });
    },
    [serverUrl, alice, bob] as const,
  );
  await expect(chat.light).toHaveAccessibleName('Connected');
  gateway.send(alice, '4711', { from: bob, typeu: 1001 });
  await expect(chat.bubbles).toHaveText(['Order 4711']);
  await chat.root.evaluate((root: HTMLElementTagNameMap['chat-window']) => {
    root.conversation?.send('4712', { type: 1001 });
  });
  await expect(chat.bubbles).toHaveText(['Order 4711', 'You: Order 4712']);
  const { frame } = await gateway.journal.waitFor({ user: alice, dir: 'in', type: FrameType.data });
  expect(frame).toMatchObject({ typeu: 1001, dataContent: '4712', to: bob, QoS: true });
  expect((await chat.events('chat-message')).map(({ message }) => message?.type)).toEqual([1001, 1001]);
});
