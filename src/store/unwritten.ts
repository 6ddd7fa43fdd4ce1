import type { DeliveryOutcome } from '../client/events.js';
import type { DeliveryStatus, Message } from '../client/message.js';
import type { NewsKeeper, SessionMemory } from '../tabs/shared-client-options.js';
import { checkRecord, recordOf } from './archive-record.js';
import type { Visit } from './archive-visit.js';
import { checkFact } from './facts.js';

/** A call of the keeper: which, and with what. */
type Note = readonly [what: 'message' | 'delivery' | 'fact', ...parts: readonly unknown[]];

/**
 * What the keeper of this page has been told, and has not written down. A page that goes leaves it to the next one of its tab, in
 * the one storage that takes it at once: else what was shown last would be gone, or, sent once more by the server, stand behind
 * what came later.
 */
export class Unwritten {
  readonly #notes = new Set<Note>();
  #isLeft = false;
  readonly #leave = () => {
    this.#isLeft = true;
    this.left.write({ visit: this.visit.get(), notes: [...this.#notes] });
  };

  constructor(
    /** What the page before left, and where this one leaves it. */
    readonly left: SessionMemory,
    readonly visit: Visit,
  ) {}

  /** A keeper that does what this one does, and is followed. */
  follow(keeper: NewsKeeper): NewsKeeper {
    return {
      ...keeper,
      message: (message) => this.#until(keeper.message(message), 'message', message),
      delivery: (...own) => this.#until(keeper.delivery(...own), 'delivery', ...own),
      fact: (fact) => {
        // Of what came before it nothing may be left.
        if (checkFact(fact)?.fact === 'wiped') this.#notes.clear();
        return this.#until(keeper.fact(fact), 'fact', fact);
      },
    };
  }

  /**
   * Has that written down which the page before left, in its order, before anything else is.
   * @param isAlone whether nobody else was there meanwhile. Else whoever leads has done it, or has cleared it away
   */
  takeUp(keeper: NewsKeeper, isAlone: boolean): void {
    const { visit, notes } = Object(this.left.read()) as { readonly visit?: unknown; readonly notes?: unknown };
    this.left.write(undefined);
    // Without a visit nobody can tell whether everything has been wiped.
    if (!isAlone || !visit || visit !== this.visit.get() || !Array.isArray(notes)) return;
    const followed = this.follow(keeper);
    for (const note of notes) {
      const [what, value, outcome, restored] = Array.isArray(note) ? note : [];
      if (what === 'fact') followed.fact(value);
      else if (!isMessage(value)) continue;
      else if (what === 'message' && value.status === 'received') followed.message(value).catch(() => {});
      else if (what === 'delivery' && typeof outcome === 'string')
        followed.delivery(value, outcome as DeliveryOutcome, restored === true);
    }
  }

  async #until<T>(written: T, ...note: Note): Promise<Awaited<T>> {
    if (this.#notes.size === 0) globalThis.addEventListener?.('pagehide', this.#leave);
    this.#notes.add(note);
    try {
      return await written;
    } finally {
      this.#notes.delete(note);
      if (this.#notes.size === 0) this.#rest();
    }
  }

  #rest(): void {
    globalThis.removeEventListener?.('pagehide', this.#leave);
    // This page came back from the back-forward cache, and has done it itself.
    if (this.#isLeft) this.left.write(undefined);
    this.#isLeft = false;
  }
}

/** Whoever can run scripts on the page can write anything there. */
function isMessage(value: Message | null | undefined): value is Message {
  return typeof checkRecord(value ? recordOf('', value, value.status as DeliveryStatus, 0, 0) : undefined) === 'object';
}
