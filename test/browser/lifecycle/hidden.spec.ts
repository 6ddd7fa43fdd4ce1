import { FrameType } from '../../gateway/frames.js';
import { eventsOf, expect, test } from './lifecycle-test.js';

declare global {
  interface Window {
    ticks: number;
  }
}

test('hidden, where timers run once a minute, the session holds, and unread messages are counted (L1, G6)', {
  tag: '@long',
}, async ({ openChat, gateway, userId }) => {
  test.setTimeout(60_000);
  const [user, peer] = [userId('alice'), userId('bob')];
  const { journal } = gateway;
  // The server waits 7 s.
  const chat = await openChat({ user, peer, heartbeat: 3 });
  await chat.page.evaluate(() => {
    window.ticks = 0;
    const tick = () => {
      window.ticks += 1;
      setTimeout(tick, 500);
    };
    tick();
  });
  await chat.page.hide();
  const since = await chat.page.evaluate(() => {
    window.ticks = 0;
    return performance.now();
  });
  const hiddenAt = journal.last;
  const beats = 8;
  await journal.waitFor(
    () =>
      journal.filter({ user, dir: 'close' }).length > 0 ||
      journal.filter({ user, dir: 'in', type: FrameType.keepAlive, after: hiddenAt }).length >= beats,
  );
  const [ticks, now] = await chat.page.evaluate(() => [window.ticks, performance.now()] as const);
  expect(journal.filter({ user, dir: 'close' })).toEqual([]);
  // One a second, and the one that was due. Without the throttling it would be two a second and say nothing about the heartbeat.
  expect(ticks).toBeLessThanOrEqual((now - since) / 1_000 + 1);
  gateway.send(user, 'look at me', { from: peer, typeu: 0 });
  await expect.poll(() => chat.received()).toEqual(['look at me']);
  expect((await eventsOf(chat, 'chat-unread')).at(-1)).toMatchObject({ peerId: peer, count: 1 });
});
