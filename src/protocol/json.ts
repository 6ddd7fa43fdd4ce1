import { ProtocolError } from './protocol-error.js';

// Captured when the module loads: a host page's old libraries may replace them later.
const { parse, stringify } = JSON;
const hasOwn = Object.hasOwn;

/** An object that came from outside. Read it only through the functions below: they look at own properties alone. */
export type UntrustedObject = Readonly<Record<string, unknown>>;

/**
 * JSON of one string, number, boolean or null. Objects are written out field by field by their callers, because for an object
 * `JSON.stringify` would ask an `Object.prototype.toJSON` that some old libraries define.
 */
export function writeJson(value: string | number | boolean | null): string {
  return stringify(value);
}

/** Parses a JSON object. `field` names the text in errors. */
export function readObject(text: string, field: string): UntrustedObject {
  let value: unknown;
  try {
    value = parse(text);
  } catch {
    // The parser's own error is left out: it quotes the text, each engine at its own length.
    throw new ProtocolError(field, 'a JSON object', text === '' ? 'empty text' : `text ${describe(text)}`);
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new ProtocolError(field, 'a JSON object', describe(value));
  }
  return value as UntrustedObject;
}

/*
 * The readers below coerce as the server's JSON library (Gson) does, so that both sides understand the same frames:
 *
 * | field   | taken as it is | coerced                                                | everything else |
 * | ------- | -------------- | ------------------------------------------------------ | --------------- |
 * | string  | string         | safe number, boolean: their JSON text                  | ProtocolError   |
 * | integer | safe integer   | string of decimal digits with an optional minus sign   | ProtocolError   |
 * | boolean | boolean        | "true", "false"                                        | ProtocolError   |
 *
 * Missing and null give the fallback, or a ProtocolError where there is none. Numbers beyond 2^53 are refused, because what the
 * parser made of them is no longer what was sent: a mangled id would be somebody else's.
 */

export function readString<Fallback>(from: UntrustedObject, key: string, fallback: Fallback, path = key) {
  const value = own(from, key);
  if (value === undefined || value === null) return fallback;
  if (typeof value === 'string') return value;
  if (typeof value === 'boolean' || (typeof value === 'number' && Math.abs(value) <= Number.MAX_SAFE_INTEGER)) {
    return `${value}`;
  }
  throw new ProtocolError(path, 'a string', describe(value));
}

export function readInteger(from: UntrustedObject, key: string, fallback: number | undefined, path = key): number {
  const value = own(from, key);
  if (value === undefined || value === null) {
    if (fallback !== undefined) return fallback;
    throw new ProtocolError(path, 'an integer', value === null ? 'null' : 'nothing');
  }
  const number = typeof value === 'string' && /^-?\d{1,16}$/.test(value) ? Number(value) : value;
  // Adding 0 turns -0 into 0.
  if (typeof number === 'number' && Number.isSafeInteger(number)) return number + 0;
  throw new ProtocolError(path, 'an integer', describe(value));
}

export function readBoolean(from: UntrustedObject, key: string, fallback: boolean): boolean {
  const value = own(from, key);
  if (value === undefined || value === null) return fallback;
  if (typeof value === 'boolean') return value;
  if (value === 'true' || value === 'false') return value === 'true';
  throw new ProtocolError(key, 'a boolean', describe(value));
}

function own(from: UntrustedObject, key: string): unknown {
  return hasOwn(from, key) ? from[key] : undefined;
}

const DESCRIBED_CHARACTERS = 24;

function describe(value: unknown): string {
  if (value === null) return 'null';
  if (Array.isArray(value)) return `an array of ${value.length}`;
  if (typeof value === 'object') return 'an object';
  if (typeof value !== 'string') return `${typeof value} ${String(value)}`;
  if (value.length <= DESCRIBED_CHARACTERS) return stringify(value);
  return `${stringify(value.slice(0, DESCRIBED_CHARACTERS))}… (${value.length} characters)`;
}
