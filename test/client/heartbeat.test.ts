import { describe, expect, it } from 'vitest';
import type { Clock } from '../../src/client/clock.js';
import { Heartbeat } from '../../src/client/heartbeat.js';
import type { HeartbeatSeconds } from '../../src/client/index.js';
import { PacketType } from '../../src/protocol/index.js';
import { FakeClock } from '../support/fake-clock.js';
import type { FakeSocket } from '../support/fake-socket.js';
import { Scene } from './scene.js';
import { answerAll, loggedIn, message, pong } from './server-frames.js';

/** Mode, its period, the wait for an answer (G5), and the server's patience (the protocol's table), in ms. */
const MODES: [HeartbeatSeconds, number, number, number][] = [
  [3, 3_000, 5_000, 7_000],
  [5, 5_000, 5_000, 11_000],
  [10, 7_500, 5_000, 15_000],
  [15, 10_000, 5_000, 20_000],
  [30, 17_500, 5_000, 35_000],
  [60, 32_500, 5_000, 65_000],
  [120, 62_500, 5_000, 125_000],
];

/** A server far away, which closes a session that it has not heard for so long. */
function farAway(socket: FakeSocket, oneWayMs: number, readTimeoutMs: number): void {
  const { clock } = socket;
  let timer: unknown;
  socket.onFrame = ({ type }) =>
    clock.setTimeout(() => {
      clock.clearTimeout(timer);
      timer = clock.setTimeout(() => socket.serverClose(1000), readTimeoutMs);
      clock.setTimeout(() => socket.deliver(type === PacketType.login ? loggedIn() : pong()), oneWayMs);
    }, oneWayMs);
  queueMicrotask(() => socket.open());
}

describe.each(MODES)('heartbeat of %i s', (heartbeat, period, patience, serverReadTimeout) => {
  it('V15: pings each interval or half the read timeout, whichever is shorter, and stays connected for 10 min', async () => {
    const scene = new Scene({ heartbeat, onSocket: answerAll });
    const socket = await scene.online();
    await scene.clock.advanceAsync(600_000);
    expect(scene.sockets).toHaveLength(1);
    const times = socket.sent(PacketType.keepAlive).map(({ at }) => at);
    expect(times).toEqual(Array.from({ length: Math.floor(600_000 / period) }, (_, i) => (i + 1) * period));
    expect(period).toBeLessThan(serverReadTimeout);
    expect(scene.take().slice(0, 4)).toEqual(['ping', 'pong', 'ping', 'pong']);
  });

  it('N4: finds a line dead when the answer stays out', async () => {
    const scene = new Scene({ heartbeat });
    const socket = await scene.online();
    socket.dead = true;
    await scene.clock.advanceAsync(period + patience - 1);
    // Asked again within the wait for an answer, if the period is shorter.
    expect(scene.take()).toEqual(heartbeat === 3 ? ['ping', 'ping'] : ['ping']);
    await scene.clock.advanceAsync(1);
    expect(scene.take()).toEqual(['connecting 1', 'close 1006']);
    expect(socket.abandoned).toBe(true);
  });

  it('V13: takes any frame for a sign of life, and goes on asking', async () => {
    const scene = new Scene({ heartbeat });
    const socket = await scene.online();
    for (let n = 0; n < 200; n++) {
      await scene.clock.advanceAsync(patience / 2);
      socket.deliver(message(`m${n}`, { QoS: false }));
    }
    expect(scene.state).toBe('connected');
    expect(scene.sockets).toHaveLength(1);
    const times = [0, ...socket.sent(PacketType.keepAlive).map(({ at }) => at)];
    for (const [i, at] of times.entries()) {
      expect(at - (times[i - 1] ?? 0)).toBeLessThan(serverReadTimeout);
    }
    expect(scene.clock.monotonic() - (times.at(-1) ?? 0)).toBeLessThan(serverReadTimeout);
  });

  it('V14: is not slowed down by surplus answers', async () => {
    const scene = new Scene({ heartbeat, onSocket: answerAll });
    const socket = await scene.online();
    for (let n = 0; n < 40; n++) {
      await scene.clock.advanceAsync(period / 2);
      socket.deliver(pong());
    }
    expect(socket.sent(PacketType.keepAlive).map(({ at }) => at)).toEqual(
      Array.from({ length: 20 }, (_, i) => (i + 1) * period),
    );
  });

  it.each([0.5, 0.8, 0.97])(
    'N7, V15: holds a line whose round trip takes %d of what the server waits',
    async (share) => {
      // A login is waited for 10 s.
      const roundTrip = Math.min(share * serverReadTimeout, 9_900);
      const scene = new Scene({ heartbeat, onSocket: (socket) => farAway(socket, roundTrip / 2, serverReadTimeout) });
      scene.client.connect();
      await scene.clock.advanceAsync(600_000);
      expect(scene.sockets).toHaveLength(1);
      expect(scene.client.status.roundTripMs).toBeCloseTo(roundTrip);
      scene.socket.dead = true;
      await scene.clock.advanceAsync(period + 2 * Math.max(roundTrip, patience) + 1);
      expect(scene.sockets[0]?.abandoned).toBe(true);
    },
  );

  it('V13, F6: takes rubbish for a sign of life', async () => {
    const scene = new Scene({ heartbeat });
    const socket = await scene.online();
    const rubbish = [
      new ArrayBuffer(3),
      '{',
      'x'.repeat(600_000),
      loggedIn(),
      message('m', { from: 'x'.repeat(70_000) }),
    ];
    for (let n = 0; n < 60; n++) {
      await scene.clock.advanceAsync(patience / 2);
      socket.deliver(rubbish[n % rubbish.length] ?? '');
    }
    expect(scene.sockets).toHaveLength(1);
    expect(scene.state).toBe('connected');
  });

  it('stops when the connection is gone', async () => {
    const scene = new Scene({ heartbeat, reconnectDelay: () => 3_600_000 });
    const socket = await scene.online();
    await scene.clock.advanceAsync(period);
    socket.serverClose();
    scene.take();
    await scene.clock.advanceAsync(1_800_000);
    expect(scene.take()).toEqual([]);
  });
});

describe('heartbeat', () => {
  it('writes a keepalive as the protocol has it', async () => {
    const scene = new Scene();
    const socket = await scene.online();
    await scene.clock.advanceAsync(5_000);
    expect(socket.packets.at(-1)).toMatchObject({ type: 1, dataContent: '{}', from: 'alice', to: '0', QoS: false });
  });

  it('starts afresh with each login', async () => {
    const scene = new Scene();
    const socket = await scene.online();
    await scene.clock.advanceAsync(4_000);
    socket.serverClose();
    const next = await scene.onlineAgain();
    const since = scene.clock.monotonic();
    await scene.clock.advanceAsync(6_000);
    expect(next.sent(PacketType.keepAlive).map(({ at }) => at - since)).toEqual([5_000]);
  });

  it('is carried by an answer that comes at the last moment', async () => {
    const scene = new Scene();
    const socket = await scene.online();
    await scene.clock.advanceAsync(9_999);
    socket.deliver(pong());
    await scene.clock.advanceAsync(5_000);
    expect(scene.state).toBe('connected');
    expect(socket.sent(PacketType.keepAlive).map(({ at }) => at)).toEqual([5_000, 10_000]);
  });
});

describe('L12, C4: a timer that comes late', () => {
  /** A clock whose page stands still: timers come when they may, and time has passed meanwhile. */
  function stalling() {
    const fake = new FakeClock();
    const log: string[] = [];
    let stalledMs = 0;
    const clock: Clock = { ...fake, monotonic: () => fake.monotonic() + stalledMs };
    const heartbeat = new Heartbeat(5, clock, {
      ping: () => log.push('ping'),
      dead: () => log.push('dead'),
      buffered: () => 0,
    });
    const stall = (ms: number) => {
      stalledMs += ms;
    };
    return { fake, heartbeat, log, stall };
  }

  it('does not judge before the waiting answers were heard', () => {
    const { fake, heartbeat, log, stall } = stalling();
    heartbeat.start(0);
    fake.advance(7_000);
    expect(log).toEqual(['ping']);
    stall(10_000);
    fake.advance(3_000);
    expect(log).toEqual(['ping', 'ping']);
    heartbeat.sign();
    heartbeat.pong();
    fake.advance(5_000);
    expect(log).toEqual(['ping', 'ping', 'ping']);
  });

  it('judges a second later if nothing was waiting', () => {
    const { fake, heartbeat, log, stall } = stalling();
    heartbeat.start(0);
    fake.advance(7_000);
    stall(10_000);
    fake.advance(3_999);
    expect(log).toEqual(['ping', 'ping']);
    fake.advance(1);
    expect(log).toEqual(['ping', 'ping', 'dead']);
    fake.advance(60_000);
    expect(log).toEqual(['ping', 'ping', 'dead']);
    expect(fake.pending).toBe(0);
  });

  it('pings late without taking the line for dead', () => {
    const { fake, heartbeat, log, stall } = stalling();
    heartbeat.start(0);
    fake.advance(4_000);
    stall(300_000);
    fake.advance(1_000);
    expect(log).toEqual(['ping']);
    heartbeat.sign();
    heartbeat.pong();
    fake.advance(4_999);
    expect(log).toEqual(['ping']);
  });
});
