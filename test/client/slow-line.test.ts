import { describe, expect, it } from 'vitest';
import { PacketType } from '../../src/protocol/index.js';
import type { FakeSocket } from '../support/fake-socket.js';
import { Scene } from './scene.js';
import { ackOf, answerAll, answerKeepAlives, loggedIn, message, pong } from './server-frames.js';
import { type LineOptions, slowLine } from './slow-line.js';

const toBob = { to: 'bob' } as const;

/** A town at the end of a slow line. Its server never closes, and writes `greeting` after each login. */
async function slowScene(line: LineOptions, greeting = '', acknowledges = true): Promise<Scene> {
  const scene = new Scene({
    onSocket: (socket) => {
      const write = slowLine(socket, line, ({ type, fp }) => {
        if (type === PacketType.login) {
          write(loggedIn());
          if (greeting) write(message('big', { dataContent: greeting }));
        } else if (type === PacketType.keepAlive) write(pong());
        else if (type === PacketType.data && acknowledges) write(ackOf(fp));
      });
      queueMicrotask(() => socket.open());
    },
  });
  scene.client.connect();
  await scene.clock.advanceAsync(1_000);
  scene.take();
  return scene;
}

/** Counts `bufferedAmount` as a browser does: what is written waits, at least until the next task. */
function buffers(socket: FakeSocket, drains: boolean): void {
  const { clock } = socket;
  const send = socket.send.bind(socket);
  Object.defineProperty(socket, 'bufferedAmount', { value: 0, writable: true });
  socket.send = (text) => {
    send(text);
    socket.bufferedAmount += text.length;
    if (drains) clock.setTimeout(() => (socket.bufferedAmount -= text.length), 0);
  };
}

describe('N8: a slow line', () => {
  it.each([
    ['takes all at once', Number.POSITIVE_INFINITY],
    ['takes 16 kB', 16_000],
  ])('60 kB at 2 kB/s through a system that %s', async (_, kernel) => {
    const scene = await slowScene({ up: 2_000, kernel });
    scene.client.send('x'.repeat(60_000), toBob);
    scene.client.send('behind it', toBob);
    await scene.clock.advanceAsync(240_000);
    expect(scene.sockets).toHaveLength(1);
    expect(scene.client.pending).toBe(0);
    // Of the small one; a second copy of the large one would take half a minute from the line.
    expect(scene.client.status.retransmissions).toBeLessThanOrEqual(3);
  });

  it('60 kB towards us at 2 kB/s, anew with each login', async () => {
    const scene = await slowScene({ down: 2_000 }, 'x'.repeat(60_000));
    await scene.clock.advanceAsync(120_000);
    expect(scene.take().filter((line) => line.startsWith('message'))).toHaveLength(1);
    expect(scene.sockets.length).toBeLessThanOrEqual(3);
    expect(scene.state).toBe('connected');
  });

  it('a backlog of a minute and more, which nobody acknowledges', async () => {
    const scene = await slowScene({ up: 3_000, kernel: 16_000 }, '', false);
    for (const name of 'abcd') scene.client.send(name.repeat(60_000), { ...toBob, qos: false });
    await scene.clock.advanceAsync(120_000);
    expect(scene.sockets).toHaveLength(1);
    expect(scene.state).toBe('connected');
    // Fast again for a while.
    await scene.clock.advanceAsync(180_000);
    const [socket] = scene.sockets;
    scene.socket.dead = true;
    await scene.clock.advanceAsync(10_000);
    expect(socket?.abandoned).toBe(true);
  });
});

describe('N4, G5: a line that fell silent', () => {
  it.each([0, 200_000])('is dead in time with %i bytes that never go', async (bytes) => {
    const scene = new Scene({ onSocket: (socket) => buffers(socket, false) });
    const socket = await scene.online();
    socket.dead = true;
    socket.bufferedAmount += bytes;
    await scene.clock.advanceAsync(10_000);
    expect(socket.abandoned).toBe(true);
  });

  it('is dead within 6 s of a message that never goes', async () => {
    const scene = new Scene({ onSocket: (socket) => buffers(socket, false) });
    const socket = await scene.online();
    socket.dead = true;
    scene.client.send('hello', toBob);
    await scene.clock.advanceAsync(6_000);
    expect(socket.abandoned).toBe(true);
    expect(scene.take()).toContain('hello queued');
  });

  it('gets no more time for what waits until the end of a task', async () => {
    const scene = new Scene({
      onSocket: (socket) => {
        answerKeepAlives(socket);
        buffers(socket, true);
      },
    });
    const socket = await scene.online();
    await scene.clock.advanceAsync(12_000);
    socket.dead = true;
    await scene.clock.advanceAsync(8_000);
    expect(socket.abandoned).toBe(true);
  });

  it('lives while its buffer passes on, and fills faster', async () => {
    const scene = new Scene({ onSocket: (socket) => buffers(socket, false) });
    const socket = await scene.online();
    socket.bufferedAmount = 60_000;
    for (let second = 0; second < 60; second++) {
      socket.bufferedAmount -= 400;
      scene.client.send('x'.repeat(300), { ...toBob, qos: false });
      await scene.clock.advanceAsync(1_000);
    }
    expect(scene.state).toBe('connected');
    // Nothing goes any more.
    await scene.clock.advanceAsync(40_000);
    expect(socket.abandoned).toBe(true);
  });

  it('gives the next one more time, until that has answered', async () => {
    const scene = new Scene();
    await scene.online();
    await scene.clock.advanceAsync(10_000);
    const second = await scene.onlineAgain();
    await scene.clock.advanceAsync(19_999);
    expect(second.abandoned).toBe(false);
    await scene.clock.advanceAsync(1);
    expect(second.abandoned).toBe(true);
    const third = await scene.onlineAgain();
    await scene.clock.advanceAsync(44_999);
    expect(third.abandoned).toBe(false);
    third.deliver(pong());
    await scene.clock.advanceAsync(3_600_000);
    expect(third.abandoned).toBe(true);
  });

  it('gives the next one no more time once that has answered', async () => {
    const scene = new Scene();
    await scene.online();
    await scene.clock.advanceAsync(10_000);
    const second = await scene.onlineAgain();
    await scene.clock.advanceAsync(5_000);
    second.deliver(pong());
    await scene.clock.advanceAsync(10_000);
    expect(second.abandoned).toBe(true);
  });

  it('is given the time that a large message may take, and no more once it has arrived', async () => {
    const scene = new Scene();
    const socket = await scene.online();
    scene.client.send('x'.repeat(48_000), { ...toBob, qos: false });
    await scene.clock.advanceAsync(5_100);
    socket.deliver(pong());
    await scene.clock.advanceAsync(10_000);
    expect(socket.abandoned).toBe(true);
    const next = await scene.onlineAgain();
    next.deliver(pong());
    scene.client.send('x'.repeat(48_000), { ...toBob, qos: false });
    await scene.clock.advanceAsync(32_000);
    expect(next.abandoned).toBe(false);
    await scene.clock.advanceAsync(11_000);
    expect(next.abandoned).toBe(true);
  });

  it('is found in 6 s after a large message that was acknowledged, and after much that was', async () => {
    const scene = new Scene({ onSocket: answerAll, heartbeat: 15 });
    await scene.online();
    for (let n = 0; n < 40; n++) {
      scene.client.send('x'.repeat(1_000), toBob);
      await scene.clock.advanceAsync(200);
    }
    scene.client.send('x'.repeat(30_000), toBob);
    await scene.clock.advanceAsync(1_000);
    scene.socket.dead = true;
    scene.client.send('hello', toBob);
    await scene.clock.advanceAsync(5_500);
    expect(scene.state).toBe('connecting 1');
  });

  it('is found as soon as the one before, where that has said anything', async () => {
    const scene = new Scene({ onSocket: answerAll, heartbeat: 15 });
    await scene.online();
    for (let n = 0; n < 3; n++) {
      scene.socket.dead = true;
      scene.client.send('hello', toBob);
      await scene.clock.advanceAsync(5_500);
      expect(scene.state).toMatch(/^connecting/);
      await scene.onlineAgain();
    }
  });
});
