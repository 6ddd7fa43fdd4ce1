import { describe, expect, it } from 'vitest';
import { PacketType } from '../../src/protocol/index.js';
import { Scene } from './scene.js';
import { answerAll, answerKeepAlives, loggedIn } from './server-frames.js';

const toBob = { to: 'bob' } as const;

/** Online with a server that acknowledges nothing; what it never acknowledges fails after 15 s. */
async function unacknowledged(): Promise<Scene> {
  const scene = new Scene({ onSocket: answerKeepAlives, giveUpAfterMs: 15_000 });
  await scene.online();
  return scene;
}

const deliveries = (scene: Scene) => scene.take().filter((line) => !/^p[io]ng$/.test(line));

describe('retry, cancel, remove', () => {
  it('retry writes the same frame again, with new tries', async () => {
    const scene = await unacknowledged();
    const { id } = scene.client.send('hello', toBob);
    expect(scene.client.retry(id)).toBe(false);
    await scene.clock.advanceAsync(15_000);
    deliveries(scene);
    expect(scene.client.retry(id)).toBe(true);
    expect(scene.client.retry(id)).toBe(false);
    await scene.clock.advanceAsync(15_000);
    expect(deliveries(scene)).toEqual(['hello sending', 'hello failed']);
    const frames = scene.socket.sent(PacketType.data);
    expect(frames.map(({ at }) => at)).toEqual([0, 5_000, 10_000, 15_000, 20_000, 25_000]);
    expect(new Set(frames.map(({ text }) => text)).size).toBe(1);
  });

  it('a failed message is not written again by a new login, only by retry', async () => {
    const scene = await unacknowledged();
    const { id } = scene.client.send('hello', toBob);
    await scene.clock.advanceAsync(15_000);
    scene.socket.serverClose();
    expect(scene.client.pending).toBe(1);
    const next = await scene.onlineAgain();
    expect(next.sent(PacketType.data)).toEqual([]);
    next.serverClose();
    deliveries(scene);
    expect(scene.client.retry(id)).toBe(true);
    expect(deliveries(scene)).toEqual(['hello queued']);
    const last = await scene.onlineAgain();
    expect(last.sent(PacketType.data).map(({ packet }) => packet.fp)).toEqual([id]);
  });

  it('cancel takes back what was never written', async () => {
    const scene = new Scene();
    const { id, delivered } = scene.client.send('hello', toBob);
    scene.client.send('stay', toBob);
    expect(scene.client.cancel(id)).toBe(true);
    expect(scene.client.cancel(id)).toBe(false);
    expect(scene.take()).toEqual(['hello queued', 'stay queued', 'hello cancelled']);
    await expect(delivered).rejects.toMatchObject({ name: 'NotDeliveredError', id, reason: 'cancelled' });
    const socket = await scene.online();
    expect(socket.sent(PacketType.data).map(({ packet }) => packet.dataContent)).toEqual(['stay']);
  });

  it('cancel gives up what was written and waits again: it may have arrived', async () => {
    const scene = await unacknowledged();
    const { id, delivered } = scene.client.send('hello', toBob);
    expect(scene.client.cancel(id)).toBe(false);
    scene.socket.serverClose();
    deliveries(scene);
    expect(scene.client.cancel(id)).toBe(true);
    expect(scene.client.cancel(id)).toBe(false);
    expect(deliveries(scene)).toEqual(['hello failed']);
    await expect(delivered).rejects.toMatchObject({ reason: 'failed' });
    expect((await scene.onlineAgain()).sent(PacketType.data)).toEqual([]);
    expect(scene.client.remove(id)).toBe(true);
    expect(scene.client.pending).toBe(0);
  });

  it('remove forgets a failed message, and nothing else', async () => {
    const scene = await unacknowledged();
    const { id, delivered } = scene.client.send('hello', toBob);
    expect(scene.client.remove(id)).toBe(false);
    await scene.clock.advanceAsync(15_000);
    deliveries(scene);
    expect(scene.client.cancel(id)).toBe(false);
    expect(scene.client.remove(id)).toBe(true);
    expect(scene.client.remove(id)).toBe(false);
    expect(scene.client.retry(id)).toBe(false);
    expect(deliveries(scene)).toEqual(['hello removed']);
    expect(scene.client.pending).toBe(0);
    await expect(delivered).rejects.toMatchObject({ reason: 'failed' });
  });

  it('know nothing of an unknown id', () => {
    const { client } = new Scene();
    expect([client.retry('x'), client.cancel('x'), client.remove('x')]).toEqual([false, false, false]);
  });
});

describe('W4: a WebSocket that the page has wrapped', () => {
  it('throws for one message: it waits, the others arrive, and the page hears nothing', async () => {
    let throws = true;
    const scene = new Scene({
      onSocket: (socket) => {
        answerAll(socket);
        const { send } = socket;
        socket.send = (text) => {
          if (throws && /loginUserId|forbidden/.test(text)) throw new Error('not by my filter');
          send.call(socket, text);
        };
      },
    });
    scene.client.send('forbidden', { to: 'bob' });
    scene.client.send('there', { to: 'bob' });
    await scene.dial();
    scene.socket.open();
    scene.socket.deliver(loggedIn());
    await scene.clock.advanceAsync(60_000);
    expect(scene.sockets).toHaveLength(1);
    expect(scene.socket.sent(PacketType.data).map(({ packet }) => packet.dataContent)).toEqual(['there']);
    throws = false;
    await scene.clock.advanceAsync(60_000);
    expect(scene.client.pending).toBe(0);
  });
});
