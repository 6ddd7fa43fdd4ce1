import { describe, expect, it } from 'vitest';
import { PacketType } from '../../src/protocol/index.js';
import type { FakeSocket } from '../support/fake-socket.js';
import { Scene } from './scene.js';
import { ackOf, answerKeepAlives, kickedOut, loggedIn, message, pong, refused, serverError } from './server-frames.js';

/** Everything that a dead socket can still say. */
const LAST_WORDS: Record<string, (socket: FakeSocket, id: string) => void> = {
  'opens at last': (socket) => socket.open(),
  'is answered: logged in': (socket) => socket.deliver(loggedIn()),
  'is answered: refused': (socket) => socket.deliver(refused(1025)),
  'is kicked (0.5, V6)': (socket) => socket.deliver(kickedOut(1)),
  'gets a message': (socket) => socket.deliver(message('late')),
  'gets the ack of a pending message': (socket, id) => socket.deliver(ackOf(id)),
  'gets a keepalive answer': (socket) => socket.deliver(pong()),
  'gets a 301': (socket) => socket.deliver(serverError(301)),
  'gets nonsense': (socket) => socket.deliver('{'),
  fails: (socket) => socket.error(),
  'closes with 1006': (socket) => socket.serverClose(1006),
  'closes with 1000': (socket) => socket.serverClose(1000),
};

describe.each([true, false])('I9: a socket that was let go changes nothing (heeds signal: %s)', (heedsSignal) => {
  describe.each(['while the next one waits', 'while the next one connects', 'while the next one is logged in'])(
    '%s',
    (when) => {
      it.each(Object.keys(LAST_WORDS))('and then %s', async (what) => {
        const scene = new Scene({
          heedsSignal,
          onSocket: (socket) => {
            socket.closing = 'never';
          },
        });
        const old = await scene.online();
        const { id } = scene.client.send('pending', { to: 'bob' });
        // Nothing answers: the line is found dead. The old socket stays OPEN to look at.
        await scene.clock.advanceAsync(5_500);
        expect(scene.state).toBe('connecting 1');
        if (when !== 'while the next one waits') await scene.clock.advanceAsync(500);
        if (when === 'while the next one is logged in') scene.accept();
        scene.take();
        const before = [scene.client.state, scene.client.pending, scene.sockets.length, scene.clock.pending];
        const frames = scene.socket.written.length + old.written.length;

        LAST_WORDS[what]?.(old, id);
        await scene.settle();

        expect(scene.take()).toEqual([]);
        expect([scene.client.state, scene.client.pending, scene.sockets.length, scene.clock.pending]).toEqual(before);
        expect(scene.socket.written.length + old.written.length).toBe(frames);
        expect([...scene.client.drops]).toEqual([]);
      });
    },
  );
});

describe('I9: one socket at a time', () => {
  it.each(['late', 'never'] as const)('0.7: goes on at once although the close event comes %s', async (closing) => {
    const scene = new Scene();
    const old = await scene.online();
    old.closing = closing;
    old.dead = true;
    const { id } = scene.client.send('typed into a dead line', { to: 'bob' });
    await scene.clock.advanceAsync(5_500);
    expect(scene.state).toBe('connecting 1');
    await scene.clock.advanceAsync(500);
    expect(scene.sockets).toHaveLength(2);
    const next = scene.accept();
    expect(next.sent(PacketType.data)).toHaveLength(1);
    next.deliver(ackOf(id));
    expect(scene.client.pending).toBe(0);
    // The minute of a late close passes; the server answers every keepalive.
    answerKeepAlives(next);
    await scene.clock.advanceAsync(120_000);
    expect(scene.state).toBe('connected');
    expect(scene.sockets).toHaveLength(2);
  });

  it('closes the old socket before it makes the next, and logs in once on each', async () => {
    const alive: number[] = [];
    const scene = new Scene({
      onSocket: () => alive.push(scene.sockets.filter((socket) => !socket.abandoned).length),
    });
    await scene.online();
    for (let i = 0; i < 5; i++) {
      scene.socket.closing = 'never';
      await scene.clock.advanceAsync(5_000);
      scene.socket.deliver(pong());
      await scene.clock.advanceAsync(10_000);
      await scene.onlineAgain();
    }
    expect(alive).toEqual([1, 1, 1, 1, 1, 1]);
    expect(scene.sockets.map((socket) => socket.sent(PacketType.login).length)).toEqual([1, 1, 1, 1, 1, 1]);
  });

  it('0.5: a 54 for the own zombie does not end the session that replaced it', async () => {
    const scene = new Scene({ heedsSignal: false });
    const zombie = await scene.online();
    zombie.closing = 'never';
    scene.client.disconnect();
    await scene.online();
    zombie.deliver(kickedOut(1));
    zombie.serverClose(1000);
    expect(scene.take()).toEqual([]);
    expect(scene.state).toBe('connected');
  });
});
