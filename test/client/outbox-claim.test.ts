import { describe, expect, it } from 'vitest';
import type { OutboxRecord, OutboxStorage } from '../../src/client/index.js';
import { PacketType } from '../../src/protocol/index.js';
import { FakeDevice } from '../support/fake-device.js';
import { Scene } from './scene.js';
import { answerKeepAlives } from './server-frames.js';

const toBob = { to: 'bob' } as const;

function page(storage: OutboxStorage | undefined): Scene {
  return new Scene({ storage, onSocket: answerKeepAlives });
}

const contents = (scene: Scene) => scene.socket.sent(PacketType.data).map(({ packet }) => packet.dataContent);

/** A page that waits for the outbox, since another one has it. */
async function waiting(): Promise<{ device: FakeDevice; first: Scene; second: Scene }> {
  const device = new FakeDevice();
  const first = page(device.storage());
  await first.online();
  const second = page(device.storage());
  await second.online();
  return { device, first, second };
}

describe('T8: a page that ends its session while it waits for the outbox', () => {
  it('does not take it later, nor what is in it', async () => {
    const { device, first, second } = await waiting();
    first.client.send('mine', toBob);
    await first.settle();
    second.client.disconnect();
    second.take();
    first.client.disconnect();
    await second.settle();
    expect(device.log.filter((line) => line === 'claim')).toHaveLength(1);
    expect(second.take()).toEqual([]);
    expect(second.client.pending).toBe(0);
    const third = page(device.storage());
    await third.online();
    expect(contents(third)).toEqual(['mine']);
  });

  it('is not told that its storage is broken, when the wait ends with an AbortError', async () => {
    const scene = page({
      emptied: undefined,
      claim: (signal) =>
        new Promise((_, reject) => {
          signal.addEventListener('abort', () => reject(signal.reason));
        }),
      put: async () => {},
      delete: async () => {},
      clear: async () => {},
    });
    await scene.online();
    scene.client.disconnect();
    scene.take();
    await scene.settle();
    expect(scene.take()).toEqual([]);
    expect(scene.clock.pending).toBe(0);
  });

  it('T7: wrote down at once what was typed meanwhile', async () => {
    const { device, second } = await waiting();
    second.take();
    second.client.send('typed here', toBob);
    await second.settle();
    expect(device.contents).toEqual(['typed here']);
    expect(second.take()).toEqual(['kept in disk', 'typed here queued']);
    second.client.disconnect();
    await second.settle();
    expect(device.contents).toEqual(['typed here']);
    expect(second.clock.pending).toBe(0);
  });

  it('I4: what it wrote down and then reads is not new to it', async () => {
    const { device, first, second } = await waiting();
    const news: [string, boolean][] = [];
    second.client.addEventListener('delivery', ({ message, restored }) => news.push([message.content, restored]));
    first.client.send('left', toBob);
    await first.settle();
    second.client.send('typed here', toBob);
    await second.settle();
    first.client.disconnect();
    await second.settle();
    expect(news.filter(([, restored]) => restored)).toEqual([['left', true]]);
    expect(contents(second)).toEqual(['left', 'typed here']);
    expect(second.client.pending).toBe(2);
    expect(device.contents).toEqual(['left', 'typed here']);
  });
});

describe('what happens while the outbox is read', () => {
  /** A storage whose claims are answered by the test. */
  function slowStorage() {
    const claims: ((records: readonly unknown[]) => void)[] = [];
    const saved = new Map<string, OutboxRecord>();
    const storage: OutboxStorage = {
      emptied: undefined,
      claim: () => new Promise((resolve) => claims.push(resolve)),
      put: async (record) => void saved.set(record.id, record),
      delete: async (id) => void saved.delete(id),
      clear: async () => saved.clear(),
    };
    return { claims, saved, storage };
  }

  it('I5, C1: what is typed comes behind what was left, though the clock was set back; and so it is written down', async () => {
    const { claims, saved, storage } = slowStorage();
    const scene = page(storage);
    const tomorrow = scene.clock.now() + 86_400_000;
    const plain = { v: 1, to: 'bob', type: 0, qos: true, sentAt: tomorrow, written: false, failed: false } as const;
    await scene.online();
    scene.client.send('typed', toBob);
    scene.client.send('typed too', toBob);
    const left = ['left', 'left too'].map((id, n) => ({ ...plain, id, content: id, seq: tomorrow + n }));
    claims[0]?.(left);
    await scene.settle();
    expect(contents(scene)).toEqual(['left', 'left too', 'typed', 'typed too']);
    const records = [...left, ...saved.values()].toSorted((a, b) => a.seq - b.seq);
    expect([...new Set(records.map(({ content }) => content))]).toEqual(['left', 'left too', 'typed', 'typed too']);
    scene.client.send('last', toBob);
    await scene.settle();
    expect([...saved.values()].toSorted((a, b) => a.seq - b.seq).at(-1)?.content).toBe('last');
  });

  it('T9: what was there before a discard does not come back, what is typed after it stays', async () => {
    const { claims, storage } = slowStorage();
    const scene = page(storage);
    const left = { v: 1, id: 'left', seq: 1, to: 'bob', type: 0, content: 'left', qos: true, sentAt: 1 };
    await scene.dial();
    scene.client.discard();
    scene.client.send('typed', toBob);
    claims[0]?.([left]);
    await scene.settle();
    expect(scene.client.pending).toBe(1);
    claims[1]?.([]);
    await scene.settle();
    scene.accept();
    expect(contents(scene)).toEqual(['typed']);
    expect(claims).toHaveLength(2);
  });

  it.each(['durability', 'delivery'] as const)('T9, I20: nor by a listener of %s', async (type) => {
    const { claims, storage } = slowStorage();
    const scene = page(storage);
    await scene.dial();
    scene.client.addEventListener(type, () => scene.client.discard(), { once: true });
    const plain = { v: 1, to: 'bob', type: 0, content: 'left', sentAt: 1 };
    claims[0]?.([
      { ...plain, id: 'left', seq: 1 },
      { ...plain, id: 'left too', seq: 2 },
    ]);
    await scene.settle();
    expect(scene.client.pending).toBe(0);
    expect(scene.client.status.pendingBytes).toBe(0);
    const last = type === 'delivery' ? ['left queued', 'left removed', 'left removed'] : [];
    expect(scene.take().filter((line) => line.startsWith('left'))).toEqual(last);
    claims[1]?.([]);
    await scene.settle();
    scene.accept();
    expect(contents(scene)).toEqual([]);
    scene.client.disconnect();
    expect(scene.clock.pending).toBe(0);
  });

  it('T4, I20: one that is discarded when it fails is tried again, once', async () => {
    const device = new FakeDevice();
    device.claiming = 'fails';
    const scene = page(device.storage());
    scene.client.addEventListener('durability', () => scene.client.discard(), { once: true });
    await scene.online();
    device.claiming = undefined;
    await scene.clock.advanceAsync(60_000);
    expect(device.log.filter((line) => line === 'claim')).toHaveLength(1);
  });

  it('I20: a message that a listener removes as it fails is not written down again', async () => {
    const device = new FakeDevice();
    const scene = page(device.storage());
    await scene.online();
    const { id } = scene.client.send('given up', toBob);
    await scene.settle();
    scene.client.disconnect();
    scene.client.addEventListener('delivery', () => scene.client.remove(id), { once: true });
    expect(scene.client.cancel(id)).toBe(true);
    await scene.settle();
    expect(device.contents).toEqual([]);
  });

  it('I20: nothing is taken by a session that a listener ended', async () => {
    const { claims, storage } = slowStorage();
    const scene = page(storage);
    await scene.dial();
    scene.client.addEventListener('durability', () => scene.client.disconnect(), { once: true });
    claims[0]?.([{ v: 1, id: 'left', seq: 1, to: 'bob', type: 0, content: 'left', sentAt: 1 }]);
    await scene.settle();
    expect(scene.client.pending).toBe(0);
    expect(scene.clock.pending).toBe(0);
  });

  it('T9: a discard after it is no new claim', async () => {
    const { claims, storage } = slowStorage();
    const scene = page(storage);
    await scene.dial();
    claims[0]?.([]);
    await scene.settle();
    scene.client.discard();
    await scene.settle();
    expect(claims).toHaveLength(1);
  });

  it('what could not be deleted meanwhile does not come back either, and is deleted again', async () => {
    const { claims, saved, storage } = slowStorage();
    const remove = storage.delete;
    const scene = page(storage);
    await scene.dial();
    claims[0]?.([]);
    const { id } = scene.client.send('taken back', toBob);
    await scene.settle();
    storage.delete = async () => {
      throw new DOMException('broken', 'UnknownError');
    };
    scene.client.cancel(id);
    await scene.settle();
    storage.delete = remove;
    scene.client.disconnect();
    await scene.dial();
    claims[1]?.([...saved.values()]);
    await scene.settle();
    expect(scene.client.pending).toBe(0);
    expect(saved.size).toBe(0);
  });

  it('a message that is cancelled does not come back with what is read', async () => {
    const { claims, saved, storage } = slowStorage();
    const scene = page(storage);
    await scene.dial();
    claims[0]?.([]);
    const { id } = scene.client.send('taken back', toBob);
    await scene.settle();
    const stale = [...saved.values()];
    expect(stale).toHaveLength(1);
    scene.client.disconnect();
    await scene.dial();
    scene.client.cancel(id);
    await scene.settle();
    expect(saved.size).toBe(0);
    claims[1]?.(stale);
    await scene.settle();
    scene.accept();
    expect(contents(scene)).toEqual([]);
    expect(scene.client.pending).toBe(0);
    expect(scene.client.drops.size).toBe(0);
  });
});

describe('"disk" is said when everything is there', () => {
  const durabilities = (scene: Scene) => scene.take().filter((line) => line.startsWith('kept'));

  it('and not when one of two slow messages is', async () => {
    const device = new FakeDevice();
    const scene = page(device.storage());
    await scene.dial();
    device.holds = true;
    scene.client.send('one', toBob);
    await scene.clock.advanceAsync(150);
    scene.client.send('two', toBob);
    await scene.settle();
    expect(durabilities(scene)).toEqual(['kept in disk', 'kept in memory']);
    device.held[1]?.();
    await scene.settle();
    expect(durabilities(scene)).toEqual([]);
    device.held[0]?.();
    await scene.settle();
    expect(durabilities(scene)).toEqual(['kept in disk']);
  });

  it('T4: and not when it could be read at last, but what was typed meanwhile is not written', async () => {
    let read: (records: readonly unknown[]) => void = () => {};
    const scene = page({
      emptied: undefined,
      claim: () =>
        new Promise((resolve) => {
          read = resolve;
        }),
      put: () => new Promise(() => {}),
      delete: async () => {},
      clear: async () => {},
    });
    await scene.dial();
    scene.client.send('hello', toBob);
    read([]);
    await scene.clock.advanceAsync(60_000);
    expect(durabilities(scene)).not.toContain('kept in disk');
    expect(scene.client.status.durability).toBe('memory');
  });

  it('T1: that it cannot be read is told with its reason, though it can be written', async () => {
    const device = new FakeDevice();
    device.claiming = 'fails';
    const scene = page(device.storage());
    const told: unknown[] = [];
    scene.client.addEventListener('durability', ({ durability, error }) => told.push([durability, error?.cause]));
    await scene.dial();
    expect(told).toEqual([['memory', expect.objectContaining({ name: 'QuotaExceededError' })]]);
    scene.client.send('hello', toBob);
    await scene.settle();
    expect(scene.client.status.durability).toBe('disk');
    expect(device.contents).toEqual(['hello']);
  });
});

describe('T4: a claim that failed', () => {
  /** A page that finds a message of an earlier one, in a storage that cannot be read. */
  async function unread(): Promise<{ device: FakeDevice; scene: Scene; errors: unknown[] }> {
    const device = new FakeDevice();
    const before = page(device.storage());
    await before.dial();
    before.client.send('left', toBob);
    before.client.send('left too', toBob);
    await before.settle();
    device.crash();
    device.claiming = 'fails';
    const scene = page(device.storage());
    const errors: unknown[] = [];
    scene.client.addEventListener('durability', ({ error }) => error && errors.push(error));
    await scene.online();
    return { device, scene, errors };
  }

  it('is tried again, and what was left goes out in its order', async () => {
    const { device, scene, errors } = await unread();
    scene.client.send('new', toBob);
    await scene.settle();
    device.claiming = undefined;
    await scene.clock.advanceAsync(4_999);
    expect(contents(scene)).toEqual(['new']);
    await scene.clock.advanceAsync(1);
    expect(contents(scene).slice(0, 3)).toEqual(['new', 'left', 'left too']);
    expect(errors).toHaveLength(1);
    expect(scene.client.status.durability).toBe('disk');
    expect(device.contents).toEqual(['left', 'left too', 'new']);
  });

  it('is told once, however often it fails, and no timer is left', async () => {
    const { device, scene, errors } = await unread();
    scene.client.connect();
    await scene.clock.advanceAsync(60_000);
    expect(errors).toHaveLength(1);
    device.claiming = undefined;
    await scene.clock.advanceAsync(5_000);
    expect(scene.client.pending).toBe(2);
    // It could be read, and nothing else was wrong.
    expect(scene.client.status.durability).toBe('disk');
    scene.client.disconnect();
    expect(scene.clock.pending).toBe(0);
  });

  it('is not tried again after the session', async () => {
    const { device, scene } = await unread();
    scene.client.disconnect();
    expect(scene.clock.pending).toBe(0);
    device.claiming = undefined;
    await scene.clock.advanceAsync(60_000);
    expect(scene.client.pending).toBe(0);
    await scene.online();
    expect(contents(scene)).toEqual(['left', 'left too']);
  });

  it('gives the outbox back until the next try', async () => {
    const signals: AbortSignal[] = [];
    const scene = page({
      emptied: undefined,
      claim: async (signal) => {
        signals.push(signal);
        throw new DOMException('broken', 'UnknownError');
      },
      put: async () => {},
      delete: async () => {},
      clear: async () => {},
    });
    await scene.online();
    expect(signals.map(({ aborted }) => aborted)).toEqual([true]);
    await scene.clock.advanceAsync(5_000);
    expect(signals.map(({ aborted }) => aborted)).toEqual([true, true]);
  });

  it('I8: a later one repeats nothing that is under way', async () => {
    const { device, scene } = await unread();
    await scene.clock.advanceAsync(4_000);
    scene.client.send('new', toBob);
    await scene.settle();
    device.claiming = undefined;
    scene.client.connect();
    await scene.clock.advanceAsync(1_000);
    expect(contents(scene)).toEqual(['new', 'left', 'left too']);
  });

  it('is followed by what could not be written in between', async () => {
    const device = new FakeDevice();
    const scene = page(device.storage());
    const { id } = scene.client.send('mine', toBob);
    await scene.settle();
    device.claiming = device.putting = 'fails';
    await scene.online();
    await scene.settle();
    expect(contents(scene)).toEqual(['mine']);
    expect(device.records.get(id)).toMatchObject({ written: false });
    device.claiming = device.putting = undefined;
    await scene.clock.advanceAsync(5_000);
    expect(device.records.get(id)).toMatchObject({ written: true });
    expect(scene.client.status.durability).toBe('disk');
  });

  it('says nothing of writes: what fails then is told', async () => {
    const { device, scene, errors } = await unread();
    device.putting = 'fails';
    scene.client.send('new', toBob);
    await scene.settle();
    device.claiming = undefined;
    await scene.clock.advanceAsync(5_000);
    expect(scene.client.status.durability).toBe('memory');
    expect(errors).toHaveLength(2);
    device.putting = undefined;
    scene.client.send('newer', toBob);
    await scene.settle();
    expect(scene.client.status.durability).toBe('disk');
    expect(device.contents).toEqual(['left', 'left too', 'new', 'newer']);
  });
});

it('I17: a storage that never answers is not asked for ever', async () => {
  let asked = 0;
  const never = () => {
    asked += 1;
    return new Promise<never>(() => {});
  };
  const scene = page({ emptied: undefined, claim: async () => [], put: never, delete: never, clear: never });
  await scene.online();
  for (let n = 0; n < 1_500; n++) {
    const { id } = scene.client.send('x', toBob);
    await scene.settle();
    scene.client.cancel(id);
  }
  expect(asked).toBe(2_000);
});

describe('a message that is gone before it is written down', () => {
  it('T9: is not announced, and not sent', async () => {
    const device = new FakeDevice();
    const scene = page(device.storage());
    await scene.online();
    device.holds = true;
    const { delivered } = scene.client.send('wiped', toBob);
    await scene.settle();
    scene.client.discard();
    expect(scene.take()).toEqual(['wiped removed']);
    device.held.shift()?.();
    await scene.settle();
    expect(scene.take()).toEqual([]);
    expect(contents(scene)).toEqual([]);
    await expect(delivered).rejects.toMatchObject({ reason: 'removed' });
    expect(device.records.size).toBe(0);
  });
});

describe('without a storage', () => {
  it('discard gives up what waits, in memory', async () => {
    const scene = page(undefined);
    scene.client.send('hello', toBob);
    scene.take();
    scene.client.discard();
    expect(scene.take()).toEqual(['hello removed']);
    await scene.online();
    expect(contents(scene)).toEqual([]);
    expect(scene.client.status.durability).toBe('memory');
  });
});

describe('T6, V19: back in a page that was kicked out', () => {
  /** A message that is safe, and its page without a session. */
  async function left(): Promise<{ device: FakeDevice; scene: Scene; id: string }> {
    const device = new FakeDevice();
    const scene = new Scene({ storage: device.storage(), onSocket: answerKeepAlives });
    await scene.online();
    scene.socket.serverClose();
    const { id } = scene.client.send('precious', { to: 'bob' });
    await scene.settle();
    scene.client.disconnect();
    await scene.settle();
    scene.take();
    return { device, scene, id };
  }

  it.each([
    ['of a later version', { v: 2 }],
    ['that somebody has spoiled', { seq: 'x' }],
  ])('a record %s has not left the storage', async (_, fields) => {
    const { device, scene, id } = await left();
    device.records.set(id, { ...(device.records.get(id) as object), ...fields });
    await scene.online();
    await scene.settle();
    expect(scene.socket.sent(PacketType.data).map(({ packet }) => packet.dataContent)).toEqual(['precious']);
    expect(device.records.has(id)).toBe(true);
  });

  it('a retry while the storage is read is not undone by what is read', async () => {
    const { scene, id } = await left();
    scene.client.connect();
    await scene.settle();
    scene.accept();
    await scene.settle();
    scene.socket.serverClose();
    scene.client.cancel(id);
    await scene.settle();
    scene.client.disconnect();
    await scene.settle();
    scene.client.connect();
    await Promise.resolve();
    expect(scene.client.retry(id)).toBe(true);
    await scene.settle();
    scene.accept();
    await scene.settle();
    expect(scene.socket.sent(PacketType.data)).toHaveLength(1);
  });

  it('I20: a listener that discards everything when one message has gone sees no other come', async () => {
    const device = new FakeDevice();
    const first = page(device.storage());
    await first.online();
    const second = page(device.storage());
    const { id } = second.client.send('mine', toBob);
    await second.settle();
    await second.online();
    await second.clock.advanceAsync(3_000);
    device.records.delete(id);
    first.client.send('secret', toBob);
    await first.settle();
    second.client.addEventListener('delivery', ({ status }) => status === 'removed' && second.client.discard());
    first.client.disconnect();
    await second.clock.advanceAsync(100);
    expect(contents(second)).toEqual(['mine']);
    expect(device.contents).toEqual([]);
  });
});

describe('T2: a disk with room for small messages only', () => {
  it('is not written to without end', async () => {
    let puts = 0;
    const storage: OutboxStorage = {
      ...{ emptied: undefined, claim: async () => [], delete: async () => {}, clear: async () => {} },
      put: async ({ content }) => {
        puts += 1;
        if (content.length > 1_000) throw new DOMException('The disk is full', 'QuotaExceededError');
      },
    };
    const scene = new Scene({ storage });
    scene.client.connect();
    await scene.settle();
    scene.client.send('x'.repeat(5_000), { to: 'bob' });
    await scene.settle();
    scene.client.send('small', { to: 'bob' });
    for (let turn = 0; turn < 20; turn++) await scene.settle();
    expect(puts).toBeLessThan(10);
    expect(scene.client.status.durability).toBe('memory');
  });
});
