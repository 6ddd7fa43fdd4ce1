import { describe, expect, it } from 'vitest';
import type { ReconnectContext } from '../../src/client/index.js';
import { PacketType } from '../../src/protocol/index.js';
import { Scene } from './scene.js';
import { ackOf, answerKeepAlives, serverError } from './server-frames.js';

describe('reconnect', () => {
  it.each([1000, 1001, 1005, 1006, 1008, 1009, 1011, 1012, 1013, 4000, 4999])(
    'N18: comes back after close code %i',
    async (code) => {
      const scene = new Scene();
      const socket = await scene.online();
      socket.serverClose(code);
      expect(scene.take()).toEqual(['connecting 1', `close ${code}`]);
      const retryInMs = code === 1012 || code === 1013 ? 5_000 : 500;
      expect(scene.client.state).toEqual({ name: 'connecting', attempt: 1, retryInMs });
      await scene.clock.advanceAsync(retryInMs - 1);
      expect(scene.sockets).toHaveLength(1);
      await scene.clock.advanceAsync(1);
      expect(scene.sockets).toHaveLength(2);
      expect(scene.client.state).toEqual({ name: 'connecting', attempt: 1, retryInMs: 0 });
      scene.accept();
      expect(scene.state).toBe('connected');
    },
  );

  it('N1: counts the attempts of an outage and waits longer', async () => {
    const scene = new Scene();
    (await scene.dial()).serverClose();
    const waits: number[] = [];
    for (let attempt = 1; attempt <= 15; attempt++) {
      const { state } = scene.client;
      if (state.name !== 'connecting') throw new Error(`Expected to be connecting, but ${scene.state}`);
      expect(state.attempt).toBe(attempt);
      waits.push(state.retryInMs);
      await scene.clock.advanceAsync(state.retryInMs);
      expect(scene.sockets).toHaveLength(attempt + 1);
      scene.socket.serverClose();
    }
    // At most 3 s while the outage is younger than 20 s, then growing to at most 30 s.
    const quick = waits.map(Math.round).slice(0, 8);
    expect(quick).toEqual([500, 1_341, 2_261, 3_000, 3_000, 3_000, 3_000, 3_000]);
    expect(Math.max(...waits)).toBe(30_000);
  });

  it('I13: is not made short again by an opening, nor by a login that held less than 10 s', async () => {
    const scene = new Scene({ onSocket: answerKeepAlives });
    const attempts: number[] = [];
    scene.client.addEventListener('state', ({ state }) => {
      if (state.name === 'connecting' && state.retryInMs > 0) attempts.push(state.attempt);
    });
    (await scene.online()).serverClose();
    await scene.clock.advanceAsync(500);
    scene.socket.open();
    scene.socket.serverClose();
    await scene.onlineAgain();
    await scene.clock.advanceAsync(9_900);
    scene.socket.serverClose();
    expect(attempts).toEqual([1, 2, 3]);
    await scene.onlineAgain();
    await scene.clock.advanceAsync(10_000);
    expect(scene.state).toBe('connected');
    scene.socket.serverClose();
    expect(attempts).toEqual([1, 2, 3, 1]);
    expect(scene.client.state).toMatchObject({ retryInMs: 500 });
  });

  it.each(['opens', 'logs in'])(
    'N11: does not hammer a line that %s and is gone again, and no message fails for it',
    async (up) => {
      const scene = new Scene();
      scene.client.send('hello', { to: 'bob' });
      await scene.dial();
      while (scene.clock.monotonic() < 60_000) {
        if (scene.socket.readyState === 0) {
          scene.socket.open();
          if (up === 'logs in') scene.accept();
          await scene.clock.advanceAsync(300);
          scene.socket.serverClose(1006);
        }
        await scene.clock.advanceAsync(100);
      }
      expect(scene.sockets.length).toBeLessThan(30);
      expect(scene.client.pending).toBe(1);
      expect(scene.take()).not.toContain('hello failed');
      const next = await scene.onlineAgain();
      expect(next.sent(PacketType.data)).toHaveLength(1);
    },
  );

  it('is made short again by a connect() of the user after a final state', async () => {
    const scene = new Scene();
    (await scene.dial()).serverClose();
    await scene.clock.advanceAsync(500);
    scene.socket.serverClose();
    expect(scene.client.state).toMatchObject({ attempt: 2 });
    scene.client.disconnect();
    (await scene.dial()).serverClose();
    expect(scene.client.state).toMatchObject({ attempt: 1, retryInMs: 500 });
  });

  it('N13: connect() during a wait tries at once, keeps the counter and leaves no second attempt behind', async () => {
    const scene = new Scene({ reconnectDelay: () => 60_000 });
    (await scene.online()).serverClose();
    await scene.clock.advanceAsync(1_000);
    await scene.dial();
    expect(scene.sockets).toHaveLength(2);
    expect(scene.client.state).toEqual({ name: 'connecting', attempt: 1, retryInMs: 0 });
    scene.client.connect();
    scene.client.connect();
    await scene.settle();
    expect(scene.sockets).toHaveLength(2);
    scene.accept();
    await scene.clock.advanceAsync(1);
    scene.client.connect();
    await scene.settle();
    expect(scene.sockets).toHaveLength(2);
  });

  it('asks the given policy, with all that is known', async () => {
    const contexts: ReconnectContext[] = [];
    const reconnectDelay = (context: ReconnectContext) => {
      contexts.push(context);
      return 100 * context.attempt;
    };
    const scene = new Scene({ reconnectDelay, random: () => 0.25 });
    await scene.clock.advanceAsync(1_000);
    (await scene.online()).serverClose(1011);
    await scene.clock.advanceAsync(100);
    await scene.clock.advanceAsync(2_000);
    scene.socket.serverClose(1006);
    expect(contexts).toEqual([
      { attempt: 1, previousMs: 0, outageMs: 0, closeCode: 1011, random: 0.25 },
      { attempt: 2, previousMs: 100, outageMs: 2_100, closeCode: 1006, random: 0.25 },
    ]);
    expect(scene.client.state).toMatchObject({ retryInMs: 200 });
  });

  it.each<[string, () => unknown]>([
    [
      'throws',
      () => {
        throw new Error('the page’s own');
      },
    ],
    ['gives NaN', () => Number.NaN],
    ['gives a time in the past', () => -1],
    ['says never', () => Number.POSITIVE_INFINITY],
    ['gives no number', () => '7'],
    ['gives nothing', () => undefined],
  ])('a policy that %s is replaced by the own one', async (_, policy) => {
    const scene = new Scene({ reconnectDelay: policy as () => number });
    (await scene.online()).serverClose();
    expect(scene.client.state).toMatchObject({ retryInMs: 500 });
    await scene.clock.advanceAsync(500);
    expect(scene.sockets).toHaveLength(2);
  });

  it.each([2 ** 31, 1e300])('a policy that says %d ms waits as long as a timer can', async (ms) => {
    const scene = new Scene({ reconnectDelay: () => ms });
    (await scene.online()).serverClose();
    expect(scene.client.state).toMatchObject({ retryInMs: 2 ** 31 - 1 });
    expect(scene.client.status.nextTryInMs).toBe(2 ** 31 - 1);
    await scene.clock.advanceAsync(86_400_000);
    expect(scene.sockets).toHaveLength(1);
  });

  it('a policy may say: at once', async () => {
    const scene = new Scene({ reconnectDelay: () => 0 });
    (await scene.online()).serverClose();
    expect(scene.client.state).toMatchObject({ attempt: 1, retryInMs: 0 });
    await scene.settle();
    expect(scene.sockets).toHaveLength(2);
  });

  it('can be switched off', async () => {
    const scene = new Scene({ reconnect: false });
    const socket = await scene.online();
    scene.client.send('hello', { to: 'bob' });
    scene.take();
    socket.serverClose(1006);
    expect(scene.take()).toEqual(['hello queued', 'disconnected lost', 'close 1006 for good']);
    await scene.clock.advanceAsync(3_600_000);
    expect(scene.sockets).toHaveLength(1);
    const next = await scene.online();
    expect(next.sent(PacketType.data)).toHaveLength(1);
  });

  it('V3: a 301 keeps the message pending and logs in anew', async () => {
    const scene = new Scene();
    const socket = await scene.online();
    const { id } = scene.client.send('hello', { to: 'bob' });
    scene.take();
    socket.deliver(serverError(301));
    expect(scene.take()).toEqual(['ServerError', 'hello queued', 'connecting 1', 'close 1006']);
    socket.serverClose(1000);
    const next = await scene.onlineAgain();
    expect(scene.sockets).toHaveLength(2);
    expect(next.sent(PacketType.login)).toHaveLength(1);
    expect(next.sent(PacketType.data).map(({ packet }) => packet.fp)).toEqual([id]);
    next.deliver(ackOf(id));
    expect(scene.take()).toEqual(['hello delivered']);
  });

  it('0.6: tells an error frame by its code alone, and stays connected for codes other than 301', async () => {
    const scene = new Scene();
    const socket = await scene.online();
    const errors: Error[] = [];
    scene.client.addEventListener('error', ({ error }) => errors.push(error));
    socket.deliver(serverError(4));
    expect(errors).toMatchObject([{ name: 'ServerError', code: 4 }]);
    expect(`${errors[0]?.message} ${JSON.stringify(errors[0])}`).not.toContain('secret');
    expect(scene.state).toBe('connected');
  });
});

describe('disconnect()', () => {
  it('sends the logout frame, closes, and ends at once', async () => {
    const scene = new Scene();
    const socket = await scene.online();
    scene.client.disconnect();
    expect(socket.packets.at(-1)).toMatchObject({ type: PacketType.logout, from: 'alice', to: '0' });
    expect(socket.abandoned).toBe(true);
    expect(scene.take()).toEqual(['disconnected closed']);
  });

  it('writes nothing on a socket that is not logged in', async () => {
    const scene = new Scene();
    const socket = await scene.dial();
    socket.open();
    scene.client.disconnect();
    expect(socket.packets.map(({ type }) => type)).toEqual([PacketType.login]);
    expect(socket.abandoned).toBe(true);
  });

  it('ends an attempt that still waits for its token', async () => {
    const scene = new Scene({ getToken: () => Promise.resolve('tok') });
    scene.client.connect();
    scene.client.disconnect();
    await scene.clock.advanceAsync(60_000);
    expect(scene.sockets).toHaveLength(0);
    expect(scene.take()).toEqual(['connecting 0', 'disconnected closed']);
  });
});
