import { NotDeliveredError } from '../client/errors.js';
import type { DeliveryOutcome } from '../client/events.js';
import { isWaiting, type Message } from '../client/message.js';
import type { OutboxRecord } from '../client/outbox-storage.js';

/** What is remembered of what is over. */
const MOST = 1_000;

/** Forgets the oldest of too many. */
export function bound(remembered: Map<string, unknown> | Set<string>): void {
  for (const oldest of remembered.keys()) {
    if (remembered.size <= MOST) break;
    remembered.delete(oldest);
  }
}

/** A message that was typed in this tab, until its end is known. */
export interface Typed {
  readonly record: OutboxRecord;
  readonly message: Message;
  /** Rejects only with {@link NotDeliveredError}. */
  readonly delivered: Promise<void>;
  readonly settle: (error?: NotDeliveredError) => void;
  /** Whether a leader has taken it. */
  heard: boolean;
  /** Whether this tab has written it down. */
  isKept?: boolean;
  /** Whether it is to be taken back by whoever leads next. */
  isTakenBack?: boolean;
  failed: boolean;
}

/** What is known here of this user's own messages, whichever tab they were typed in. */
export class OwnMessages {
  /** Those that wait, with their status. */
  readonly waiting = new Map<string, Message>();
  /** Those that ended lately, and how. */
  readonly lately = new Map<string, DeliveryOutcome>();
  /** Those of this tab that wait. */
  readonly typed = new Map<string, Typed>();

  /** Takes a message of this tab. */
  add(record: OutboxRecord, message: Message): Typed {
    let settle: Typed['settle'] = () => {};
    const delivered = new Promise<void>((resolve, reject) => {
      settle = (error) => (error ? reject(error) : resolve());
    });
    delivered.catch(() => {});
    const typed: Typed = { record, message, delivered, settle, heard: false, failed: false };
    this.typed.set(record.id, typed);
    return typed;
  }

  /** How messages ended that this tab may never have known of. */
  learn(lately: Iterable<readonly [id: string, outcome: string]>): void {
    for (const [id, outcome] of lately) {
      if (!this.lately.has(id) && !this.waiting.has(id) && !this.typed.has(id))
        bound(this.lately.set(id, outcome as DeliveryOutcome));
    }
  }

  /** A message has a new status. Returns what settles its promise, if this tab has made one. */
  follow(message: Message, outcome: DeliveryOutcome): () => void {
    const { id } = message;
    const typed = this.typed.get(id);
    if (typed) typed.failed = outcome === 'failed';
    if (isWaiting(outcome)) {
      this.waiting.set(id, message);
      this.lately.delete(id);
    } else {
      this.waiting.delete(id);
      this.typed.delete(id);
      bound(this.lately.set(id, outcome));
    }
    return () => {
      if (outcome === 'failed' || outcome === 'cancelled' || outcome === 'removed') {
        typed?.settle(new NotDeliveredError(id, outcome));
      } else if (!isWaiting(outcome)) typed?.settle();
    };
  }
}

/** What would have been written down of it, as far as that is known. */
export function recordOf({ id, to, type, content, sentAt, status }: Message): OutboxRecord {
  const written = status !== 'queued';
  return { v: 1, id, seq: sentAt, to, type, content, qos: true, sentAt, written, failed: status === 'failed' };
}
