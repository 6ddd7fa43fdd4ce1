import type { Packet } from '../protocol/index.js';
import type { Clock } from './clock.js';
import type { NotDeliveredError } from './errors.js';
import type { Message } from './message.js';

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
