import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Message } from '../../src/client/index.js';
import { HistoryParts, merge } from '../../src/store/merge.js';
import { MessageStore } from '../../src/store/message-store.js';
import { MONDAY, messageOf } from './messages.js';

interface Talk {
  /** All messages as this tab would have shown them, and as the archive has them: those of one side in the same order. */
  readonly screen: readonly Message[];
  readonly archive: readonly Message[];
}

/** A talk of two; where their messages cross is another matter on the screen than in the archive. */
const talk: fc.Arbitrary<Talk> = fc
  .array(fc.tuple(fc.boolean(), fc.nat(3)), { minLength: 10, maxLength: 30 })
  .map((turns) => {
    const counts = new Map<boolean, number>();
    const screen = turns.map(([own], place) => {
      const n = counts.get(own) ?? 0;
      counts.set(own, n + 1);
      return own
        ? messageOf(`own ${n}`, { from: 'alice', to: 'bob', status: 'delivered', sentAt: MONDAY + place })
        : messageOf(`theirs ${n}`, { sentAt: MONDAY + place });
    });
    // Own messages come to the archive later than they were typed.
    const latest = new Map<string, number>();
    const written = screen.map((message, place) => {
      const { from } = message;
      const at = Math.max(latest.get(from) ?? 0, place + (turns[place]?.[1] ?? 0));
      latest.set(from, at);
      return { message, at };
    });
    return { screen, archive: written.toSorted((a, b) => a.at - b.at).map(({ message }) => message) };
  });

const share = fc.noBias(fc.nat(1_000)).map((n) => n / 1_000);
const upTo = (share: number, most: number) => Math.round(share * most);
const ids = (messages: readonly Message[]) => messages.map(({ id }) => id);
const number = (id: string) => Number(id.split(' ')[1]);

function expectOrder(store: MessageStore, besides: readonly string[]): void {
  for (const side of ['own', 'theirs']) {
    const shown = ids(store.messages).filter((id) => id.startsWith(side) && !besides.includes(id));
    expect(shown).toEqual(shown.toSorted((a, b) => number(a) - number(b)));
  }
}

test('I5: what was missed comes between what is shown, which stays where it is', () => {
  const known = fc.record({ from: share, stopped: share, back: share, end: share, copy: fc.option(share) });
  fc.assert(
    fc.property(talk, known, ({ screen, archive }, { copy, ...at }) => {
      const [from, stopped, back] = [at.from, at.stopped, at.back].toSorted((a, b) => a - b);
      const before = screen.slice(upTo(from ?? 0, screen.length), upTo(stopped ?? 0, screen.length));
      const after = screen.slice(upTo(back ?? 0, screen.length));
      const store = new MessageStore();
      store.append(...before, ...after);
      // One is told a second time, and not known here yet.
      const copies = archive.filter(({ id, status }) => status === 'received' && !store.has(id));
      const late = copy === null ? undefined : copies[upTo(copy, copies.length - 1)];
      if (late) store.append(late);
      const shown = ids(store.messages);
      // Read back to a message that is shown, as far as it was written down.
      const first = archive.findIndex(({ id }) => id === before.at(-1)?.id);
      const end = late ? archive.length : Math.max(first, upTo(at.end, archive.length));
      const page = archive.slice(Math.max(first, 0), end);
      merge(store, page, { start: (known = store.size) => known });
      expect(ids(store.messages).filter((id) => shown.includes(id))).toEqual(shown);
      expect(new Set(ids(store.messages))).toEqual(new Set([...shown, ...ids(page)]));
      if (first >= 0) expectOrder(store, late ? [late.id] : []);
    }),
  );
});

test('I5: the newest page comes before what has come meanwhile, and a copy of something in it takes its place there', () => {
  const known = fc.record({ joined: share, begin: share, end: share, copy: fc.option(share), told: share });
  fc.assert(
    fc.property(talk, known, ({ screen, archive }, { copy, ...at }) => {
      const live = screen.slice(upTo(at.joined, screen.length));
      const store = new MessageStore();
      store.append(...live);
      const first = archive.findIndex(({ id }) => store.has(id));
      const begin = upTo(at.begin, first < 0 ? archive.length : first);
      const page = archive.slice(begin, Math.max(begin, upTo(at.end, archive.length)));
      const copies = page.filter(({ id, status }) => status === 'received' && !store.has(id));
      const late = copy === null ? undefined : copies[upTo(copy, copies.length - 1)];
      if (late) store.insert(upTo(at.told, store.size), [late]);
      merge(store, page, { isFirst: true, start: () => 0 });
      expect(new Set(ids(store.messages))).toEqual(new Set([...ids(page), ...ids(live)]));
      expectOrder(store, []);
    }),
  );
});

test('I5: pages of the history, one behind the other, fill what is missing anywhere, wherever the two sides cross', () => {
  const holes = fc.array(fc.boolean(), { minLength: 30, maxLength: 30 });
  fc.assert(
    fc.property(talk, holes, fc.integer({ min: 1, max: 6 }), ({ screen, archive }, isMissing, size) => {
      const store = new MessageStore();
      store.append(...screen.filter((_, place) => !isMissing[place]));
      const shown = ids(store.messages);
      const parts = new HistoryParts();
      let behind: string | undefined;
      for (let begin = 0; begin < archive.length; begin += size) {
        const page = archive.slice(begin, begin + size);
        // Behind nothing: of what is shown, nothing comes before the first.
        if (behind === undefined) merge(store, page, { start: (known = 0) => known, isEarlier: () => false });
        else parts.merge(store, page, { behind, start: () => undefined });
        parts.add(page);
        behind = page.at(-1)?.id;
      }
      expect(ids(store.messages).filter((id) => shown.includes(id))).toEqual(shown);
      expect(new Set(ids(store.messages))).toEqual(new Set(ids(screen)));
      expectOrder(store, []);
    }),
    { numRuns: 1_000 },
  );
});

const texts = (...all: readonly string[]) => all.map((id) => messageOf(id));

function merged(shown: readonly string[], page: readonly string[]): readonly string[] {
  const store = new MessageStore();
  store.append(...texts(...shown));
  merge(store, texts(...page), { start: (known = store.size) => known });
  return ids(store.messages);
}

test('what is not in the archive any more is nothing later', () => {
  expect(merged(['a', 'gone', 'b'], ['a', 'b', 'c'])).toEqual(['a', 'gone', 'b', 'c']);
});

test('one that stands too early or too late says nothing of where others belong', () => {
  expect(merged(['x', 'a', 'c'], ['a', 'b', 'c', 'd', 'x'])).toEqual(['x', 'a', 'b', 'c', 'd']);
  expect(merged(['a', 'c', 'd', 'x'], ['a', 'x', 'b', 'c', 'd'])).toEqual(['a', 'b', 'c', 'd', 'x']);
});
