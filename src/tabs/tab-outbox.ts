import type { Clock } from '../client/clock.js';
import { OutboxFullError } from '../client/errors.js';
import { DeliveryEvent } from '../client/events.js';
import { inTime } from '../client/in-time.js';
import type { Message } from '../client/message.js';
import { MAX_BYTES, MAX_MESSAGES } from '../client/outbox-entry.js';
import type { OutboxRecord } from '../client/outbox-storage.js';
import { newRecord, type Outgoing, type SendOptions } from '../client/outgoing.js';
import type { ClientStatus } from '../client/status.js';
import { type OwnMessages, recordOf, type Typed } from './own-messages.js';
import type { Reign } from './reign.js';
import type { SharedClientOptions } from './shared-client-options.js';
import type { TabChannel } from './tab-channel.js';

/** A message that no leader has taken by then is written down and shown by this tab itself. */
const TAKEN_MS = 150;

/** Where the messages of a tab go. */
export interface Desk {
  /** While this tab leads. */
  readonly reign: Reign | undefined;
  /** The line to the other tabs, if there is one. */
  readonly channel: TabChannel | undefined;
  /** Whoever leads, as far as is known. */
  readonly leader: string;
  readonly status: ClientStatus;
}

/** What a person does with messages in one tab: done by the client where this tab leads, else by the leader. */
export class TabOutbox {
  /** Of messages that nobody may take. */
  readonly #timers = new Map<unknown, Typed>();

  constructor(
    readonly options: SharedClientOptions,
    readonly clock: Clock,
    readonly own: OwnMessages,
    readonly desk: () => Desk,
    /** Something has happened here alone: no leader has said so. */
    readonly apply: (event: Event) => void,
  ) {}

  send(content: string, options: SendOptions): Outgoing {
    const { record, framed } = newRecord(content, options, this.options.userId, this.clock.now());
    const { pending, pendingBytes } = this.desk().status;
    // What the leader has not told of yet counts too.
    if (Math.max(pending, this.own.typed.size) >= MAX_MESSAGES || pendingBytes + framed.bytes > MAX_BYTES) {
      throw new OutboxFullError(MAX_MESSAGES, MAX_BYTES);
    }
    const typed = this.own.add(record, framed.message);
    const { reign, leader } = this.desk();
    // Nobody may be there to take it.
    if (!reign && !leader) void this.#showAlone(typed, TAKEN_MS);
    else if (!reign) {
      const timer = this.clock.setTimeout(() => {
        this.#timers.delete(timer);
        void this.#showAlone(typed, TAKEN_MS);
      }, TAKEN_MS);
      this.#timers.set(timer, typed);
    }
    this.#give(record, false);
    return { id: record.id, delivered: typed.delivered };
  }

  /**
   * A leader has come, who may not know what was typed here, or in tabs that are gone. Of what it has it takes nothing twice.
   * @param known what it knows of
   */
  giveAll(known: readonly Message[] = []): void {
    const { waiting, typed } = this.own;
    const there = new Set(known.map(({ id }) => id));
    for (const message of [...waiting.values()]) {
      const { id, status } = message;
      if (status !== 'failed' && !typed.has(id) && !there.has(id)) this.#give(recordOf(message), true);
    }
    for (const { record, message, heard, failed, isTakenBack } of [...typed.values()]) {
      if (isTakenBack && !heard) this.#forget(message, 'cancelled');
      else if (!failed) this.#give(record, heard);
    }
  }

  /** This tab hears nothing of the line any more: what was on its way waits again. */
  rest(): void {
    for (const message of [...this.own.waiting.values()]) {
      if (message.status === 'sending') this.apply(new DeliveryEvent({ ...message, status: 'queued' }, 'queued'));
    }
  }

  /** This tab goes: what nobody has taken is written down and shown now. */
  leave(): void {
    for (const [timer, typed] of this.#timers) {
      this.clock.clearTimeout(timer);
      void this.#showAlone(typed, 0);
    }
    this.#timers.clear();
  }

  retry(id: string): boolean {
    const done = this.#act('retry', id, 'failed');
    const typed = this.own.typed.get(id);
    if (!typed?.failed) return done;
    // A leader that came later, and has no storage, does not know it.
    this.#give(typed.record, typed.heard);
    return true;
  }

  cancel(id: string): boolean {
    const message = this.own.waiting.get(id);
    const typed = this.own.typed.get(id);
    const done = this.#act('cancel', id, 'queued', 'unconfirmed');
    if (done && message && typed?.heard === false && !this.desk().reign) {
      // Whoever leads now may have it already, and says so. Whoever leads next does not get it.
      typed.isTakenBack = true;
      this.options.storage?.delete(id).catch(() => {});
      if (!this.desk().leader) this.#forget(message, 'cancelled');
    }
    return done;
  }

  remove(id: string): boolean {
    return this.#act('remove', id, 'failed');
  }

  /** @param isTold whether another tab asks for it */
  discard(isTold = false): void {
    const { reign, channel } = this.desk();
    if (!isTold) {
      channel?.say('ask', 'discard');
      this.options.storage?.clear().catch(() => {});
    }
    reign?.client.discard();
    const { waiting, typed } = this.own;
    for (const message of [...waiting.values(), ...[...typed.values()].map(({ message }) => message)]) {
      this.apply(new DeliveryEvent(message, 'removed'));
    }
  }

  #act(what: 'retry' | 'cancel' | 'remove', id: string, ...statuses: readonly string[]): boolean {
    const { reign, channel } = this.desk();
    if (reign?.client[what](id)) return true;
    if (!reign) channel?.say('act', what, id);
    const message = this.own.waiting.get(id);
    if (!message || !statuses.includes(message.status)) return false;
    // Known to the tabs alone: the storage was refused, or the session has ended.
    if (reign && what !== 'retry') this.#forget(message, what === 'cancel' ? 'cancelled' : 'removed');
    return true;
  }

  #forget(message: Message, outcome: 'cancelled' | 'removed'): void {
    this.options.storage?.delete(message.id).catch(() => {});
    this.apply(new DeliveryEvent(message, outcome));
  }

  /** @param isHeard whether a leader had it: then it may have been written */
  #give(record: OutboxRecord, isHeard: boolean): void {
    const { reign, channel, leader } = this.desk();
    const given = { ...record, written: isHeard };
    if (reign) reign.send(given);
    else channel?.say('send', given, leader);
  }

  /** @param patience how long it may take to be written down, ms */
  async #showAlone(typed: Typed, patience: number): Promise<void> {
    const isAlone = () => this.own.typed.get(typed.record.id)?.heard === false;
    if (isAlone()) {
      const put = this.#keep(typed);
      if (put && patience > 0) await inTime(patience, put, this.clock);
    }
    if (isAlone()) this.apply(new DeliveryEvent(typed.message, 'queued'));
  }

  /** Writes it down, behind what was typed before it: a leader that had heard of that may have gone with it. */
  #keep(typed: Typed): Promise<void> | undefined {
    const { own } = this;
    const { storage } = this.options;
    let put: Promise<void> | undefined;
    for (const each of own.typed.values()) {
      if (storage && !each.isKept && !each.failed) {
        each.isKept = true;
        const { record, delivered, heard } = each;
        put = storage.put({ ...record, written: heard }).catch(() => {});
        // A leader may have taken it, and seen its end, before it was written here.
        const end = () => void (own.lately.has(record.id) && storage.delete(record.id).catch(() => {}));
        void put.then(() => delivered).then(end, end);
      }
      if (each === typed) break;
    }
    return put;
  }
}
