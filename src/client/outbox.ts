import type { Packet } from '../protocol/index.js';
import type { Clock } from './clock.js';
import { NotDeliveredError } from './errors.js';
import type { DeliveryOutcome } from './events.js';
import type { DeliveryStatus, Message } from './message.js';

/** No answer for this long after a write: the same frame is written again. Never under the 3 s of the original. */
const RETRANSMIT_MS = 5_000;
const MAX_RETRANSMISSIONS = 2;

interface Entry {
  message: Message;
  readonly packet: Packet;
  /** Writes since the last login: time without a connection consumes no tries. */
  writes: number;
  /** Monotonic time of the last write ever. */
  writtenAt: number | undefined;
  readonly settle: (error?: NotDeliveredError) => void;
}

/**
 * The messages on their way out, in typing order. Each keeps one frame with one fingerprint through every
 * retransmission, reconnect and retry. A failed one stays, so that a late acknowledgement still finds it.
 */
export class Outbox {
  readonly #entries = new Map<string, Entry>();
  #open = false;
  #flushing = false;
  #timer: unknown;

  constructor(
    readonly clock: Clock,
    readonly line: {
      /** Returns false if nothing was written. */
      write(packet: Packet): boolean;
      announce(message: Message, status: DeliveryOutcome): void;
    },
  ) {}

  get size(): number {
    return this.#entries.size;
  }

  /** Takes a message and writes it now or at the next login. `delivered` rejects only with {@link NotDeliveredError}. */
  add(message: Message, packet: Packet): Promise<void> {
    const delivered = new Promise<void>((resolve, reject) => {
      const settle = (error?: NotDeliveredError) => (error ? reject(error) : resolve());
      this.#entries.set(message.id, { message, packet, writes: 0, writtenAt: undefined, settle });
    });
    // Whoever does not await the promise learns it from the status; the page must not get an unhandled rejection.
    delivered.catch(() => {});
    const entry = this.#entries.get(message.id);
    if (entry && this.#open && !this.#flushing) this.#write(entry);
    else if (entry) this.#announce(entry, 'queued');
    this.#plan();
    return delivered;
  }

  /** A login succeeded: every pending message is written once, in order, each with its full number of tries. */
  open(): void {
    this.#open = true;
    this.#flushing = true;
    // No copy: what a listener sends meanwhile takes its turn at the end.
    for (const entry of this.#entries.values()) {
      if (!this.#open) break;
      if (entry.message.status !== 'queued') continue;
      entry.writes = 0;
      this.#write(entry);
    }
    this.#flushing = false;
    this.#plan();
  }

  /** The connection is gone: what was on its way waits again. */
  close(): void {
    if (!this.#open) return;
    this.#open = false;
    this.#plan();
    for (const entry of [...this.#entries.values()]) {
      if (entry.message.status === 'sending') this.#announce(entry, 'queued');
    }
  }

  /** The server acknowledged a fingerprint. Turns even a failed message into a delivered one. */
  acknowledge(id: string): boolean {
    const entry = this.#entries.get(id);
    if (!entry) return false;
    this.#entries.delete(id);
    this.#plan();
    this.#announce(entry, 'delivered');
    entry.settle();
    return true;
  }

  /** Sends a failed message again: same fingerprint, same content. Returns false if there is none. */
  retry(id: string): boolean {
    const entry = this.#entries.get(id);
    if (entry?.message.status !== 'failed') return false;
    entry.writes = 0;
    if (this.#open) this.#write(entry);
    else this.#announce(entry, 'queued');
    this.#plan();
    return true;
  }

  /** Takes back a message that waits for a connection. One that was ever written may have arrived, and stays. */
  cancel(id: string): boolean {
    const entry = this.#entries.get(id);
    return entry?.message.status === 'queued' && entry.writtenAt === undefined && this.#drop(entry, 'cancelled');
  }

  /** Forgets a failed message. */
  remove(id: string): boolean {
    const entry = this.#entries.get(id);
    return entry?.message.status === 'failed' && this.#drop(entry, 'removed');
  }

  /** Forgets everything. */
  discard(): void {
    for (const entry of [...this.#entries.values()]) this.#drop(entry, 'removed');
  }

  #drop(entry: Entry, outcome: 'cancelled' | 'removed'): true {
    this.#entries.delete(entry.message.id);
    this.#plan();
    this.line.announce(entry.message, outcome);
    entry.settle(new NotDeliveredError(entry.message.id, outcome));
    return true;
  }

  #write(entry: Entry): void {
    if (!this.line.write(entry.packet)) {
      // The socket is closing already: the next login will find the message here.
      this.#announce(entry, 'queued');
      return;
    }
    entry.writes += 1;
    entry.writtenAt = this.clock.monotonic();
    if (entry.packet.QoS) {
      if (entry.message.status !== 'sending') this.#announce(entry, 'sending');
    } else {
      this.#entries.delete(entry.message.id);
      this.#announce(entry, 'sent');
      entry.settle();
    }
  }

  #scan(): void {
    const now = this.clock.monotonic();
    for (const entry of [...this.#entries.values()]) {
      if (!this.#open) return;
      if (entry.message.status !== 'sending' || now - (entry.writtenAt ?? now) < RETRANSMIT_MS) continue;
      if (entry.writes <= MAX_RETRANSMISSIONS) this.#write(entry);
      else {
        this.#announce(entry, 'failed');
        entry.settle(new NotDeliveredError(entry.message.id, 'failed'));
      }
    }
    this.#plan();
  }

  /** One timer, for the message whose time comes first. */
  #plan(): void {
    this.clock.clearTimeout(this.#timer);
    this.#timer = undefined;
    if (!this.#open) return;
    let due = Number.POSITIVE_INFINITY;
    for (const { message, writtenAt = 0 } of this.#entries.values()) {
      if (message.status === 'sending') due = Math.min(due, writtenAt + RETRANSMIT_MS);
    }
    if (due === Number.POSITIVE_INFINITY) return;
    this.#timer = this.clock.setTimeout(() => this.#scan(), Math.max(0, due - this.clock.monotonic()));
  }

  #announce(entry: Entry, status: Exclude<DeliveryStatus, 'received'>): void {
    entry.message = { ...entry.message, status };
    this.line.announce(entry.message, status);
  }
}
