import { describe, expect, it } from 'vitest';
import { Scene } from './scene.js';
import { answerKeepAlives, kickedOut, message } from './server-frames.js';

describe('I15: after each login the client tells since when messages may be missing', () => {
  it('once, before the state is connected', async () => {
    const scene = new Scene();
    const order: string[] = [];
    scene.client.addEventListener('resync', () => order.push(`resync while ${scene.client.state.name}`));
    scene.client.addEventListener('state', ({ state }) => order.push(state.name));
    scene.client.addEventListener('login', () => order.push('login'));
    await scene.online();
    expect(order).toEqual(['connecting', 'resync while connecting', 'connected', 'login']);
    expect(scene.resyncs).toEqual([[undefined, 'start']]);
  });

  it('counts from the last frame that was heard, of whatever kind', async () => {
    const scene = new Scene({ onSocket: answerKeepAlives });
    await scene.online();
    await scene.clock.advanceAsync(6_000);
    const pong = scene.clock.now() - 1_000;
    scene.socket.serverClose();
    await scene.onlineAgain();
    expect(scene.resyncs.at(-1)).toEqual([pong, 'lost']);
    await scene.clock.advanceAsync(2_000);
    scene.socket.deliver(message('m'));
    const heard = scene.clock.now();
    await scene.clock.advanceAsync(2_000);
    scene.socket.dead = true;
    await scene.clock.advanceAsync(60_000);
    await scene.onlineAgain();
    expect(scene.resyncs.at(-1)).toEqual([heard, 'lost']);
    expect(scene.resyncs).toHaveLength(3);
  });

  it('an attempt that fails tells nothing, and changes nothing', async () => {
    const scene = new Scene();
    await scene.online();
    const heard = scene.clock.now();
    scene.socket.serverClose();
    for (let n = 0; n < 5; n++) {
      await scene.clock.advanceAsync(30_000);
      scene.socket.open();
      scene.socket.serverClose();
    }
    await scene.onlineAgain();
    expect(scene.resyncs).toEqual([
      [undefined, 'start'],
      [heard, 'lost'],
    ]);
  });

  it('a new session after an end is a start, and knows when the last one was heard', async () => {
    const scene = new Scene();
    await scene.online();
    await scene.clock.advanceAsync(1_000);
    scene.socket.deliver(kickedOut(1));
    await scene.clock.advanceAsync(60_000);
    await scene.online();
    expect(scene.resyncs.at(-1)).toEqual([scene.clock.now() - 61_000, 'start']);
  });

  it('I20: whoever disconnects in it is not connected', async () => {
    const scene = new Scene();
    scene.client.addEventListener('resync', () => scene.client.disconnect());
    scene.client.send('waits', { to: 'bob' });
    await scene.online();
    expect(scene.state).toBe('disconnected closed');
    expect(scene.socket.abandoned).toBe(true);
    expect(scene.client.pending).toBe(1);
  });
});
