import { type Frame, FrameType } from './frames.js';
import { parseLogin } from './login.js';

/** One thing that happened on one socket, as the server saw it. */
export interface JournalEntry {
  /** Running number of the entry, from 0. */
  readonly n: number;
  /** Wall time in milliseconds since 1970. */
  readonly t: number;
  /** Number of the socket, from 1 in the order of acceptance. */
  readonly socket: number;
  /** The user of the socket, or the id that it claims so far. */
  readonly user: string | null;
  /** `in`: from the client; `out`: to the client; `close` has `code`, `reason` and `by`. */
  readonly dir: 'open' | 'in' | 'out' | 'close';
  readonly text?: string;
  /** The frame in `text`; missing if it is malformed. */
  readonly frame?: Frame;
  readonly code?: number;
  readonly reason?: string;
  readonly by?: 'server' | 'client';
}

/** Every member given must be equal. `after` asks for entries with a higher `n`. */
export interface JournalQuery {
  readonly user?: string;
  readonly socket?: number;
  readonly dir?: JournalEntry['dir'];
  /** Frame type, see `FrameType`. */
  readonly type?: number;
  readonly fp?: string;
  readonly content?: string;
  readonly from?: string;
  readonly to?: string;
  readonly after?: number;
}

type Predicate = (entry: JournalEntry) => boolean;

/** What happened in the gateway, oldest first. Past `capacity` entries the oldest are dropped. */
export class Journal implements Iterable<JournalEntry> {
  readonly #capacity: number;
  readonly #listeners = new Set<(entry: JournalEntry) => void>();
  #entries: JournalEntry[] = [];
  #next = 0;

  constructor(capacity = 10_000) {
    this.#capacity = capacity;
  }

  get length(): number {
    return this.#entries.length;
  }

  /** `n` of the newest entry, -1 if there is none; for `after` of a later query. */
  get last(): number {
    return this.#next - 1;
  }

  at(index: number): JournalEntry | undefined {
    return this.#entries.at(index);
  }

  [Symbol.iterator](): Iterator<JournalEntry> {
    return this.#entries[Symbol.iterator]();
  }

  add(entry: Omit<JournalEntry, 'n'>): void {
    const numbered = { n: this.#next++, ...entry };
    this.#entries.push(numbered);
    // Dropped in blocks: taking one from the head of a long array for every entry would be slow.
    if (this.#entries.length > this.#capacity * 1.1) this.#entries = this.#entries.slice(-this.#capacity);
    for (const listener of [...this.#listeners]) listener(numbered);
  }

  /** Entries that match. */
  filter(query: JournalQuery | Predicate): JournalEntry[] {
    return this.#entries.filter(predicate(query));
  }

  /** Well-formed frames that match, in both directions unless the query says one. */
  frames(query: JournalQuery = {}): Frame[] {
    return this.filter(query).flatMap((entry) => (entry.frame ? [entry.frame] : []));
  }

  /** Login frames received for a user id. */
  logins(userId: string): JournalEntry[] {
    return this.filter({ dir: 'in', type: FrameType.login }).filter(
      (entry) => parseLogin(entry.frame?.dataContent ?? null)?.userId === userId,
    );
  }

  /** The first entry that matches, whether it is here already or still to come. Waits without end: tests have their own limit. */
  waitFor(query: JournalQuery | Predicate): Promise<JournalEntry> {
    const matches = predicate(query);
    const known = this.#entries.find(matches);
    if (known) return Promise.resolve(known);
    return new Promise((resolve) => {
      const unsubscribe = this.subscribe((entry) => {
        if (!matches(entry)) return;
        unsubscribe();
        resolve(entry);
      });
    });
  }

  /** Calls `listener` for every new entry until the returned function is called. */
  subscribe(listener: (entry: JournalEntry) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  clear(): void {
    this.#entries = [];
  }
}

function predicate(query: JournalQuery | Predicate): Predicate {
  if (typeof query === 'function') return query;
  const { user, socket, dir, type, fp, content, from, to, after } = query;
  const equal = (wanted: unknown, found: unknown): boolean => wanted === undefined || wanted === found;
  return (entry) =>
    equal(user, entry.user) &&
    equal(socket, entry.socket) &&
    equal(dir, entry.dir) &&
    equal(type, entry.frame?.type) &&
    equal(fp, entry.frame?.fp) &&
    equal(content, entry.frame?.dataContent) &&
    equal(from, entry.frame?.from) &&
    equal(to, entry.frame?.to) &&
    (after === undefined || entry.n > after);
}
