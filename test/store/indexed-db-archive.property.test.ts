import fc from 'fast-check';
import { expect, it, vi } from 'vitest';
import { checkRecord, type Stored } from '../../src/store/archive-record.js';
import { ALICE, ArchiveScene, ids, shown, tell } from './archive-scene.js';
import { messageOf } from './messages.js';

const good = { ...messageOf('x'), v: 1, scope: ALICE, peer: 'bob', place: 1, kept: 1 };
const names = Object.keys(good);
const valid = { from: 'bob', to: 'alice', peer: 'bob', v: 1, type: 0, content: 'text', sentAt: 0, place: 1.5, kept: 2 };
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
      for (const id of [...known, ...[...unread.values()].flat()]) expect(id).toEqual(expect.any(String));
      const page = await archive.page('bob', 50);
      expect(ids(page.messages)).toEqual(expect.arrayContaining(['one', 'two']));
      for (const message of page.messages) {
        expect(Object.keys(message)).toEqual(Object.keys(messageOf('')));
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
