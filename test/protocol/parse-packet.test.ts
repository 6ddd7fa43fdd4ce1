import { describe, expect, test } from 'vitest';
import { MAX_INBOUND_BYTES, type Packet, ProtocolError, parsePacket } from '../../src/protocol/index.js';

const defaults: Packet = {
  type: 2,
  dataContent: null,
  from: '-1',
  to: '-1',
  fp: null,
  QoS: false,
  typeu: -1,
  sm: -1,
  bridge: false,
};

function failure(text: string): ProtocolError {
  try {
    parsePacket(text);
  } catch (error) {
    if (error instanceof ProtocolError) return error;
    throw error;
  }
  throw new Error(`expected a ProtocolError, but this was accepted: ${text.slice(0, 80)}`);
}

const frameWith = (field: string, json: string) => `{"type":2,"${field}":${json}}`;

describe('fields', () => {
  test('a full frame is taken field by field', () => {
    const packet = {
      ...defaults,
      dataContent: '你好',
      from: 'a',
      to: 'b',
      fp: 'f',
      QoS: true,
      typeu: 0,
      sm: 5,
      bridge: true,
    };
    expect(parsePacket(JSON.stringify(packet))).toStrictEqual(packet);
  });

  test.each([
    ['missing', '{"type":2}'],
    [
      'null',
      '{"type":2,"dataContent":null,"from":null,"to":null,"fp":null,"QoS":null,"typeu":null,"sm":null,"bridge":null}',
    ],
    ['unknown', '{"type":2,"extra":{"deep":[1]},"TYPE":9,"":null}'],
  ])('%s fields give the defaults', (_, text) => {
    expect(parsePacket(text)).toStrictEqual(defaults);
  });

  test.each([
    ['{}', 'nothing'],
    ['{"type":null}', 'null'],
    ['{"dataContent":"x"}', 'nothing'],
  ])('a frame without a type is none: %s', (text, found) => {
    expect(failure(text)).toMatchObject({ field: 'type', expected: 'an integer', found });
  });

  test('booleans may be strings, as the server’s own library takes them', () => {
    const text = '{"type":2,"QoS":"true","bridge":"false"}';
    expect(parsePacket(text)).toStrictEqual({ ...defaults, QoS: true, bridge: false });
    expect(failure(frameWith('QoS', '"TRUE"')).found).toBe('"TRUE"');
  });

  test('the largest number that is still exact is taken as text, the next one is not', () => {
    const largest = Number.MAX_SAFE_INTEGER;
    expect(parsePacket(frameWith('fp', `${largest}`)).fp).toBe(`${largest}`);
    expect(failure(frameWith('fp', `${largest + 1}`))).toMatchObject({ field: 'fp', expected: 'a string' });
  });

  test('F7 unknown types are packets like any other', () => {
    for (const type of [99, -1, 0, 1, 3]) expect(parsePacket(`{"type":${type}}`).type).toBe(type);
  });
});

describe('F3 every field times every type of value', () => {
  const values = {
    string: '"text"',
    'empty string': '""',
    digits: '"-12"',
    'string of a float': '"1.5"',
    'string of an exponent': '"1e3"',
    'digits in spaces': '" 7 "',
    'digits beyond 2^53': '"9007199254740993"',
    'string "true"': '"true"',
    'string "TRUE"': '"TRUE"',
    integer: '7',
    'integral float': '7.0',
    'negative zero': '-0',
    float: '1.5',
    'beyond 2^53': '9007199254740993',
    'beyond doubles': '1e999',
    true: 'true',
    false: 'false',
    object: '{}',
    'object that is a number': '{"valueOf":7}',
    array: '[]',
    'array of one': '["7"]',
  };

  const strings: Record<string, unknown> = {
    string: 'text',
    'empty string': '',
    digits: '-12',
    'string of a float': '1.5',
    'string of an exponent': '1e3',
    'digits in spaces': ' 7 ',
    'digits beyond 2^53': '9007199254740993',
    'string "true"': 'true',
    'string "TRUE"': 'TRUE',
    integer: '7',
    'integral float': '7',
    'negative zero': '0',
    float: '1.5',
    true: 'true',
    false: 'false',
  };
  const integers: Record<string, unknown> = { digits: -12, integer: 7, 'integral float': 7, 'negative zero': 0 };
  const booleans: Record<string, unknown> = { 'string "true"': true, true: true, false: false };

  const table = [
    ...(['dataContent', 'from', 'to', 'fp'] as const).map((field) => ['a string', field, strings] as const),
    ...(['type', 'typeu', 'sm'] as const).map((field) => ['an integer', field, integers] as const),
    ...(['QoS', 'bridge'] as const).map((field) => ['a boolean', field, booleans] as const),
  ].flatMap(([expected, field, accepted]) =>
    Object.entries(values).map(([name, json]) => ({ expected, field, name, json, accepted })),
  );

  test.each(table)('$field: $name', ({ expected, field, name, json, accepted }) => {
    if (name in accepted) {
      expect(parsePacket(frameWith(field, json))[field]).toStrictEqual(accepted[name]);
    } else {
      expect(failure(frameWith(field, json))).toMatchObject({ field, expected });
    }
  });
});

describe('F1 F2 what is no frame', () => {
  test.each([
    ['empty text', '', 'empty text'],
    ['space', ' \n', 'text " \\n"'],
    ['byte order mark', '\ufeff{"type":2}', 'text "\ufeff{\\"type\\":2}"'],
    ['NUL', '\0', 'text "\\u0000"'],
    ['cut short', '{"type":2,"dataContent":"abc', 'text "{\\"type\\":2,\\"dataContent\\":"… (28 characters)'],
    ['24 characters', 'x'.repeat(24), `text "${'x'.repeat(24)}"`],
    ['25 characters', 'x'.repeat(25), `text "${'x'.repeat(24)}"… (25 characters)`],
    ['null', 'null', 'null'],
    ['number', '7', 'number 7'],
    ['string', '"x"', '"x"'],
    ['boolean', 'true', 'boolean true'],
    ['array', '[{"type":2}]', 'an array of 1'],
    ['10,000 arrays deep', '['.repeat(10_000) + ']'.repeat(10_000), undefined],
    ['250,000 arrays never closed', '['.repeat(250_000), undefined],
  ])('%s', (_, text, found) => {
    const error = failure(text);
    expect(error).toMatchObject({ field: 'frame', expected: 'a JSON object' });
    if (found !== undefined) expect(error.found).toBe(found);
  });

  test('depth below an unknown field is dropped, in a known one refused', () => {
    const deep = `${'{"a":'.repeat(5_000)}1${'}'.repeat(5_000)}`;
    expect(parsePacket(frameWith('unknown', deep))).toStrictEqual(defaults);
    expect(failure(frameWith('dataContent', deep))).toMatchObject({ field: 'dataContent', found: 'an object' });
  });

  test('lone surrogates and NUL inside a string are content', () => {
    expect(parsePacket('{"type":2,"dataContent":"\ud800x\udc00\\u0000"}').dataContent).toBe('\ud800x\udc00\0');
  });

  test('the message names field, expectation and finding, and quotes no more than a few characters', () => {
    const error = failure(frameWith('typeu', JSON.stringify(`${'secret '.repeat(10_000)}`)));
    expect(error.name).toBe('ProtocolError');
    expect(error.message).toBe('typeu: expected an integer, found "secret secret secret sec"… (70000 characters)');
  });
});

describe('F4 F11 names that mean something to JavaScript', () => {
  test.each(['__proto__', 'constructor', 'prototype'])('%s as a key pollutes nothing', (key) => {
    const before = Object.getOwnPropertyNames(Object.prototype);
    const packet = parsePacket(`{"type":2,"${key}":{"polluted":1,"fp":"p","${key}":{"polluted":1}}}`);
    expect(packet).toStrictEqual(defaults);
    expect(Object.getPrototypeOf(packet)).toBe(Object.prototype);
    expect(Object.getOwnPropertyNames(Object.prototype)).toEqual(before);
    expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
  });

  test('fields come from the frame alone, not from what a key named __proto__ brings along', () => {
    expect(failure('{"__proto__":{"type":54}}')).toMatchObject({ field: 'type', found: 'nothing' });
  });

  test('fields come from the frame alone, not from what a host page hangs on Object.prototype', () => {
    const prototype = Object.prototype as Record<string, unknown>;
    Object.assign(prototype, { fp: 'from the host', type: 54 });
    try {
      expect(parsePacket('{"type":2}').fp).toBeNull();
      expect(failure('{}').field).toBe('type');
    } finally {
      delete prototype['fp'];
      delete prototype['type'];
    }
  });

  test.each(['__proto__', 'toString', 'constructor', 'hasOwnProperty'])('a fingerprint "%s" is a fingerprint', (fp) => {
    expect(parsePacket(frameWith('fp', JSON.stringify(fp))).fp).toBe(fp);
  });
});

describe('F5 size of inbound text', () => {
  const filled = (filler: string, bytesEach: number, bytes: number) => {
    const room = bytes - '{"type":2,"dataContent":""}'.length;
    const text = filler.repeat(Math.floor(room / bytesEach)) + 'x'.repeat(room % bytesEach);
    return `{"type":2,"dataContent":"${text}"}`;
  };

  test.each([
    ['x', 1],
    ['é', 2],
    ['中', 3],
    ['👋', 4],
  ])('512 KiB of %s is parsed, one byte more is not', (filler, bytesEach) => {
    const largest = filled(filler, bytesEach, MAX_INBOUND_BYTES);
    expect(new TextEncoder().encode(largest).length).toBe(524_288);
    expect(parsePacket(largest).type).toBe(2);
    expect(failure(filled(filler, bytesEach, MAX_INBOUND_BYTES + 1))).toMatchObject({
      field: 'frame',
      expected: 'at most 524288 bytes',
    });
  });

  test('text over the limit is not even looked at', () => {
    expect(failure('{'.repeat(16 * 1024 * 1024))).toMatchObject({
      expected: 'at most 524288 bytes',
      found: '16777216 characters',
    });
  });
});
