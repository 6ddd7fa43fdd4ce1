import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { DeliveryOutcome, Message } from '../../src/client/index.js';
import { Unwritten } from '../../src/store/unwritten.js';
import type { NewsKeeper, SessionMemory } from '../../src/tabs/shared-client-options.js';
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
let tab: Memory;
let visitId: string | undefined;
let keeper: SlowKeeper;
let page: EventTarget;
const visit = {
  get: () => visitId,
  set: (id: string | undefined) => {
    visitId = id;
  },
};
const open = () => new Unwritten(tab, visit).follow(keeper);
const leave = () => page.dispatchEvent(new Event('pagehide'));
/** Another page of the tab: what it has to write. */
const next = (isAlone = true) => {
  keeper = new SlowKeeper();
  new Unwritten(tab, visit).takeUp(keeper, isAlone);
  return keeper.asked;
};

beforeEach(() => {
  tab = new Memory();
  visitId = 'a visit';
  keeper = new SlowKeeper();
  page = new EventTarget();
  vi.stubGlobal('addEventListener', page.addEventListener.bind(page));
  vi.stubGlobal('removeEventListener', page.removeEventListener.bind(page));
});
afterEach(() => vi.unstubAllGlobals());

test('what was asked for and not done is done by the next page, in its order, once', async () => {
  const followed = open();
  void followed.message(messageOf('written'));
  await keeper.write();
  void followed.message(messageOf('one'));
  followed.delivery(mine, 'queued', true);
  followed.fact({ fact: 'read', peerId: 'bob' });
  followed.delivery(mine, 'removed');
  leave();
  expect(next()).toEqual([
    ['message', 'one'],
    ['delivery', 'mine', 'queued', 'restored'],
    ['fact', { fact: 'read', peerId: 'bob' }],
    ['delivery', 'mine', 'removed'],
  ]);
  expect(next()).toEqual([]);
});

test('what the next page has not done either, when it is left, the one after it does', async () => {
  void open().message(messageOf('one'));
  leave();
  next();
  leave();
  expect(next()).toEqual([['message', 'one']]);
});

test('nothing is left when all is done, nor by a page that came back from the back-forward cache and did it', async () => {
  const followed = open();
  void followed.message(messageOf('one'));
  await keeper.write();
  leave();
  expect(tab.text).toBeUndefined();
  void followed.message(messageOf('two'));
  leave();
  expect(tab.text).toContain('two');
  await keeper.write();
  expect(tab.text).toBeUndefined();
  expect(next()).toEqual([]);
});

test('what failed is not left: it would fail again; and whoever waits for it hears of it', async () => {
  const kept = open().message(messageOf('one'));
  const failed = expect(kept).rejects.toThrow('full');
  await keeper.write(new Error('full'));
  await failed;
  leave();
  expect(next()).toEqual([]);
});

test('of what was wiped nothing is left', () => {
  const followed = open();
  void followed.message(messageOf('secret'));
  followed.fact({ fact: 'wiped' });
  leave();
  expect(tab.text).not.toContain('secret');
});

test('nothing is done where it may have been cleared away: somebody else was there, or it was another visit', () => {
  void open().message(messageOf('one'));
  leave();
  const { text } = tab;
  expect(next(false)).toEqual([]);
  expect(tab.text).toBeUndefined();
  tab.text = text;
  visitId = 'another';
  expect(next()).toEqual([]);
  expect(tab.text).toBeUndefined();
});

test('a page that never had a visit leaves nothing that could be taken for another one', () => {
  visitId = undefined;
  void open().message(messageOf('one'));
  leave();
  expect(next()).toEqual([]);
});

test('T6: whatever is there in its stead, what can be done is, and nothing throws', () => {
  const notes = [
    null,
    7,
    [],
    ['message'],
    ['message', null],
    ['message', { ...messageOf('x'), content: 7 }],
    ['message', { ...messageOf('x'), status: 'delivered' }],
    ['delivery', mine],
    ['delivery', null, 'queued'],
    ['delivery', { ...mine, status: 'nonsense' }, 'queued'],
    ['outcome', 'x'],
    ['message', messageOf('good')],
  ];
  tab.write({ visit: visitId, notes });
  expect(next()).toEqual([['message', 'good']]);
  for (const value of [7, [], 'x', { visit: visitId }, { visit: visitId, notes: 'x' }]) {
    tab.write(value);
    expect(next()).toEqual([]);
  }
});
