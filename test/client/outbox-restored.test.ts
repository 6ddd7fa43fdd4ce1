import { describe, expect, it } from 'vitest';
import { MessageType, type OutboxRecord } from '../../src/client/index.js';
import { PacketType } from '../../src/protocol/index.js';
import { FakeDevice } from '../support/fake-device.js';
import { Scene, type SceneOptions } from './scene.js';
import { ackOf, answerKeepAlives } from './server-frames.js';

const HOUR_MS = 3_600_000;

/** A page that finds these records, and its session. */
async function finding(records: readonly unknown[], options: SceneOptions = {}): Promise<Scene> {
  const device = new FakeDevice();
  for (const [n, value] of records.entries()) device.records.set(`${n}`, value);
  const scene = new Scene({ storage: device.storage(), onSocket: answerKeepAlives, ...options });
  await scene.online();
  await scene.settle();
  return scene;
}

function record(id: string, fields: object = {}): OutboxRecord {
  const plain = { v: 1, id, seq: 1, to: 'bob', type: MessageType.text, content: id, qos: true } as const;
  return { ...plain, sentAt: 1_767_605_000_000, written: false, failed: false, ...fields };
}

const frames = (scene: Scene) => scene.socket.sent(PacketType.data).map(({ packet }) => packet);

describe('T6: the limits of a record', () => {
  it.each([
    ['an id of 128 characters', record('x'.repeat(128))],
    ['the last moment that a date can tell', record('late', { sentAt: 8.64e15, seq: 8.64e15 })],
    ['the first', record('early', { sentAt: -8.64e15, seq: -8.64e15 })],
    ['the largest type', record('type', { type: 2 ** 31 - 1 })],
    ['an empty text', record('empty', { content: '' })],
  ])('%s is fine', async (_, value) => {
    const scene = await finding([value]);
    expect(frames(scene).map(({ fp }) => fp)).toEqual([value.id]);
    expect(scene.client.drops.size).toBe(0);
  });

  it.each([
    ['a version that is no number', { ...record('v'), v: '2' }],
    ['a time that is no number', { ...record('sentAt'), sentAt: '5' }],
    ['a place that is no number', { ...record('seq'), seq: '5' }],
    ['a time after the last', { ...record('late'), sentAt: 8.64e15 + 2 }],
    ['a type that is no number', { ...record('type'), type: '0' }],
    ['an id of 129 characters', record('x'.repeat(129))],
  ])('%s is none', async (_, value) => {
    const scene = await finding([value]);
    expect(frames(scene)).toEqual([]);
    expect(Object.fromEntries(scene.client.drops)).toEqual({ 'stored record': 1 });
  });

  it('F12: a frame of exactly 65,536 bytes is sent, one of a byte more is failed', async () => {
    const { client } = new Scene();
    const overhead = client.frameBytes('', { to: 'bob' });
    const content = 'x'.repeat(65_536 - overhead);
    const id = '00000000-0000-4000-8000-000000000000';
    const scene = await finding([record(id, { content })]);
    expect(frames(scene)).toHaveLength(1);
    expect(scene.client.retry(id)).toBe(false);
    const other = await finding([record(id, { content: `${content}x` })]);
    expect(frames(other)).toEqual([]);
    expect(other.client.pending).toBe(1);
  });
});

describe('L4: what was known of a message is known again', () => {
  it('whether it is to be acknowledged', async () => {
    const scene = await finding([record('with'), record('without', { qos: false, seq: 2 })]);
    expect(frames(scene).map(({ fp, QoS }) => [fp, QoS])).toEqual([
      ['with', true],
      ['without', false],
    ]);
    expect(scene.client.pending).toBe(1);
  });

  it.each([
    [false, 'hello cancelled'],
    [true, 'hello failed'],
  ])('whether it was ever written (%s)', async (written, outcome) => {
    const device = new FakeDevice();
    device.records.set('hello', record('hello', { written }));
    const scene = new Scene({ storage: device.storage() });
    await scene.dial();
    scene.take();
    expect(scene.client.cancel('hello')).toBe(true);
    expect(scene.take()).toEqual([outcome]);
  });

  it.each([
    ['an hour ago: its time is over, and it gets its tries', -HOUR_MS, 15_000],
    ['tomorrow, by a clock that was wrong: its time begins now', 24 * HOUR_MS, 20_000],
  ])('when it was typed: %s', async (_, typed, failsAfterMs) => {
    const sentAt = new Scene().clock.now() + typed;
    const scene = await finding([record('hello', { sentAt })], { giveUpAfterMs: 20_000 });
    await scene.clock.advanceAsync(failsAfterMs - 1);
    expect(scene.take()).not.toContain('hello failed');
    await scene.clock.advanceAsync(1);
    expect(scene.take()).toContain('hello failed');
  });

  it('I5: it is announced in typing order, whatever the order in the storage', async () => {
    const device = new FakeDevice();
    for (const [id, seq] of [
      ['c', 3],
      ['a', 1],
      ['b', 2],
    ] as const)
      device.records.set(id, record(id, { seq }));
    const scene = new Scene({ storage: device.storage() });
    await scene.dial();
    expect(scene.take().filter((line) => line.endsWith('queued'))).toEqual(['a queued', 'b queued', 'c queued']);
  });
});

describe('T6: a place at the end of all numbers', () => {
  it('does not make the records after it unreadable', async () => {
    const device = new FakeDevice();
    device.records.set('last', record('last', { seq: 8.64e15 }));
    const first = new Scene({ storage: device.storage(), onSocket: answerKeepAlives });
    await first.dial();
    for (const text of ['one', 'two']) first.client.send(text, { to: 'bob' });
    await first.settle();
    first.accept();
    expect(frames(first).map(({ dataContent }) => dataContent)).toEqual(['last', 'one', 'two']);
    device.crash();
    const second = new Scene({ storage: device.storage(), onSocket: answerKeepAlives });
    await second.online();
    expect(second.client.drops.size).toBe(0);
    expect(frames(second).map(({ dataContent }) => dataContent)).toEqual(['one', 'two', 'last']);
  });
});

describe('I17, O3: more than an outbox holds', () => {
  const many = (count: number, fields: object = {}) =>
    Array.from({ length: count }, (_, n) => record(`${n}`, { seq: count - n, ...fields }));

  /** A device with these records, and a page on it that has read them. */
  async function opened(records: readonly OutboxRecord[]) {
    const device = new FakeDevice();
    for (const one of records) device.records.set(one.id, one);
    const scene = new Scene({ storage: device.storage(), onSocket: answerKeepAlives });
    await scene.online();
    return { device, scene };
  }

  it('the first 2,000 are taken up, the rest stays for a later time', async () => {
    const { device, scene } = await opened(many(2_001));
    expect(scene.client.pending).toBe(2_000);
    expect(frames(scene)[0]?.fp).toBe('2000');
    expect(() => scene.client.send('one more', { to: 'bob' })).toThrow('500 messages');
    // Much at once is more than a socket may hold.
    await scene.clock.advanceAsync(400);
    expect(device.records.size).toBe(2_001);
    for (const { fp } of frames(scene)) scene.socket.deliver(ackOf(fp ?? ''));
    scene.client.disconnect();
    await scene.online();
    await scene.settle();
    expect(frames(scene).map(({ fp }) => fp)).toEqual(['0']);
  });

  it('4 MB of them, no later one before an earlier one', async () => {
    const { scene } = await opened([...many(70, { content: 'x'.repeat(60_000) }), record('short', { seq: 99 })]);
    expect(scene.client.pending).toBe(66);
    // Many times as much as a socket may hold at once.
    await scene.clock.advanceAsync(1_600);
    expect(frames(scene).map(({ fp }) => fp)).toEqual(Array.from({ length: 66 }, (_, n) => `${69 - n}`));
    expect(() => scene.client.send('x'.repeat(60_000), { to: 'bob' })).toThrow('500 messages');
  });

  it('one of 2 MB that nobody can send stands in nobody’s way', async () => {
    const { scene } = await opened([record('huge', { content: 'x'.repeat(2_000_000), seq: 0 }), record('hello')]);
    expect(frames(scene).map(({ fp }) => fp)).toEqual(['hello']);
    expect(scene.client.remove('huge')).toBe(true);
    expect(scene.client.status.pendingBytes).toBeLessThan(1_000);
  });
});
