import type { Frame } from './frames.js';

/** A message that the gateway accepted, in the words of an application. */
export interface HistoryMessage {
  /** Its fingerprint. */
  readonly id: string;
  /** The application's type: 0 is text. */
  readonly type: number;
  readonly content: string;
  readonly from: string;
  readonly to: string;
  /** When the gateway accepted it, in whole milliseconds since 1970. */
  readonly sentAt: number;
}

/** What is asked for: messages between `user` and `peer`, in both directions. */
export interface HistoryQuery {
  readonly user: string;
  readonly peer: string;
  /** Only what was accepted after the message of this id, oldest first; an id that is not known here counts as not given. */
  readonly after?: string;
  /** Without `after`: only what was accepted at this time (milliseconds since 1970) or later, oldest first. */
  readonly since?: number;
  /** Instead of both: only what was accepted before the message of this id, the newest of it; an id that is not known counts as not given. */
  readonly before?: string;
  /** At most so many. Default 50. */
  readonly limit?: number;
}

/** Accepted messages, as a deployment's own database would keep them: it survives a restart. Past `capacity` the oldest go. */
export class History {
  readonly #capacity: number;
  // A Map remembers the order of insertion, which is the order of acceptance.
  readonly #messages = new Map<string, HistoryMessage>();

  constructor(capacity = 10_000) {
    this.#capacity = capacity;
  }

  /** Keeps an accepted message, its first copy only; one without a fingerprint cannot be told from its copies, and is not kept. */
  add({ fp, from, to, typeu, dataContent }: Frame, sentAt: number): void {
    if (fp === null || from === null || to === null) return;
    const key = JSON.stringify([from, to, fp]);
    if (this.#messages.has(key)) return;
    const message = { id: fp, type: typeu, content: dataContent ?? '', from, to, sentAt: Math.floor(sentAt) };
    this.#messages.set(key, message);
    for (const oldest of this.#messages.keys()) {
      if (this.#messages.size <= this.#capacity) break;
      this.#messages.delete(oldest);
    }
  }

  /**
   * Oldest first: with `after` or `since` the first `limit` from there on, without either the newest `limit`, all of them or
   * those `before` one.
   * @throws RangeError if `limit` is no whole number from 1.
   */
  find({ user, peer, after, since, before, limit = 50 }: HistoryQuery): HistoryMessage[] {
    if (!(Number.isInteger(limit) && limit >= 1)) throw new RangeError(`limit: expected 1 or more, got ${limit}`);
    const all = [...this.#messages.values()].filter(
      ({ from, to }) => (from === user && to === peer) || (from === peer && to === user),
    );
    const known = after === undefined ? -1 : all.findLastIndex(({ id }) => id === after);
    if (known >= 0) return all.slice(known + 1, known + 1 + limit);
    if (since !== undefined) return all.filter(({ sentAt }) => sentAt >= Math.floor(since)).slice(0, limit);
    const next = before === undefined ? -1 : all.findIndex(({ id }) => id === before);
    return (next < 0 ? all : all.slice(0, next)).slice(-limit);
  }
}
