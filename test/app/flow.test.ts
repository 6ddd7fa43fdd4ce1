import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Flow, type FlowEvent, firstStep, hasWindow, nextStep, type Rules } from '../../src/app/flow.js';

const rules: Rules = { splash: true, asks: false, isKnown: false, account: '' };
const asking: Rules = { ...rules, asks: true };
const known: Rules = { ...rules, isKnown: true };

const splash: Flow = { name: 'splash' };
const privacy: Flow = { name: 'privacy', declined: false };
const declined: Flow = { name: 'privacy', declined: true };
const login: Flow = { name: 'login', account: 'ann' };
const entering: Flow = { name: 'entering', account: 'ann', late: false };
const late: Flow = { name: 'entering', account: 'ann', late: true };
const chat: Flow = { name: 'chat', account: 'ann' };
const left: Flow = { name: 'left', account: 'ann' };

const submit: FlowEvent = { type: 'submit', account: ' bob ', hasPassword: true };
const refused: FlowEvent = { type: 'refused', code: 1025 };
const broken: FlowEvent = { type: 'broken', why: 'no address' };
const events: readonly FlowEvent[] = [
  ...(['seen', 'agree', 'decline', 'reopen', 'connected', 'late'] as const).map((type) => ({ type })),
  ...(['typed', 'cancel', 'logout', 'again', 'leave', 'configured'] as const).map((type) => ({ type })),
  ...[submit, refused, broken],
];

/** What each event leads to, under these rules; those that are not named change nothing. */
const table: readonly (readonly [string, Flow, Rules, Partial<Record<FlowEvent['type'], Flow>>])[] = [
  ['the splash', splash, rules, { seen: { name: 'login', account: '' } }],
  ['the splash, with an account', splash, { ...rules, account: 'ann' }, { seen: login }],
  ['the splash, before consent', splash, asking, { seen: privacy }],
  ['the splash, of a known user', splash, known, { seen: { name: 'chat', account: '' } }],
  ['the notice', privacy, asking, { agree: { name: 'login', account: '' }, decline: declined }],
  [
    'the notice, for a known user',
    privacy,
    { ...known, asks: true },
    {
      agree: { name: 'chat', account: '' },
      decline: declined,
    },
  ],
  ['the notice, declined', declined, asking, { reopen: privacy }],
  ['the login', login, rules, { submit: { name: 'entering', account: 'bob', late: false } }],
  [
    'the login, refused',
    { ...login, trouble: { kind: 'refused', code: 1025 } },
    rules,
    { typed: login, submit: { name: 'entering', account: 'bob', late: false } },
  ],
  [
    'the login, while the server answers',
    entering,
    rules,
    {
      connected: chat,
      late,
      cancel: login,
      logout: login,
      refused: { ...login, trouble: { kind: 'refused', code: 1025 } },
      broken: { ...login, trouble: { kind: 'broken', why: 'no address' } },
    },
  ],
  [
    'the login, while the server does not',
    late,
    rules,
    {
      connected: chat,
      submit: entering,
      cancel: login,
      logout: login,
      refused: { ...login, trouble: { kind: 'refused', code: 1025 } },
      broken: { ...login, trouble: { kind: 'broken', why: 'no address' } },
    },
  ],
  ['the chat', chat, rules, { logout: login, again: login, leave: left }],
  [
    'the chat of a known user',
    { name: 'chat', account: '' },
    known,
    {
      logout: { name: 'left', account: '' },
      leave: { name: 'left', account: '' },
    },
  ],
  ['outside', left, rules, { again: login }],
  ['outside, as a known user', { name: 'left', account: '' }, known, { again: { name: 'chat', account: '' } }],
];

describe.each(table)('%s', (_, flow, under, expected) => {
  test.each(events.map((event) => [event.type, event] as const))('%s', (type, event) => {
    const next = nextStep(flow, event, under);
    if (expected[type]) expect(next).toEqual(expected[type]);
    else expect(next).toBe(flow);
  });
});

test.each<[string, string, boolean, string | undefined]>([
  ['no account', '  ', true, 'account'],
  ['neither', '', false, 'account'],
  ['the id of the server', '0', true, 'reserved'],
  ['the id of nobody', ' -1', true, 'reserved'],
  ['no password', 'ann', false, 'password'],
])('what was typed is wrong: %s', (_, account, hasPassword, kind) => {
  const next = nextStep(login, { type: 'submit', account, hasPassword }, rules);
  expect(next).toEqual({ name: 'login', account: account.trim(), trouble: { kind } });
});

test.each<[string, Rules, Flow]>([
  ['splash', { splash: true, asks: true, isKnown: true, account: 'ann' }, splash],
  ['no splash: the notice', { splash: false, asks: true, isKnown: true, account: 'ann' }, privacy],
  ['no notice: the login', { splash: false, asks: false, isKnown: false, account: 'ann' }, login],
  ['no login: the chat', { splash: false, asks: false, isKnown: true, account: '' }, { name: 'chat', account: '' }],
])('begins with what is needed: %s', (_, under, flow) => {
  expect(firstStep(under)).toEqual(flow);
});

test.each<[string, Flow, Rules, Flow]>([
  ['the splash is not wanted', splash, { ...rules, splash: false }, { name: 'login', account: '' }],
  ['consent is not wanted', declined, rules, { name: 'login', account: '' }],
  ['consent is wanted, at the login', login, asking, privacy],
  ['consent is wanted, at the door', entering, asking, privacy],
  ['consent is wanted, in the chat', chat, asking, privacy],
  ['consent is wanted, outside', left, asking, privacy],
  ['the user is known', login, known, { name: 'chat', account: '' }],
  ['the user is known, at the door', late, known, { name: 'chat', account: '' }],
  ['the user is known, and somebody is in', chat, known, { name: 'chat', account: '' }],
  ['the user is not known any more', { name: 'chat', account: '' }, rules, { name: 'login', account: '' }],
])('the page changes its mind: %s', (_, flow, under, expected) => {
  expect(nextStep(flow, { type: 'configured' }, under)).toEqual(expected);
});

test('no window without consent where that is required, and no chat without a user', () => {
  const anyEvent = fc.oneof(
    fc.constantFrom(...events),
    fc.record({
      type: fc.constant('submit' as const),
      account: fc.constantFrom('', ' ', '0', 'ann'),
      hasPassword: fc.boolean(),
    }),
  );
  const page = fc.record({ splash: fc.boolean(), isKnown: fc.boolean(), requires: fc.boolean() });
  /** The page may change its mind with each event. */
  const steps = fc.array(fc.tuple(anyEvent, fc.option(page)), { maxLength: 40 });
  fc.assert(
    fc.property(page, steps, (begin, all) => {
      let { splash: showsSplash, isKnown, requires } = begin;
      let hasAgreed = false;
      let account = '';
      let asked = '';
      const under = (): Rules => ({ splash: showsSplash, asks: requires && !hasAgreed, isKnown, account });
      let flow = firstStep(under());
      for (const [event, change] of all) {
        if (change) {
          ({ splash: showsSplash, isKnown, requires } = change);
          flow = nextStep(flow, { type: 'configured' }, under());
        }
        const before = flow;
        flow = nextStep(flow, event, under());
        if (event.type === 'agree' && before.name === 'privacy' && !before.declined) hasAgreed = true;
        if (event.type === 'submit' && flow.name === 'entering') asked = flow.account;
        if (flow.name === 'chat') account = flow.account || account;

        if (hasWindow(flow)) expect(!requires || hasAgreed).toBe(true);
        if (flow.name === 'entering') expect(flow.account).not.toBe('');
        if (flow.name === 'chat' && before.name !== 'chat') {
          expect(isKnown || (before.name === 'entering' && event.type === 'connected')).toBe(true);
        }
        if (flow.name === 'chat' && !isKnown) expect(flow.account).toBe(asked);
        if (flow.name === 'chat') expect(isKnown).toBe(flow.account === '');
        // Nothing that is typed but the account is kept.
        expect(Object.keys(flow)).not.toContain('password');
      }
    }),
    { numRuns: 2_000 },
  );
});
