import { describe, expect, it } from 'vitest';
import { NotDeliveredError } from '../../src/client/index.js';
import { PacketType } from '../../src/protocol/index.js';
import { Scene } from './scene.js';
import { ackOf, answerAll, answerKeepAlives, kickedOut } from './server-frames.js';

const toBob = { to: 'bob' } as const;

/** Online with a server that acknowledges nothing; what it never acknowledges fails after 15 s. */
async function unacknowledged(): Promise<Scene> {
  const scene = new Scene({ onSocket: answerKeepAlives, giveUpAfterMs: 15_000 });
  await scene.online();
  return scene;
}

const deliveries = (scene: Scene) => scene.take().filter((line) => !/^p[io]ng$/.test(line));

describe('delivery', () => {
  it('goes from sending to delivered when the server acknowledges', async () => {
    const scene = new Scene();
    const socket = await scene.online();
    const { id, delivered } = scene.client.send('hello', toBob);
    expect(socket.packets.at(-1)).toEqual({
      type: PacketType.data,
      dataContent: 'hello',
      from: 'alice',
      to: 'bob',
      fp: id,
      QoS: true,
      typeu: 0,
      sm: -1,
      bridge: false,
    });
    expect(scene.take()).toEqual(['hello sending']);
    expect(scene.client.pending).toBe(1);
    socket.deliver(ackOf(id));
    expect(scene.take()).toEqual(['hello delivered']);
    expect(scene.client.pending).toBe(0);
    await delivered;
  });

  it('announces each status with the whole message, unchanged but for the status', async () => {
    const scene = new Scene();
    const socket = await scene.online();
    const seen: unknown[] = [];
    scene.client.addEventListener('delivery', ({ message, status }) => {
      expect(message.status).toBe(status);
      seen.push(message);
    });
    const sentAt = scene.clock.now();
    const { id } = scene.client.send('a cat', { to: 'bob', type: 1 });
    await scene.clock.advanceAsync(1_000);
    socket.deliver(ackOf(id));
    const message = { id, type: 1, content: 'a cat', from: 'alice', to: 'bob', sentAt };
    expect(seen).toEqual([
      { ...message, status: 'sending' },
      { ...message, status: 'delivered' },
    ]);
    expect(socket.sent(PacketType.data)[0]?.packet.typeu).toBe(1);
  });

  it('I3, I8: repeats the very same frame after 5 s, twice at most, and then gives up', async () => {
    const scene = await unacknowledged();
    const { id, delivered } = scene.client.send('hello', toBob);
    const frames = () => scene.socket.sent(PacketType.data);
    await scene.clock.advanceAsync(4_999);
    expect(frames()).toHaveLength(1);
    await scene.clock.advanceAsync(1);
    expect(frames()).toHaveLength(2);
    await scene.clock.advanceAsync(9_999);
    expect(deliveries(scene)).toEqual(['hello sending']);
    await scene.clock.advanceAsync(1);
    expect(deliveries(scene)).toEqual(['hello failed']);
    await scene.clock.advanceAsync(600_000);
    expect(frames().map(({ at }) => at)).toEqual([0, 5_000, 10_000]);
    expect(new Set(frames().map(({ text }) => text)).size).toBe(1);
    expect(scene.client.pending).toBe(1);
    await expect(delivered).rejects.toEqual(new NotDeliveredError(id, 'failed'));
    await expect(delivered).rejects.toMatchObject({ id, reason: 'failed' });
  });

  it('repeats each message by its own time', async () => {
    const scene = await unacknowledged();
    scene.client.send('one', toBob);
    await scene.clock.advanceAsync(2_000);
    const two = scene.client.send('two', toBob);
    await scene.clock.advanceAsync(3_500);
    scene.socket.deliver(ackOf(two.id));
    await scene.clock.advanceAsync(20_000);
    const times = scene.socket.sent(PacketType.data).map(({ at, packet }) => `${packet.dataContent} ${at}`);
    expect(times).toEqual(['one 0', 'two 2000', 'one 5000', 'one 10000']);
  });

  it('I8: consumes no tries while there is no connection', async () => {
    const scene = await unacknowledged();
    const { id } = scene.client.send('hello', toBob);
    await scene.clock.advanceAsync(10_000);
    const text = scene.socket.sent(PacketType.data)[0]?.text;
    scene.socket.serverClose();
    expect(deliveries(scene)).toEqual(['hello sending', 'hello queued', 'connecting 1', 'close 1006']);
    for (let outage = 0; outage < 60; outage++) {
      await scene.clock.advanceAsync(30_000);
      scene.socket.serverClose();
    }
    expect(deliveries(scene)).not.toContain('hello failed');
    const socket = await scene.onlineAgain();
    const since = scene.clock.monotonic();
    await scene.clock.advanceAsync(14_999);
    expect(socket.sent(PacketType.data).map((frame) => frame.at - since)).toEqual([0, 5_000, 10_000]);
    expect(socket.sent(PacketType.data).every((frame) => frame.text === text)).toBe(true);
    socket.deliver(ackOf(id));
    expect(deliveries(scene)).toEqual(['hello delivered']);
  });

  it('I5, V17: writes all that waits at a new login, once and in typing order', async () => {
    const scene = await unacknowledged();
    for (let n = 0; n < 250; n++) scene.client.send(`before ${n}`, toBob);
    scene.socket.serverClose(1001);
    for (let n = 0; n < 250; n++) scene.client.send(`while away ${n}`, toBob);
    const socket = await scene.onlineAgain();
    expect(socket.sent(PacketType.data).map(({ packet }) => packet.dataContent)).toEqual([
      ...Array.from({ length: 250 }, (_, n) => `before ${n}`),
      ...Array.from({ length: 250 }, (_, n) => `while away ${n}`),
    ]);
    for (const { packet } of socket.sent(PacketType.data)) socket.deliver(ackOf(packet.fp));
    expect(scene.client.pending).toBe(0);
  });

  it('V8: a late acknowledgement turns failed into delivered; a second one is counted and nothing else', async () => {
    const scene = await unacknowledged();
    const { id } = scene.client.send('hello', toBob);
    await scene.clock.advanceAsync(20_000);
    expect(deliveries(scene)).toEqual(['hello sending', 'hello failed']);
    scene.socket.deliver(ackOf(id));
    expect(deliveries(scene)).toEqual(['hello delivered']);
    expect(scene.client.pending).toBe(0);
    scene.socket.deliver(ackOf(id));
    expect(deliveries(scene)).toEqual([]);
    expect([...scene.client.drops.values()]).toEqual([1]);
  });

  it.each([[null], [''], ['another fingerprint'], [{ fp: 'x' }]])(
    'V9: an acknowledgement of %j is counted and changes nothing',
    async (dataContent) => {
      const scene = await unacknowledged();
      scene.client.send('hello', toBob);
      scene.take();
      scene.socket.deliver(JSON.stringify({ ...ackOf(null), dataContent }));
      expect(scene.take()).toEqual([]);
      expect(scene.client.pending).toBe(1);
      expect([...scene.client.drops.values()]).toEqual([1]);
    },
  );

  it('V16: acknowledgements after 10 s cost no more than three writes', async () => {
    const scene = await unacknowledged();
    const { id } = scene.client.send('hello', toBob);
    await scene.clock.advanceAsync(10_001);
    scene.socket.deliver(ackOf(id));
    await scene.clock.advanceAsync(60_000);
    expect(scene.socket.sent(PacketType.data)).toHaveLength(3);
  });

  it('gives every message a fingerprint of its own', async () => {
    const scene = new Scene();
    const ids = Array.from({ length: 500 }, () => scene.client.send('same text', toBob).id);
    expect(new Set(ids).size).toBe(500);
    for (const id of ids) expect(id).toMatch(/^[\da-f]{8}-[\da-f]{4}-4[\da-f]{3}-[89ab][\da-f]{3}-[\da-f]{12}$/);
  });
});

describe('kinds of messages', () => {
  it('without QoS: written once, sent, never asked for again', async () => {
    const scene = await unacknowledged();
    const { id, delivered } = scene.client.send('typing', { to: 'bob', qos: false });
    await delivered;
    expect(scene.take()).toEqual(['typing sent']);
    expect(scene.client.pending).toBe(0);
    await scene.clock.advanceAsync(60_000);
    expect(scene.socket.sent(PacketType.data)).toMatchObject([{ packet: { fp: id, QoS: false } }]);
  });

  it('without QoS and without a connection: queued, then sent', async () => {
    const scene = new Scene();
    scene.client.send('typing', { to: 'bob', qos: false });
    expect(scene.take()).toEqual(['typing queued']);
    await scene.dial();
    scene.take();
    scene.socket.open();
    scene.accept();
    expect(scene.socket.sent(PacketType.data)).toHaveLength(1);
    expect(scene.client.pending).toBe(0);
  });

  it.each([true, false])('on a socket that is closing: waits for the next login (qos: %s)', async (qos) => {
    const scene = await unacknowledged();
    scene.socket.startClosing();
    const { id } = scene.client.send('hello', { to: 'bob', qos });
    expect(scene.take()).toEqual(['hello queued']);
    scene.socket.serverClose(1001);
    scene.take();
    const next = await scene.onlineAgain();
    expect(next.sent(PacketType.data).map(({ packet }) => packet.fp)).toEqual([id]);
    expect(scene.client.pending).toBe(qos ? 1 : 0);
  });

  it('to "0", the server', async () => {
    const scene = new Scene({ onSocket: answerAll });
    const socket = await scene.online();
    const { delivered } = scene.client.send('{"order":7}', { to: '0', type: 1_001 });
    await delivered;
    expect(socket.sent(PacketType.data)).toMatchObject([{ packet: { to: '0', typeu: 1_001 } }]);
  });

  it('V19: a kick-out keeps what waits', async () => {
    const scene = await unacknowledged();
    scene.client.send('hello', toBob);
    scene.socket.deliver(kickedOut(1));
    expect(scene.client.pending).toBe(1);
    await scene.clock.advanceAsync(600_000);
    expect(scene.take()).not.toContain('hello failed');
  });
});
