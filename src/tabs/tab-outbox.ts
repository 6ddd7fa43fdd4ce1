import type { ChatClient } from '../client/chat-client.js';
import type { Clock } from '../client/clock.js';
import { OutboxFullError } from '../client/errors.js';
import { DeliveryEvent } from '../client/events.js';
import type { Message } from '../client/message.js';
import { MAX_BYTES, MAX_MESSAGES } from '../client/outbox-entry.js';
import type { OutboxRecord } from '../client/outbox-storage.js';
import { newRecord, type Outgoing, type SendOptions } from '../client/outgoing.js';
import type { ClientStatus } from '../client/status.js';
import { recordOf } from './archived-outbox.js';
import type { OwnMessages, Typed } from './own-messages.js';
import type { SharedClientOptions } from './shared-client-options.js';
import type { TabChannel } from './tab-channel.js';

/** A message that no leader has taken by then is written down and shown by this tab itself. */
const TAKEN_MS = 150;

/** Where the messages of a tab go. */
export interface Desk {
  /** Of this tab, while it leads. */
  readonly client: ChatClient | undefined;
  /** The line to the other tabs, if there is one. */
  readonly channel: TabChannel | undefined;
  /** Whoever leads, as far as is known. */
  readonly leader: string;
  readonly status: ClientStatus;
}

/** What a person does with messages in one tab: done by the client where this tab leads, else by the leader. */
export class TabOutbox {
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
    if (!this.desk().client) this.clock.setTimeout(() => void this.#showAlone(typed), TAKEN_MS);
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
    // A leader with a storage finds it there, or puts it there.
    if (!this.desk().client || !this.options.storage)
      for (const message of waiting.values()) {
        const { id, status } = message;
        if (status !== 'failed' && !typed.has(id) && !there.has(id)) this.#give(recordOf(message), true);
      }
    for (const { record, heard, failed } of [...typed.values()]) if (!failed) this.#give(record, heard);
  }

  /** This tab hears nothing of the line any more: what was on its way waits again. */
  rest(): void {
    for (const message of [...this.own.waiting.values()]) {
      if (message.status === 'sending') this.apply(new DeliveryEvent({ ...message, status: 'queued' }, 'queued'));
    }
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
    const done = this.#act('cancel', id, 'queued', 'unconfirmed');
    if (done && message && this.own.typed.get(id)?.heard === false && !this.desk().client) {
      // Nobody leads who could take it back.
      this.options.storage?.delete(id).catch(() => {});
      this.apply(new DeliveryEvent(message, 'cancelled'));
    }
    return done;
  }

  remove(id: string): boolean {
    return this.#act('remove', id, 'failed');
  }

  /** @param isTold whether another tab asks for it */
  discard(isTold = false): void {
    const { client, channel } = this.desk();
    if (!isTold) {
      channel?.say('ask', 'discard');
      this.options.storage?.clear().catch(() => {});
    }
    client?.discard();
    const { waiting, typed } = this.own;
    for (const message of [...waiting.values(), ...[...typed.values()].map(({ message }) => message)]) {
      this.apply(new DeliveryEvent(message, 'removed'));
    }
  }

  #act(what: 'retry' | 'cancel' | 'remove', id: string, ...statuses: readonly string[]): boolean {
    const { client, channel } = this.desk();
    if (client) return client[what](id);
    channel?.say('act', what, id);
    return statuses.includes(this.own.waiting.get(id)?.status ?? '');
  }

  /** @param written whether a leader had it: then it may have been */
  #give(record: OutboxRecord, written: boolean): void {
    const { client, channel, leader } = this.desk();
    if (client) client.adopt({ ...record, written });
    else channel?.say('send', { ...record, written }, leader);
  }

  async #showAlone({ record, message, delivered }: Typed): Promise<void> {
    const { own, clock } = this;
    const { id } = record;
    const { storage } = this.options;
    const isAlone = () => own.typed.get(id)?.heard === false;
    if (storage && isAlone()) {
      const put = storage.put(record).catch(() => {});
      // A leader may have taken it, and seen its end, before it was written here.
      const end = () => void (own.lately.has(id) && storage.delete(id).catch(() => {}));
      void put.then(() => delivered).then(end, end);
      await Promise.race([put, new Promise<void>((resolve) => clock.setTimeout(resolve, TAKEN_MS))]);
    }
    if (isAlone()) this.apply(new DeliveryEvent(message, 'queued'));
  }
}
