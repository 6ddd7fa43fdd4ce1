import { FrameType } from '../../gateway/frames.js';
import { expect, test } from './lifecycle-test.js';

test('after a sleep a line that looks open is not believed, and nothing is lost (L8)', async ({
  openChat,
  chromium,
  gateway,
  userId,
}) => {
  const [user, peer] = [userId('alice'), userId('bob')];
  // In this mode the heartbeat alone would take minutes to find out.
  const chat = await openChat({ user, peer, heartbeat: 120 });
  gateway.faults.halfOpen(user);
  await chat.say('typed before');
  await expect.poll(() => chat.own(user)).toEqual(['typed before: sending']);
  chromium.sleep();
  gateway.send(user, 'sent meanwhile', { from: peer, typeu: 0 });
  // Longer than what a busy page may take for a second.
  await new Promise((resolve) => setTimeout(resolve, 4_000));
  chromium.wake();
  await expect.poll(() => chat.own(user)).toEqual(['typed before: delivered']);
  await expect.poll(() => chat.received()).toEqual(['sent meanwhile']);
  expect(gateway.journal.logins(user)).toHaveLength(2);
});

test('after a sleep of a page that waits for nothing, the line is asked (L8)', async ({
  openChat,
  chromium,
  gateway,
  userId,
}) => {
  const user = userId('alice');
  await openChat({ user, peer: userId('bob'), heartbeat: 120 });
  chromium.sleep();
  gateway.faults.halfOpen(user);
  await new Promise((resolve) => setTimeout(resolve, 4_000));
  chromium.wake();
  await expect.poll(() => gateway.journal.logins(user)).toHaveLength(2);
});

test('blocked by the page for longer than an answer may take: the line is not given up (L12)', async ({
  openChat,
  gateway,
  userId,
}) => {
  const [user, peer] = [userId('alice'), userId('bob')];
  const { journal } = gateway;
  const chat = await openChat({ user, peer, heartbeat: 3 });
  gateway.faults.slow(user, 300);
  // The answer comes while nothing can read it, and its time is up when the page runs again.
  await journal.waitFor({ user, dir: 'in', type: FrameType.keepAlive });
  const blocked = chat.page.evaluate(() => {
    const end = performance.now() + 5_500;
    while (performance.now() < end);
  });
  gateway.send(user, 'sent meanwhile', { from: peer, typeu: 0 });
  await blocked;
  const unblocked = journal.last;
  gateway.faults.clear(user);
  await expect.poll(() => chat.received()).toEqual(['sent meanwhile']);
  await journal.waitFor({ user, dir: 'in', type: FrameType.keepAlive, after: unblocked });
  expect(journal.filter({ user, dir: 'close' })).toEqual([]);
  expect(journal.logins(user)).toHaveLength(1);
});
