import { FrameType } from '../../gateway/frames.js';
import { expect, test } from '../support/chat-test.js';

test('the line is cut: the chat is back by itself, in the same session (N3)', async ({ enter, gateway, userId }) => {
  const [alice, bob] = [userId('alice'), userId('bob')];
  const a = await enter({ user: alice, peer: bob });
  const b = await enter({ user: bob, peer: alice });
  const firstLoginTime = gateway.sessions().find(({ user }) => user === alice)?.firstLoginTime;
  expect(firstLoginTime).toBeGreaterThan(0);
  gateway.faults.cut(alice);
  await a.say('after the cut');
  await expect(b.bubbles).toHaveText(['after the cut']);
  await expect(a.statusOf('after the cut')).toHaveAccessibleName('Delivered');
  expect(gateway.sessions()).toContainEqual(expect.objectContaining({ user: alice, firstLoginTime }));
});

test('cut before the acknowledgement: the same frame once more, shown once (N6, I3, I4)', async ({
  enter,
  gateway,
  userId,
}) => {
  const { journal } = gateway;
  const [alice, bob] = [userId('alice'), userId('bob')];
  const a = await enter({ user: alice, peer: bob });
  const b = await enter({ user: bob, peer: alice });
  const cutOnce = journal.subscribe(({ user, dir, frame }) => {
    if (user !== alice || dir !== 'in' || frame?.type !== FrameType.data) return;
    cutOnce();
    gateway.faults.cut(alice);
  });
  await a.say('twice written');
  await expect(a.statusOf('twice written')).toHaveAccessibleName('Delivered');
  expect(await a.statuses('twice written')).toEqual(['sending', 'queued', 'sending', 'delivered']);

  const arrived = journal.frames({ user: alice, dir: 'in', type: FrameType.data });
  expect(arrived).toHaveLength(2);
  expect(arrived[1]).toEqual(arrived[0]);
  const acks = { user: bob, dir: 'in', type: FrameType.received, content: String(arrived[0]?.fp) } as const;
  await expect.poll(() => journal.filter(acks).length).toBe(2);
  await expect(b.bubbles).toHaveText(['twice written']);
});

test('half-open: found by the heartbeat, "delivered" is never said too early, nothing is lost (N4, I2)', async ({
  enter,
  gateway,
  userId,
}) => {
  const { journal } = gateway;
  const [alice, bob] = [userId('alice'), userId('bob')];
  const a = await enter({ user: alice, peer: bob, heartbeat: 3 });
  const b = await enter({ user: bob, peer: alice });
  gateway.faults.halfOpen(alice);
  await a.say('into the void', 'and another');
  await expect(a.statusOf('into the void')).toHaveAccessibleName('Sending');
  await expect(b.bubbles).toHaveText(['into the void', 'and another']);
  await expect(a.statusOf('and another')).toHaveAccessibleName('Delivered');
  expect(await a.statuses('into the void')).toEqual(['sending', 'queued', 'sending', 'delivered']);
  expect(a.sockets).toBe(2);

  const fingerprints = (text: string) =>
    a.written.filter(({ type, dataContent }) => type === FrameType.data && dataContent === text).map(({ fp }) => fp);
  const [first, ...again] = fingerprints('into the void');
  expect(again.length).toBeGreaterThan(0);
  expect(again).toEqual(again.map(() => first));
  expect(journal.filter({ user: alice, dir: 'in', type: FrameType.data, content: 'into the void' })).toHaveLength(1);
});

test('everything arrives twice: shown once, acknowledged twice (V10, I4, I7)', async ({ enter, gateway, userId }) => {
  const { journal } = gateway;
  const [alice, bob] = [userId('alice'), userId('bob')];
  const a = await enter({ user: alice, peer: bob });
  const b = await enter({ user: bob, peer: alice });
  gateway.faults.duplicate(bob);
  await a.say('one', 'two', 'three');
  const written = () => journal.frames({ user: bob, dir: 'out', type: FrameType.data }).map(({ fp }) => fp);
  const acked = () => journal.frames({ user: bob, dir: 'in', type: FrameType.received }).map((ack) => ack.dataContent);
  await expect.poll(() => acked().length).toBe(6);
  expect(acked()).toEqual(written());
  await expect(b.bubbles).toHaveText(['one', 'two', 'three']);
  expect((await b.events('chat-message')).map(({ message }) => message?.content)).toEqual(['one', 'two', 'three']);
});

test('a slow line: in order, nothing written twice, nothing reported (N7)', async ({ enter, gateway, userId }) => {
  const [alice, bob] = [userId('alice'), userId('bob')];
  gateway.faults.slow(alice, 1_000);
  gateway.faults.slow(bob, 500);
  const a = await enter({ user: alice, peer: bob });
  const b = await enter({ user: bob, peer: alice });
  await a.say('one', 'two', 'three');
  await b.say('four');
  const to = (chat: typeof a, text: RegExp) => chat.bubbles.filter({ hasText: text });
  await expect(to(b, /one|two|three/)).toHaveText(['one', 'two', 'three']);
  await expect(to(a, /one|two|three/)).toHaveText(['You: one', 'You: two', 'You: three']);
  await expect(a.message('four')).toBeVisible();
  await expect(a.statusOf('three')).toHaveAccessibleName('Delivered');
  expect(gateway.journal.filter({ user: alice, dir: 'in', type: FrameType.data })).toHaveLength(3);
  await expect(a.strip).toBeHidden();
  expect(await a.events('chat-error')).toEqual([]);
});

test('an acknowledgement that comes too late: written again with its fingerprint, shown once (N6, I3)', {
  tag: '@long',
}, async ({ enter, gateway, userId }) => {
  const { journal } = gateway;
  const [alice, bob] = [userId('alice'), userId('bob')];
  const b = await enter({ user: bob, peer: alice });
  // 6 s there and back, as the client learns from its login; it waits 5 s for an acknowledgement.
  gateway.faults.slow(alice, 3_000);
  const a = await enter({ user: alice, peer: bob, heartbeat: 30 });
  await a.say('patience');
  const { n } = await journal.waitFor({ user: bob, dir: 'out', content: 'patience' });
  await journal.waitFor({ user: bob, dir: 'out', content: 'patience', after: n });
  const fps = new Set(journal.frames({ user: bob, dir: 'out', type: FrameType.data }).map(({ fp }) => fp));
  expect(fps.size).toBe(1);
  const acks = { user: bob, dir: 'in', type: FrameType.received } as const;
  await expect.poll(() => journal.filter(acks).length).toBe(2);
  await expect(a.statusOf('patience')).toHaveAccessibleName('Delivered');
  expect(await a.statuses('patience')).toEqual(['sending', 'delivered']);
  await expect(b.bubbles).toHaveText(['patience']);
});

test('the drawer "What if…" breaks the line of this visitor, and the chat copes', async ({ enter }) => {
  const chat = await enter();
  const { page } = chat;
  await expect(chat.bubbles).toHaveText([/^Hi/]);
  await page.getByRole('button', { name: 'What if…' }).click();
  await page.getByRole('button', { name: 'the line is cut' }).click();
  await expect(page.getByText('Done. Watch the status light.')).toBeVisible();
  await expect.poll(() => chat.sockets).toBe(2);
  await expect(chat.light).toHaveAccessibleName('Connected');
  await page.getByRole('button', { name: 'everything arrives twice' }).click();
  await page.getByRole('button', { name: 'Close' }).click();
  await chat.say('hello');
  await expect(chat.bubbles).toHaveText([/^Hi/, 'You: hello', 'Hello! Nice to meet you.']);
});
