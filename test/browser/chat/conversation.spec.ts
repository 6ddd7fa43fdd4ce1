import { expect, test } from '../support/chat-test.js';

test('two visitors talk in both directions: order, names, one time line', async ({ enter, userId }) => {
  const [alice, bob] = [userId('alice'), userId('bob')];
  const a = await enter({ user: alice, peer: bob });
  const b = await enter({ user: bob, peer: alice });
  await a.say('first', 'second');
  await expect(b.bubbles).toHaveText(['first', 'second']);
  await b.say('third');
  await expect(a.bubbles).toHaveText(['You: first', 'You: second', 'third']);
  await a.say('fourth');
  await expect(b.bubbles).toHaveText(['first', 'second', 'You: third', 'fourth']);
  await expect(a.names).toHaveText([`UID: ${bob}`]);
  await expect(b.names).toHaveText([`UID: ${alice}`, `UID: ${alice}`, `UID: ${alice}`]);
  await expect(a.times).toHaveCount(1);
  await expect(a.list.locator('message-bubble').first()).toContainText('Messages travel over WebSocket');
});

test('more than two minutes of silence put a time line above the next message', async ({ enter, userId }) => {
  const a = await enter({ user: userId('alice'), peer: userId('bob') });
  await a.say('early');
  await expect(a.times).toHaveCount(1);
  await a.page.evaluate(() => {
    const { now } = Date;
    Date.now = () => now.call(Date) + 121_000;
  });
  await a.say('late', 'at once');
  await expect(a.message('late').getByRole('time')).toBeVisible();
  await expect(a.message('at once').getByRole('time')).toBeHidden();
  await expect(a.times).toHaveCount(2);
});

test('the status of a message goes from sending to delivered, for the page and beside the bubble', async ({
  enter,
  gateway,
  userId,
}) => {
  const alice = userId('alice');
  const a = await enter({ user: alice, peer: userId('bob') });
  await a.say('quick');
  await expect(a.statusOf('quick')).toHaveAccessibleName('Delivered');
  gateway.faults.slow(alice, 800);
  await a.say('slow');
  await expect(a.statusOf('slow')).toHaveAccessibleName('Sending');
  await expect(a.statusOf('slow')).toHaveAccessibleName('Delivered');
  expect(await a.statuses('quick')).toEqual(['sending', 'delivered']);
  expect(await a.statuses('slow')).toEqual(['sending', 'delivered']);
});

test('a message to somebody who is away is delivered when they come', async ({ enter, userId }) => {
  const [alice, bob] = [userId('alice'), userId('bob')];
  const a = await enter({ user: alice, peer: bob });
  await a.say('are you there?');
  await expect(a.statusOf('are you there?')).toHaveAccessibleName('Delivered');
  const b = await enter({ user: bob, peer: alice });
  await expect(b.bubbles).toHaveText(['are you there?']);
});

test('names like those of JavaScript are names like any other (F11)', async ({ enter }) => {
  const a = await enter({ user: '__proto__', peer: 'constructor' });
  const b = await enter({ user: 'constructor', peer: '__proto__' });
  await a.say('hasOwnProperty');
  await expect(b.bubbles).toHaveText(['hasOwnProperty']);
  await b.say('__proto__');
  await expect(a.bubbles).toHaveText(['You: hasOwnProperty', '__proto__']);
});
