import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { DeliveryOutcome, Message, OutboxRecord, OutboxStorage } from '../../src/client/index.js';
import { frameBytes, MAX_OUTBOUND_BYTES, type Packet, PacketType } from '../../src/protocol/index.js';
import { hostileValue } from '../fuzz/hostile-json.js';
import { Prototypes } from '../fuzz/prototypes.js';
import { Scene } from './scene.js';
import { answerAll } from './server-frames.js';

/** A storage that gives what somebody put there, and remembers what the client does with it. */
class HostileStorage implements OutboxStorage {
  emptied: (() => void) | undefined;
  readonly saved: OutboxRecord[] = [];
  readonly deleted: string[] = [];

  constructor(readonly claim: () => Promise<readonly unknown[]>) {}

  async put(record: OutboxRecord): Promise<void> {
    this.saved.push(record);
  }

  async delete(id: string): Promise<void> {
    this.deleted.push(id);
  }

  async clear(): Promise<void> {}
}

interface Announced {
  readonly message: Message;
  readonly status: DeliveryOutcome;
}

async function visit(storage: HostileStorage) {
  const scene = new Scene({ onSocket: answerAll, storage });
  const announced: Announced[] = [];
  scene.client.addEventListener('delivery', ({ message, status }) => announced.push({ message, status }));
  scene.client.connect();
  await scene.settle();
  scene.socket.open();
  await scene.clock.advanceAsync(3_000);
  expect(scene.state).toBe('connected');
  return { scene, announced };
}

const written = (scene: Scene): Packet[] =>
  scene.sockets.flatMap((socket) => socket.packets).filter(({ type }) => type === PacketType.data);

const value: fc.Arbitrary<unknown> = fc.oneof(
  hostileValue.map((text): unknown => {
    try {
      return JSON.parse(text);
    } catch {
      return text;
    }
  }),
  fc.constantFrom<unknown>(
    'x'.repeat(65_400),
    '\u0000'.repeat(11_000),
    Number.MAX_SAFE_INTEGER,
    8.64e15,
    -8.64e15,
    2 ** 31,
  ),
);

const asItShouldBe: fc.Arbitrary<Record<string, unknown>> = fc.record({
  v: fc.constant(1),
  id: fc.oneof({ weight: 4, arbitrary: fc.uuid() }, { weight: 1, arbitrary: fc.constantFrom('a', 'b', '__proto__') }),
  seq: fc.integer({ min: 1_700_000_000_000, max: 1_700_000_000_020 }),
  to: fc.constantFrom('bob', 'carol'),
  type: fc.constantFrom(0, 7),
  content: fc.string(),
  qos: fc.oneof({ weight: 5, arbitrary: fc.constant(true) }, { weight: 1, arbitrary: fc.constant(false) }),
  sentAt: fc.integer({ min: 1_600_000_000_000, max: 1_800_000_000_000 }),
  written: fc.boolean(),
  failed: fc.oneof({ weight: 5, arbitrary: fc.constant(false) }, { weight: 1, arbitrary: fc.constant(true) }),
});

const field = fc.constantFrom(
  'v',
  'id',
  'seq',
  'to',
  'type',
  'content',
  'qos',
  'sentAt',
  'written',
  'failed',
  'scope',
  'more',
);

/** Records as they should be, some with fields replaced or taken away; and anything else. */
const stored: fc.Arbitrary<unknown> = fc.oneof(
  { weight: 3, arbitrary: asItShouldBe },
  {
    weight: 6,
    arbitrary: fc
      .tuple(
        asItShouldBe,
        fc.array(fc.tuple(field, fc.option(value, { nil: undefined })), { minLength: 1, maxLength: 3 }),
      )
      .map(([record, changes]) => ({ ...record, ...Object.fromEntries(changes) })),
  },
  { weight: 1, arbitrary: value },
);

/** What a record must be like, said a second time and in other words. */
function isGood(record: unknown): record is OutboxRecord {
  if (typeof record !== 'object' || record === null || Array.isArray(record)) return false;
  const { v, id, seq, to, type, content, sentAt } = record as OutboxRecord;
  const areTexts = [id, to, content].every((text) => typeof text === 'string');
  const areTimes = [seq, sentAt].every((time) => typeof time === 'number' && !Number.isNaN(new Date(time).getTime()));
  const isType = Number.isInteger(type) && type >= -(2 ** 31) && type < 2 ** 31;
  return v === 1 && areTexts && id.length >= 1 && id.length <= 128 && to !== '' && areTimes && isType;
}

function isNewer(record: unknown): boolean {
  const v: unknown = typeof record === 'object' && record !== null ? Reflect.get(record, 'v') : undefined;
  return typeof v === 'number' && v > 1;
}

const prototypes = new Prototypes();

describe('T6 I16: whatever somebody wrote into the storage', { timeout: 60_000 }, () => {
  it('messages among it go out once and in order, the rest is counted, and the chat works', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(stored, { maxLength: 12 }), async (records) => {
        const storage = new HostileStorage(async () => records);
        const { scene, announced } = await visit(storage);
        const { client } = scene;
        expect(prototypes.changed()).toBeUndefined();

        const good = records.filter(isGood);
        const valid = good.filter(({ id }, i) => good.findIndex((other) => other.id === id) === i);
        valid.sort((a, b) => a.seq - b.seq);
        const isLarge = ({ id, to, type, content, qos }: OutboxRecord) =>
          frameBytes({
            type: 2,
            dataContent: content,
            from: 'alice',
            to,
            fp: id,
            QoS: qos !== false,
            typeu: type,
            sm: -1,
            bridge: false,
          }) > MAX_OUTBOUND_BYTES;
        const waiting = valid.filter((record) => record.failed !== true && !isLarge(record));
        const dropped = records.filter((record) => !isNewer(record)).length - valid.length;

        expect(client.drops.get('stored record') ?? 0).toBe(dropped);
        expect(new Set(announced.map(({ message: { id } }) => id))).toEqual(new Set(valid.map(({ id }) => id)));
        for (const { message } of announced) expect(Number.isNaN(new Date(message.sentAt).getTime())).toBe(false);
        expect(written(scene).map(({ fp, dataContent, to, typeu }) => [fp, dataContent, to, typeu])).toEqual(
          // On the wire there is no -0.
          waiting.map(({ id, content, to, type }) => [id, content, to, type + 0]),
        );
        expect(client.pending).toBe(valid.length - waiting.length);

        for (const { id } of valid) client.remove(id);
        expect([client.pending, client.status.pendingBytes]).toEqual([0, 0]);
        await Promise.all(['first', 'second'].map((text) => client.send(text, { to: 'bob' }).delivered));
        const seqs = storage.saved
          .filter(({ content }) => content === 'first' || content === 'second')
          .map(({ seq }) => seq);
        const [first = 0, second = 0] = [...new Set(seqs)];
        // Where numbers end, the rest must be readable.
        expect(first).toBeGreaterThan(Math.min(valid.at(-1)?.seq ?? 0, 8e15));
        expect(Number.isNaN(new Date(second).getTime())).toBe(false);
        expect(second).toBeGreaterThan(first);
        client.disconnect();
      }),
      { numRuns: 500 },
    );
  });

  it('not even a list: the chat works from memory', async () => {
    const claims = fc.oneof(
      value.map((result) => async () => result as never),
      fc.constant(() => Promise.reject(new DOMException('broken', 'UnknownError'))),
      fc.constant(() => {
        throw new DOMException('denied', 'SecurityError');
      }),
    );
    await fc.assert(
      fc.asyncProperty(claims, async (claim) => {
        const { scene } = await visit(new HostileStorage(claim));
        await scene.client.send('hello', { to: 'bob' }).delivered;
        expect(prototypes.changed()).toBeUndefined();
        scene.client.disconnect();
      }),
      { numRuns: 200 },
    );
  });
});
