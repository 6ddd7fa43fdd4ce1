import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Scene } from './scene.js';
import { answerKeepAlives, kickedOut, loggedIn, message, refused, serverError } from './server-frames.js';

describe('I11: nothing is left behind', () => {
  const moments: Record<string, (scene: Scene) => unknown> = {
    'before anything': () => {},
    'while the token is awaited': ({ client }) => client.connect(),
    'while the socket connects': (scene) => scene.dial(),
    'while the login is answered': async (scene) => (await scene.dial()).open(),
    'while logged in, with messages on their way': async (scene) => {
      await scene.online();
      for (let n = 0; n < 10; n++) scene.client.send(`${n}`, { to: 'bob' });
    },
    'while a keepalive is on its way': async (scene) => {
      await scene.online();
      await scene.clock.advanceAsync(6_000);
    },
    'while a retransmission is planned': async (scene) => {
      await scene.online();
      scene.client.send('hello', { to: 'bob' });
      await scene.clock.advanceAsync(5_500);
    },
    'while waiting for a reconnect': async (scene) => (await scene.online()).serverClose(),
    'after 301': async (scene) => (await scene.online()).deliver(serverError(301)),
    'after a refused login': async (scene) => {
      (await scene.dial()).open();
      scene.socket.deliver(refused(1025));
    },
    'after a kick-out': async (scene) => (await scene.online()).deliver(kickedOut(1)),
  };

  describe.each(Object.keys(moments))('%s', (moment) => {
    it('disconnect() clears every timer and listener, and closes the socket', async () => {
      const scene = new Scene();
      await moments[moment]?.(scene);
      scene.client.disconnect();
      expect(scene.clock.pending).toBe(0);
      await scene.settle();
      expect(scene.clock.pending).toBe(0);
      expect(scene.sockets.map(({ listenerCount }) => listenerCount)).toEqual(scene.sockets.map(() => 0));
      expect(scene.sockets.every(({ readyState }) => readyState === 3)).toBe(true);
      expect(scene.client.state.name).toBe('disconnected');
    });
  });

  it('calls no listener after disconnect(), whatever the socket still says', async () => {
    const scene = new Scene({ heedsSignal: false });
    const socket = await scene.online();
    scene.client.disconnect();
    scene.take();
    socket.deliver(message('m1'));
    socket.deliver(kickedOut(1));
    socket.serverClose();
    await scene.clock.advanceAsync(3_600_000);
    expect(scene.take()).toEqual([]);
  });

  it('a thousand sessions leave what one leaves', async () => {
    const scene = new Scene();
    for (let n = 0; n < 1_000; n++) {
      await scene.online();
      scene.client.disconnect();
    }
    expect(scene.clock.pending).toBe(0);
    expect(scene.sockets.every(({ listenerCount }) => listenerCount === 0)).toBe(true);
  });
});

describe('promises that nobody awaits', () => {
  const unhandled: unknown[] = [];
  const note = (reason: unknown) => unhandled.push(reason);
  beforeEach(() => {
    unhandled.length = 0;
    process.on('unhandledRejection', note);
  });
  afterEach(() => {
    process.off('unhandledRejection', note);
  });

  it('never become unhandled rejections: failed, cancelled, removed, a token that fails', async () => {
    const scene = new Scene({ reconnectDelay: () => 60_000, giveUpAfterMs: 15_000 });
    scene.client.cancel(scene.client.send('taken back', { to: 'bob' }).id);
    const socket = await scene.online();
    const { id } = scene.client.send('given up', { to: 'bob' });
    answerKeepAlives(socket);
    await scene.clock.advanceAsync(20_000);
    scene.client.remove(id);
    expect(scene.client.pending).toBe(0);
    scene.client.disconnect();

    const tokenless = new Scene({ getToken: () => Promise.reject(new Error('no')) });
    tokenless.client.connect();
    await tokenless.settle();
    tokenless.client.connect();
    tokenless.client.disconnect();
    // Node tells of unhandled rejections once its microtasks are done.
    await new Promise((resolve) => setImmediate(resolve));
    expect(unhandled).toEqual([]);
  });

  it('a token that fails after the attempt was given up is nobody’s business', async () => {
    let fail: (error: Error) => void = () => {};
    const scene = new Scene({
      getToken: () =>
        new Promise((_, reject) => {
          fail = reject;
        }),
    });
    scene.client.connect();
    await scene.settle();
    scene.client.disconnect();
    scene.take();
    fail(new Error('too late'));
    await scene.settle();
    await new Promise((resolve) => setImmediate(resolve));
    expect(unhandled).toEqual([]);
    expect(scene.take()).toEqual([]);
  });

  it('two logins at once on one socket are one', async () => {
    const scene = new Scene();
    await scene.dial();
    scene.client.connect();
    await scene.settle();
    scene.socket.open();
    scene.socket.deliver(loggedIn());
    expect(scene.sockets).toHaveLength(1);
    expect(scene.socket.packets).toHaveLength(1);
  });
});
