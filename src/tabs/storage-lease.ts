import type { Clock } from '../client/clock.js';
import { newId } from '../client/new-id.js';
import type { Candidate, LeadershipOwner } from './leadership.js';

/** A holder that does not answer by then is gone: events of the storage are not held back as timers are. */
const ANSWER_MS = 1_000;

/** So long a claim must stand before its tab has the chat: another may have claimed it at the same time. */
const CLAIM_MS = 100;

/** A text that all tabs of an origin can read and write, and hear of when another tab has written. */
export interface SharedText {
  /** Null: nothing, or it was taken away. */
  read(): string | null;
  write(text: string | null): void;
  /**
   * Calls `changed` when another tab has written, until the signal is aborted.
   * @param leave called when this page goes
   */
  listen(changed: () => void, leave: () => void, signal: AbortSignal): void;
}

/**
 * Where there are no Web Locks or no BroadcastChannel (an insecure page, an old browser), one tab has the chat, and the others
 * say so. The text names the tab that has it, then any tab that asks whether it still lives.
 */
export class StorageLease implements Candidate {
  readonly #id = newId();
  #life: AbortController | undefined;
  #leads = false;
  #timer: unknown;

  constructor(
    readonly text: SharedText,
    readonly clock: Clock,
    readonly owner: LeadershipOwner,
  ) {}

  start(): void {
    if (this.#life) return;
    this.#listen();
    this.#ask();
  }

  stop(): void {
    this.clock.clearTimeout(this.#timer);
    this.#life?.abort();
    this.#life = undefined;
    if (this.#leads && this.#holder === this.#id) this.text.write(null);
    this.#leads = false;
  }

  /** Somebody looks at this tab again: whoever had the chat may have gone without a word. */
  heard(): void {
    if (this.#life && !this.#leads) this.#ask();
  }

  take(): void {
    if (this.#leads) return;
    if (!this.#life) this.#listen();
    this.clock.clearTimeout(this.#timer);
    this.#leads = true;
    this.text.write(this.#id);
    this.owner.lead();
  }

  #listen(): void {
    this.#life = new AbortController();
    this.text.listen(
      () => this.#changed(),
      () => this.stop(),
      this.#life.signal,
    );
  }

  get #holder(): string | undefined {
    return this.text.read()?.split(' ')[0];
  }

  #ask(): void {
    const holder = this.#holder;
    if (!holder || holder === this.#id) this.#claim();
    else {
      this.text.write(`${holder} ${newId()}`);
      this.#later(() => this.#claim(), ANSWER_MS);
    }
  }

  #claim(): void {
    this.text.write(this.#id);
    this.#later(() => {
      if (this.#holder === this.#id) this.take();
      else this.#ask();
    }, CLAIM_MS);
  }

  #later(what: () => void, ms: number): void {
    this.clock.clearTimeout(this.#timer);
    this.#timer = this.clock.setTimeout(what, ms);
  }

  #changed(): void {
    const text = this.text.read();
    const [holder, asks] = text?.split(' ') ?? [];
    if (this.#leads && !holder) this.text.write(this.#id);
    else if (holder === this.#id) {
      if (asks) this.text.write(this.#id);
    } else if (!holder) {
      if (!this.owner.hidden()) this.#ask();
    } else if (this.#leads || !asks) {
      // Another tab has taken it, by the word of the person in front of it, or claimed it.
      this.clock.clearTimeout(this.#timer);
      this.#leads = false;
      this.owner.elsewhere();
    }
  }
}

/**
 * A lease on an entry of the local storage.
 * @throws where the storage is refused
 */
export function leaseOn(key: string, clock: Clock, owner: LeadershipOwner): StorageLease {
  return new StorageLease(sharedText(key), clock, owner);
}

function sharedText(key: string): SharedText {
  const { localStorage } = globalThis;
  // Of this tab alone, if it cannot be written for want of room.
  let own: string | null = null;
  localStorage.getItem(key);
  return {
    read: () => localStorage.getItem(key) ?? own,
    write(text) {
      own = null;
      try {
        if (text === null) localStorage.removeItem(key);
        else localStorage.setItem(key, text);
      } catch {
        own = text;
      }
    },
    listen(changed, leave, signal) {
      // Not in Node.
      globalThis.addEventListener?.('storage', (event) => event.key === key && changed(), { signal });
      globalThis.addEventListener?.('pagehide', leave, { signal });
    },
  };
}
