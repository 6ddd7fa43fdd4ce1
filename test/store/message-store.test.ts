import { describe, expect, test, vi } from 'vitest';
import { MessageStore, type StoreChange } from '../../src/store/message-store.js';
import { MONDAY, messageOf } from './messages.js';
import { uncaught } from './uncaught.js';

function storeOf(...ids: string[]): MessageStore {
  const store = new MessageStore();
  store.append(...ids.map((id) => messageOf(id)));
  return store;
}

function idsOf(store: MessageStore): string {
  return store.messages.map(({ id }) => id).join(' ');
}

function changesOf(store: MessageStore): StoreChange[] {
  const changes: StoreChange[] = [];
  store.addEventListener('change', ({ change }) => changes.push(change));
  return changes;
}

describe('change events', () => {
  test('one for each change, with what it did', () => {
    const store = new MessageStore();
    const changes = changesOf(store);
    const [a, b, c] = [messageOf('a'), messageOf('b'), messageOf('c')];
    store.append(b, c);
    store.prepend([a]);
    store.update('b', { status: 'failed' });
    store.remove('c');
    store.clear();
    expect(changes).toEqual([
      { kind: 'append', messages: [b, c] },
      { kind: 'prepend', messages: [a] },
      { kind: 'update', message: { ...b, status: 'failed' }, previous: b },
      { kind: 'remove', message: c },
      { kind: 'clear', messages: [a, { ...b, status: 'failed' }] },
    ]);
  });

  test.each<[string, (store: MessageStore) => unknown, unknown]>([
    ['nothing appended', (store) => store.append(), []],
    ['nothing prepended', (store) => store.prepend([]), []],
    ['a known message appended', (store) => store.append(messageOf('a')), []],
    ['a known message prepended', (store) => store.prepend([messageOf('b')]), []],
    ['an update that changes nothing', (store) => store.update('a', { status: 'received', type: 0 }), true],
    ['an update of an unknown id', (store) => store.update('z', { status: 'failed' }), false],
    ['the removal of an unknown id', (store) => store.remove('z'), false],
  ])('none for %s', (_, act, result) => {
    const store = storeOf('a', 'b');
    const before = store.messages;
    const changes = changesOf(store);
    expect(act(store)).toEqual(result);
    expect(changes).toEqual([]);
    expect(store.messages).toBe(before);
  });

  test('none for clearing what is empty', () => {
    const store = new MessageStore();
    const changes = changesOf(store);
    store.clear();
    expect(changes).toEqual([]);
  });

  test('name only what was added, of messages half of which are known', () => {
    const store = storeOf('a', 'b');
    const changes = changesOf(store);
    const [c, first, second] = [messageOf('c'), messageOf('d', { content: '1' }), messageOf('d', { content: '2' })];
    expect(store.append(messageOf('a'), c)).toEqual([c]);
    expect(store.prepend([first, second, messageOf('b')])).toEqual([first]);
    expect(changes).toEqual([
      { kind: 'append', messages: [c] },
      { kind: 'prepend', messages: [first] },
    ]);
    expect(idsOf(store)).toBe('d a b c');
  });
});

test('a change makes new objects: the message and the list that were read before stay as they were', () => {
  const store = storeOf('a', 'b');
  const { messages: before } = store;
  const b = store.get('b');
  store.update('a', { content: 'new' });
  expect(before).toEqual([messageOf('a'), messageOf('b')]);
  expect(store.messages).toEqual([messageOf('a', { content: 'new' }), messageOf('b')]);
  expect(store.get('b')).toBe(b);
});

test('prepend and update renumber nothing: their cost is that of the page, not of the list', () => {
  const store = storeOf(...Array.from({ length: 1_000 }, (_, i) => `${i}`));
  const set = vi.spyOn(Map.prototype, 'set');
  try {
    store.prepend([messageOf('x'), messageOf('y')]);
    store.update('500', { status: 'failed' });
    expect(set.mock.calls.map(([id]) => id)).toEqual(['x', 'y']);
  } finally {
    set.mockRestore();
  }
  expect(['x', 'y', '0', '999'].map((id) => store.indexOf(id))).toEqual([0, 1, 2, 1001]);
});

describe('what is erased', () => {
  test('is empty and not shown, and keeps its place', () => {
    const store = storeOf('a', 'b', 'c');
    expect(store.shown).toBe(store.messages);
    const changes = changesOf(store);
    expect(store.erase('b')).toBe(true);
    const b = messageOf('b', { content: '', deleted: true });
    expect(changes).toEqual([{ kind: 'update', message: b, previous: messageOf('b') }]);
    expect(idsOf(store)).toBe('a b c');
    const { shown } = store;
    expect(shown).toEqual([messageOf('a'), messageOf('c')]);
    store.erase('b');
    expect(store.shown).toBe(shown);
    store.update('b', { status: 'delivered' });
    expect(store.get('b')).toEqual({ ...b, status: 'delivered' });
    store.remove('b');
    expect(store.shown).toBe(store.messages);
  });

  test('before it comes is empty when it does, however that is', () => {
    const store = storeOf('x');
    for (const id of ['a', 'b', 'c', 'x']) expect(store.erase(id)).toBe(id === 'x');
    store.append(messageOf('a'));
    store.prepend([messageOf('b')]);
    store.insert(1, [messageOf('c'), messageOf('d')]);
    expect(store.messages.map(({ content }) => content)).toEqual(['', '', 'text of d', '', '']);
    expect(store.shown).toEqual([messageOf('d')]);
    expect([...store.erased]).toEqual(['a', 'b', 'c', 'x']);
  });

  test.each([
    ['received', true],
    ['delivered', true],
    ['sent', true],
    ['queued', false],
    ['sending', false],
    ['unconfirmed', false],
    ['failed', false],
    ['note', false],
  ] as const)('may be what is %s: %s', (status, may) => {
    const store = new MessageStore();
    store.append(messageOf('a', { status }));
    expect([store.isErasable('a'), store.isErasable('z')]).toEqual([may, false]);
    store.erase('a');
    expect(store.isErasable('a')).toBe(false);
  });
});

test('note() adds a line that no peer can imitate', () => {
  const store = storeOf('a');
  const changes = changesOf(store);
  const note = store.note('transport', MONDAY);
  expect(note).toEqual({
    id: expect.stringMatching(/^[0-9a-f-]{36}$/),
    type: 90,
    content: 'transport',
    from: '',
    to: '',
    sentAt: MONDAY,
    status: 'note',
  });
  expect(changes).toEqual([{ kind: 'append', messages: [note] }]);
  expect(store.note('transport', MONDAY).id).not.toBe(note.id);
  expect(store.size).toBe(3);
});

describe('I20: a listener that changes the store', () => {
  test.each<[string, (store: MessageStore) => unknown, string]>([
    ['appends', (store) => store.append(messageOf('new')), 'a b c new'],
    ['prepends', (store) => store.prepend([messageOf('new')]), 'new a b c'],
    ['removes what came', (store) => store.remove('c'), 'a b'],
    ['removes another', (store) => store.remove('a'), 'b c'],
    ['updates', (store) => store.update('c', { status: 'failed' }), 'a b c'],
    ['clears', (store) => store.clear(), ''],
  ])('%s', (_, act, expected) => {
    const store = storeOf('a', 'b');
    let acted = false;
    store.addEventListener('change', () => {
      if (acted) return;
      acted = true;
      act(store);
    });
    const lists: string[] = [];
    store.addEventListener('change', () => lists.push(idsOf(store)));
    const c = messageOf('c');
    expect(store.append(c)).toEqual([c]);
    expect(idsOf(store)).toBe(expected);
    expect(lists).toEqual([expected, expected]);
    for (const [index, { id }] of store.messages.entries()) expect(store.indexOf(id)).toBe(index);
  });
});

test('W5: a listener that throws breaks neither the store nor the other listeners', async () => {
  const store = storeOf('a');
  const reason = new Error('from the page');
  store.addEventListener('change', () => {
    throw reason;
  });
  const changes = changesOf(store);
  const errors = await uncaught(() => {
    expect(store.append(messageOf('b'))).toHaveLength(1);
    expect(store.prepend([messageOf('c')])).toHaveLength(1);
    expect(store.update('b', { status: 'failed' })).toBe(true);
    expect(store.remove('a')).toBe(true);
  });
  expect(errors).toEqual([reason, reason, reason, reason]);
  expect(changes.map(({ kind }) => kind)).toEqual(['append', 'prepend', 'update', 'remove']);
  expect(idsOf(store)).toBe('c b');
  expect(store.get('b')?.status).toBe('failed');
});
