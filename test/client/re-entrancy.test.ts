import { describe, expect, it } from 'vitest';
import type { ChatClientEventMap } from '../../src/client/index.js';
import { PacketType } from '../../src/protocol/index.js';
import { Scene } from './scene.js';
import {
  ackOf,
  answerAll,
  answerKeepAlives,
  kickedOut,
  loggedIn,
  message,
  pong,
  refused,
  serverError,
} from './server-frames.js';

type EventName = keyof ChatClientEventMap;

/** A session in which every event happens: what the server does, a step each. */
const HAPPENINGS: ((scene: Scene) => unknown)[] = [
  ({ socket }) => socket.deliver(message('m1')),
  ({ client }) => client.send('one', { to: 'bob' }),
  ({ client }) => client.send('two', { to: 'bob' }),
  ({ clock }) => clock.advanceAsync(5_000),
  ({ socket }) => socket.deliver(pong()),
  ({ socket }) => socket.deliver(ackOf(socket.sent(PacketType.data)[0]?.packet.fp)),
  ({ socket }) => socket.deliver(serverError(4)),
  ({ socket }) => socket.deliver(serverError(301)),
  ({ socket }) => socket.serverClose(1006),
  ({ clock }) => clock.advanceAsync(500),
  (scene) => scene.socket.readyState === 0 && scene.accept(),
  ({ socket }) => socket.deliver(message('m2')),
  ({ socket }) => socket.deliver(kickedOut(1)),
];

const EVENTS: EventName[] = ['state', 'login', 'close', 'message', 'delivery', 'error', 'ping', 'pong', 'kickout'];

/** Calls `act` in the nth event of a kind, and reports whether there was one. */
function onNth(scene: Scene, type: EventName, nth: number, act: () => void): () => boolean {
  let count = 0;
  scene.client.addEventListener(type, () => {
    if (++count === nth) act();
  });
  return () => count >= nth;
}

const cases = EVENTS.flatMap((type) => Array.from({ length: 12 }, (_, i): [EventName, number] => [type, i + 1]));

describe('I20: calls inside events', () => {
  it('every event happens in the session that these tests play', async () => {
    for (const type of EVENTS) {
      const scene = new Scene();
      const happened = onNth(scene, type, 1, () => {});
      await scene.online();
      for (const happen of HAPPENINGS) await happen(scene);
      expect(happened(), type).toBe(true);
    }
  });

  it.each(cases)('I10: disconnect() in "%s" number %i ends everything', async (type, nth) => {
    const scene = new Scene();
    let frames = -1;
    let sockets = -1;
    const happened = onNth(scene, type, nth, () => {
      scene.client.disconnect();
      frames = scene.sockets.reduce((sum, { written }) => sum + written.length, 0);
      sockets = scene.sockets.length;
    });
    scene.client.connect();
    await scene.settle();
    if (!happened()) scene.accept();
    for (const happen of HAPPENINGS) {
      if (happened()) break;
      await happen(scene);
    }
    if (!happened()) return;
    // A kick-out may still be told as the reason; nothing may lead back to a connection.
    expect(scene.client.state.name).toBe('disconnected');
    expect(scene.clock.pending).toBe(0);
    await scene.clock.advanceAsync(600_000);
    expect(scene.client.state.name).toBe('disconnected');
    expect(scene.sockets).toHaveLength(sockets);
    expect(scene.sockets.reduce((sum, { written }) => sum + written.length, 0)).toBe(frames);
    expect(scene.sockets.every(({ abandoned }) => abandoned)).toBe(true);
  });

  it.each(cases)('I9: disconnect() and connect() in "%s" number %i make one new session', async (type, nth) => {
    const scene = new Scene();
    const happened = onNth(scene, type, nth, () => {
      scene.client.disconnect();
      scene.client.connect();
    });
    scene.client.connect();
    await scene.settle();
    if (!happened()) scene.accept();
    for (const happen of HAPPENINGS) {
      if (happened()) break;
      await happen(scene);
    }
    if (!happened()) return;
    expect(scene.state).toBe('connecting 0');
    const sockets = scene.sockets.filter(({ abandoned }) => abandoned).length;
    await scene.settle();
    expect(scene.sockets).toHaveLength(sockets + 1);
    scene.accept();
    expect(scene.state).toBe('connected');
    answerAll(scene.socket);
    await scene.clock.advanceAsync(60_000);
    expect(scene.sockets).toHaveLength(sockets + 1);
  });

  it.each(cases)('I5: send() in "%s" number %i keeps the typing order and loses nothing', async (type, nth) => {
    const scene = new Scene();
    const typed = ['early', 'earlier'];
    for (const text of typed) scene.client.send(text, { to: 'bob' });
    scene.client.addEventListener('delivery', ({ message, status }) => {
      if (!typed.includes(message.content)) typed.push(message.content);
      expect(status).not.toBe('failed');
    });
    onNth(scene, type, nth, () => scene.client.send('from a listener', { to: 'bob' }));
    scene.client.connect();
    await scene.settle();
    scene.accept();
    for (const happen of HAPPENINGS) await happen(scene);
    const socket = await scene.online();
    answerAll(socket);
    await scene.clock.advanceAsync(20_000);

    const firstWrites = new Set(
      scene.sockets.flatMap((each) => each.sent(PacketType.data).map(({ packet }) => packet.dataContent)),
    );
    expect([...firstWrites]).toEqual(typed);
    expect(scene.client.pending).toBe(0);
  });

  describe.each<[string, (scene: Scene) => void]>([
    ['send()', ({ client }) => client.send('from a listener', { to: 'bob' })],
    ['nudge()', ({ client }) => client.nudge()],
  ])('%s while the session ends', (_, act) => {
    async function onlineWithListener(): Promise<Scene> {
      const scene = new Scene({ onSocket: answerKeepAlives });
      await scene.online();
      scene.client.send('waits', { to: 'bob' });
      scene.take();
      // It is queued once more when the session ends.
      onNth(scene, 'delivery', 1, () => act(scene));
      return scene;
    }

    it('I10, I11: leaves no timer and no ping after a kick-out', async () => {
      const scene = await onlineWithListener();
      scene.socket.deliver(kickedOut(1));
      expect(scene.state).toBe('disconnected kicked');
      expect(scene.clock.pending).toBe(0);
      await scene.clock.advanceAsync(600_000);
      expect(scene.take()).not.toContain('ping');
    });

    it('I9: gives up no later socket after a loss', async () => {
      const scene = await onlineWithListener();
      scene.socket.serverClose(1006);
      await scene.clock.advanceAsync(500);
      expect(scene.sockets).toHaveLength(2);
      scene.socket.open();
      await scene.clock.advanceAsync(9_999);
      expect(scene.socket.abandoned).toBe(false);
      expect(scene.take()).not.toContain('ping');
    });
  });

  it('I11: a log that disconnects at an answer leaves no timer', async () => {
    const scene = new Scene();
    const socket = await scene.online();
    await scene.clock.advanceAsync(5_000);
    scene.client.log = ({ event }) => event === 'in' && scene.client.disconnect();
    socket.deliver(pong());
    expect(scene.clock.pending).toBe(0);
  });

  it('I5: what a listener sends during the flush after a login comes after what waited', async () => {
    const scene = new Scene();
    for (const text of ['one', 'two', 'three']) scene.client.send(text, { to: 'bob' });
    onNth(scene, 'delivery', 1, () => scene.client.send('from a listener', { to: 'bob' }));
    await scene.dial();
    const socket = scene.accept();
    expect(socket.sent(PacketType.data).map(({ packet }) => packet.dataContent)).toEqual([
      'one',
      'two',
      'three',
      'from a listener',
    ]);
  });

  it('I7: a message whose listener disconnects is not acknowledged, neither here nor on the next socket', async () => {
    const scene = new Scene();
    const socket = await scene.online();
    onNth(scene, 'message', 1, () => {
      scene.client.disconnect();
      scene.client.connect();
    });
    socket.deliver(message('m1'));
    await scene.settle();
    const next = scene.accept();
    expect([...socket.sent(PacketType.ack), ...next.sent(PacketType.ack)]).toEqual([]);
    next.deliver(message('m1'));
    expect(next.sent(PacketType.ack)).toHaveLength(1);
  });

  it('V1: connect() inside the error of a refused login is a new session, and not a loop', async () => {
    const scene = new Scene();
    onNth(scene, 'error', 1, () => scene.client.connect());
    (await scene.dial()).open();
    scene.socket.deliver(refused(1025));
    await scene.settle();
    expect(scene.sockets).toHaveLength(2);
    scene.socket.open();
    scene.socket.deliver(refused(1025));
    await scene.clock.advanceAsync(600_000);
    expect(scene.sockets).toHaveLength(2);
    expect(scene.state).toBe('disconnected refused');
  });

  it.each(['disconnect', 'connect'] as const)(
    '%s() in the error of a token that fails: that word counts',
    async (act) => {
      let fails = true;
      const scene = new Scene({ getToken: () => (fails ? Promise.reject(new Error('no')) : 'tok') });
      onNth(scene, 'error', 1, () => {
        fails = false;
        scene.client.disconnect();
        if (act === 'connect') scene.client.connect();
      });
      scene.client.connect();
      await scene.clock.advanceAsync(600_000);
      const started = ['connecting 0', 'TokenError', 'disconnected closed'];
      if (act === 'disconnect') {
        expect(scene.take()).toEqual(started);
        expect(scene.sockets).toHaveLength(0);
      } else expect(scene.take().slice(0, 4)).toEqual([...started, 'connecting 0']);
    },
  );

  it('I10: a flush ends with the session: what comes later in it is neither written nor announced', async () => {
    const scene = new Scene();
    for (const text of ['one', 'two', 'three']) scene.client.send(text, { to: 'bob' });
    await scene.dial();
    scene.take();
    onNth(scene, 'delivery', 1, () => scene.client.disconnect());
    scene.socket.open();
    scene.socket.deliver(loggedIn());
    expect(scene.take()).toEqual(['connected', 'login', 'one sending', 'one queued', 'disconnected closed']);
    expect(scene.socket.sent(PacketType.data)).toHaveLength(1);
    expect(scene.client.pending).toBe(3);
  });

  it('I10: whoever disconnects when the state becomes connected hears of no login', async () => {
    const scene = new Scene();
    scene.client.addEventListener('state', ({ state }) => state.name === 'connected' && scene.client.disconnect());
    scene.client.send('waits', { to: 'bob' });
    (await scene.dial()).open();
    scene.take();
    scene.socket.deliver(loggedIn());
    expect(scene.take()).toEqual(['connected', 'disconnected closed']);
    expect(scene.client.status.logins).toBe(0);
  });

  it('I10: whoever disconnects when the line is lost hears of no close', async () => {
    const scene = new Scene();
    const socket = await scene.online();
    scene.client.addEventListener('state', ({ state }) => state.name === 'connecting' && scene.client.disconnect());
    socket.serverClose();
    expect(scene.take()).toEqual(['connecting 1', 'disconnected closed']);
    expect(scene.clock.pending).toBe(0);
  });

  it('disconnect() after an end changes nothing, nor what is told as its reason', async () => {
    const scene = new Scene();
    (await scene.online()).deliver(kickedOut(1));
    scene.take();
    scene.client.disconnect();
    expect(scene.take()).toEqual([]);
    expect(scene.state).toBe('disconnected kicked');
  });

  it('retry() inside the failure goes on at once', async () => {
    const scene = new Scene({ onSocket: answerKeepAlives, giveUpAfterMs: 15_000 });
    const socket = await scene.online();
    scene.client.addEventListener('delivery', ({ message, status }) => {
      if (status === 'failed') scene.client.retry(message.id);
    });
    scene.client.send('hello', { to: 'bob' });
    await scene.clock.advanceAsync(30_000);
    const frames = socket.sent(PacketType.data);
    expect(frames.map(({ at }) => at)).toEqual([0, 5_000, 10_000, 15_000, 20_000, 25_000, 30_000]);
    expect(new Set(frames.map(({ text }) => text)).size).toBe(1);
  });
});
