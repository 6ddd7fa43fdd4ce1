import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Message } from '../../src/client/index.js';
import { MessageStore, type StoreChange } from '../../src/store/message-store.js';
import { messageOf } from './messages.js';

/** Few, so that they meet again and again; some are names that an object used as an index would know already. */
const ids = ['a', 'b', 'c', 'd', 'e', 'f', 'g', '', '0', '__proto__', 'constructor'];
const id = fc.constantFrom(...ids);
const page = fc.array(
  fc.record({ id, content: fc.constantFrom('x', 'y') }).map(({ id, content }) => messageOf(id, { content })),
  { maxLength: 5 },
);
const patch = fc.record(
  {
    status: fc.constantFrom('queued' as const, 'delivered' as const),
    content: fc.constantFrom('x', 'y'),
    sentAt: fc.constantFrom(1, 2),
    type: fc.constantFrom(0, 90),
  },
  { requiredKeys: [] },
);

type Command =
  | { readonly do: 'append' | 'prepend'; readonly messages: readonly Message[] }
  | { readonly do: 'insert'; readonly at: number; readonly messages: readonly Message[] }
  | { readonly do: 'update'; readonly id: string; readonly patch: Partial<Message> }
  | { readonly do: 'remove'; readonly id: string }
  | { readonly do: 'erase'; readonly id: string }
  | { readonly do: 'clear' | 'note' };

const command: fc.Arbitrary<Command> = fc.oneof(
  { weight: 4, arbitrary: fc.record({ do: fc.constant('append' as const), messages: page }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('prepend' as const), messages: page }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('insert' as const), at: fc.nat(9), messages: page }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('update' as const), id, patch }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('remove' as const), id }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('erase' as const), id }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constantFrom('clear' as const, 'note' as const) }) },
);

/** The same store, as simple as can be. */
class Model {
  list: readonly Message[] = [];
  readonly #erased = new Set<string>();

  /** Returns what `run` must return. */
  apply(command: Command): unknown {
    if (command.do === 'append' || command.do === 'prepend' || command.do === 'insert') {
      const added: Message[] = [];
      for (const message of command.messages) {
        if (![...this.list, ...added].some(({ id }) => id === message.id))
          added.push(this.#erased.has(message.id) ? { ...message, content: '', deleted: true } : message);
      }
      const all = { append: this.list.length, prepend: 0, insert: 'at' in command ? command.at : 0 };
      this.list = this.list.toSpliced(all[command.do], 0, ...added);
      return added;
    }
    if (command.do === 'erase') {
      this.#erased.add(command.id);
      return this.apply({ do: 'update', id: command.id, patch: { content: '', deleted: true } });
    }
    if (command.do === 'update' || command.do === 'remove') {
      const known = this.list.some(({ id }) => id === command.id);
      this.list =
        command.do === 'remove'
          ? this.list.filter(({ id }) => id !== command.id)
          : this.list.map((message) => (message.id === command.id ? { ...message, ...command.patch } : message));
      return known;
    }
    if (command.do === 'clear') this.list = [];
    return undefined;
  }
}

function run(store: MessageStore, model: Model, command: Command): unknown {
  if (command.do === 'append') return store.append(...command.messages);
  if (command.do === 'insert') return store.insert(command.at, command.messages);
  if (command.do === 'prepend') return store.prepend(command.messages);
  if (command.do === 'update') return store.update(command.id, command.patch);
  if (command.do === 'remove') return store.remove(command.id);
  if (command.do === 'erase') return store.erase(command.id);
  if (command.do === 'clear') return store.clear();
  model.list = [...model.list, store.note('transport', 5)];
  return undefined;
}

/** Whoever knows nothing but the events has the same list. */
function follow(list: readonly Message[], change: StoreChange): readonly Message[] {
  switch (change.kind) {
    case 'append':
      return [...list, ...change.messages];
    case 'insert':
      return list.toSpliced(change.index, 0, ...change.messages);
    case 'prepend':
      return [...change.messages, ...list];
    case 'update':
      return list.map((message) => (message === change.previous ? change.message : message));
    case 'remove':
      return list.filter((message) => message !== change.message);
    case 'clear':
      return [];
  }
}

/** For each id `true` where the index says what the list says, else the id. */
function lookups(store: MessageStore, list: readonly Message[]): unknown[] {
  return [...ids, ...list.map(({ id }) => id)].map((id) => {
    const index = list.findIndex((message) => message.id === id);
    const agree = store.indexOf(id) === index && store.get(id) === list[index] && store.has(id) === index >= 0;
    return agree || id;
  });
}

test('I4 I5 I14: like a plain list, whatever is done; no snapshot ever changes', () => {
  fc.assert(
    fc.property(fc.array(command, { maxLength: 25 }), (commands) => {
      const store = new MessageStore();
      const model = new Model();
      const snapshots: [snapshot: readonly Message[], copy: readonly Message[]][] = [];
      let followed: readonly Message[] = [];
      let stale = 0;
      store.addEventListener('change', ({ change }) => {
        followed = follow(followed, change);
        if (store.messages.length !== followed.length) stale += 1;
      });
      for (const command of commands) {
        const [before, shownBefore] = [store.messages, store.shown];
        const expected = model.apply(command);
        expect(run(store, model, command)).toEqual(expected);

        const { messages, size } = store;
        const same = messages.length === before.length && messages.every((message, i) => message === before[i]);
        expect(messages).toEqual(model.list);
        expect({ size, frozen: Object.isFrozen(messages), kept: messages === before }).toEqual({
          size: messages.length,
          frozen: true,
          kept: same,
        });
        const { shown } = store;
        expect(shown).toEqual(model.list.filter(({ deleted }) => !deleted));
        expect([shown === messages, shown === store.shown, shown === shownBefore || !same]).toEqual([
          shown.length === messages.length,
          true,
          true,
        ]);
        expect(new Set(lookups(store, messages))).toEqual(new Set([true]));
        snapshots.push([messages, [...messages]]);
      }
      expect(followed).toEqual(model.list);
      expect(stale, 'events that came before the new list').toBe(0);
      for (const [snapshot, copy] of snapshots) {
        if (snapshot.some((message, i) => message !== copy[i])) expect(snapshot).toEqual(copy);
      }
    }),
    { numRuns: 400 },
  );
});
