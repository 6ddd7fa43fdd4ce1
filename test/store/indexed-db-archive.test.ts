import { IDBDatabase, IDBObjectStore } from 'fake-indexeddb';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Archive } from '../../src/store/archive.js';
import { placesBetween } from '../../src/store/archive-places.js';
import { LAST_PLACE } from '../../src/store/archive-record.js';
import { archivist } from '../../src/store/archivist.js';
import { ALICE, ArchiveScene, BOB, ids, own, shown, tell } from './archive-scene.js';
import { MONDAY, messageOf } from './messages.js';

let scene: ArchiveScene;

beforeEach(() => {
  scene = new ArchiveScene();
});

afterEach(async () => {
  await scene.leave();
  vi.unstubAllGlobals();
  vi.restoreAllMocks();
});

describe('a conversation on the device', () => {
  it('is there on the next page, as it was', async () => {
    const archive = await scene.open();
    const one = messageOf('one', { content: 'x \ud83d', type: 5 });
    await archive.received(one);
    await archive.delivery(own('two'), 'queued');
    await tell(archive, 'two', 'delivered');
    await scene.leave();
    const { messages, before } = await (await scene.open()).page('bob', 10);
    expect(messages).toEqual([one, own('two', { status: 'delivered' })]);
    expect(before).toBeUndefined();
  });

  it('comes page by page, the newest first, and says where it ends', async () => {
    const archive = await scene.open();
    for (let i = 1; i <= 7; i++) await archive.received(messageOf(`m${i}`));
    await archive.received(messageOf('other', { from: 'bobby' }));
    const first = await archive.page('bob', 3);
    expect(ids(first.messages)).toEqual(['m5', 'm6', 'm7']);
    const second = await archive.page('bob', 3, first.before);
    expect(ids(second.messages)).toEqual(['m2', 'm3', 'm4']);
    const third = await archive.page('bob', 3, second.before);
    expect(ids(third.messages)).toEqual(['m1']);
    expect(third.before).toBeUndefined();
    expect((await archive.page('bob', 7)).before).toBeUndefined();
    expect(await archive.page('nobody', 7)).toEqual({ messages: [], before: undefined });
  });

  it('a message that is there stays as it is', async () => {
    const archive = await scene.open();
    await archive.received(messageOf('one'));
    await archive.received(messageOf('two'));
    await archive.received(messageOf('one', { content: 'again' }));
    expect((await archive.page('bob', 9)).messages).toEqual([messageOf('one'), messageOf('two')]);
    expect((await scene.stored()).scopes).toMatchObject([{ messages: 2, next: 2 }]);
  });

  it('a thousand at once are written in a few transactions', async () => {
    const archive = await scene.open();
    const transactions = vi.spyOn(IDBDatabase.prototype, 'transaction');
    const all = Array.from({ length: 1_000 }, (_, i) => messageOf(`m${i}`));
    await Promise.all(all.map((message) => archive.received(message)));
    expect(transactions.mock.calls.length).toBeLessThan(5);
    expect(ids((await archive.page('bob', 2)).messages)).toEqual(['m998', 'm999']);
    vi.restoreAllMocks();
  });

  it('one that is no message does not stop those that are written with it', async () => {
    const archive = await scene.open();
    const [one, bad, two] = [messageOf('one'), messageOf('', { content: 1 as never }), messageOf('two')].map(
      (message) => archive.received(message),
    );
    await expect(bad).rejects.toThrow(TypeError);
    await Promise.all([one, two]);
    expect(await shown(archive)).toEqual(['one', 'two']);
  });

  it('takes place in the order of the calls, though nobody waits for one', async () => {
    const archive = await scene.open();
    const calls = [
      archive.received(messageOf('one')),
      archive.delivery(own('two'), 'queued'),
      tell(archive, 'two', 'sending'),
      archive.received(messageOf('three')),
      tell(archive, 'two', 'delivered'),
      archive.clear('bob'),
      archive.received(messageOf('four')),
    ];
    expect(await shown(archive)).toEqual(['four']);
    await Promise.all(calls);
  });

  it('received resolves when it is committed, and not before', async () => {
    const archive = await scene.open();
    const order: string[] = [];
    const { transaction } = IDBDatabase.prototype;
    const asked: unknown[] = [];
    vi.spyOn(IDBDatabase.prototype, 'transaction').mockImplementation(function (this: IDBDatabase, ...args) {
      asked.push(args.slice(1));
      const made = transaction.apply(this, args);
      made.addEventListener('complete', () => order.push('committed'));
      return made;
    });
    await archive.received(messageOf('one')).then(() => order.push('resolved'));
    expect(order).toEqual(['committed', 'resolved']);
    expect(asked).toEqual([['readwrite', { durability: 'relaxed' }]]);
  });

  it('what is no message is refused, and nothing of it stays', async () => {
    const archive = await scene.open();
    await expect(archive.received(messageOf('', {}))).rejects.toThrow(TypeError);
    await expect(archive.received(messageOf('one', { type: 0.5 }))).rejects.toThrow('Expected a message');
    await archive.received(messageOf('two'));
    expect(await scene.stored()).toMatchObject({ messages: [{ id: 'two' }], scopes: [{ messages: 1, next: 1 }] });
  });
});

it('of what fails half-way nothing stays', async () => {
  const archive = await scene.open();
  const { put } = IDBObjectStore.prototype;
  const broken = vi.spyOn(IDBObjectStore.prototype, 'put').mockImplementation(function (this: IDBObjectStore, ...args) {
    if (this.name === 'scopes') throw new Error('broken');
    return put.apply(this, args);
  });
  await expect(archive.received(messageOf('one'))).rejects.toThrow('broken');
  broken.mockRestore();
  expect(await shown(archive)).toEqual([]);
});

describe('own messages', () => {
  it('of each news the last is kept, and one that was taken back is not', async () => {
    const archive = await scene.open();
    await tell(archive, 'one', 'queued');
    await tell(archive, 'two', 'queued');
    await tell(archive, 'three', 'sending');
    await tell(archive, 'one', 'cancelled');
    await tell(archive, 'three', 'failed');
    await tell(archive, 'three', 'removed');
    await tell(archive, 'two', 'unconfirmed');
    await tell(archive, 'never there', 'removed');
    expect((await archive.page('bob', 9)).messages).toEqual([own('two', { status: 'unconfirmed' })]);
    expect((await scene.stored()).scopes).toMatchObject([{ messages: 1, bytes: 'twoalicebobtext of two'.length }]);
  });

  it.each(['sent', 'delivered'] as const)('that are %s stay so, whatever a tab that was stopped tells', async (end) => {
    const archive = await scene.open();
    await tell(archive, 'one', 'failed');
    await tell(archive, 'one', 'sending');
    await tell(archive, 'one', end);
    for (const late of ['queued', 'sending', 'unconfirmed', 'failed'] as const) await tell(archive, 'one', late);
    expect((await archive.page('bob', 1)).messages).toEqual([own('one', { status: end })]);
  });

  it('tell how they ended; of one that is not kept, that it was removed', async () => {
    const archive = await scene.open();
    await archive.delivery(own('a'), 'queued');
    await tell(archive, 'b', 'sending');
    await tell(archive, 'b', 'delivered');
    await archive.received(messageOf('theirs'));
    const outcomes = await Promise.all(['a', 'b', 'c', 'theirs'].map((id) => archive.outcome(id)));
    expect(outcomes).toEqual(['queued', 'delivered', 'removed', 'removed']);
  });

  it('without an end are told to the next page, oldest first', async () => {
    const archive = await scene.open();
    await archive.delivery(own('to carol', { to: 'carol' }), 'failed');
    for (const id of ['a', 'b', 'c', 'd', 'e']) await tell(archive, id, 'queued');
    await tell(archive, 'b', 'sending');
    await tell(archive, 'c', 'unconfirmed');
    await tell(archive, 'd', 'delivered');
    await tell(archive, 'e', 'sent');
    await scene.leave();
    const { waiting } = await (await scene.open()).state();
    expect(waiting.map(({ id, status }) => [id, status])).toEqual([
      ['to carol', 'failed'],
      ['a', 'queued'],
      ['b', 'sending'],
      ['c', 'unconfirmed'],
    ]);
  });

  it('that an earlier page left stand before what was typed later and waits, and behind the rest', async () => {
    const archive = await scene.open();
    const typed = (id: string, sentAt: number, fields = {}) => own(id, { sentAt: MONDAY + sentAt, ...fields });
    // The clock was set back since.
    await archive.delivery(typed('done', 60_000), 'queued');
    await archive.delivery(typed('done', 60_000), 'delivered');
    await archive.received(messageOf('theirs', { sentAt: MONDAY + 9 }));
    await archive.delivery(typed('to carol', 9, { to: 'carol' }), 'queued');
    await archive.delivery(typed('early', 1), 'queued');
    await archive.delivery(typed('late', 4), 'sending');
    await archive.received(messageOf('meanwhile', { sentAt: MONDAY + 5 }));
    for (const [id, sentAt] of [
      ['left 2', 2],
      ['left 3', 3],
      ['left 5', 5],
    ] as const)
      await archive.delivery(typed(id, sentAt), 'queued', true);
    const order = ['done', 'theirs', 'early', 'left 2', 'left 3', 'late', 'meanwhile', 'left 5'];
    expect(await shown(archive)).toEqual(order);
    await archive.delivery(typed('left 2', 2), 'delivered', true);
    await archive.delivery(typed('never there', 2), 'delivered', true);
    await expect(archive.delivery(own('', { id: '' }), 'queued', true)).rejects.toThrow('Expected a message');
    expect(await shown(archive)).toEqual(order);
    expect((await scene.stored()).scopes).toMatchObject([{ messages: 9 }]);
  });

  it('of which news cross, of several tabs, stand in typing order', async () => {
    const archive = await scene.open();
    const hear = (id: string, sentAt: number) => archive.delivery(own(id, { sentAt: MONDAY + sentAt }), 'queued');
    await hear('one', 0);
    await hear('three', 2_000);
    await archive.received(messageOf('theirs', { sentAt: MONDAY + 2_500 }));
    await hear('two', 1_000);
    await hear('four', 3_000);
    await hear('after the clock was set back', -60_000);
    await hear('and then', -59_000);
    expect(await shown(archive)).toEqual([
      ...['one', 'two', 'three', 'theirs', 'four', 'after the clock was set back', 'and then'],
    ]);
  });

  it('that were cleared away come back when they fail, not on their way nor when they have ended well', async () => {
    const archive = await scene.open();
    for (const id of ['a', 'b', 'c', 'd']) await tell(archive, id, 'queued');
    await archive.clear('bob');
    await tell(archive, 'a', 'delivered');
    await tell(archive, 'b', 'sent');
    await tell(archive, 'c', 'failed');
    await tell(archive, 'd', 'sending');
    expect(await shown(archive)).toEqual(['c']);
  });

  it('sent without acknowledgement are kept, though nothing was told of them before', async () => {
    const archive = await scene.open();
    await tell(archive, 'one', 'sent');
    expect(await shown(archive)).toEqual(['one']);
  });

  it('a received message with the id of an own one stays', async () => {
    const archive = await scene.open();
    await archive.received(messageOf('one'));
    await tell(archive, 'one', 'delivered');
    expect((await archive.page('bob', 9)).messages).toEqual([messageOf('one')]);
  });
});

describe('state', () => {
  it('knows the newest received messages of all peers, oldest first', async () => {
    const archive = await scene.open();
    for (let i = 1; i <= 510; i++) await archive.received(messageOf(`m${i}`, { from: i % 2 ? 'bob' : 'carol' }));
    await tell(archive, 'own', 'delivered');
    const { known } = await archive.state();
    expect(known).toHaveLength(500);
    expect([known[0], known.at(-1)]).toEqual(['m11', 'm510']);
  });

  it('tells what is unread, by peer, oldest first', async () => {
    const archive = await scene.open();
    await archive.received(messageOf('b1'));
    await archive.read('bob');
    await archive.read('nobody');
    await archive.received(messageOf('b2'));
    await tell(archive, 'own', 'queued');
    await archive.received(messageOf('b3'));
    await archive.received(messageOf('c1', { from: 'carol' }));
    await archive.received(messageOf('d1', { from: 'dave' }));
    await archive.read('dave');
    const { unread } = await archive.state();
    expect([...unread]).toEqual([
      ['bob', ['b2', 'b3']],
      ['carol', ['c1']],
    ]);
    await archive.read('bob');
    expect([...(await archive.state()).unread.keys()]).toEqual(['carol']);
  });

  it('of very many unread ones tells the newest', async () => {
    const archive = await scene.open();
    for (let i = 1; i <= 1_002; i++) await archive.received(messageOf(`m${i}`));
    const unread = (await archive.state()).unread.get('bob');
    expect(unread).toHaveLength(1_000);
    expect([unread?.[0], unread?.at(-1)]).toEqual(['m3', 'm1002']);
  });
});

describe('messages that had been missing', () => {
  const found = (...names: string[]) => names.map((id) => messageOf(id));

  it('come before all others, behind one, or behind all, in their order', async () => {
    const archive = await scene.open();
    await archive.insert('bob', undefined, found('d'), []);
    await archive.insert('bob', undefined, found('a', 'b'), []);
    await archive.insert('bob', 'b', found('c1', 'c2'), []);
    await archive.insert('bob', 'd', found('e', 'f'), []);
    await archive.received(messageOf('g'));
    await archive.insert('bob', undefined, found('0'), []);
    expect(await shown(archive)).toEqual(['0', 'a', 'b', 'c1', 'c2', 'd', 'e', 'f', 'g']);
    const { before } = await archive.page('bob', 6);
    expect(ids((await archive.page('bob', 6, before)).messages)).toEqual(['0', 'a', 'b']);
  });

  describe('when a page was gone before all was written down', () => {
    const missing = async (archive: Archive, limit = 50) => (await archive.page('bob', limit)).missing;

    it('are known to be missing behind what is whole, until a page has found them all', async () => {
      const archive = await scene.open();
      await archive.received(messageOf('a'));
      // Never asked: nothing is known of it.
      expect(await missing(archive)).toBeUndefined();
      await archive.insert('bob', undefined, found('a', 'b'), [], true);
      await archive.received(messageOf('c'));
      await tell(archive, 'mine', 'queued');
      expect(await missing(archive)).toBeUndefined();
      // The next page asks, is told of one message, and is gone.
      await archive.state();
      await archive.received(messageOf('f'));
      await archive.read('bob');
      expect([await missing(archive), await missing(archive, 1)]).toEqual(['c', 'c']);
      await archive.insert('bob', 'c', found('d'), [], false);
      expect(await missing(archive)).toBe('d');
      await archive.insert('bob', 'd', found('e', 'f'), [], true);
      expect(await missing(archive)).toBeUndefined();
      await archive.received(messageOf('g'));
      expect([await missing(archive), await shown(archive)]).toEqual([
        undefined,
        ['a', 'b', 'c', 'mine', 'd', 'e', 'f', 'g'],
      ]);
    });

    it('are behind what came before a login within a page, too', async () => {
      const archive = await scene.open();
      await archive.insert('bob', undefined, found('a'), [], true);
      await archive.received(messageOf('b'));
      const last = archive.insert('bob', 'b', found('c'), [], true);
      const other = archive.insert('carol', undefined, [], [], false);
      await Promise.all([last, other]);
      await archive.received(messageOf('d'));
      expect(await missing(archive)).toBeUndefined();
      void archive.insert('bob', 'd', [messageOf('d')], [], true);
      void archive.insert('bob', 'd', [], [], false);
      await archive.received(messageOf('f'));
      expect(await missing(archive)).toBe('d');
      await archive.insert('bob', 'd', found('e', 'f'), [], true);
      expect(await missing(archive)).toBeUndefined();
    });

    it('are, after something that was to be written and could not be', async () => {
      const archive = await scene.open();
      await archive.insert('bob', undefined, found('a'), [], true);
      await expect(archive.received(messageOf('no', { type: 0.5 }))).rejects.toThrow('Expected a message');
      await archive.received(messageOf('c'));
      expect(await missing(archive)).toBe('a');
    });

    it('are not, when it is cleared, nor with others', async () => {
      const archive = await scene.open();
      await archive.insert('bob', undefined, found('a'), [], true);
      await archive.state();
      await archive.received(messageOf('b'));
      await archive.received(messageOf('of carol', { from: 'carol' }));
      expect((await archive.page('carol', 9)).missing).toBeUndefined();
      await archive.clear('bob');
      await archive.received(messageOf('c'));
      expect(await missing(archive)).toBeUndefined();
    });
  });

  it('those that are there stay, and what follows them comes behind them', async () => {
    const archive = await scene.open();
    await archive.received(messageOf('b'));
    await tell(archive, 'mine', 'queued');
    await archive.received(messageOf('d'));
    await archive.received(messageOf('elsewhere', { from: 'carol' }));
    const news = found('a', 'b', 'c', 'elsewhere', 'd', 'b', 'e', 'e');
    await archive.insert('bob', undefined, news, []);
    expect(await shown(archive)).toEqual(['a', 'b', 'mine', 'c', 'd', 'e']);
    expect(ids((await archive.page('carol', 9)).messages)).toEqual(['elsewhere']);
    expect((await scene.stored()).scopes).toMatchObject([{ messages: 7 }]);
  });

  it('come behind those that a part before them had, though it had nothing new', async () => {
    const archive = await scene.open();
    for (const id of ['own 1', 'own 2']) {
      await tell(archive, id, 'queued');
      await tell(archive, id, 'delivered');
    }
    await archive.received(messageOf('theirs 1'));
    // For the history, theirs came before the second.
    await archive.insert('bob', 'own 1', [messageOf('theirs 1'), own('own 2', { status: 'delivered' })], []);
    await archive.insert('bob', 'own 2', found('theirs 2'), []);
    expect(await shown(archive)).toEqual(['own 1', 'own 2', 'theirs 1', 'theirs 2']);
  });

  it('behind one that is not kept come before all others', async () => {
    const archive = await scene.open();
    await archive.received(messageOf('b'));
    await archive.received(messageOf('of carol', { from: 'carol' }));
    await archive.insert('bob', 'gone', found('a2'), []);
    await archive.insert('bob', 'of carol', found('a1'), []);
    expect(await shown(archive)).toEqual(['a1', 'a2', 'b']);
  });

  it('what is no message, or of somebody else, is left out', async () => {
    const archive = await scene.open();
    const mine = own('mine', { status: 'delivered' });
    const bad = [
      messageOf('x', { from: 'carol' }),
      messageOf('y', { sentAt: 1e300 }),
      messageOf('z', { status: 'note' }),
    ];
    await archive.insert('bob', undefined, [...bad, mine, messageOf('a')], []);
    expect(await shown(archive)).toEqual(['mine', 'a']);
  });

  it('are unread where they come behind what was read', async () => {
    const archive = await scene.open();
    await archive.received(messageOf('b'));
    await archive.received(messageOf('c'));
    await archive.read('bob');
    await archive.insert('bob', undefined, found('a'), ['a']);
    await archive.insert('bob', 'b', found('b2'), ['b2']);
    await archive.insert('bob', 'c', found('d'), ['d']);
    expect((await archive.state()).unread.get('bob')).toEqual(['d']);
  });

  it('come behind own ones that wait and were typed before, as on the screen', async () => {
    const archive = await scene.open();
    await archive.received(messageOf('known', { sentAt: 1 }));
    await archive.delivery(own('typed', { sentAt: 2 }), 'queued');
    await archive.delivery(own('later', { sentAt: 9 }), 'queued');
    await archive.insert('bob', 'known', [messageOf('missed', { sentAt: 5 })], []);
    expect(await shown(archive)).toEqual(['known', 'typed', 'missed', 'later']);
  });

  it('come before own ones that wait, if they are own ones themselves, whatever the history’s clock says', async () => {
    const archive = await scene.open();
    await archive.received(messageOf('known', { sentAt: 1 }));
    await archive.delivery(own('waits', { sentAt: 2 }), 'queued');
    await archive.insert('bob', 'known', [own('went out before', { sentAt: 5, status: 'delivered' })], []);
    expect(await shown(archive)).toEqual(['known', 'went out before', 'waits']);
  });

  it('come before own ones that are told of later, whatever the history’s clock says', async () => {
    const archive = await scene.open();
    await archive.received(messageOf('known', { sentAt: 1 }));
    await archive.insert('bob', 'known', [own('went out before', { sentAt: 5, status: 'delivered' })], []);
    await archive.delivery(own('typed', { sentAt: 2 }), 'queued');
    await archive.delivery(own('typed before', { sentAt: 1 }), 'queued');
    expect(await shown(archive)).toEqual(['known', 'went out before', 'typed before', 'typed']);
  });

  it('come before own ones that wait, and were found behind them', async () => {
    const archive = await scene.open();
    await archive.received(messageOf('known', { sentAt: 1 }));
    await archive.delivery(own('typed', { sentAt: 2 }), 'sending');
    const history = [messageOf('missed', { sentAt: 5 }), own('typed', { sentAt: 6, status: 'delivered' })];
    await archive.insert('bob', 'known', history, []);
    expect(await shown(archive)).toEqual(['known', 'missed', 'typed']);
  });

  it('are seen where they are no news, on the next page too', async () => {
    const archive = await scene.open();
    await archive.insert('bob', undefined, found('old', 'older than what is missing'), []);
    archivist(Promise.resolve(archive)).fact({
      ...{ fact: 'found', peerId: 'bob', after: 'old', isAll: true },
      ...{ messages: found('known', 'missed'), news: ['missed'] },
    });
    await new Promise(setImmediate);
    await scene.leave();
    expect([...(await (await scene.open()).state()).unread]).toEqual([['bob', ['missed']]]);
  });

  it('find room however often some were put at the same place', async () => {
    const archive = await scene.open();
    await archive.received(messageOf('first'));
    await archive.received(messageOf('read'));
    await archive.read('bob');
    await archive.received(messageOf('last'));
    const expected: string[] = [];
    for (let i = 0; i < 120; i++) {
      await archive.insert('bob', 'first', found(`m${i}`), []);
      expected.unshift(`m${i}`);
    }
    expect(await shown(archive, 999)).toEqual(['first', ...expected, 'read', 'last']);
    expect((await archive.state()).unread.get('bob')).toEqual(['last']);
    await archive.received(messageOf('behind'));
    expect((await shown(archive, 999)).slice(-2)).toEqual(['last', 'behind']);
  });

  it('leave the places of those that are there as they are, page after page', async () => {
    const archive = await scene.open();
    for (const id of ['a', 'b', 'c']) await archive.received(messageOf(id));
    const { before } = await archive.page('bob', 2);
    let last = 'b';
    for (let i = 0; i < 40; i++) {
      const page = found(...Array.from({ length: 50 }, (_, n) => `${i} ${n}`));
      await archive.insert('bob', last, page, []);
      last = `${i} 49`;
    }
    expect(ids((await archive.page('bob', 9, before)).messages)).toEqual(['a']);
    expect((await shown(archive, 9)).slice(-2)).toEqual([last, 'c']);
  });

  it('have places between their neighbours, as long as there are numbers', () => {
    const [none, end] = [Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY];
    const stride = 2 ** 20;
    expect(placesBetween(none, end, 2)).toEqual([stride, 2 * stride]);
    expect(placesBetween(2.5, end, 2)).toEqual([2 + stride, 2 + 2 * stride]);
    expect(placesBetween(none, 0.5, 2)).toEqual([1 - 2 * stride, 1 - stride]);
    expect(placesBetween(1, 2, 3)).toEqual([1.25, 1.5, 1.75]);
    expect(placesBetween(0, stride, 3)).toEqual([1, 2, 3]);
    expect(placesBetween(1, 1 + 2 ** -52, 1)).toBeUndefined();
    expect(placesBetween(1, 1 + 2 ** -50, 5)).toBeUndefined();
    expect(placesBetween(LAST_PLACE - 1, end, 1)).toBeUndefined();
    expect(placesBetween(none, 2 - LAST_PLACE, 3)).toBeUndefined();
  });
});

describe('a message that is erased', () => {
  const gone = (id: string) => messageOf(id, { content: '', deleted: true });
  const bytes = async () => (await scene.stored()).scopes[0]?.['bytes'];

  it('keeps its place and its id on the next page, and nothing else', async () => {
    const archive = await scene.open();
    for (const id of ['a', 'b', 'c']) await archive.received(messageOf(id));
    await tell(archive, 'd', 'queued');
    await tell(archive, 'd', 'delivered');
    await archive.erase('bob', 'b');
    await archive.erase('bob', 'd');
    await scene.leave();
    const later = await scene.open();
    expect((await later.page('bob', 9)).messages).toEqual([
      messageOf('a'),
      gone('b'),
      messageOf('c'),
      own('d', { status: 'delivered', content: '', deleted: true }),
    ]);
    expect((await scene.stored()).messages.map(({ content }) => content)).toEqual(['text of a', '', 'text of c', '']);
    expect([(await later.state()).known, await later.outcome('d')]).toEqual([['a', 'b', 'c'], 'delivered']);
  });

  it('stays so, whoever has it once more', async () => {
    const archive = await scene.open();
    await archive.received(messageOf('a'));
    await tell(archive, 'b', 'queued');
    await tell(archive, 'b', 'sent');
    for (const id of ['a', 'b']) await archive.erase('bob', id);
    await archive.received(messageOf('a'));
    await tell(archive, 'b', 'delivered');
    await archive.insert('bob', undefined, [messageOf('older'), messageOf('a')], ['older'], true);
    await archive.received(gone('c'));
    expect((await archive.page('bob', 9)).messages).toEqual([
      messageOf('older'),
      gone('a'),
      own('b', { status: 'delivered', content: '', deleted: true }),
      gone('c'),
    ]);
  });

  it('is not counted: neither as unread nor for its text', async () => {
    const archive = await scene.open();
    for (const id of ['a', 'b']) await archive.received(messageOf(id));
    const before = Number(await bytes());
    await Promise.all([archive.erase('bob', 'a'), archive.erase('bob', 'a'), archive.erase('bob', 'a')]);
    expect([...(await archive.state()).unread]).toEqual([['bob', ['b']]]);
    expect((await scene.stored()).scopes).toMatchObject([{ messages: 2, bytes: before - 'text of a'.length }]);
    // As it is counted anew where the counts are lost.
    await scene.inDatabase((database) => database.delete('scopes', ALICE));
    await archive.erase('bob', 'a');
    expect(await bytes()).toBe(before - 'text of a'.length);
  });

  it('is none that waits, that is of somebody else, or unknown', async () => {
    const archive = await scene.open();
    for (const status of ['queued', 'failed'] as const) await tell(archive, status, status);
    await archive.received(messageOf('carol', { from: 'carol' }));
    for (const id of ['queued', 'failed', 'carol', 'nobody']) await archive.erase('bob', id);
    const { messages } = await scene.stored();
    expect(messages.map(({ content }) => content).sort()).toEqual([
      'text of carol',
      'text of failed',
      'text of queued',
    ]);
    expect(ids((await archive.state()).waiting)).toEqual(['queued', 'failed']);
  });
});

describe('bounds', () => {
  it('the oldest go, some more than needed, but nothing whose end is not known', async () => {
    const archive = await scene.open({ limits: { messages: 100, bytes: 1e9 } });
    await tell(archive, 'waits', 'failed');
    for (let i = 1; i <= 99; i++) await archive.received(messageOf(`m${i}`));
    expect((await shown(archive, 999)).length).toBe(100);
    await archive.received(messageOf('m100'));
    const left = await shown(archive, 999);
    expect(left).toHaveLength(95);
    expect(left.slice(0, 2)).toEqual(['waits', 'm7']);
    expect((await scene.stored()).scopes).toMatchObject([{ messages: 95 }]);
  });

  it('long texts count as what they are', async () => {
    const archive = await scene.open({ limits: { messages: 1_000, bytes: 10_000 } });
    for (let i = 0; i < 35; i++) await archive.received(messageOf(`m${i}`, { content: 'x'.repeat(990) }));
    const { messages } = await archive.page('bob', 999);
    expect(messages).toHaveLength(9);
    expect(messages.at(-1)?.id).toBe('m34');
    expect((await scene.stored()).scopes).toMatchObject([{ messages: 9, bytes: 9 * (990 + 11) }]);
  });

  it('what was inserted is as old as what it stands beside', async () => {
    const archive = await scene.open({ limits: { messages: 100, bytes: 1e9 } });
    for (let i = 1; i <= 60; i++) await archive.received(messageOf(`m${i}`));
    const old = Array.from({ length: 40 }, (_, i) => messageOf(`old${i + 10}`));
    await archive.insert('bob', undefined, old.slice(0, 20), []);
    await archive.insert('bob', 'old29', old.slice(20), []);
    await archive.received(messageOf('news'));
    const left = await shown(archive, 999);
    expect(left).toHaveLength(95);
    expect(left.slice(-61)).toEqual([...Array.from({ length: 60 }, (_, i) => `m${i + 1}`), 'news']);
  });

  it('nothing is left of a peer whose messages have all gone', async () => {
    const archive = await scene.open({ limits: { messages: 20, bytes: 1e9 } });
    await archive.received(messageOf('carol', { from: 'carol' }));
    for (let i = 1; i <= 20; i++) await archive.received(messageOf(`m${i}`));
    expect((await scene.stored()).marks.map(({ peer }) => peer)).toEqual(['bob']);
  });

  it('scopes are bounded each for itself', async () => {
    const limits = { messages: 20, bytes: 1e9 };
    const alice = await scene.open({ limits });
    const bob = await scene.open({ scope: BOB, limits });
    for (let i = 1; i <= 15; i++) {
      await alice.received(messageOf(`m${i}`));
      await bob.received(messageOf(`m${i}`));
    }
    expect([await shown(alice), await shown(bob)].map(({ length }) => length)).toEqual([15, 15]);
  });

  it('counts that are lost or wrong are made good', async () => {
    const archive = await scene.open({ limits: { messages: 20, bytes: 1e9 } });
    for (let i = 1; i <= 15; i++) await archive.received(messageOf(`m${i}`));
    await scene.inDatabase((database) => database.delete('scopes', ALICE));
    await archive.received(messageOf('next'));
    expect((await scene.stored()).scopes).toMatchObject([{ messages: 16, next: 16, visit: scene.tab.visitId }]);
    await scene.inDatabase((database) => database.put('scopes', { scope: ALICE, messages: Number.NaN }));
    await archive.received(messageOf('last'));
    expect((await scene.stored()).scopes).toMatchObject([{ messages: 17, next: 17, lifetime: 'session' }]);
    expect((await shown(archive)).at(-1)).toBe('last');
  });

  it('no number that somebody else wrote costs a message', async () => {
    const archive = await scene.open();
    for (const id of ['a', 'b', 'c']) await archive.received(messageOf(id));
    for (const count of ['bytes', 'messages'] as const) {
      await scene.inDatabase(async (database) => {
        const row = await database.get('scopes', ALICE);
        await database.put('scopes', { ...row, [count]: 1e12 });
      });
      await archive.received(messageOf(count));
    }
    expect(await shown(archive)).toEqual(['a', 'b', 'c', 'bytes', 'messages']);
    expect((await scene.stored()).scopes).toMatchObject([{ messages: 5 }]);
  });

  it('no age that somebody else wrote stops those that follow', async () => {
    const archive = await scene.open();
    await archive.received(messageOf('one'));
    await scene.inDatabase(async (database) => {
      const [record] = await database.getAll('messages');
      await database.put('messages', { ...record, id: 'evil', kept: LAST_PLACE, place: 2 ** 21 });
      await database.put('messages', { ...record, id: 'bad', v: 'x' });
      await database.put('scopes', { ...(await database.get('scopes', ALICE)), next: LAST_PLACE });
    });
    await archive.page('bob', 10);
    await Promise.all(['two', 'three', 'four'].map((id) => archive.received(messageOf(id))));
    expect(await shown(archive)).toEqual(['one', 'evil', 'two', 'three', 'four']);
    expect((await scene.stored()).scopes).toMatchObject([{ messages: 5, next: 4 }]);
  });
});

describe('T6: records that are none', () => {
  const record = { ...messageOf('x'), v: 1, scope: ALICE, peer: 'bob', place: 1, kept: 1 };
  const inDatabase = (fields: object) =>
    scene.inDatabase((database) => database.put('messages', { ...record, ...fields }));

  it.each([
    ['another peer', { peer: 'carol' }],
    ['received from oneself', { from: 'alice', to: 'bob' }],
    ['own, from the peer', { status: 'delivered' }],
    ['a note', { status: 'note', from: 'alice', to: 'bob' }],
    ['no id', { id: '' }],
    ['no text', { content: { toString: 'x' } }],
    ['no version', { v: undefined }],
    ['half a type', { type: 0.5 }],
    ['a time that no date can tell', { sentAt: 1e300 }],
    ['a place that has no successor', { place: 1e300 }],
    ['no age', { kept: '1' }],
    ['deleted, more or less', { content: '', deleted: 1 }],
    ['deleted, and not empty', { deleted: true }],
    ['deleted, and to be sent', { content: '', deleted: true, status: 'queued', from: 'alice', to: 'bob' }],
  ])('%s: skipped, and deleted', async (_, fields) => {
    const archive = await scene.open();
    await archive.received(messageOf('good'));
    await inDatabase(fields);
    for (const peer of ['bob', 'carol']) expect(ids((await archive.page(peer, 9)).messages)).not.toContain('x');
    await inDatabase({ ...fields, place: 0, id: '' });
    expect((await archive.state()).known).toEqual(['good']);
    await archive.page('bob', 1, 1);
    await archive.state();
    expect(ids((await scene.stored()).messages as never)).toEqual(['good']);
    expect((await scene.stored()).scopes).toMatchObject([{ messages: 1, next: 1 }]);
  });

  it('one at the last place that there is: what comes behind it finds room', async () => {
    const archive = await scene.open();
    await inDatabase({ place: LAST_PLACE });
    await archive.received(messageOf('y'));
    expect(await shown(archive)).toEqual(['x', 'y']);
  });

  it('of a later version: skipped, and left alone', async () => {
    const archive = await scene.open();
    await inDatabase({ v: 2, content: ['new'] });
    await inDatabase({ id: 'bad', content: 1 });
    await archive.received(messageOf('x'));
    await archive.delivery(own('x'), 'failed');
    await archive.insert('bob', undefined, [messageOf('x'), messageOf('y')], []);
    expect(await shown(archive)).toEqual(['y']);
    await archive.page('bob', 1);
    expect((await scene.stored()).messages).toMatchObject([{ id: 'x', v: 2, content: ['new'] }, { id: 'y' }]);
  });
});

describe('T9: clear', () => {
  it('forgets a conversation: messages, mark and count', async () => {
    const archive = await scene.open();
    await archive.received(messageOf('b1'));
    await archive.read('bob');
    await archive.received(messageOf('c1', { from: 'carol' }));
    await archive.clear('bob');
    const { messages, marks, scopes } = await scene.stored();
    expect([messages, marks, scopes]).toMatchObject([[{ id: 'c1' }], [{ peer: 'carol' }], [{ messages: 1 }]]);
    await archive.received(messageOf('b2'));
    expect((await archive.state()).unread.get('bob')).toEqual(['b2']);
  });

  it('forgets all of a user, and nothing of another', async () => {
    const alice = await scene.open();
    const bob = await scene.open({ scope: BOB });
    for (const archive of [alice, bob]) {
      await archive.received(messageOf('one'));
      await archive.read('bob');
      await tell(archive, 'two', 'queued');
    }
    await alice.clear();
    const left = Object.values(await scene.stored());
    for (const store of left) expect(new Set(store.map(({ scope }) => scope))).toEqual(new Set([BOB]));
    expect(left.map(({ length }) => length)).toEqual([2, 1, 1]);
    // What comes late leaves nothing.
    scene.tab.visitId = undefined;
    await Promise.all([alice.read('bob'), alice.clear('bob'), tell(alice, 'two', 'delivered')]);
    expect((await scene.stored()).scopes).toMatchObject([{ scope: BOB }]);
    expect(scene.tab.visitId).toBeUndefined();
    await alice.received(messageOf('new'));
    expect(await shown(alice)).toEqual(['new']);
  });
});

it('keeps the time of a message', async () => {
  const archive = await scene.open();
  await archive.received(messageOf('one', { sentAt: MONDAY - 5 }));
  expect((await archive.page('bob', 1)).messages[0]?.sentAt).toBe(MONDAY - 5);
});
