import { gson } from './gson.js';

/** Frame types on the wire. */
export const FrameType = {
  login: 0,
  keepAlive: 1,
  data: 2,
  logout: 3,
  received: 4,
  echo: 5,
  loginResponse: 50,
  keepAliveResponse: 51,
  error: 52,
  echoResponse: 53,
  kickOut: 54,
} as const;

/** One frame, with the names of the wire. What a client left out is what Java's zero values are: null, 0, false. */
export interface Frame {
  readonly bridge: boolean;
  readonly type: number;
  readonly dataContent: string | null;
  readonly from: string | null;
  readonly to: string | null;
  readonly fp: string | null;
  readonly QoS: boolean;
  readonly typeu: number;
  readonly sm: number;
}

/** The longest frame that the gateway reads, in UTF-8 bytes. What it writes may be longer. */
export const MAX_FRAME_BYTES = 65_536;

class Malformed extends Error {}

/** Reads a frame as the server's Gson does: unknown members ignored, numbers accepted as strings. Undefined if malformed. */
export function parseFrame(text: string): Frame | undefined {
  try {
    const json: unknown = JSON.parse(text);
    if (typeof json !== 'object' || json === null || Array.isArray(json)) return undefined;
    const member = (name: string): unknown => (Object.hasOwn(json, name) ? Reflect.get(json, name) : null) ?? null;
    return {
      bridge: flag(member('bridge')),
      type: integer(member('type')),
      dataContent: string(member('dataContent')),
      from: string(member('from')),
      to: string(member('to')),
      fp: string(member('fp')),
      QoS: flag(member('QoS')),
      typeu: integer(member('typeu')),
      sm: integer(member('sm')),
    };
  } catch {
    return undefined;
  }
}

/** Writes a frame byte for byte as the server does: its order of members, its escapes, null members left out. */
export function writeFrame(frame: Frame): string {
  const { bridge, type, dataContent, from, to, fp, QoS, typeu, sm } = frame;
  return gson({ bridge, type, dataContent, from, to, fp, QoS, typeu, sm });
}

/** Length in UTF-8 bytes. Written out, because TextEncoder belongs to no language library, only to hosts. */
export function utf8Length(text: string): number {
  let bytes = 0;
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i);
    if (unit < 0x80) bytes += 1;
    else if (unit < 0x800 || (unit >= 0xd800 && unit < 0xe000 && isPair(text, i))) bytes += 2;
    else bytes += 3;
  }
  return bytes;
}

/** Each half of a surrogate pair counts two of its four bytes; a lone half is written as the three of U+FFFD. */
function isPair(text: string, i: number): boolean {
  const high = text.charCodeAt(i) < 0xdc00 ? i : i - 1;
  return (text.codePointAt(high) ?? 0) > 0xffff;
}

function integer(value: unknown): number {
  const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : (value ?? 0);
  if (typeof number !== 'number' || !Number.isInteger(number)) throw new Malformed();
  return number;
}

function string(value: unknown): string | null {
  if (typeof value === 'object' && value !== null) throw new Malformed();
  return value === null || value === undefined ? null : String(value);
}

function flag(value: unknown): boolean {
  if (typeof value === 'string') return value.toLowerCase() === 'true';
  if (value !== null && typeof value !== 'boolean') throw new Malformed();
  return value === true;
}
