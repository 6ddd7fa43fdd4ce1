import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  type Packet,
  ProtocolError,
  parsePacket,
  readError,
  readKickout,
  readLoginResponse,
  stringifyPacket,
} from '../../src/protocol/index.js';
import { tracedFrames } from './traces.js';

const fieldTypes = {
  type: ['number'],
  dataContent: ['string', 'null'],
  from: ['string'],
  to: ['string'],
  fp: ['string', 'null'],
  QoS: ['boolean'],
  typeu: ['number'],
  sm: ['number'],
  bridge: ['boolean'],
};

/** A packet of exactly the nine fields with their types, or a ProtocolError: nothing else may come of any text. */
function expectPacketOrProtocolError(text: string): void {
  const packet = orProtocolError(() => parsePacket(text));
  if (packet === undefined) return;
  expect(Object.keys(packet)).toEqual(Object.keys(fieldTypes));
  for (const [field, types] of Object.entries(fieldTypes)) {
    const value = packet[field as keyof Packet];
    expect(types).toContain(value === null ? 'null' : typeof value);
  }
  orProtocolError(() => readLoginResponse(packet));
  orProtocolError(() => readError(packet));
  expect(typeof readKickout(packet).code).toBe('number');
}

function orProtocolError<T>(read: () => T): T | undefined {
  try {
    return read();
  } catch (error) {
    if (!(error instanceof ProtocolError)) throw error;
    expect(error.message.length).toBeLessThan(300);
    return undefined;
  }
}

const anyText = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.string({ unit: fc.integer({ min: 0, max: 0xffff }).map((unit) => String.fromCharCode(unit)) }),
  fc.json(),
  fc.json({ noUnicodeString: false, maxDepth: 6 }),
);

test('F1 F2 I16 any string is a packet or a ProtocolError', () => {
  fc.assert(fc.property(anyText, expectPacketOrProtocolError), { numRuns: 3_000 });
});

test('F3 F4 any values in the fields, and any keys beside them', () => {
  const key = fc.oneof(
    fc.constantFrom(...Object.keys(fieldTypes), '__proto__', 'constructor', 'prototype', 'toString', 'toJSON'),
    fc.string(),
  );
  const entry = fc
    .tuple(key, fc.jsonValue())
    .map(([name, value]) => `${JSON.stringify(name)}:${JSON.stringify(value)}`);
  const before = Reflect.ownKeys(Object.prototype);
  fc.assert(
    fc.property(fc.array(entry, { maxLength: 12 }), fc.boolean(), (entries, typed) => {
      expectPacketOrProtocolError(`{${(typed ? [...entries, '"type":54'] : entries).join(',')}}`);
      expect(Reflect.ownKeys(Object.prototype)).toEqual(before);
    }),
    { numRuns: 3_000 },
  );
});

test('F1 F3 recorded frames with a piece cut out, put in or turned over', () => {
  const frames = tracedFrames.map(({ text }) => text).filter((text) => text.length < 2_000);
  const piece = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 4 }),
    fc.constantFrom(
      '"',
      '\\',
      '{',
      '}',
      '[',
      ']',
      ':',
      ',',
      'null',
      '1e999',
      '-0',
      '\0',
      '\ufeff',
      '\ud800',
      '"__proto__":',
    ),
  );
  const mutation = fc.record({ at: fc.double({ min: 0, max: 1, noNaN: true }), cut: fc.nat({ max: 6 }), piece });
  fc.assert(
    fc.property(fc.constantFrom(...frames), fc.array(mutation, { minLength: 1, maxLength: 4 }), (frame, mutations) => {
      const text = mutations.reduce((current, { at, cut, piece }) => {
        const from = Math.floor(at * current.length);
        return current.slice(0, from) + piece + current.slice(from + cut);
      }, frame);
      expectPacketOrProtocolError(text);
    }),
    { numRuns: 5_000 },
  );
});

const packets: fc.Arbitrary<Packet> = fc.record({
  type: fc.integer(),
  dataContent: fc.option(fc.string({ unit: 'binary' })),
  from: fc.string(),
  to: fc.string(),
  fp: fc.option(fc.oneof(fc.string(), fc.constantFrom('__proto__', 'toString', 'constructor'))),
  QoS: fc.boolean(),
  typeu: fc.integer(),
  sm: fc.maxSafeInteger(),
  bridge: fc.boolean(),
});

test('F11 what is written is read back the same', () => {
  fc.assert(
    fc.property(packets, (packet) => {
      expect(parsePacket(stringifyPacket(packet))).toEqual(packet);
    }),
    {
      numRuns: 1_000,
    },
  );
});
