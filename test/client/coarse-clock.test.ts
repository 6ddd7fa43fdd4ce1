import { describe, expect, it } from 'vitest';
import type { Clock } from '../../src/client/index.js';
import { PacketType } from '../../src/protocol/index.js';
import { FakeClock } from '../support/fake-clock.js';
import { Scene } from './scene.js';
import { ackOf, answerAll, answerKeepAlives } from './server-frames.js';

/** What a page sees of time where the browser blurs it: steps of 100 ms. Timers are as they were. */
function coarseClock(): FakeClock {
  const clock = new FakeClock();
  const { monotonic } = clock;
  return Object.assign(clock, { monotonic: () => Math.floor(monotonic() / 100) * 100 }) satisfies Clock;
}

/** Off the steps, so that question and answer are now on one, now on two of them. */
async function online(onSocket = answerKeepAlives): Promise<Scene> {
  const scene = new Scene({ clock: coarseClock(), onSocket });
  await scene.clock.advanceAsync(37);
  await scene.online();
  return scene;
}

describe('C5: a clock of 100 ms', () => {
  it('a session holds, in its rhythm', async () => {
    const scene = await online(answerAll);
    await scene.clock.advanceAsync(600_000);
    expect(scene.sockets).toHaveLength(1);
    const times = scene.socket.sent(PacketType.keepAlive).map(({ at }) => at);
    expect(times.length).toBeGreaterThanOrEqual(115);
    expect(times.length).toBeLessThanOrEqual(120);
    expect(scene.client.status.roundTripMs).toBe(0);
  });

  it('N4: a half-open line is found', async () => {
    const scene = await online();
    const { socket } = scene;
    await scene.clock.advanceAsync(12_000);
    socket.dead = true;
    await scene.clock.advanceAsync(8_100);
    expect(socket.abandoned).toBe(true);
    await scene.onlineAgain();
    expect(scene.state).toBe('connected');
  });

  it('G5: a message into a dead line is a reason to look, and goes out on the next', async () => {
    const scene = await online();
    const { socket } = scene;
    socket.dead = true;
    const { id } = scene.client.send('hello', { to: 'bob' });
    await scene.clock.advanceAsync(6_000);
    expect(socket.abandoned).toBe(true);
    const next = await scene.onlineAgain();
    expect(next.sent(PacketType.data).map(({ packet }) => packet.fp)).toEqual([id]);
  });

  it('I8: a message is repeated not before 3 s, twice, and its acknowledgement is heard', async () => {
    const scene = await online();
    const { id, delivered } = scene.client.send('hello', { to: 'bob' });
    await scene.clock.advanceAsync(20_000);
    const times = scene.socket.sent(PacketType.data).map(({ at }) => at);
    expect(times).toHaveLength(3);
    for (const [i, at] of times.slice(1).entries()) expect(at - (times[i] ?? 0)).toBeGreaterThanOrEqual(3_000);
    scene.socket.deliver(ackOf(id));
    await delivered;
    expect(scene.client.pending).toBe(0);
    expect(scene.sockets).toHaveLength(1);
  });
});
