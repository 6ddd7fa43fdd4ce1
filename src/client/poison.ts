import type { Clock } from './clock.js';

/** So many times in a row, and so soon after a message was written, the server closes the connection for it. */
const TIMES = 3;
const SOON_MS = 2_000;
/** The close codes of a server that decided to close: a bad frame, a frame too large. Never 1006, which is the network's. */
const DECIDED = new Set([1000, 1009]);
const NOBODY = { id: '', times: 0 };

/**
 * Finds the message that would otherwise end every session: written after each login, for which the server closes, and so
 * on without end.
 */
export class Poison {
  /** The first message written since the last login, and when. */
  #first: { readonly id: string; readonly at: number } | undefined;
  #suspect = NOBODY;

  constructor(readonly clock: Pick<Clock, 'monotonic'>) {}

  loggedIn(): void {
    this.#first = undefined;
  }

  wrote(id: string): void {
    this.#first ??= { id, at: this.clock.monotonic() };
  }

  /** The person wants it sent all the same: counts anew. */
  forgive(): void {
    this.#suspect = NOBODY;
  }

  /** The connection is gone. Returns the id of the message to give up, if there is one. */
  closed(code: number): string | undefined {
    const first = this.#first;
    if (!first || !DECIDED.has(code) || this.clock.monotonic() - first.at > SOON_MS) {
      this.forgive();
      return undefined;
    }
    this.#suspect = { id: first.id, times: this.#suspect.id === first.id ? this.#suspect.times + 1 : 1 };
    return this.#suspect.times >= TIMES ? first.id : undefined;
  }
}
