import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Outgoing } from '../../src/client/index.js';
import { MessageStore } from '../../src/store/message-store.js';
import { StoreConversation } from '../../src/store/store-conversation.js';
import { MONDAY, messageOf } from './messages.js';

let store: MessageStore;
let conversation: StoreConversation;
const unhandled: unknown[] = [];
const note = (reason: unknown) => unhandled.push(reason);

beforeEach(() => {
  store = new MessageStore();
  conversation = new StoreConversation(store, 'alice', 'bob', () => MONDAY);
  process.on('unhandledRejection', note);
});

afterEach(async () => {
  await new Promise(setImmediate);
  process.off('unhandledRejection', note);
  expect(unhandled.splice(0)).toEqual([]);
});

/** How the promise stands now. */
async function outcomeOf({ delivered }: Outgoing): Promise<string> {
  const pending = new Promise<string>((resolve) => setImmediate(() => resolve('pending')));
  return Promise.race([
    pending,
    delivered.then(
      () => 'delivered',
      ({ name, reason }) => `${name} ${reason}`,
    ),
  ]);
}

test('a sent message appears as `sending`, and nothing is known of it yet', async () => {
  const outgoing = conversation.send('hello');
  const typed = conversation.send('1', { type: 7 });
  expect(store.messages).toEqual([
    { id: outgoing.id, type: 0, content: 'hello', from: 'alice', to: 'bob', sentAt: MONDAY, status: 'sending' },
    expect.objectContaining({ id: typed.id, type: 7 }),
  ]);
  expect(await outcomeOf(outgoing)).toBe('pending');
});

describe('whoever carries it tells its status, and `delivered` settles', () => {
  test.each<[string, (id: string) => void, string]>([
    ['delivered', (id) => store.update(id, { status: 'delivered' }), 'delivered'],
    ['sent', (id) => store.update(id, { status: 'sent' }), 'delivered'],
    ['failed', (id) => store.update(id, { status: 'failed' }), 'NotDeliveredError failed'],
    ['queued', (id) => store.update(id, { status: 'queued' }), 'pending'],
    ['another content', (id) => store.update(id, { content: 'new' }), 'pending'],
    ['removed', (id) => store.remove(id), 'NotDeliveredError removed'],
    ['cleared', () => store.clear(), 'NotDeliveredError removed'],
    ['more came', () => store.append(messageOf('b')), 'pending'],
    ['older came', () => store.prepend([messageOf('b')]), 'pending'],
  ])('%s', async (_, act, outcome) => {
    const outgoing = conversation.send('hello');
    act(outgoing.id);
    expect(await outcomeOf(outgoing)).toBe(outcome);
  });

  test('what happens to another message is not its outcome', async () => {
    const one = conversation.send('one');
    const two = conversation.send('two');
    store.update(two.id, { status: 'delivered' });
    expect([await outcomeOf(one), await outcomeOf(two)]).toEqual(['pending', 'delivered']);
    const three = conversation.send('three');
    store.remove(three.id);
    expect([await outcomeOf(one), await outcomeOf(three)]).toEqual(['pending', 'NotDeliveredError removed']);
  });

  test('left alone, a message that fails, is removed or cleared is no unhandled rejection', () => {
    const ids = ['one', 'two', 'three'].map((text) => conversation.send(text).id);
    store.update(ids[0] ?? '', { status: 'failed' });
    store.remove(ids[1] ?? '');
    store.clear();
  });

  test('no listener stays behind', async () => {
    const added: unknown[] = [];
    const removed: unknown[] = [];
    store.addEventListener = (...[, listener]: unknown[]) => added.push(listener);
    store.removeEventListener = (...[, listener]: unknown[]) => removed.push(listener);
    conversation.send('hello');
    expect(added).toHaveLength(1);
    const settle = added[0] as (event: { change: unknown }) => void;
    settle({ change: { kind: 'clear' } });
    expect(removed).toEqual(added);
  });
});

describe('what a person may do with a message follows from its status', () => {
  test.each([
    ['queued', { retry: false, cancel: true, remove: false }],
    ['sending', { retry: false, cancel: false, remove: false }],
    ['delivered', { retry: false, cancel: false, remove: 'erased' }],
    ['failed', { retry: true, cancel: false, remove: true }],
    ['received', { retry: false, cancel: false, remove: 'erased' }],
  ] as const)('%s', (status, allowed) => {
    for (const action of ['retry', 'cancel', 'remove'] as const) {
      store.clear();
      store.append(messageOf('m', { status }));
      expect(conversation[action]('m'), action).toBe(allowed[action] !== false);
      expect(store.get('m')?.deleted, action).toBe(allowed[action] === 'erased' || undefined);
      if (allowed[action] === 'erased') expect([store.shown, conversation.remove('m')]).toEqual([[], false]);
      const expected = allowed[action] === true ? (action === 'retry' ? 'sending' : undefined) : status;
      expect(store.get('m')?.status, action).toBe(expected);
    }
  });

  test('of an unknown message: nothing', () => {
    expect([conversation.retry('z'), conversation.cancel('z'), conversation.remove('z')]).toEqual([
      false,
      false,
      false,
    ]);
  });
});

test('nothing is known of the limits of the page’s own transport', () => {
  expect(conversation.frameBytes()).toBe(0);
});
