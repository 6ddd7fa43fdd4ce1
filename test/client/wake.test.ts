import { describe, expect, it } from 'vitest';
import type { Clock, HeartbeatSeconds } from '../../src/client/index.js';
import { PacketType } from '../../src/protocol/index.js';
import { FakeClock } from '../support/fake-clock.js';
import { FakePage } from '../support/fake-page.js';
import { Scene } from './scene.js';
import { answerAll, answerKeepAlives } from './server-frames.js';

const keepAlives = (scene: Scene) => scene.socket.sent(PacketType.keepAlive).length;

/** A clock that goes on, on one of its two faces or both, while no timer runs. */
function sleepyClock(): { clock: FakeClock; sleep: (ms: number, face: 'both' | 'wall' | 'monotonic') => void } {
  const clock = new FakeClock();
  let slept = 0;
  const { monotonic } = clock;
  const sleepy = Object.assign(clock, { monotonic: () => monotonic() + slept }) satisfies Clock;
  return {
    clock: sleepy,
    sleep: (ms, face) => {
      if (face !== 'wall') slept += ms;
      if (face !== 'monotonic') clock.jumpWall(ms);
    },
  };
}

async function online(options = {}) {
  const { clock, sleep } = sleepyClock();
  const scene = new Scene({ clock, onSocket: answerKeepAlives, ...options });
  await scene.online();
  await scene.clock.advanceAsync(1_000);
  return { scene, sleep };
}

describe('L8, C2: a machine that slept', () => {
  it.each(['both', 'wall', 'monotonic'] as const)('for 2 h (%s clock): reconnects within 2 s', async (face) => {
    const { scene, sleep } = await online();
    const old = scene.socket;
    const { id } = scene.client.send('typed before', { to: 'bob' });
    const writes = () => scene.sockets.flatMap((socket) => socket.sent(PacketType.data)).length;
    expect(writes()).toBe(1);
    sleep(7_200_000, face);
    await scene.clock.advanceAsync(2_000);
    expect(old.abandoned).toBe(true);
    expect(scene.sockets).toHaveLength(2);
    scene.accept();
    expect(scene.socket.sent(PacketType.data).map(({ packet }) => packet.fp)).toEqual([id]);
    // The sleep has used up no tries.
    expect(scene.take()).not.toContain('typed before unconfirmed');
    expect(writes()).toBeLessThanOrEqual(3);
  });

  it('for less than the server waits: asks the line', async () => {
    const { scene, sleep } = await online({ heartbeat: 30 });
    sleep(20_000, 'both');
    await scene.clock.advanceAsync(1_000);
    expect(scene.sockets).toHaveLength(1);
    expect(keepAlives(scene)).toBe(1);
    await scene.clock.advanceAsync(10_000);
    expect(scene.state).toBe('connected');
  });

  it('shortly: does nothing', async () => {
    const { scene, sleep } = await online();
    sleep(2_000, 'both');
    await scene.clock.advanceAsync(1_000);
    expect([scene.sockets.length, keepAlives(scene)]).toEqual([1, 0]);
  });

  it('C1: a clock that is set back changes nothing', async () => {
    const { scene, sleep } = await online();
    sleep(-86_400_000, 'wall');
    await scene.clock.advanceAsync(60_000);
    expect(scene.sockets).toHaveLength(1);
    expect(keepAlives(scene)).toBe(12);
  });

  it('while it waited for the next attempt: tries at once', async () => {
    const { scene, sleep } = await online({ reconnectDelay: () => 30_000 });
    scene.socket.serverClose();
    sleep(7_200_000, 'wall');
    await scene.clock.advanceAsync(1_000);
    expect(scene.sockets).toHaveLength(2);
  });

  it('L1: a watch that runs once a minute, in a hidden page whose line lives, changes nothing', async () => {
    const page = new FakePage();
    page.hidden = true;
    const clock = new FakeClock();
    const { setTimeout: start } = clock;
    // Of all timers only the watch's is not started by something that arrived.
    const throttled = Object.assign(clock, {
      setTimeout: (fn: () => void, ms: number) => start(fn, ms === 1_000 ? 60_000 : ms),
    }) satisfies Clock;
    const scene = new Scene({ clock: throttled, page, heartbeat: 30, onSocket: answerKeepAlives });
    const socket = await scene.online();
    await clock.advanceAsync(600_000);
    expect(scene.sockets).toEqual([socket]);
    expect(keepAlives(scene)).toBe(Math.floor(600_000 / 17_500));
  });
});

describe('L1, 0.10: a hidden tab', () => {
  it('asks in its rhythm, as its timers are started by what arrives', async () => {
    const clock = new FakeClock();
    const { setTimeout: start } = clock;
    let insideTimer = false;
    // A timer that was started by a timer comes once a minute, one that a socket's handler has started comes in time.
    const throttled = Object.assign(clock, {
      setTimeout: (fn: () => void, ms: number) => {
        const run = () => {
          insideTimer = true;
          fn();
          insideTimer = false;
        };
        return start(run, insideTimer ? Math.max(ms, 60_000) : ms);
      },
    }) satisfies Clock;
    const page = new FakePage();
    page.hidden = true;
    const scene = new Scene({ clock: throttled, page, heartbeat: 30, onSocket: answerKeepAlives });
    const socket = await scene.online();
    await clock.advanceAsync(600_000);
    expect(scene.sockets).toEqual([socket]);
    expect(keepAlives(scene)).toBe(Math.floor(600_000 / 17_500));
  });
});

const modes: HeartbeatSeconds[] = [3, 5, 10, 15, 30, 60, 120];

describe.each(modes)('L8, G5: after a nap, with a heartbeat of %i s', (heartbeat) => {
  it('asks the line at once, and goes on if it answers', async () => {
    const scene = new Scene({ heartbeat, onSocket: answerAll });
    const socket = await scene.online();
    scene.clock.jumpWall(4_000);
    await scene.clock.advanceAsync(1_000);
    expect(socket.sent(PacketType.keepAlive)).toHaveLength(1);
    await scene.clock.advanceAsync(10_000);
    expect(scene.sockets).toHaveLength(1);
  });

  it('gives a line up that says nothing within 3 s', async () => {
    const scene = new Scene({ heartbeat });
    const socket = await scene.online();
    socket.dead = true;
    scene.clock.jumpWall(4_000);
    await scene.clock.advanceAsync(4_000);
    expect(socket.abandoned).toBe(true);
  });
});

it('L8: a line that is given up after sleep is not waited for: the next attempt comes at once', async () => {
  const { scene, sleep } = await online({ reconnectDelay: () => 30_000 });
  sleep(7_200_000, 'both');
  await scene.clock.advanceAsync(1_000);
  expect(scene.sockets).toHaveLength(2);
  expect(scene.state).toBe('connecting 1');
});
