import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { checkFact, type Fact } from '../../src/store/facts.js';
import { messageOf } from './messages.js';

const id = fc.string({ minLength: 1 });

const message = (peerId: string) =>
  fc
    .record({ id, type: fc.integer(), content: fc.string(), own: fc.boolean(), sentAt: fc.double({ noNaN: true }) })
    .filter(({ sentAt }) => Number.isFinite(sentAt))
    .map(({ own, ...fields }) =>
      own
        ? messageOf('', { ...fields, from: 'alice', to: peerId, status: 'delivered' })
        : messageOf('', { ...fields, from: peerId, to: 'alice', status: 'received' }),
    );

const found = id.chain((peerId) =>
  fc.record({
    fact: fc.constant('found' as const),
    peerId: fc.constant(peerId),
    after: fc.option(id, { nil: undefined }),
    messages: fc.array(message(peerId)),
    news: fc.array(id),
    isAll: fc.boolean(),
  }),
);

const facts: fc.Arbitrary<Fact> = fc.oneof(
  found,
  fc.record({ fact: fc.constantFrom('read' as const, 'cleared' as const), peerId: id }),
  fc.record({ fact: fc.constant('deleted' as const), peerId: id, id }),
  fc.record({ fact: fc.constantFrom('wiped' as const, 'over' as const) }),
);

/** A well-formed fact with something strange in one place. */
const spoilt = fc.tuple(found, fc.anything(), fc.constantFrom('peerId', 'after', 'messages', 'news', 'isAll', 'entry'));

/** What a listener may rely on; spelled out, so that a rule left out of the check is seen. */
function isWellFormed(fact: Fact): boolean {
  const isId = (value: unknown) => typeof value === 'string' && value !== '';
  if (fact.fact === 'wiped' || fact.fact === 'over') return Object.keys(fact).join() === 'fact';
  if (fact.fact === 'read' || fact.fact === 'cleared')
    return Object.keys(fact).join() === 'fact,peerId' && isId(fact.peerId);
  if (fact.fact === 'deleted')
    return Object.keys(fact).join() === 'fact,peerId,id' && isId(fact.peerId) && isId(fact.id);
  return (
    Object.keys(fact).join() === 'fact,peerId,after,messages,news,isAll' &&
    isId(fact.peerId) &&
    (fact.after === undefined || isId(fact.after)) &&
    typeof fact.isAll === 'boolean' &&
    Array.from(fact.news).every(isId) &&
    Array.from(fact.messages).every(
      (each) =>
        Object.keys(each).sort().join() === 'content,from,id,sentAt,status,to,type' &&
        isId(each.id) &&
        Number.isInteger(each.type) &&
        typeof each.content === 'string' &&
        Number.isFinite(each.sentAt) &&
        (each.status === 'received'
          ? each.from === fact.peerId
          : each.status === 'delivered' && each.to === fact.peerId),
    )
  );
}

describe('I16: a fact from elsewhere', () => {
  test('that is well formed comes through as it is, and nothing else with it', () => {
    fc.assert(
      fc.property(facts, (fact) => {
        expect(checkFact({ ...fact, extra: 1 })).toEqual(fact);
      }),
    );
  });

  test('of whatever kind never throws, and what comes through is well formed', () => {
    const strange = fc.oneof(
      fc.anything(),
      fc.record({ fact: fc.constant('deleted'), peerId: fc.oneof(id, fc.anything()), id: fc.anything() }),
      spoilt.map(([fact, value, field]) =>
        field === 'entry' ? { ...fact, messages: [value], news: [value] } : { ...fact, [field]: value },
      ),
      fc
        .tuple(found, fc.anything(), fc.constantFrom('id', 'type', 'content', 'from', 'to', 'sentAt', 'status'))
        .map(([fact, value, field]) => ({
          ...fact,
          messages: fact.messages.map((each) => ({ ...each, [field]: value })),
        })),
    );
    fc.assert(
      fc.property(strange, (value) => {
        const fact = checkFact(value);
        expect(fact === undefined || isWellFormed(fact)).toBe(true);
      }),
      { numRuns: 2_000 },
    );
  });

  test.each([
    ['a note, which would look like a line of the client', { status: 'note', from: '', to: '' }],
    ['one of somebody else', { from: 'carol' }],
    ['one that is still on its way', { status: 'sending', from: 'alice', to: 'bob' }],
  ] as const)('with %s is none', (_, fields) => {
    const fact = { fact: 'found', peerId: 'bob', after: undefined, news: [], isAll: true };
    expect(checkFact({ ...fact, messages: [messageOf('1')] })).toBeDefined();
    expect(checkFact({ ...fact, messages: [messageOf('1', fields)] })).toBeUndefined();
  });

  test('of a message that was deleted, which it does not name, is none', () => {
    expect(checkFact({ fact: 'deleted', peerId: 'bob', id: '1' })).toBeDefined();
    for (const none of [undefined, '', 1])
      expect(checkFact({ fact: 'deleted', peerId: 'bob', id: none })).toBeUndefined();
  });

  test('that throws when it is looked at is none', () => {
    const hostile = {
      get fact(): string {
        throw new Error('no');
      },
    };
    expect(checkFact(hostile)).toBeUndefined();
    expect(checkFact({ fact: 'found', peerId: 'bob', messages: new Array(1), news: [], isAll: true })).toBeUndefined();
    expect(checkFact({ fact: 'found', peerId: 'bob', messages: [], news: new Array(1), isAll: true })).toBeUndefined();
  });
});
