import fc from 'fast-check';
import { expect, it, vi } from 'vitest';
import { isWaiting } from '../../src/client/message.js';
import { checkRecord, type Stored } from '../../src/store/archive-record.js';
import { ALICE, ArchiveScene, ids, own, shown, tell } from './archive-scene.js';
import { messageOf } from './messages.js';

const good = { ...messageOf('x'), v: 1, scope: ALICE, peer: 'bob', place: 1, kept: 1, deleted: true };
const names = Object.keys(good);
const valid = {
  from: 'bob',
  to: 'alice',
  peer: 'bob',
  v: 1,
  type: 0,
  content: 'text',
  sentAt: 0,
  place: 1.5,
  kept: 2,
  deleted: true,
};
const hostile = fc.constantFrom<unknown>(
  { toString: 1, valueOf: 1 },
  Number.NaN,
  Number.POSITIVE_INFINITY,
  -1e308,
  2 ** 52,
  -(2 ** 53),
  [],
  [ALICE],
  new Date(Number.NaN),
  new ArrayBuffer(2),
  10n,
  '__proto__',
);
const fieldOf = (name: string) =>
  fc.oneof(
    fc.constant((valid as Record<string, unknown>)[name]),
    fc.constantFrom<unknown>('received', 'queued', 'sent', 'delivered', 'failed', 'note', 'bob', 'alice', 2, 0, -3.5),
    hostile,
    fc.anything(),
  );
const entries = (list: readonly string[]) =>
  fc.record(Object.fromEntries(list.map((name) => [name, fieldOf(name)])), { requiredKeys: [] });
/** Anything that the database takes under the keys of this user. */
const records = fc
  .tuple(
    entries(names.filter((name) => name !== 'scope' && name !== 'id')),
    fc.oneof(fc.string(), fc.double(), hostile),
  )
  .map(([fields, id]) => ({ ...fields, scope: ALICE, id }));
const rows = fc.record({ mark: entries(['read', 'v']), row: entries(['messages', 'bytes', 'next', 'touched']) });

const newerIn = (values: readonly Stored[]) => values.filter((value) => checkRecord(value) === 'newer');

it('T6: whatever is in the database, what can be read is, and nothing throws', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(records, { maxLength: 12 }), rows, async (junk, { mark, row }) => {
      const scene = new ArchiveScene();
      const archive = await scene.open();
      await archive.received(messageOf('one'));
      await tell(archive, 'two', 'queued');
      const visit = scene.tab.visitId;
      await scene.inDatabase(async (database) => {
        const put = (store: string, value: unknown) => database.put(store, value).catch(() => {});
        for (const record of junk) if (record.id !== 'one' && record.id !== 'two') await put('messages', record);
        await put('marks', { ...mark, scope: ALICE, peer: 'bob' });
        await put('marks', { scope: ALICE, peer: 7 });
        await put('scopes', { lifetime: 'session', visit, ...row, scope: ALICE });
      });
      const { messages: before } = await scene.stored();
      const { known, waiting, unread } = await archive.state();
      expect(known).toContain('one');
      expect(ids(waiting)).toContain('two');
      expect(waiting.filter(({ deleted }) => deleted)).toEqual([]);
      for (const id of [...known, ...[...unread.values()].flat()]) expect(id).toEqual(expect.any(String));
      const page = await archive.page('bob', 50);
      expect(ids(page.messages)).toEqual(expect.arrayContaining(['one', 'two']));
      for (const message of page.messages) {
        const { deleted, ...rest } = message;
        expect(Object.keys(rest)).toEqual(Object.keys(messageOf('')));
        if ('deleted' in message)
          expect([deleted, message.content, isWaiting(message.status)]).toEqual([true, '', false]);
        expect(message).toMatchObject({ content: expect.any(String), id: expect.any(String) });
        expect(() => new Date(message.sentAt).toISOString()).not.toThrow();
      }
      // What was no record on the page is gone; what is of a later version is not.
      await archive.page('bob', 1);
      const { messages } = await scene.stored();
      const ofBob = messages.filter(
        ({ peer, place }) => peer === 'bob' && typeof place === 'number' && !Number.isNaN(place),
      );
      expect(ofBob.filter((value) => !checkRecord(value))).toEqual([]);
      expect(newerIn(messages)).toEqual(newerIn(before));
      // And it goes on.
      await archive.insert('bob', 'one', [messageOf('three')], []);
      await archive.received(messageOf('four'));
      await archive.erase('bob', 'one');
      expect((await archive.page('bob', 50)).messages).toContainEqual(messageOf('one', { content: '', deleted: true }));
      await archive.read('bob');
      expect((await shown(archive)).at(-1)).toBe('four');
      expect((await archive.state()).unread.get('bob') ?? []).not.toContain('four');
      const small = await scene.open({ limits: { messages: 3, bytes: 1e6 } });
      await small.received(messageOf('five'));
      expect(await shown(small)).toContain('two');
      await archive.clear();
      expect(Object.values(await scene.stored()).flat()).toEqual([]);
      await scene.leave();
    }),
    { numRuns: 100 },
  );
  vi.unstubAllGlobals();
});

const turns = fc.array(fc.boolean(), { minLength: 4, maxLength: 24 });
const share = fc.noBias(fc.nat(1_000)).map((n) => n / 1_000);

it('I5: what was missing stands among what is there with own messages in their order, and theirs, and nothing moves', async () => {
  await fc.assert(
    fc.asyncProperty(
      turns,
      fc.array(fc.record({ known: fc.boolean(), late: fc.integer({ min: 0, max: 9 }) }), {
        minLength: 24,
        maxLength: 24,
      }),
      fc.record({ begin: share, end: share, names: fc.boolean() }),
      async (sides, kept, page) => {
        const talk = sides.map((isOwn, n) =>
          isOwn ? own(`own ${n}`, { status: 'delivered', sentAt: n + 1 }) : messageOf(`theirs ${n}`, { sentAt: n + 1 }),
        );
        // What the server sent once more stands where it came.
        const delay = (n: number) => (sides[n] ? 0 : Math.max(0, (kept[n]?.late ?? 0) - 6) * 4);
        const there = talk
          .map((message, n) => ({ message, n, at: n + delay(n) }))
          .filter(({ n }) => kept[n]?.known)
          .toSorted((a, b) => a.at - b.at || a.n - b.n);
        const scene = new ArchiveScene();
        const archive = await scene.open();
        for (const { message } of there) {
          if (message.status === 'received') await archive.received(message);
          else await archive.delivery({ ...message, status: 'queued' }, 'queued');
        }
        for (const { message } of there)
          if (message.status === 'delivered') await archive.delivery(message, 'delivered');
        const before = await shown(archive);
        expect(before).toEqual(there.map(({ message }) => message.id));
        const [begin, end] = [page.begin, page.end]
          .toSorted((a, b) => a - b)
          .map((part) => Math.round(part * talk.length));
        const last = (begin ?? 0) - 1;
        const after = page.names && kept[last]?.known && delay(last) === 0 ? talk[last]?.id : undefined;
        // What is asked for behind nothing is the newest page.
        const found = talk.slice(begin, after === undefined ? talk.length : end);
        await archive.insert('bob', after, found, []);
        const line = await shown(archive);
        expect(line.filter((id) => before.includes(id))).toEqual(before);
        expect(new Set(line)).toEqual(new Set([...before, ...ids(found)]));
        const numbers = (side: string, of: readonly string[]) =>
          of.filter((id) => id.startsWith(side)).map((id) => Number(id.split(' ')[1]));
        // Where there is nothing to tell where it belongs, it comes before all.
        const isTold = found.some(({ id }) => before.includes(id)) || (after !== undefined && before.includes(after));
        if (isTold) expect(numbers('own', line)).toEqual(numbers('own', line).toSorted((a, b) => a - b));
        const isOrdered = there.every(({ n }) => delay(n) === 0);
        if (isTold && isOrdered)
          expect(numbers('theirs', line)).toEqual(numbers('theirs', line).toSorted((a, b) => a - b));
        await scene.leave();
      },
    ),
    { numRuns: 150 },
  );
  vi.unstubAllGlobals();
});
