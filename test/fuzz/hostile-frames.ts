import fc from 'fast-check';
import { PacketType } from '../../src/protocol/index.js';
import { hostileValue, hostileValues, hugeValues, loadedNames, OWN, trappedValue } from './hostile-json.js';

/** Members of a frame in their order, names as keys and values as JSON text: the same name may come twice. */
type Members = readonly (readonly [name: string, value: string])[];

const quoted = (value: unknown): string => JSON.stringify(value);

function frame(type: number, dataContent: string | null, fields: Record<string, unknown> = {}): Members {
  const all = { bridge: false, type, dataContent, from: 'bob', to: 'alice', fp: null, QoS: false, typeu: -1, sm: -1 };
  return Object.entries({ ...all, ...fields }).map(([name, value]) => [name, quoted(value)]);
}

/** One of each kind that a server sends, and some that it never should. */
const kinds = {
  message: frame(PacketType.data, 'hello', { fp: 'message-1', QoS: true, typeu: 0 }),
  unsafeMessage: frame(PacketType.data, 'hello', { typeu: 0, sm: 1_767_605_400_123 }),
  echo: frame(PacketType.data, 'from myself', { from: 'alice', fp: OWN, QoS: true, typeu: 0 }),
  ack: frame(PacketType.ack, OWN),
  strangeAck: frame(PacketType.ack, 'nobody knows'),
  loginResponse: frame(PacketType.loginResponse, '{"code":0,"firstLoginTime":1767605400123}', { from: '0' }),
  refusal: frame(PacketType.loginResponse, '{"code":1027,"firstLoginTime":-1}', { from: '0', to: '-1' }),
  keepAliveResponse: frame(PacketType.keepAliveResponse, '{}', { from: '0' }),
  error: frame(PacketType.error, '{"errorCode":7,"errorMsg":"what you wrote"}', { from: '0', to: '-1' }),
  notLoggedIn: frame(PacketType.error, '{"errorCode":301,"errorMsg":"what you wrote"}', { from: '0', to: '-1' }),
  kickOut: frame(PacketType.kickout, '{"code":2,"reason":"enough"}', { from: '0' }),
  login: frame(PacketType.login, '{"loginUserId":"alice"}'),
  keepAlive: frame(PacketType.keepAlive, '{}'),
  logout: frame(PacketType.logout, '{}'),
  unknown: frame(99, 'what is this?', { fp: 'message-2', QoS: true }),
} satisfies Record<string, Members>;

const write = (members: Members): string => `{${members.map(([name, value]) => `${quoted(name)}:${value}`).join(',')}}`;

const put = (members: Members, field: string, value: string): Members =>
  members.map(([name, old]) => [name, name === field ? value : old]);

/** Control frames carry JSON as a string: the same traps, one level deeper. */
function inner(members: Members, field: string, value: string): Members {
  return put(members, 'dataContent', quoted(`{${quoted(field)}:${value}}`));
}

const fields = ['type', 'dataContent', 'from', 'to', 'fp', 'QoS', 'typeu', 'sm', 'bridge'];
const innerFields = ['code', 'firstLoginTime', 'errorCode', 'errorMsg', 'reason', '__proto__'];
const controls = [kinds.loginResponse, kinds.error, kinds.kickOut];

/** F3, F4: every field with every trap, in a message, an acknowledgement and every control frame; no chance involved. */
export const systematicFrames: readonly string[] = [
  ...[...Object.values(kinds), []].map(write),
  ...[kinds.message, kinds.ack, kinds.keepAliveResponse, ...controls].flatMap((members) =>
    fields.flatMap((field) => hostileValues.map((value) => write(put(members, field, value)))),
  ),
  ...controls.flatMap((members) =>
    innerFields.flatMap((field) => hostileValues.map((value) => write(inner(members, field, value)))),
  ),
  ...fields.flatMap((field) => hugeValues.map((value) => write(put(kinds.message, field, value)))),
  ...[...hostileValues, ...hugeValues],
];

const name = fc.oneof(
  { weight: 5, arbitrary: fc.constantFrom(...fields) },
  { weight: 3, arbitrary: fc.constantFrom(...loadedNames) },
  { weight: 1, arbitrary: fc.string({ maxLength: 5 }) },
);
const member = fc.tuple(name, fc.oneof(hostileValue, trappedValue));
const kind = fc.constantFrom(...Object.values(kinds));

/** By grammar: a frame with fields replaced, added, doubled, taken away, in any order; sometimes wrapped in something. */
const byGrammar = fc
  .record({
    members: kind,
    replaced: fc.array(member, { maxLength: 3 }),
    added: fc.array(member, { maxLength: 3 }),
    without: fc.subarray(fields, { maxLength: 2 }),
    inner: fc.option(fc.tuple(fc.constantFrom(...innerFields), hostileValue), { freq: 4 }),
    turned: fc.nat({ max: 12 }),
    wrap: fc.constantFrom<(text: string) => string>(
      ...Array.from({ length: 12 }, () => (text: string) => text),
      (text) => `\ufeff${text}`,
      (text) => ` \n\t${text}\r\n`,
      (text) => `[${text}]`,
      (text) => quoted(text),
      (text) => `${text}${text}`,
      (text) => `{"__proto__":${text}}`,
      (text) => `${text}\u0000`,
    ),
  })
  .map(({ members, replaced, added, without, inner: within, turned, wrap }) => {
    const base = within ? inner(members, ...within) : members;
    const changed = [...replaced.reduce((all: Members, [field, value]) => put(all, field, value), base), ...added];
    const kept = changed.filter(([field]) => !without.includes(field));
    return wrap(write([...kept.slice(turned % (kept.length + 1)), ...kept.slice(0, turned % (kept.length + 1))]));
  });

const piece = fc.oneof(
  fc.constantFrom(
    '"',
    '\\',
    '{',
    '}',
    '[',
    ']',
    ':',
    ',',
    '\u0000',
    '\ufeff',
    '\ud800',
    '\\u0000',
    'null',
    '-',
    '1e999',
  ),
  fc.constantFrom(...loadedNames.map((each) => `"${each}":`), `"${OWN}"`, '"type":54,', '"to":"alice"'),
  fc.string({ unit: 'binary', maxLength: 4 }),
);

/** By mutation: a valid frame with pieces cut out, put in, written over, or its rest taken from another frame. */
const byMutation = fc
  .record({
    text: kind.map(write),
    edits: fc.array(fc.record({ at: fc.double({ min: 0, max: 1, noNaN: true }), cut: fc.nat({ max: 8 }), piece }), {
      minLength: 1,
      maxLength: 4,
    }),
    tail: fc.option(kind.map(write), { freq: 6 }),
  })
  .map(({ text, edits, tail }) => {
    const edited = edits.reduce((current, edit) => {
      const from = Math.floor(edit.at * current.length);
      return current.slice(0, from) + edit.piece + current.slice(from + edit.cut);
    }, text);
    const cut = Math.floor((edits[0]?.at ?? 0) * edited.length);
    return tail === null ? edited : edited.slice(0, cut) + tail.slice(cut);
  });

/** Any frame that a hostile or broken server might send. */
export const hostileFrame: fc.Arbitrary<string> = fc.oneof(
  { weight: 10, arbitrary: byGrammar },
  { weight: 7, arbitrary: byMutation },
  { weight: 2, arbitrary: hostileValue },
  { weight: 1, arbitrary: fc.string({ unit: 'binary' }) },
);
