import { MAX_OUTBOUND_BYTES, type Packet } from '../protocol/index.js';
import type { Clock } from './clock.js';
import { NotDeliveredError, OutboxFullError } from './errors.js';
import type { DeliveryStatus, Message } from './message.js';
import { type Entry, type EntryInit, MAX_BYTES, MAX_MESSAGES, newEntry, whatFits } from './outbox-entry.js';
import type { OutboxLine } from './outbox-line.js';
import { Poison } from './poison.js';
import { LEAST_MS, MAX_RETRANSMISSIONS, pauseAfter, retransmitAfter } from './retransmission.js';
import { TypingPlaces } from './typing-places.js';

/** So much may wait inside the socket; above it nothing more is written. There is no event that says when it has drained. */
const MAX_BUFFERED = 256 * 1024;
const DRAIN_MS = 100;
/** A timer that comes this late was held back: acknowledgements may be waiting behind it, and get so much time. */
const LATE_MS = 1_000;
const GRACE_MS = 250;

/**
 * The messages on their way out, in typing order. Each keeps one frame with one fingerprint through every
 * retransmission, reconnect, reload and retry. A failed one stays, so that a late acknowledgement still finds it.
 */
export class Outbox {
  #entries = new Map<string, Entry>();
  #open = false;
  #running = false;
  #timer: unknown;
  /** Bytes of all frames that wait. */
  bytes = 0;
  readonly #poison: Poison;
  readonly #places: TypingPlaces;
  /** Copies written since the beginning. */
  retransmissions = 0;

  constructor(
    readonly clock: Clock,
    readonly giveUpAfterMs: number,
    readonly line: OutboxLine,
  ) {
    this.#poison = new Poison(clock);
    this.#places = new TypingPlaces(clock);
  }

  /** What waits, by id, in typing order. */
  get entries(): ReadonlyMap<string, Entry> {
    return this.#entries;
  }

  /** @throws {OutboxFullError} if there is no room for so many bytes more */
  checkRoom(bytes: number): void {
    if (this.#entries.size >= MAX_MESSAGES || this.bytes + bytes > MAX_BYTES) {
      throw new OutboxFullError(MAX_MESSAGES, MAX_BYTES);
    }
  }

  /** Takes a message, and writes it now or at the next login. What it returns rejects only with {@link NotDeliveredError}. */
  add(message: Message, packet: Packet, bytes: number, written: boolean, typedAt?: number): Promise<void> {
    const seq = this.#places.next(typedAt);
    const { entry, delivered } = newEntry(this.clock, { message, packet, bytes, seq, written, shown: false });
    this.#put(entry);
    this.line.save(entry, () => {
      entry.shown = true;
      // Gone meanwhile: everything was wiped.
      if (this.#entries.get(message.id) !== entry) return;
      if (this.#mustWait(entry)) this.#announce(entry, 'queued');
      this.#run();
    });
    return delivered;
  }

  /** Takes back what an earlier page left, in its order, as far as there is room, and writes down what else is here. */
  restore(left: readonly Omit<EntryInit, 'shown'>[]): void {
    const restored = whatFits(left, this.#entries, this.bytes);
    const own = [...this.#entries.values()];
    // Typed before it was known what was left: it comes behind that, whatever the wall clock says.
    const last = restored.at(-1)?.seq ?? 0;
    this.#places.goOnFrom(left.at(-1)?.seq ?? 0);
    if (own.some(({ seq }) => seq <= last)) for (const entry of own) entry.seq = this.#places.next();
    for (const init of restored) this.#put(newEntry(this.clock, { ...init, shown: true }).entry);
    this.#entries = new Map([...this.#entries].sort(([, a], [, b]) => a.seq - b.seq));
    for (const { message } of restored)
      if (this.#entries.has(message.id)) this.line.announce(message, message.status as 'queued' | 'failed', true);
    this.saveAll(new Set(restored.map(({ message }) => message.id)));
    this.#run();
  }

  /** Writes everything down again. */
  saveAll(known: ReadonlySet<string> = new Set()): void {
    for (const entry of this.#entries.values()) if (!known.has(entry.message.id)) this.line.save(entry);
  }

  /** A login succeeded: every pending message is written once, in order, each with its full number of tries. */
  open(): void {
    this.#open = true;
    this.#poison.loggedIn();
    for (const entry of this.#entries.values()) entry.writes = entry.repeats = entry.dueAt = 0;
    this.#run();
  }

  /** The connection is gone: what was on its way waits again. `closeCode` 1000 and 1009 are the server's own decision. */
  close(closeCode: number): void {
    if (!this.#open) return;
    this.#open = false;
    this.#plan();
    const poison = this.#poison.closed(closeCode);
    for (const entry of [...this.#entries.values()]) {
      if (entry.message.id === poison) this.#fail(entry);
      else if (entry.message.status === 'sending') this.#announce(entry, 'queued');
    }
  }

  /** The server acknowledged a fingerprint. Turns even a failed message into a delivered one. */
  acknowledge(id: string): boolean {
    const entry = this.#entries.get(id);
    if (!entry) return false;
    this.#delete(entry);
    this.#announce(entry, 'delivered');
    entry.settle();
    if (![...this.#entries.values()].some(({ message }) => message.status === 'sending')) this.line.settled();
    this.peerIsThere(entry.message.to, entry.writtenAt);
    return true;
  }

  /**
   * Somebody wrote, or got what was written then, so they are there: what they have not confirmed is written again. Not what was
   * written later: acknowledgements of that may be on their way.
   */
  peerIsThere(userId: string, then = Number.POSITIVE_INFINITY): void {
    const now = this.clock.monotonic();
    const latest = Math.min(now - LEAST_MS, then);
    for (const entry of this.#entries.values()) {
      const { status, to } = entry.message;
      if (status === 'unconfirmed' && to === userId && entry.writtenAt <= latest) entry.dueAt = now;
    }
    // In a task of its own: what was written in this one, an acknowledgement say, still counts as waiting in the socket.
    this.#plan();
  }

  /** Sends a failed message again: same fingerprint, same content. Returns false if there is none. */
  retry(id: string): boolean {
    const entry = this.#entries.get(id);
    // What was stored by somebody else may be larger than any server reads.
    if (entry?.message.status !== 'failed' || entry.bytes > MAX_OUTBOUND_BYTES) return false;
    entry.writes = entry.repeats = entry.dueAt = 0;
    this.#poison.forgive();
    entry.message = { ...entry.message, status: 'queued' };
    if (this.#mustWait(entry)) this.#announce(entry, 'queued');
    this.line.save(entry);
    this.#run();
    return true;
  }

  /**
   * Takes back a message that was never written. One that was may have arrived: while it waits for the connection, or nobody
   * confirms it, it is given up and becomes failed.
   */
  cancel(id: string): boolean {
    const entry = this.#entries.get(id);
    if (entry?.message.status !== 'queued' && entry?.message.status !== 'unconfirmed') return false;
    return entry.written ? this.#fail(entry) : this.#drop(entry, 'cancelled');
  }

  /** Forgets a failed message. */
  remove(id: string): boolean {
    const entry = this.#entries.get(id);
    return entry?.message.status === 'failed' && this.#drop(entry, 'removed');
  }

  /** Forgets these, or everything. */
  discard(ids?: readonly string[]): void {
    for (const [id, entry] of [...this.#entries]) if (ids?.includes(id) ?? true) this.#drop(entry, 'removed');
  }

  #put(entry: Entry): void {
    this.bytes += entry.bytes;
    this.#entries.set(entry.message.id, entry);
  }

  #drop(entry: Entry, outcome: 'cancelled' | 'removed'): true {
    this.#delete(entry);
    this.line.announce(entry.message, outcome);
    entry.settle(new NotDeliveredError(entry.message.id, outcome));
    return true;
  }

  #delete(entry: Entry): void {
    this.#entries.delete(entry.message.id);
    this.bytes -= entry.bytes;
    this.line.forget(entry.message.id);
    this.#plan();
  }

  #fail(entry: Entry): true {
    this.#announce(entry, 'failed');
    this.line.save(entry);
    entry.settle(new NotDeliveredError(entry.message.id, 'failed'));
    return true;
  }

  /** Whether it cannot be written now: for want of a connection, or since an earlier message waits too. */
  #mustWait(entry: Entry): boolean {
    if (!this.#open || this.#running || this.line.buffered() > MAX_BUFFERED) return true;
    return [...this.#entries.values()].find(({ message }) => message.status === 'queued') !== entry;
  }

  /** Does what is due, in order. No copy of the list: what a listener sends meanwhile takes its turn at the end. */
  #run(): void {
    if (!this.#open || this.#running) return;
    this.#running = true;
    // Before anything is written: until the end of the task the socket counts that as waiting, on the best of lines.
    const isBusy = this.line.buffered() > 0;
    for (const entry of this.#entries.values()) {
      if (!this.#open) break;
      // Later ones must not overtake it.
      if (!entry.shown || (entry.message.status === 'queued' && this.line.buffered() > MAX_BUFFERED)) break;
      if (entry.dueAt <= this.clock.monotonic()) this.#act(entry, isBusy);
    }
    this.#running = false;
    this.#plan();
  }

  #act(entry: Entry, isBusy: boolean): void {
    const { status } = entry.message;
    if (status === 'failed') return;
    if (status === 'queued') this.#write(entry);
    // The last copy has not even left: another one would only make the line slower.
    else if (isBusy && entry.writes > 0) entry.dueAt = this.clock.monotonic() + LATE_MS;
    else if (status === 'sending' && entry.writes <= MAX_RETRANSMISSIONS) this.#write(entry);
    else if (this.clock.monotonic() >= entry.typedAt + this.giveUpAfterMs) this.#fail(entry);
    else if (status === 'unconfirmed') this.#write(entry);
    else {
      this.#wait(entry);
      this.#announce(entry, 'unconfirmed');
    }
  }

  #write(entry: Entry): void {
    const { packet, message } = entry;
    if (!this.line.write(packet)) {
      // The socket is closing already: the next login will find the message here.
      this.#announce(entry, 'queued');
      entry.dueAt = Number.POSITIVE_INFINITY;
      return;
    }
    const now = this.clock.monotonic();
    this.#poison.wrote(message.id);
    if (entry.writes > 0 || message.status === 'unconfirmed') this.retransmissions += 1;
    entry.writes += 1;
    entry.writtenAt = now;
    entry.dueAt = now + retransmitAfter(entry.bytes);
    if (!entry.written) {
      entry.written = true;
      if (packet.QoS) this.line.save(entry);
    }
    if (!packet.QoS) {
      this.#delete(entry);
      this.#announce(entry, 'sent');
      entry.settle();
    } else if (message.status === 'unconfirmed') this.#wait(entry);
    else if (message.status !== 'sending') this.#announce(entry, 'sending');
  }

  /** Nobody confirms it: patience grows. */
  #wait(entry: Entry): void {
    entry.dueAt = Math.min(entry.writtenAt + pauseAfter(entry.repeats), entry.typedAt + this.giveUpAfterMs);
    entry.repeats += 1;
  }

  /** One timer, for the message whose time comes first. */
  #plan(): void {
    this.clock.clearTimeout(this.#timer);
    this.#timer = undefined;
    if (!this.#open || this.#running) return;
    let due = Number.POSITIVE_INFINITY;
    for (const entry of this.#entries.values()) {
      if (!entry.shown) break;
      const { status } = entry.message;
      if (status === 'queued' && entry.dueAt < Number.POSITIVE_INFINITY) {
        due = Math.min(due, this.clock.monotonic() + (this.line.buffered() > MAX_BUFFERED ? DRAIN_MS : 0));
      } else if (status !== 'failed' && status !== 'queued') due = Math.min(due, entry.dueAt);
    }
    if (due < Number.POSITIVE_INFINITY) this.#wakeAt(due);
  }

  #wakeAt(due: number, late = false): void {
    this.#timer = this.clock.setTimeout(
      () => {
        if (!late && this.clock.monotonic() - due > LATE_MS) this.#wakeAt(this.clock.monotonic() + GRACE_MS, true);
        else this.#run();
      },
      Math.max(0, due - this.clock.monotonic()),
    );
  }

  #announce(entry: Entry, status: Exclude<DeliveryStatus, 'received'>): void {
    entry.message = { ...entry.message, status };
    this.line.announce(entry.message, status);
  }
}
