import { describe, expect, it } from 'vitest';
import { type OutboxRecord, StorageError } from '../../src/client/index.js';
import { PacketType } from '../../src/protocol/index.js';
import { FakeDevice } from '../support/fake-device.js';
import { Scene, type SceneOptions } from './scene.js';
import { ackOf, answerKeepAlives, kickedOut } from './server-frames.js';

const toBob = { to: 'bob' } as const;

/** A page on a device, with a server that acknowledges nothing. */
function page(device: FakeDevice, options: SceneOptions = {}): Scene {
  return new Scene({ storage: device.storage(), onSocket: answerKeepAlives, ...options });
}

const contents = (scene: Scene) => scene.socket.sent(PacketType.data).map(({ packet }) => packet.dataContent);

function record(id: string, fields: Partial<OutboxRecord> = {}): OutboxRecord {
  const plain = { v: 1, id, seq: 1, to: 'bob', type: 0, content: id, qos: true } as const;
  return { ...plain, sentAt: 1_767_605_000_000, written: false, failed: false, ...fields };
}

describe('T7: written down before it is shown', () => {
  it('announces a message when its record is safe, and not before', async () => {
    const device = new FakeDevice();
    const scene = page(device);
    await scene.dial();
    device.holds = true;
    scene.take();
    scene.client.send('hello', toBob);
    await scene.clock.advanceAsync(149);
    expect(scene.take()).toEqual([]);
    expect(scene.client.pending).toBe(1);
    device.held.shift()?.();
    await scene.settle();
    expect(scene.take()).toEqual(['hello queued']);
    expect(device.contents).toEqual(['hello']);
  });

  it('does not write to the server what is not written down', async () => {
    const device = new FakeDevice();
    const scene = page(device);
    await scene.online();
    device.holds = true;
    scene.client.send('hello', toBob);
    await scene.settle();
    expect(contents(scene)).toEqual([]);
    device.held.shift()?.();
    await scene.settle();
    expect(contents(scene)).toEqual(['hello']);
    expect(scene.take()).toContain('hello sending');
  });

  it('I5: keeps typing order although a later record is safe first', async () => {
    const device = new FakeDevice();
    const scene = page(device);
    await scene.online();
    device.holds = true;
    scene.client.send('one', toBob);
    scene.client.send('two', toBob);
    await scene.settle();
    device.held[1]?.();
    await scene.settle();
    expect(contents(scene)).toEqual([]);
    device.held[0]?.();
    await scene.settle();
    expect(contents(scene)).toEqual(['one', 'two']);
  });

  it('I5: shows in typing order, although a later record is safe first, or not waited for', async () => {
    const device = new FakeDevice();
    const scene = page(device);
    await scene.dial();
    scene.take();
    device.holds = true;
    scene.client.send('one', toBob);
    await scene.clock.advanceAsync(100);
    scene.client.send('two', toBob);
    scene.client.send('three', toBob);
    await scene.settle();
    device.held[2]?.();
    await scene.settle();
    expect(scene.take()).toEqual([]);
    await scene.clock.advanceAsync(50);
    expect(scene.take()).toEqual(['kept in memory', 'one queued']);
    // Slow once, it is not waited for any more.
    scene.client.send('four', toBob);
    await scene.settle();
    expect(scene.take()).toEqual([]);
    await scene.clock.advanceAsync(100);
    expect(scene.take()).toEqual(['two queued', 'three queued', 'four queued']);
  });

  it('forgets what was delivered, cancelled or removed', async () => {
    const device = new FakeDevice();
    const scene = page(device, { giveUpAfterMs: 15_000 });
    await scene.dial();
    const taken = scene.client.send('taken back', toBob);
    const delivered = scene.client.send('delivered', toBob);
    const removed = scene.client.send('removed', toBob);
    await scene.settle();
    expect(device.contents).toEqual(['taken back', 'delivered', 'removed']);
    scene.client.cancel(taken.id);
    scene.accept().deliver(ackOf(delivered.id));
    await scene.clock.advanceAsync(15_000);
    expect(device.contents).toEqual(['removed']);
    expect(device.records.get(removed.id)).toMatchObject({ failed: true, written: true });
    scene.client.remove(removed.id);
    await scene.settle();
    expect(device.contents).toEqual([]);
  });
});

describe('L4, L5, L6: the next page', () => {
  it('sends what waited: the same frames, in the same order, once', async () => {
    const device = new FakeDevice();
    const before = page(device);
    await before.online();
    const ids = ['on its way', 'on its way too'].map((text) => before.client.send(text, toBob).id);
    await before.settle();
    before.socket.serverClose(1001);
    ids.push(before.client.send('typed offline \ud83d', { to: 'bob', type: 7 }).id);
    await before.settle();
    const old = before.sockets[0]?.sent(PacketType.data).map(({ text }) => text);
    device.crash();

    const after = page(device);
    const socket = await after.dial();
    expect(after.take().filter((line) => / queued$/.test(line))).toHaveLength(3);
    after.accept();
    const frames = socket.sent(PacketType.data);
    expect(frames.map(({ packet }) => packet.fp)).toEqual(ids);
    expect(frames.slice(0, 2).map(({ text }) => text)).toEqual(old);
    expect(frames[2]?.packet).toMatchObject({ dataContent: 'typed offline \ud83d', typeu: 7 });
    for (const id of ids) socket.deliver(ackOf(id));
    await after.settle();
    expect(after.client.pending).toBe(0);
    expect(device.contents).toEqual([]);

    device.crash();
    const last = page(device);
    const empty = await last.online();
    expect(empty.sent(PacketType.data)).toEqual([]);
  });

  it('tells of a restored message all that was known: time, receiver, whether it may have arrived', async () => {
    const device = new FakeDevice();
    const before = page(device);
    await before.online();
    before.client.send('hello', toBob);
    await before.settle();
    device.crash();
    const after = page(device);
    const seen: unknown[] = [];
    after.client.addEventListener('delivery', ({ message }) => seen.push(message));
    await after.dial();
    const { id } = after.client.send('later', toBob);
    await after.settle();
    expect(seen).toMatchObject([{ content: 'hello', from: 'alice', to: 'bob', sentAt: before.clock.now() }, { id }]);
    const [hello] = seen as { id: string }[];
    // It was written once: taken back it may all the same arrive.
    expect(after.client.cancel(hello?.id ?? '')).toBe(true);
    expect(after.take()).toContain('hello failed');
  });

  it('finds a failed message failed, one press from being sent again', async () => {
    const device = new FakeDevice();
    const before = page(device, { giveUpAfterMs: 15_000 });
    await before.online();
    const { id } = before.client.send('hello', toBob);
    await before.clock.advanceAsync(15_000);
    device.crash();
    const after = page(device);
    await after.online();
    expect(contents(after)).toEqual([]);
    expect(after.client.retry(id)).toBe(true);
    expect(contents(after)).toEqual(['hello']);
    await after.settle();
    expect(device.records.get(id)).toMatchObject({ failed: false });
  });

  it('I5: what was left goes before what is typed while it is read', async () => {
    const device = new FakeDevice();
    device.records.set('left', record('left'));
    const scene = page(device);
    scene.client.connect();
    scene.client.send('typed at once', toBob);
    await scene.settle();
    scene.accept();
    await scene.settle();
    expect(contents(scene)).toEqual(['left', 'typed at once']);
    expect((device.records.get('left') as OutboxRecord).seq).toBeLessThan(
      ([...device.records.values()] as OutboxRecord[]).find(({ content }) => content === 'typed at once')?.seq ?? 0,
    );
  });

  it('C1: keeps typing order over a wall clock that was set back', async () => {
    const device = new FakeDevice();
    const before = page(device);
    await before.dial();
    before.client.send('one', toBob);
    await before.settle();
    device.crash();
    const after = page(device);
    after.clock.jumpWall(-86_400_000);
    await after.dial();
    after.client.send('two', toBob);
    after.client.send('three', toBob);
    await after.settle();
    expect(device.contents).toEqual(['one', 'two', 'three']);
  });
});

describe('one outbox, one sender', () => {
  it('V19: another page waits, and sends when the first was kicked out', async () => {
    const device = new FakeDevice();
    const first = page(device);
    await first.online();
    first.client.send('mine', toBob);
    await first.settle();
    const second = page(device);
    await second.online();
    await second.clock.advanceAsync(60_000);
    expect(contents(second)).toEqual([]);
    expect(second.client.pending).toBe(0);
    first.socket.deliver(kickedOut(1));
    await second.settle();
    expect(contents(second)).toEqual(['mine']);
    expect(first.client.pending).toBe(1);
    expect(device.log.filter((line) => /claim|release/.test(line))).toEqual(['claim', 'release', 'claim']);
  });

  /** A page that was kicked out while a message waited, and the one that took over. */
  async function takenOver(putting?: 'fails') {
    const device = new FakeDevice();
    const first = page(device);
    await first.online();
    first.socket.startClosing();
    device.putting = putting;
    const { id, delivered } = first.client.send('mine', toBob);
    await first.settle();
    device.putting = undefined;
    first.socket.deliver(kickedOut(1));
    const second = page(device);
    await second.dial();
    first.take();
    return { device, first, second, id, delivered };
  }

  it('V19: what was taken back in the page that took over is not sent by the first', async () => {
    const { first, second, id, delivered } = await takenOver();
    expect(second.client.cancel(id)).toBe(true);
    second.client.disconnect();
    await second.settle();
    await first.dial();
    expect(first.take()).toContain('mine removed');
    first.accept();
    expect(contents(first)).toEqual([]);
    expect(first.client.pending).toBe(0);
    await expect(delivered).rejects.toMatchObject({ reason: 'removed' });
  });

  it('V19: what was given up there is given up by the first', async () => {
    const { first, second, id, delivered } = await takenOver();
    second.accept();
    expect(contents(second)).toEqual(['mine']);
    second.client.disconnect();
    expect(second.client.cancel(id)).toBe(true);
    await second.settle();
    await first.dial();
    expect(first.take()).toContain('mine failed');
    first.accept();
    expect(contents(first)).toEqual([]);
    await expect(delivered).rejects.toMatchObject({ reason: 'failed' });
    expect(first.client.retry(id)).toBe(true);
    expect(contents(first)).toEqual(['mine']);
  });

  it('V19: what was written there may have arrived: taken back by the first it fails', async () => {
    const { first, second, id } = await takenOver();
    second.accept();
    second.client.disconnect();
    await second.settle();
    await first.dial();
    expect(first.client.cancel(id)).toBe(true);
    expect(first.take()).toContain('mine failed');
  });

  it('V19, I2: what was delivered there is not sent again, and not called delivered here', async () => {
    const { first, second, id } = await takenOver();
    second.accept().deliver(ackOf(id));
    second.client.disconnect();
    await second.settle();
    const announced: string[] = [];
    first.client.addEventListener('delivery', ({ status }) => announced.push(status));
    await first.online();
    await first.settle();
    expect(contents(first)).toEqual([]);
    expect(announced).toEqual(['removed']);
  });

  it('V19: what waits there still is sent by the first, when it is back', async () => {
    const { first, second } = await takenOver();
    second.client.disconnect();
    await first.online();
    await first.settle();
    expect(contents(first)).toEqual(['mine']);
  });

  it('I1: what was never safe is kept by the page that has it', async () => {
    const { device, first, second } = await takenOver('fails');
    second.client.disconnect();
    await first.online();
    await first.settle();
    expect(contents(first)).toEqual(['mine']);
    expect(device.contents).toEqual(['mine']);
  });

  it('T3: nor is dropped what the user cleared away with the site’s data', async () => {
    const { device, first, second } = await takenOver();
    second.client.disconnect();
    device.putting = 'fails';
    device.wipe();
    await first.settle();
    device.putting = undefined;
    await first.online();
    await first.settle();
    expect(contents(first)).toEqual(['mine']);
  });

  it('V19: what was typed without a session, and sent by another page, is not sent twice', async () => {
    const device = new FakeDevice();
    const first = page(device);
    const { id } = first.client.send('mine', toBob);
    await first.settle();
    const second = page(device);
    await second.online();
    expect(contents(second)).toEqual(['mine']);
    second.socket.deliver(ackOf(id));
    second.client.disconnect();
    await second.settle();
    await first.online();
    expect(contents(first)).toEqual([]);
    expect(first.client.pending).toBe(0);
  });

  it('what is typed in the page that waits goes out, and is kept', async () => {
    const device = new FakeDevice();
    await page(device).online();
    const second = page(device);
    await second.online();
    second.client.send('typed here', toBob);
    await second.clock.advanceAsync(2_000);
    expect(contents(second)).toEqual(['typed here']);
    expect(device.contents).toEqual(['typed here']);
    expect(second.client.status.durability).toBe('disk');
  });

  it('gives the outbox back with the end of the session, and takes it with the next', async () => {
    const device = new FakeDevice();
    const scene = page(device);
    await scene.online();
    scene.client.disconnect();
    await scene.online();
    expect(device.log).toEqual(['claim', 'release', 'claim']);
    scene.client.send('hello', toBob);
    await scene.settle();
    expect(contents(scene)).toEqual(['hello']);
  });
});

describe('a storage that fails', () => {
  const durabilities = (scene: Scene) => scene.take().filter((line) => line.startsWith('kept'));

  it('T1: absent: told once, and the chat works from memory', async () => {
    const device = new FakeDevice();
    device.claiming = 'fails';
    device.putting = 'fails';
    const errors: unknown[] = [];
    const scene = page(device);
    scene.client.addEventListener('durability', ({ error }) => errors.push(error));
    await scene.online();
    const { id } = scene.client.send('hello', toBob);
    scene.client.send('again', toBob);
    await scene.settle();
    expect(contents(scene)).toEqual(['hello', 'again']);
    scene.socket.deliver(ackOf(id));
    expect(scene.client.pending).toBe(1);
    expect(scene.client.status.durability).toBe('memory');
    expect(errors).toEqual([expect.any(StorageError)]);
    expect((errors[0] as StorageError).cause).toMatchObject({ name: 'QuotaExceededError' });
  });

  it('T2: full: the message is sent all the same, told once; and told again that all is well', async () => {
    const device = new FakeDevice();
    const scene = page(device);
    await scene.dial();
    expect(durabilities(scene)).toEqual(['kept in disk']);
    device.putting = 'fails';
    scene.client.send('one', toBob);
    await scene.settle();
    scene.client.send('two', toBob);
    expect(scene.take()).toEqual(['kept in memory', 'one queued', 'two queued']);
    device.putting = undefined;
    scene.client.send('three', toBob);
    await scene.settle();
    expect(scene.take()).toEqual(['three queued', 'kept in disk']);
  });

  /** A page that is online, and whose first message is not written down. */
  async function slow() {
    const device = new FakeDevice();
    const scene = page(device);
    await scene.online();
    device.putting = 'hangs';
    scene.client.send('one', toBob);
    return { device, scene };
  }

  it('slow: a message waits 150 ms, then goes from memory; the next one does not wait', async () => {
    const { scene } = await slow();
    await scene.clock.advanceAsync(149);
    expect(contents(scene)).toEqual([]);
    await scene.clock.advanceAsync(1);
    expect(contents(scene)).toEqual(['one']);
    scene.client.send('two', toBob);
    expect(contents(scene)).toEqual(['one', 'two']);
    expect(durabilities(scene)).toEqual(['kept in memory']);
  });

  it('I5: slow for one message: those behind it, written down before it, are not heard of before it', async () => {
    const { device, scene } = await slow();
    device.putting = undefined;
    scene.client.send('two', toBob);
    scene.client.send('three', toBob);
    await scene.settle();
    scene.take();
    await scene.clock.advanceAsync(150);
    const heardOf = scene.take().flatMap((line) => /^\w+(?= (?:queued|sending)$)/.exec(line) ?? []);
    expect([...new Set(heardOf)]).toEqual(['one', 'two', 'three']);
    expect(contents(scene)).toEqual(['one', 'two', 'three']);
  });

  it('slow once: is no error; one that takes longer than 2 s is', async () => {
    const device = new FakeDevice();
    const scene = page(device);
    const errors: unknown[] = [];
    scene.client.addEventListener('durability', ({ durability, error }) => errors.push(error ?? durability));
    await scene.online();
    device.holds = true;
    scene.client.send('one', toBob);
    await scene.clock.advanceAsync(1_999);
    for (const write of device.held.splice(0)) write();
    await scene.settle();
    for (const write of device.held.splice(0)) write();
    await scene.settle();
    expect(errors).toEqual(['disk', 'memory', 'disk']);
    scene.client.send('two', toBob);
    await scene.clock.advanceAsync(1_999);
    expect(errors).toHaveLength(4);
    await scene.clock.advanceAsync(1);
    expect(errors.at(-1)).toMatchObject({ name: 'StorageError', cause: new Error('not written within 2000 ms') });
  });

  it('that never opens: what is typed goes out 2 s after the login, at the latest', async () => {
    const device = new FakeDevice();
    device.claiming = 'hangs';
    const scene = page(device);
    await scene.online();
    scene.client.send('hello', toBob);
    await scene.clock.advanceAsync(150);
    expect(scene.take()).toContain('hello queued');
    await scene.clock.advanceAsync(1_849);
    expect(contents(scene)).toEqual([]);
    await scene.clock.advanceAsync(1);
    expect(contents(scene)).toEqual(['hello']);
  });

  it('T3: emptied by the user while messages wait: they are written down again', async () => {
    const device = new FakeDevice();
    const scene = page(device);
    await scene.dial();
    scene.client.send('one', toBob);
    scene.client.send('two', toBob);
    await scene.settle();
    device.wipe();
    await scene.settle();
    expect(device.contents).toEqual(['one', 'two']);
  });

  it('throws where it should reject, answers nonsense: nothing reaches the page', async () => {
    const explode = () => {
      throw new Error('hostile');
    };
    const storage = { emptied: undefined, claim: explode, put: explode, delete: explode, clear: explode };
    const scene = new Scene({ storage, onSocket: answerKeepAlives });
    await scene.online();
    const { id } = scene.client.send('hello', toBob);
    await scene.settle();
    scene.socket.deliver(ackOf(id));
    scene.client.discard();
    await scene.settle();
    const nonsense = { ...storage, claim: async () => 7 as never };
    const other = new Scene({ storage: nonsense, onSocket: answerKeepAlives });
    await other.online();
    expect(other.client.status.durability).toBe('memory');
  });
});

describe('T6: records that somebody else wrote', () => {
  it('drops and counts what is no record, and takes the rest', async () => {
    const device = new FakeDevice();
    const bad: unknown[] = [
      null,
      7,
      'x',
      [],
      {},
      { v: 1 },
      record(''),
      record('x'.repeat(129)),
      record('to', { to: '' }),
    ];
    bad.push(record('type', { type: 1.5 }), record('type', { type: 2 ** 31 }), record('seq', { seq: Number.NaN }));
    bad.push({ ...record('content'), content: 7 }, { ...record('time'), sentAt: 'now' }, { ...record('v'), v: 0 });
    for (const [n, value] of bad.entries()) device.records.set(`bad ${n}`, value);
    device.records.set('good', record('good'));
    const scene = page(device);
    await scene.online();
    await scene.settle();
    expect(contents(scene)).toEqual(['good']);
    expect(scene.client.drops.get('stored record')).toBe(bad.length);
  });

  it('leaves alone what a later version wrote', async () => {
    const device = new FakeDevice();
    device.records.set('newer', { v: 2, id: 'newer' });
    const scene = page(device);
    await scene.online();
    await scene.settle();
    expect([...scene.client.drops]).toEqual([]);
    expect(device.records.has('newer')).toBe(true);
  });

  it('F12: one that no server reads is failed, not sent, and can be removed', async () => {
    const device = new FakeDevice();
    device.records.set('huge', record('huge', { content: 'x'.repeat(70_000) }));
    const scene = page(device);
    await scene.online();
    await scene.settle();
    expect(contents(scene)).toEqual([]);
    expect(scene.client.retry('huge')).toBe(false);
    expect(scene.client.remove('huge')).toBe(true);
    await scene.settle();
    expect(device.records.size).toBe(0);
  });
});

it('T9: discard leaves no record, of whatever kind', async () => {
  const device = new FakeDevice();
  device.records.set('newer', { v: 2, id: 'newer' });
  const scene = page(device);
  await scene.dial();
  scene.client.send('hello', toBob);
  await scene.settle();
  scene.client.discard();
  await scene.settle();
  expect(device.records.size).toBe(0);
  expect(scene.client.pending).toBe(0);
});
