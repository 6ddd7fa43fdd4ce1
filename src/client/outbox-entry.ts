import { MAX_OUTBOUND_BYTES, type Packet } from '../protocol/index.js';
import type { Clock } from './clock.js';
import type { NotDeliveredError } from './errors.js';
import type { Message } from './message.js';
import type { OutboxRecord } from './outbox-storage.js';

/** Most messages, and bytes of their frames, that wait for their delivery. */
export const MAX_MESSAGES = 500;
export const MAX_BYTES = 1_000_000;
/** Several tabs may have left as much each: so many times that is taken up at once. */
const TABS = 4;

/** A message on its way. */
export interface Entry {
  message: Message;
  readonly packet: Packet;
  readonly bytes: number;
  /** Its place in typing order. */
  seq: number;
  /** When it was typed, on the monotonic clock. */
  readonly typedAt: number;
  /** Not before it is written down. */
  shown: boolean;
  /** Whether it was ever written to a server: then it may have arrived. */
  written: boolean;
  /** Writes since the last login: time without a connection consumes no tries. */
  writes: number;
  /** How often it was repeated after nobody confirmed it. */
  repeats: number;
  /** Monotonic time of the last write. */
  writtenAt: number;
  /** Monotonic time at which something is to be done about it. */
  dueAt: number;
  readonly settle: (error?: NotDeliveredError) => void;
}

/** What an entry begins with. */
export type EntryInit = Pick<Entry, 'message' | 'packet' | 'bytes' | 'seq' | 'written' | 'shown'>;

/** An entry, and the promise that it settles. */
export function newEntry(clock: Clock, init: EntryInit): { entry: Entry; delivered: Promise<void> } {
  let settle: Entry['settle'] = () => {};
  const delivered = new Promise<void>((resolve, reject) => {
    settle = (error) => (error ? reject(error) : resolve());
  });
  // Whoever does not await the promise learns it from the status; the page must not get an unhandled rejection.
  delivered.catch(() => {});
  const typedAt = clock.monotonic() - Math.max(0, clock.now() - init.message.sentAt);
  return { entry: { ...init, typedAt, writes: 0, repeats: 0, writtenAt: 0, dueAt: 0, settle }, delivered };
}

/** What is news of these, as far as there is room: the first ones. One that nobody can send takes no more than others. */
export function whatFits<T extends Omit<EntryInit, 'shown'>>(
  left: readonly T[],
  known: ReadonlyMap<string, Entry>,
  bytes: number,
): T[] {
  let { size } = known;
  return left.filter((init) => {
    const entry = known.get(init.message.id);
    if (entry) {
      // By a page that had the outbox meanwhile.
      entry.written ||= init.written;
      return false;
    }
    size += 1;
    bytes += Math.min(init.bytes, MAX_OUTBOUND_BYTES);
    return size <= TABS * MAX_MESSAGES && bytes <= TABS * MAX_BYTES;
  });
}

/** As it is stored. */
export function toRecord({ message, packet: { QoS: qos }, seq, written }: Entry): OutboxRecord {
  const { id, to, type, content, sentAt, status } = message;
  return { v: 1, id, seq, to, type, content, qos, sentAt, written, failed: status === 'failed' };
}
