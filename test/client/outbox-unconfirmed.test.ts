import { describe, expect, it } from 'vitest';
import { PacketType } from '../../src/protocol/index.js';
import type { FakeSocket } from '../support/fake-socket.js';
import { Scene, type SceneOptions } from './scene.js';
import { ackOf, answerKeepAlives, loggedIn, message } from './server-frames.js';

const MINUTE = 60_000;
const toBob = { to: 'bob' } as const;

/** Online with a server whose receiver is away: it acknowledges nothing. */
async function unacknowledged(options: SceneOptions = {}): Promise<Scene> {
  const scene = new Scene({ onSocket: answerKeepAlives, ...options });
  await scene.online();
  return scene;
}

const times = (socket: FakeSocket, since = 0) => socket.sent(PacketType.data).map(({ at }) => at - since);
const deliveries = (scene: Scene) => scene.take().filter((line) => !/^p[io]ng$/.test(line));

describe('a message that nobody confirms', () => {
  it('I8: is written three times, then after 1, 2, 4 ... 30 minutes, and never fails by itself', async () => {
    const scene = await unacknowledged();
    scene.client.send('hello', toBob);
    await scene.clock.advanceAsync(14_999);
    expect(deliveries(scene)).toEqual(['hello sending']);
    await scene.clock.advanceAsync(1);
    expect(deliveries(scene)).toEqual(['hello unconfirmed']);
    await scene.clock.advanceAsync(120 * MINUTE);
    // Minutes after the third copy: 1, and 2, 4, 8, 16, 30, 30 more.
    const repeats = [1, 3, 7, 15, 31, 61, 91].map((minutes) => 10_000 + minutes * MINUTE);
    expect(times(scene.socket)).toEqual([0, 5_000, 10_000, ...repeats]);
    expect(new Set(scene.socket.sent(PacketType.data).map(({ text }) => text)).size).toBe(1);
    await scene.clock.advanceAsync(24 * 60 * MINUTE);
    expect(deliveries(scene)).toEqual([]);
    expect(scene.client.pending).toBe(1);
  });

  it('is written once at each login, in typing order, and waits anew', async () => {
    const scene = await unacknowledged();
    scene.client.send('one', toBob);
    scene.client.send('two', { to: 'carol' });
    await scene.clock.advanceAsync(10 * MINUTE);
    scene.client.send('three', toBob);
    deliveries(scene);
    scene.socket.serverClose();
    expect(deliveries(scene).slice(0, 1)).toEqual(['three queued']);
    const next = await scene.onlineAgain();
    const since = scene.clock.monotonic();
    expect(next.sent(PacketType.data).map(({ packet }) => packet.dataContent)).toEqual(['one', 'two', 'three']);
    await scene.clock.advanceAsync(59_999);
    expect(times(next, since).filter((at) => at > 10_000)).toEqual([]);
    await scene.clock.advanceAsync(1);
    expect(times(next, since).filter((at) => at > 10_000)).toEqual([60_000, 60_000]);
  });

  it('is delivered by a late acknowledgement', async () => {
    const scene = await unacknowledged();
    const { id, delivered } = scene.client.send('hello', toBob);
    await scene.clock.advanceAsync(MINUTE);
    scene.socket.deliver(ackOf(id));
    await delivered;
    expect(deliveries(scene)).toEqual(['hello sending', 'hello unconfirmed', 'hello delivered']);
    expect(scene.client.pending).toBe(0);
    await scene.clock.advanceAsync(60 * MINUTE);
    expect(times(scene.socket)).toHaveLength(3);
  });

  it('is written again when its receiver writes, and then not before 3 s', async () => {
    const scene = await unacknowledged();
    scene.client.send('hello', toBob);
    scene.client.send('to another', { to: 'carol' });
    await scene.clock.advanceAsync(20_000);
    const before = times(scene.socket).length;
    scene.socket.deliver(message('I am here'));
    await scene.settle();
    expect(times(scene.socket)).toHaveLength(before + 1);
    expect(scene.socket.sent(PacketType.data).at(-1)?.packet.dataContent).toBe('hello');
    await scene.clock.advanceAsync(2_999);
    scene.socket.deliver(message('again'));
    await scene.settle();
    expect(times(scene.socket)).toHaveLength(before + 1);
    await scene.clock.advanceAsync(1);
    scene.socket.deliver(message('and again'));
    await scene.settle();
    expect(times(scene.socket)).toHaveLength(before + 2);
  });

  it('is written again when another message reaches its receiver', async () => {
    const scene = await unacknowledged();
    scene.client.send('hello', toBob);
    scene.client.send('to another', { to: 'carol' });
    await scene.clock.advanceAsync(20_000);
    const before = times(scene.socket).length;
    const { id } = scene.client.send('there?', toBob);
    await scene.settle();
    scene.socket.deliver(ackOf(id));
    await scene.settle();
    const written = scene.socket.sent(PacketType.data).slice(before);
    expect(written.map(({ packet }) => packet.dataContent)).toEqual(['there?', 'hello']);
  });

  it('I5, I8: several are written again in order and at once, though a socket counts what a task writes as waiting', async () => {
    const scene = await unacknowledged();
    for (const text of ['one', 'two', 'three']) scene.client.send(text, toBob);
    await scene.clock.advanceAsync(20_000);
    const contents = (socket: FakeSocket) => socket.sent(PacketType.data).map(({ packet }) => packet.dataContent);
    const first = scene.socket;
    const before = contents(first).length;
    first.deliver(message('I am here'));
    await scene.settle();
    expect(contents(first).slice(before)).toEqual(['one', 'two', 'three']);
    first.serverClose();
    scene.client.send('four', toBob);
    await scene.clock.advanceAsync(500);
    const second = scene.socket;
    second.open();
    await scene.settle();
    second.deliver(loggedIn());
    await scene.settle();
    expect(contents(second)).toEqual(['one', 'two', 'three', 'four']);
  });

  it('V16: is not written again for an acknowledgement of an earlier one: its own may be on its way', async () => {
    const scene = new Scene({
      onSocket: (socket) => {
        answerKeepAlives(socket);
        const { onFrame } = socket;
        socket.onFrame = (packet, text) => {
          onFrame?.(packet, text);
          if (packet.type === PacketType.data) socket.clock.setTimeout(() => socket.deliver(ackOf(packet.fp)), 20_000);
        };
      },
    });
    await scene.online();
    for (let n = 0; n < 30; n++) {
      scene.client.send(`${n}`, toBob);
      await scene.clock.advanceAsync(1_000);
    }
    await scene.clock.advanceAsync(30_000);
    expect(scene.client.pending).toBe(0);
    expect(scene.socket.sent(PacketType.data)).toHaveLength(90);
  });

  it('fails by the user’s choice, is not written again then, and can be retried', async () => {
    const scene = await unacknowledged();
    const { id, delivered } = scene.client.send('hello', toBob);
    expect(scene.client.cancel(id)).toBe(false);
    await scene.clock.advanceAsync(20_000);
    deliveries(scene);
    expect(scene.client.remove(id)).toBe(false);
    expect(scene.client.cancel(id)).toBe(true);
    expect(deliveries(scene)).toEqual(['hello failed']);
    await expect(delivered).rejects.toMatchObject({ reason: 'failed' });
    await scene.clock.advanceAsync(60 * MINUTE);
    expect(times(scene.socket)).toHaveLength(3);
    expect(scene.client.retry(id)).toBe(true);
    expect(times(scene.socket)).toHaveLength(4);
    expect(deliveries(scene)).toEqual(['hello sending']);
  });

  it('does not hold up others', async () => {
    const scene = await unacknowledged();
    scene.client.send('to somebody who is away', toBob);
    await scene.clock.advanceAsync(20_000);
    const { id } = scene.client.send('to somebody who is there', { to: 'carol' });
    scene.socket.deliver(ackOf(id));
    expect(deliveries(scene)).toContain('to somebody who is there delivered');
  });

  it.each([
    [0, 15_000],
    [15_000, 15_000],
    [40_000, 40_000],
    [600_000, 600_000],
  ])('giveUpAfterMs %i: fails after %i ms', async (giveUpAfterMs, expected) => {
    const scene = await unacknowledged({ giveUpAfterMs });
    scene.client.send('hello', toBob);
    await scene.clock.advanceAsync(expected - 1);
    expect(deliveries(scene)).not.toContain('hello failed');
    await scene.clock.advanceAsync(1);
    expect(deliveries(scene)).toContain('hello failed');
  });

  it('giveUpAfterMs: being offline for a day is no reason to fail', async () => {
    const scene = new Scene({ onSocket: answerKeepAlives, giveUpAfterMs: 20_000 });
    scene.client.send('hello', toBob);
    await scene.clock.advanceAsync(24 * 60 * MINUTE);
    await scene.online();
    await scene.clock.advanceAsync(14_999);
    expect(deliveries(scene)).not.toContain('hello failed');
  });
});
