import { FrameType } from '../../gateway/frames.js';
import { expect, test } from './lifecycle-test.js';

test('after a sleep a line that looks open is not believed (L8)', async ({ openChat, chromium, gateway, userId }) => {
  const user = userId('alice');
  // In this mode the heartbeat alone would take minutes to find out.
  const chat = await openChat({ user, peer: userId('bob'), heartbeat: 120 });
  chromium.sleep();
  gateway.faults.halfOpen(user);
  // What a clock must jump to be noticed.
  await new Promise((resolve) => setTimeout(resolve, 4_000));
  chromium.wake();
  await expect.poll(() => gateway.journal.logins(user)).toHaveLength(2);
  await chat.say('awake');
  await expect.poll(() => chat.own(user)).toEqual(['awake: delivered']);
});

test('asleep for longer than the server waits: a new login at once, and nothing is lost (L8)', async ({
  openChat,
  chromium,
  gateway,
  userId,
}) => {
  const [user, peer] = [userId('alice'), userId('bob')];
  const { journal } = gateway;
  const chat = await openChat({ user, peer, heartbeat: 3 });
  gateway.faults.halfOpen(user);
  await chat.say('typed before');
  await expect.poll(() => chat.own(user)).toEqual(['typed before: sending']);
  chromium.sleep();
  await journal.waitFor({ user, dir: 'close' });
  gateway.send(user, 'sent meanwhile', { from: peer, typeu: 0 });
  chromium.wake();
  await expect.poll(() => chat.received()).toEqual(['sent meanwhile']);
  await expect.poll(() => chat.own(user)).toEqual(['typed before: delivered']);
  expect(journal.logins(user)).toHaveLength(2);
});

test('blocked by the page for longer than an answer may take: the line is not given up (L12)', async ({
  openChat,
  gateway,
  userId,
}) => {
  const [user, peer] = [userId('alice'), userId('bob')];
  const { journal } = gateway;
  const chat = await openChat({ user, peer, heartbeat: 3 });
  // The answer comes while nothing can read it, and its time is up when the page runs again.
  await journal.waitFor({ user, dir: 'out', type: FrameType.keepAliveResponse });
  const blocked = chat.page.evaluate(() => {
    const end = performance.now() + 6_000;
    while (performance.now() < end);
  });
  gateway.send(user, 'sent meanwhile', { from: peer, typeu: 0 });
  await blocked;
  await expect.poll(() => chat.received()).toEqual(['sent meanwhile']);
  const resumedAt = journal.last;
  await journal.waitFor({ user, dir: 'in', type: FrameType.keepAlive, after: resumedAt });
  await journal.waitFor({ user, dir: 'out', type: FrameType.keepAliveResponse, after: resumedAt });
  expect(journal.filter({ user, dir: 'close' })).toEqual([]);
  expect(journal.logins(user)).toHaveLength(1);
});
