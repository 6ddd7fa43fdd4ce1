import { FrameType } from '../../gateway/frames.js';
import type { Gateway } from '../../gateway/gateway.js';
import type { ChatPage } from '../support/chat-page.js';
import { expect, test } from '../support/chat-test.js';

/** All that makes a chat without a connection try again. */
async function nudge({ page }: ChatPage): Promise<void> {
  await page.context().setOffline(true);
  await page.context().setOffline(false);
  await page.evaluate(() => {
    for (const type of ['online', 'focus', 'pageshow', 'storage']) window.dispatchEvent(new Event(type));
    for (const type of ['visibilitychange', 'resume']) document.dispatchEvent(new Event(type));
  });
}

/** Time enough for any reconnect: two more heartbeats of somebody who is online. */
async function twoHeartbeats({ journal }: Gateway, user: string): Promise<void> {
  for (let beat = 0; beat < 2; beat++) {
    await journal.waitFor({ user, dir: 'in', type: FrameType.keepAlive, after: journal.last });
  }
}

test('a second login kicks the first, and it stays kicked (V4, I10)', async ({ enter, gateway, userId }) => {
  const alice = userId('alice');
  const parameters = { user: alice, peer: userId('bob'), heartbeat: 3 };
  const first = await enter(parameters);
  await first.say('from the first');
  await first.field.fill('half a sen');
  const second = await enter(parameters);

  await expect(first.panel).toContainText('Your account was used to log in elsewhere. This session has ended.');
  await expect(first.light).toHaveAccessibleName('Not connected');
  await nudge(first);
  await twoHeartbeats(gateway, alice);
  expect(gateway.journal.logins(alice)).toHaveLength(2);
  expect(first.sockets).toBe(1);
  await expect(second.light).toHaveAccessibleName('Connected');
  expect(await first.events('chat-kickout')).toEqual([expect.objectContaining({ code: 1 })]);
  await expect(first.strip).toBeHidden();
});

test('whoever was kicked can read the transcript and the draft, but not send', async ({ enter, userId }) => {
  const parameters = { user: userId('alice'), peer: userId('bob') };
  const first = await enter(parameters);
  await first.say('from the first');
  await first.field.fill('half a sentence');
  await enter(parameters);

  await expect(first.useHere).toBeVisible();
  await expect(first.message('from the first')).toBeVisible();
  await expect(first.field).toHaveValue('half a sentence');
  await expect(first.field).not.toBeEditable();
  await expect(first.send).toBeDisabled();
  await first.field.press('Enter');
  await expect(first.bubbles).toHaveText(['You: from the first']);
});

test('"use it here" takes the session back, and kicks the other (V19)', async ({ enter, gateway, userId }) => {
  const [alice, bob] = [userId('alice'), userId('bob')];
  const parameters = { user: alice, peer: bob, heartbeat: 3 };
  const first = await enter(parameters);
  await first.field.fill('a draft');
  const second = await enter(parameters);
  await first.useHere.click();

  await expect(first.light).toHaveAccessibleName('Connected');
  await expect(second.useHere).toBeVisible();
  await expect(first.panel).toBeHidden();
  await expect(first.field).toHaveValue('a draft');
  await first.field.press('Enter');
  await expect(first.statusOf('a draft')).toHaveAccessibleName('Delivered');
  await nudge(second);
  await twoHeartbeats(gateway, alice);
  expect(gateway.journal.logins(alice)).toHaveLength(3);
  await expect(first.light).toHaveAccessibleName('Connected');
});

test('what the page sends while kicked waits, and goes out after "use it here" (V19)', async ({
  enter,
  gateway,
  userId,
}) => {
  const alice = userId('alice');
  const parameters = { user: alice, peer: userId('bob') };
  const first = await enter(parameters);
  await enter(parameters);
  await expect(first.useHere).toBeVisible();
  await first.root.evaluate((chat: HTMLElementTagNameMap['chat-window']) => chat.send('for later'));
  await expect(first.statusOf('for later')).toHaveAccessibleName('Waiting for the connection');
  expect(gateway.journal.logins(alice)).toHaveLength(2);
  await first.useHere.click();
  await expect(first.statusOf('for later')).toHaveAccessibleName('Delivered');
  expect(await first.statuses('for later')).toEqual(['queued', 'sending', 'delivered']);
});

test('an administrator kicks: the reason is told, and there is no way back (V4, I10)', async ({
  enter,
  gateway,
  userId,
}) => {
  const [alice, bob] = [userId('alice'), userId('bob')];
  const a = await enter({ user: alice, peer: bob });
  await enter({ user: bob, peer: alice, heartbeat: 3 });
  await a.field.fill('a draft');
  gateway.kick(alice, 2, 'spam & <b>worse</b>');

  await expect(a.panel).toHaveText(
    'An administrator removed you from the chat. This session has ended. Reason: spam & <b>worse</b>',
  );
  await expect(a.panel.getByRole('button')).toHaveCount(0);
  await expect(a.field).toHaveValue('a draft');
  await nudge(a);
  await twoHeartbeats(gateway, bob);
  expect(gateway.journal.logins(alice)).toHaveLength(1);
  expect(await a.events('chat-kickout')).toEqual([expect.objectContaining({ code: 2, detail: 'spam & <b>worse</b>' })]);
});

test('the kick-out is told in Chinese', async ({ enter, gateway, userId }) => {
  const parameters = { user: userId('alice'), peer: userId('bob'), locale: 'zh-CN' };
  const first = await enter(parameters);
  const second = await enter(parameters);
  await expect(first.panel).toContainText('账号已在其它地方登录，当前会话已断开。');
  await expect(first.useHere).toHaveText('在此处使用');
  gateway.kick(parameters.user);
  await expect(second.panel).toHaveText('已被管理员移出聊天，当前会话已断开。');
});
