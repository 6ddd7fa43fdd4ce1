import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { DeliveryOutcome, Message } from '../../src/client/index.js';
import { archivist } from '../../src/store/archivist.js';
import { type LastWriter, Unwritten } from '../../src/store/unwritten.js';
import type { NewsKeeper, SessionMemory } from '../../src/tabs/shared-client-options.js';
import { ArchiveScene, shown } from './archive-scene.js';
import { messageOf } from './messages.js';

/** What a tab remembers; as text, as it is there. */
class Memory implements SessionMemory {
  text: string | undefined;
  read(): unknown {
    return JSON.parse(this.text ?? 'null');
  }
  write(value: unknown): void {
    this.text = value === undefined ? undefined : JSON.stringify(value);
  }
}

/** Writes when it is told to. */
class SlowKeeper implements NewsKeeper {
  readonly asked: unknown[][] = [];
  #waiting: { resolve: () => void; reject: (error: Error) => void }[] = [];

  before = async () => ({ known: [], waiting: [] });
  message = (message: Message) => this.#note('message', message.id);
  delivery = (message: Message, outcome: DeliveryOutcome, restored?: boolean) =>
    this.#note('delivery', message.id, outcome, ...(restored ? ['restored'] : []));
  fact = (fact: unknown) => this.#note('fact', fact);

  async write(error?: Error): Promise<void> {
    for (const { resolve, reject } of this.#waiting.splice(0)) error ? reject(error) : resolve();
    await new Promise(setImmediate);
  }

  #note(...what: unknown[]): Promise<void> {
    this.asked.push(what);
    return new Promise((resolve, reject) => this.#waiting.push({ resolve, reject }));
  }
}

const mine = messageOf('mine', { from: 'alice', to: 'bob', status: 'queued' });
const read = { fact: 'read', peerId: 'bob' };

/** A page of the tab. */
class Page {
  readonly keeper = new SlowKeeper();
  readonly window = new EventTarget();
  readonly unwritten: Unwritten;
  readonly followed: NewsKeeper;

  constructor(readonly tab: Memory) {
    vi.stubGlobal('addEventListener', this.window.addEventListener.bind(this.window));
    vi.stubGlobal('removeEventListener', this.window.removeEventListener.bind(this.window));
    this.unwritten = new Unwritten(tab);
    this.followed = this.unwritten.follow(this.keeper);
  }

  /** The archive is open; returns what is written before all else. */
  open(last?: LastWriter): unknown[][] {
    const { asked } = this.keeper;
    const before = asked.length;
    this.unwritten.takeUp(this.followed, last);
    return asked.slice(before);
  }

  leave(): void {
    this.window.dispatchEvent(new Event('pagehide'));
  }

  /** What the archive says of the last writer, if it was this page. */
  wrote(done: number): LastWriter {
    return { page: this.unwritten.page, done };
  }
}

let tab: Memory;
let first: Page;

beforeEach(() => {
  tab = new Memory();
  first = new Page(tab);
  first.open();
  first.unwritten.set('a visit');
});
afterEach(() => vi.unstubAllGlobals());

test('what was asked for and not done is done by the next page, in its order, once', async () => {
  void first.followed.message(messageOf('written'));
  await first.keeper.write();
  void first.followed.message(messageOf('one'));
  first.followed.delivery(mine, 'queued', true);
  first.followed.fact(read);
  first.followed.delivery(mine, 'removed');
  first.leave();
  expect(new Page(tab).open(first.wrote(1))).toEqual([
    ['message', 'one'],
    ['delivery', 'mine', 'queued', 'restored'],
    ['fact', read],
    ['delivery', 'mine', 'removed'],
  ]);
  expect(new Page(tab).open(first.wrote(1))).toEqual([]);
  expect(new Unwritten(tab).get()).toBe('a visit');
});

test('what was done, though the page was gone before it heard of that, is not done again', () => {
  for (const fact of [read, { fact: 'over' }, read, { fact: 'cleared', peerId: 'bob' }]) first.followed.fact(fact);
  void first.followed.message(messageOf('one'));
  first.leave();
  // That all is over is nothing to be written.
  expect(new Page(tab).open(first.wrote(3))).toEqual([
    ['fact', { fact: 'over' }],
    ['message', 'one'],
  ]);
});

test('what the next page has not done either, when it is left, the one after it does', async () => {
  void first.followed.message(messageOf('one'));
  void first.followed.message(messageOf('two'));
  first.leave();
  const second = new Page(tab);
  expect(second.open(first.wrote(1))).toEqual([['message', 'two']]);
  void second.followed.message(messageOf('three'));
  second.leave();
  expect(new Page(tab).open(second.wrote(1))).toEqual([['message', 'three']]);
});

test('a page that is left before it could write anything adds what it has to what it found', () => {
  void first.followed.message(messageOf('one'));
  first.leave();
  const second = new Page(tab);
  void second.followed.message(messageOf('two'));
  second.leave();
  const third = new Page(tab);
  third.leave();
  const fourth = new Page(tab);
  void fourth.followed.message(messageOf('three'));
  // The first one wrote what it was told, after all.
  expect(fourth.open(first.wrote(1))).toEqual([['message', 'two']]);
  fourth.leave();
  expect(new Page(tab).open(fourth.wrote(1))).toEqual([['message', 'three']]);
});

test('nothing is left when all is done, nor by a page that came back from the back-forward cache and did it', async () => {
  const remembered = tab.text;
  void first.followed.message(messageOf('one'));
  await first.keeper.write();
  first.leave();
  expect(tab.text).toBe(remembered);
  void first.followed.message(messageOf('two'));
  first.leave();
  expect(tab.text).toContain('two');
  await first.keeper.write();
  expect(tab.text).toBe(remembered);
});

test('a page that comes back leaves alone what the page after it has left', async () => {
  void first.followed.message(messageOf('one'));
  first.leave();
  const second = new Page(tab);
  second.open(first.wrote(0));
  void second.followed.message(messageOf('two'));
  second.leave();
  await first.keeper.write();
  expect(new Page(tab).open(second.wrote(1))).toEqual([['message', 'two']]);
});

test('what failed is not left: it would fail again; and whoever waits for it hears of it', async () => {
  const kept = first.followed.message(messageOf('one'));
  const failed = expect(kept).rejects.toThrow('full');
  await first.keeper.write(new Error('full'));
  await failed;
  first.leave();
  expect(new Page(tab).open(first.wrote(0))).toEqual([]);
});

test('of what was wiped nothing is left, and what was not wiped yet is, unless it was', () => {
  void first.followed.message(messageOf('secret'));
  first.leave();
  first.followed.fact({ fact: 'wiped' });
  expect(tab.text).toBeUndefined();
  first.leave();
  expect(tab.text).not.toContain('secret');
  const { text } = tab;
  expect(new Page(tab).open(first.wrote(0))).toEqual([['fact', { fact: 'wiped' }]]);
  tab.text = text;
  expect(new Page(tab).open(undefined)).toEqual([]);
});

test('nothing is done where it may have been cleared away: somebody else wrote there, or all was forgotten', () => {
  void first.followed.message(messageOf('one'));
  first.leave();
  const { text } = tab;
  for (const last of [{ page: 'of another tab', done: 0 }, {}, undefined]) {
    tab.text = text;
    expect(new Page(tab).open(last)).toEqual([]);
    expect(tab.text).not.toContain('one');
  }
});

test('a tab that never wrote anything leaves nothing that could be taken for somebody else’s', () => {
  tab = new Memory();
  const page = new Page(tab);
  void page.followed.message(messageOf('one'));
  page.leave();
  for (const last of [{}, { page: undefined }, page.wrote(0)]) expect(new Page(tab).open(last)).toEqual([]);
});

test('a full storage still remembers whose visit it is', () => {
  const { write } = tab;
  tab.write = (value) => {
    if (!JSON.stringify(value)?.includes('notes')) write.call(tab, value);
  };
  void first.followed.message(messageOf('one'));
  first.leave();
  expect(new Unwritten(tab).get()).toBe('a visit');
});

test('T6: whatever is there in its stead, what can be done is, and nothing throws', () => {
  const notes = [
    null,
    7,
    [],
    { what: 'message' },
    { what: 'message', parts: [] },
    { what: 'message', parts: [null] },
    { what: 'message', parts: [{ ...messageOf('x'), content: 7 }] },
    { what: 'message', parts: [{ ...messageOf('x'), status: 'delivered' }] },
    { what: 'delivery', parts: [mine] },
    { what: 'delivery', parts: [null, 'queued'] },
    { what: 'delivery', parts: [{ ...mine, status: 'nonsense' }, 'queued'] },
    { what: 'outcome', parts: ['x'] },
    { n: {}, what: 'message', parts: [messageOf('good')] },
  ];
  tab.write({ id: 'a visit', page: 'p', notes });
  expect(new Page(tab).open({ page: 'p', done: 'x' })).toEqual([['message', 'good']]);
  for (const value of [7, [], 'x', { page: 'p' }, { page: 'p', notes: 'x' }]) {
    tab.write(value);
    expect(new Page(tab).open({ page: 'p' })).toEqual([]);
  }
});

describe('with an archive', () => {
  let scene: ArchiveScene;
  beforeEach(() => {
    scene = new ArchiveScene();
  });
  afterEach(() => scene.leave());

  /** A page that was told this and left before it heard whether it was written. @param isMade whether it was */
  async function leftWith(isMade: boolean, tell: (keeper: NewsKeeper) => void): Promise<Memory> {
    const memory = new Memory();
    const { keeper, archive } = await enter(memory);
    await keeper.message(messageOf('before'));
    tell(keeper);
    dispatchEvent(new Event('pagehide'));
    const { text } = memory;
    if (isMade) await archive.state();
    await scene.leave();
    memory.text = text;
    return memory;
  }

  async function enter(memory: Memory) {
    const window = new EventTarget();
    vi.stubGlobal('addEventListener', window.addEventListener.bind(window));
    vi.stubGlobal('removeEventListener', window.removeEventListener.bind(window));
    vi.stubGlobal('dispatchEvent', window.dispatchEvent.bind(window));
    const visit = new Unwritten(memory);
    let last: LastWriter | undefined;
    const joined = (row: LastWriter | undefined) => {
      last = row;
    };
    const archive = await scene.open({ lifetime: 'device', visit, page: visit.page, joined });
    const keeper = archivist(Promise.resolve(archive), visit.follow);
    visit.takeUp(keeper, last);
    return { keeper, archive };
  }

  test('whatever was made of it before the page was gone, the next one makes of it what was to be', async () => {
    const memory = await leftWith(true, (keeper) => {
      keeper.fact({ fact: 'cleared', peerId: 'bob' });
      keeper.delivery(mine, 'queued');
      keeper.delivery({ ...mine, status: 'delivered' }, 'delivered');
      keeper.fact(read);
      keeper.message(messageOf('x')).catch(() => {});
    });
    expect((await scene.stored()).messages.map(({ id }) => id).sort()).toEqual(['mine', 'x']);
    const { archive } = await enter(memory);
    expect(await shown(archive)).toEqual(['mine', 'x']);
    expect([...(await archive.state()).unread]).toEqual([['bob', ['x']]]);
  });

  test.each([true, false])('what was deleted is, and counts (written before: %s)', async (isMade) => {
    const memory = await leftWith(isMade, (keeper) => {
      keeper.message(messageOf('x')).catch(() => {});
      keeper.fact({ fact: 'deleted', peerId: 'bob', id: 'before' });
    });
    const { archive, keeper } = await enter(memory);
    const { messages } = await archive.page('bob', 9);
    expect(messages).toEqual([messageOf('before', { content: '', deleted: true }), messageOf('x')]);
    await keeper.message(messageOf('after'));
    expect((await scene.stored()).scopes).toMatchObject([{ done: isMade ? 1 : 3 }]);
  });

  test('a tab that came and went meanwhile has the last word', async () => {
    const memory = await leftWith(false, (keeper) => {
      keeper.fact(read);
    });
    const other = await enter(new Memory());
    await other.keeper.message(messageOf('news'));
    await scene.leave();
    const { archive } = await enter(memory);
    expect([...(await archive.state()).unread]).toEqual([['bob', ['before', 'news']]]);
  });

  test('what nobody has written is written by the next page, and counted', async () => {
    const memory = await leftWith(false, (keeper) => {
      keeper.fact(read);
      keeper.message(messageOf('one')).catch(() => {});
    });
    const { archive, keeper } = await enter(memory);
    await keeper.message(messageOf('after'));
    expect(await shown(archive)).toEqual(['before', 'one', 'after']);
    expect([...(await archive.state()).unread]).toEqual([['bob', ['one', 'after']]]);
    expect((await scene.stored()).scopes).toMatchObject([{ done: 3 }]);
  });
});
