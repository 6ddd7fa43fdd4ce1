import fc from 'fast-check';
import { afterEach, describe, expect, test } from 'vitest';
import {
  data,
  FrameTooLargeError,
  frameBytes,
  login,
  MAX_OUTBOUND_BYTES,
  stringifyPacket,
  utf8Length,
} from '../../src/protocol/index.js';

const message = (content: string) => data({ id: 'f', content, from: 'a', to: 'b', type: 0, qos: true });

const encodedLength = (text: string) => new TextEncoder().encode(text).length;

function refusal(content: string): FrameTooLargeError {
  try {
    stringifyPacket(message(content));
  } catch (error) {
    if (error instanceof FrameTooLargeError) return error;
    throw error;
  }
  throw new Error('expected a FrameTooLargeError');
}

describe('F12 I17 65,536 bytes and not one more', () => {
  const room = MAX_OUTBOUND_BYTES - frameBytes(message(''));

  test.each([
    ['letters', 'x', 1],
    ['quotes, escaped', '"', 2],
    ['line feeds, escaped', '\n', 2],
    ['Chinese', '中', 3],
    ['emoji', '👋', 4],
    ['control characters, six bytes each', '\u0001', 6],
    ['lone surrogates, six bytes each', '\ud800', 6],
  ])('%s', (_, filler, bytesEach) => {
    const largest = filler.repeat(Math.floor(room / bytesEach)) + 'x'.repeat(room % bytesEach);
    expect(encodedLength(stringifyPacket(message(largest)))).toBe(65_536);
    expect(refusal(`${largest}x`)).toMatchObject({ bytes: 65_537, limit: 65_536 });
  });

  test('other fields count too', () => {
    expect(() => stringifyPacket({ ...message(''), to: 'x'.repeat(65_536) })).toThrow(FrameTooLargeError);
    expect(() => stringifyPacket(login({ userId: 'a', token: 'x'.repeat(65_536) }))).toThrow(FrameTooLargeError);
  });

  test('the message tells size and limit', () => {
    expect(refusal('x'.repeat(70_000)).message).toBe('The frame has 70100 bytes; the server reads at most 65536.');
  });

  test('frameBytes tells the size of a frame of any size', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (content) => {
        expect(frameBytes(message(content))).toBe(encodedLength(stringifyPacket(message(content))));
      }),
    );
    expect(frameBytes(message('中'.repeat(100_000)))).toBe(65_536 - room + 300_000);
  });
});

test('utf8Length counts as TextEncoder does', () => {
  const unit = fc.oneof(
    fc.integer({ min: 0, max: 0xffff }).map((code) => String.fromCharCode(code)),
    fc.constantFrom(
      '\u007f',
      '\u0080',
      '\u07ff',
      '\u0800',
      '\ud7ff',
      '\ud800',
      '\udbff',
      '\udc00',
      '\udfff',
      '\ue000',
      '😀',
    ),
  );
  fc.assert(
    fc.property(fc.string({ unit }), (text) => {
      expect(utf8Length(text)).toBe(encodedLength(text));
    }),
    { numRuns: 1_000 },
  );
});

describe('W4 a host page that patches what JSON uses', () => {
  const patched = Object.prototype as { toJSON?: unknown };
  const { parse, stringify } = JSON;
  afterEach(() => {
    delete patched.toJSON;
    Object.assign(JSON, { parse, stringify });
  });

  test('frames are the same', () => {
    const before = stringifyPacket(message('x'));
    const loginBefore = login({ userId: 'a', token: 't', extra: 'e' });
    patched.toJSON = () => 'patched';
    Object.assign(JSON, { stringify: () => 'patched' });
    const after = stringifyPacket(message('x'));
    const loginAfter = login({ userId: 'a', token: 't', extra: 'e' });
    expect(after).toBe(before);
    expect(loginAfter.dataContent).toBe(loginBefore.dataContent);
  });
});
