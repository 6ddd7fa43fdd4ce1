import { FrameType } from '../../gateway/frames.js';
import { ChatPage } from '../support/chat-page.js';
import { expect, test } from '../support/chat-test.js';

test('L4: what is typed while the line is down survives a reload, and goes out once and in order', async ({
  enter,
  gateway,
  userId,
}) => {
  const [alice, bob] = [userId('alice'), userId('bob')];
  const a = await enter({ user: alice, peer: bob });
  const b = await enter({ user: bob, peer: alice });
  gateway.faults.refuse(alice);
  gateway.faults.cut(alice);
  await a.say('one', 'two', '三 🚇');
  for (const text of ['one', 'two', '三']) await expect(a.statusOf(text)).toHaveAccessibleName(/^Waiting/);
  await a.page.reload();
  await expect(a.bubbles).toContainText(['one', 'two', '三 🚇']);
  await expect(a.statusOf('三')).toHaveAccessibleName(/^Waiting/);
  gateway.faults.clear(alice);
  await expect(b.bubbles).toHaveText(['one', 'two', '三 🚇']);
  await expect(a.statusOf('三')).toHaveAccessibleName('Delivered');
  const frames = gateway.journal.frames({ user: alice, dir: 'in', type: FrameType.data });
  expect(frames.map(({ dataContent }) => dataContent)).toEqual(['one', 'two', '三 🚇']);
  // Delivered is forgotten: nothing is sent again by the next page.
  await a.page.reload();
  await expect(a.light).toHaveAccessibleName('Connected');
  await a.say('four');
  await expect(b.bubbles).toHaveText(['one', 'two', '三 🚇', 'four']);
  expect(gateway.journal.frames({ user: alice, dir: 'in', type: FrameType.data })).toHaveLength(4);
});

test('M2: what waited in a tab that is closed goes out from the one that takes over, once', async ({
  enter,
  gateway,
  userId,
}) => {
  const [alice, bob] = [userId('alice'), userId('bob')];
  const b = await enter({ user: bob, peer: alice });
  const first = await enter({ user: alice, peer: bob });
  gateway.faults.halfOpen(alice);
  await first.say('typed in the first tab');
  await expect(first.statusOf('typed')).toHaveAccessibleName(/Sending|Waiting/);
  const second = new ChatPage(await first.page.context().newPage());
  await second.page.goto(first.page.url());
  await expect(second.bubbles).toContainText(['typed in the first tab']);
  gateway.faults.clear(alice);
  await first.page.close();
  await expect(b.bubbles).toHaveText(['typed in the first tab']);
  const copies = gateway.journal.frames({ user: bob, dir: 'out', content: 'typed in the first tab' });
  expect(new Set(copies.map(({ fp }) => fp)).size).toBe(1);
});

test('a message that waits can be taken back, into the field', async ({ enter, gateway, userId }) => {
  const alice = userId('alice');
  const a = await enter({ user: alice, peer: userId('bob') });
  gateway.faults.refuse(alice);
  gateway.faults.cut(alice);
  await a.say('too hasty', 'stays');
  await a.message('too hasty').getByRole('button', { name: 'Take back' }).click();
  await expect(a.bubbles).toContainText(['stays']);
  await expect(a.bubbles).toHaveCount(1);
  await expect(a.field).toHaveValue('too hasty');
  gateway.faults.clear(alice);
  await gateway.journal.waitFor({ dir: 'in', user: alice, content: 'stays' });
  expect(gateway.journal.frames({ content: 'too hasty' })).toEqual([]);
});

test('a receiver who is away is no failure of the visitor: it says so, and arrives when they write', {
  tag: '@long',
}, async ({ enter, gateway, userId }) => {
  test.slow();
  const [alice, bob] = [userId('alice'), userId('bob')];
  // As a server without an offline store answers nothing, this one loses its answers.
  gateway.faults.loseAcks(alice);
  const a = await enter({ user: alice, peer: bob });
  await a.say('are you there?');
  await expect(a.message('are you there?')).toContainText('Not received yet', { timeout: 40_000 });
  await expect(a.message('are you there?').getByRole('button', { name: 'Stop trying' })).toBeVisible();
  gateway.faults.clear(alice);
  const b = await enter({ user: bob, peer: alice });
  await expect(b.bubbles).toHaveText(['are you there?']);
  await b.say('now I am');
  await expect(a.statusOf('are you there?')).toHaveAccessibleName('Delivered');
  await expect(b.bubbles).toContainText(['are you there?', 'now I am']);
  await expect(b.bubbles).toHaveCount(2);
});

test.describe('a history that does not answer', () => {
  test.use({ allowErrors: [/503 \(Service Unavailable\)/] });
  test('I15: what was written into a dead line is fetched from the history, at its place', async ({
    enter,
    gateway,
    userId,
  }) => {
    const [alice, bob] = [userId('alice'), userId('bob')];
    const a = await enter({ user: alice, peer: bob });
    const b = await enter({ user: bob, peer: alice });
    await b.say('before');
    await expect(a.bubbles).toHaveText(['before']);
    gateway.faults.failHistory(alice);
    gateway.faults.halfOpen(alice);
    await b.say('into the void');
    await gateway.journal.waitFor({ user: alice, dir: 'out', content: 'into the void' });
    gateway.faults.cut(alice);
    await expect(a.light).toHaveAccessibleName('Connected');
    const gap = a.message('Messages may be missing here.');
    await expect(gap).toBeVisible();
    gateway.faults.clear(alice);
    await gap.getByRole('button', { name: 'Retry' }).click();
    await expect(a.bubbles).toHaveText(['before', 'into the void']);
    await expect(gap).toHaveCount(0);
    await b.say('after');
    await expect(a.bubbles).toHaveText(['before', 'into the void', 'after']);
  });
});

test('the drawer tells how the client fares, as text', async ({ enter, gateway, userId }) => {
  const alice = userId('alice');
  const a = await enter({ user: alice, peer: userId('bob') });
  await a.page.getByRole('button', { name: 'What if…' }).click();
  const status = a.page.locator('#status');
  await expect(status).toContainText(/state +connected/);
  await expect(status).toContainText(/waiting +0 \(0 B, disk\)/);
  gateway.faults.refuse(alice);
  gateway.faults.cut(alice);
  await a.say('secret words');
  await expect(status).toContainText(/state +connecting/);
  await expect(status).toContainText(/waiting +1 /);
  expect(await status.textContent()).not.toContain('secret');
});
