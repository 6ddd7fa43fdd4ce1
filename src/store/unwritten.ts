import type { DeliveryOutcome } from '../client/events.js';
import type { DeliveryStatus, Message } from '../client/message.js';
import type { NewsKeeper, SessionMemory } from '../tabs/shared-client-options.js';
import { checkRecord, recordOf } from './archive-record.js';
import { newVisit, type Visit } from './archive-visit.js';
import { checkFact } from './facts.js';

/** A call of the keeper: the how manieth that the archive counts, if it does; which; and with what. */
interface Note {
  n?: number | undefined;
  readonly what: 'message' | 'delivery' | 'fact';
  readonly parts: readonly unknown[];
}

/** What a tab remembers: its visit, which of its pages wrote last, and what that one has left. */
interface Remembered {
  readonly id?: unknown;
  readonly page?: unknown;
  readonly notes?: unknown;
}

/** Who wrote into an archive last, and how much of it is there. */
export interface LastWriter {
  readonly page?: unknown;
  readonly done?: unknown;
}

/** Facts that are no change of what is kept, or, like `wiped`, none that is counted. */
const UNCOUNTED: readonly unknown[] = ['wiped', 'over', undefined];

/**
 * What the keeper of this page has been told, and has not written down. A page that goes leaves it to the next one of its tab, in
 * the one storage that takes it at once: else what was shown last would be gone, or, sent once more by the server, stand behind
 * what came later.
 */
export class Unwritten implements Visit {
  /** Name of this page: it is written down with what it writes. */
  readonly page = newVisit();
  readonly #notes = new Set<Note>();
  /** The page that wrote last, of this tab; this one as soon as it can. */
  #writer: unknown;
  /** What pages before this one have left, until it can be taken up. */
  #inherited: readonly unknown[];
  #count = 0;
  #isLeft = false;

  constructor(readonly memory: SessionMemory) {
    const { page, notes } = this.#remembered;
    this.#writer = page;
    this.#inherited = Array.isArray(notes) ? notes : [];
  }

  get(): string {
    return String(this.#remembered.id ?? '');
  }

  set(id: string | undefined): void {
    if (id === undefined) this.memory.write(undefined);
    else if (id !== this.#remembered.id) this.memory.write({ ...this.#remembered, id, page: this.#writer });
  }

  /** A keeper that does what this one does, and is followed. */
  readonly follow = (keeper: NewsKeeper): NewsKeeper => ({
    ...keeper,
    message: (message) => this.#until(keeper.message(message), 'message', message),
    delivery: (...own) => this.#until(keeper.delivery(...own), 'delivery', ...own),
    fact: (fact) => {
      if (checkFact(fact)?.fact === 'wiped') this.#forget();
      return this.#until(keeper.fact(fact), 'fact', fact);
    },
  });

  /**
   * The archive is open. What was left is written down, in its order, before anything else is: unless it was already, or somebody
   * else has written there since, who may have cleared it away.
   * @param keeper writes it at once, and is followed
   * @param last who wrote last; undefined: all was forgotten
   */
  takeUp(keeper: NewsKeeper, last: LastWriter | undefined): void {
    const [writer, inherited, waiting] = [this.#writer, this.#inherited, [...this.#notes]];
    this.#writer = this.page;
    this.#inherited = [];
    this.memory.write({ id: this.get(), page: this.page });
    this.#notes.clear();
    if (writer !== undefined && last?.page === writer)
      for (const note of inherited) if (!(Number(Object(note).n) <= Number(last.done))) replay(note, keeper);
    // What came before the archive was open is written behind that.
    for (const note of waiting) {
      note.n = this.#next(note);
      this.#notes.add(note);
    }
  }

  get #remembered(): Remembered {
    return Object(this.memory.read()) as Remembered;
  }

  /** Of what came before nothing may be left. */
  #forget(): void {
    this.#notes.clear();
    this.#inherited = [];
    this.memory.write(undefined);
  }

  readonly #leave = () => {
    this.#isLeft = true;
    const rest = { id: this.get(), page: this.#writer };
    // Where it is full this much stays.
    this.memory.write(rest);
    this.memory.write({ ...rest, notes: [...this.#inherited, ...this.#notes] });
  };

  async #until<T>(written: T, what: Note['what'], ...parts: readonly unknown[]): Promise<Awaited<T>> {
    if (this.#notes.size === 0) globalThis.addEventListener?.('pagehide', this.#leave);
    const note: Note = { what, parts };
    // Before the archive is open, nobody knows in which order it will count.
    if (this.#writer === this.page) note.n = this.#next(note);
    this.#notes.add(note);
    try {
      return await written;
    } finally {
      this.#notes.delete(note);
      if (this.#notes.size === 0) this.#rest();
    }
  }

  #next({ what, parts }: Note): number | undefined {
    if (what === 'fact' && UNCOUNTED.includes(checkFact(parts[0])?.fact)) return undefined;
    this.#count += 1;
    return this.#count;
  }

  #rest(): void {
    globalThis.removeEventListener?.('pagehide', this.#leave);
    // This page came back from the back-forward cache, and has done it itself.
    if (this.#isLeft && this.#remembered.page === this.page) this.memory.write({ id: this.get(), page: this.page });
    this.#isLeft = false;
  }
}

/** Whoever can run scripts on the page can write anything there. */
function replay(note: unknown, keeper: NewsKeeper): void {
  const { what, parts } = Object(note) as Partial<Note>;
  const [value, outcome, restored]: readonly unknown[] = Array.isArray(parts) ? parts : [];
  if (what === 'fact') keeper.fact(value);
  else if (!isMessage(value)) return;
  else if (what === 'message' && value.status === 'received') keeper.message(value).catch(() => {});
  else if (what === 'delivery' && typeof outcome === 'string')
    keeper.delivery(value, outcome as DeliveryOutcome, restored === true);
}

function isMessage(value: unknown): value is Message {
  const message = value as Message | null | undefined;
  return (
    typeof checkRecord(message ? recordOf('', message, message.status as DeliveryStatus, 0, 0) : undefined) === 'object'
  );
}
