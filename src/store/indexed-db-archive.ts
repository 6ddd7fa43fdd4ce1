import { type Clock, systemClock } from '../client/clock.js';
import type { DeliveryOutcome } from '../client/events.js';
import { isWaiting, type Message } from '../client/message.js';
import type { Archive, ArchiveOptions, ArchivePage, ArchiveState } from './archive.js';
import { ArchiveConnection } from './archive-connection.js';
import { type ArchiveTransaction, behindAll, PATIENCE_MS, type ScopeRow, under } from './archive-database.js';
import { type Bad, missingBehind, newest, outcomeOf, stateOf } from './archive-reading.js';
import { messageOf } from './archive-record.js';
import { type ArchiveLimits, checkRow, isForgotten, sweep, trim, wipe } from './archive-room.js';
import { alone, newVisit, takePart } from './archive-visit.js';
import { ArchiveWriting, type Known, type Work } from './archive-writing.js';
import { within } from './within.js';
import { WriteQueue } from './write-queue.js';

/** So much is left of what there may be, when there is too much: trimming is not for each message. */
const AFTER_TRIM = 0.95;

/** Opens the archive of a user in IndexedDB. Rejects where that is impossible, or not done after 10 s. */
export async function openArchive(options: ArchiveOptions): Promise<Archive> {
  const archive = new IndexedDbArchive(options);
  try {
    await within(PATIENCE_MS, () => archive.begin(), { clock: archive.clock });
    return archive;
  } catch (error) {
    archive.close();
    throw error;
  }
}

class IndexedDbArchive implements Archive {
  readonly clock: Clock;
  readonly limits: ArchiveLimits;
  #visit = '';
  readonly #connection: ArchiveConnection;
  /** Of its part in the visit. */
  #life = new AbortController();
  #isResting = false;
  /** Own messages that were cleared away before their end was known. */
  readonly #cleared = new Set<unknown>();
  readonly #known: Known = { typed: new Map(), whole: new Set(), parts: new Map() };
  readonly #queue: WriteQueue;
  /** Changes that are made. */
  #done = 0;

  constructor(readonly options: ArchiveOptions) {
    this.clock = options.clock ?? systemClock;
    this.#connection = new ArchiveConnection(this.clock);
    this.limits = options.limits ?? { messages: 10_000, bytes: 10_000_000 };
    this.#queue = new WriteQueue(
      (work) => this.#awake(work),
      (work, n) => this.#count(work, n),
    );
  }

  /** Joins the visit that goes on, or begins one. */
  begin(): Promise<void> {
    this.#life = new AbortController();
    return alone(this.options.scope, async (isAlone) => {
      // Asked for already while we have it alone: so nobody else can have it alone in between.
      const part = takePart(this.options.scope, this.#life.signal);
      if (!isAlone) await part;
      await this.#join(isAlone);
    });
  }

  state(): Promise<ArchiveState> {
    const { scope, visit } = this.options;
    return this.#read(async (transaction, bad) => {
      this.#known.whole.clear();
      const row = checkRow(await transaction.objectStore('scopes').get(scope));
      if (row) visit.set(row.visit);
      return stateOf(transaction, scope, bad);
    });
  }

  page(peerId: string, limit: number, before?: number): Promise<ArchivePage> {
    const key: [string, string] = [this.options.scope, peerId];
    return this.#read(async (transaction, bad) => {
      const line = transaction.objectStore('messages').index('place');
      const range = IDBKeyRange.bound(key, before === undefined ? behindAll(...key) : [...key, before], false, true);
      const { records, isAll } = await newest(line, range, bad, limit);
      const missing = before === undefined ? await missingBehind(transaction, ...key, records) : undefined;
      return { messages: records.map(messageOf), before: isAll ? undefined : records[0]?.place, missing };
    });
  }

  received(message: Message): Promise<void> {
    return this.#write(async (writing) => {
      if (!(await writing.find(message.id))) await writing.append(message, 'received');
    }, message.id);
  }

  delivery(message: Message, outcome: DeliveryOutcome, restored = false): Promise<void> {
    const { id } = message;
    return this.#write(async (writing) => {
      if (outcome === 'cancelled' || outcome === 'removed') return writing.delete([id]);
      const known = await writing.find(id);
      if (known === undefined) {
        // It ended well after it was cleared away, or is on its way. On the screen too, only what failed comes back.
        if (outcome === 'delivered' || (outcome !== 'failed' && this.#cleared.has(id))) return;
        await writing.add(message, outcome, restored);
      } else if (known !== 'newer' && known.status !== 'received') {
        // A tab that was stopped tells late what it knew before the end.
        if (isWaiting(known.status) || !isWaiting(outcome)) writing.put({ ...known, status: outcome });
      }
    }, id);
  }

  outcome(id: string): Promise<DeliveryOutcome> {
    return this.#read((transaction) => outcomeOf(transaction, this.options.scope, id));
  }

  insert(
    peerId: string,
    after: string | undefined,
    messages: readonly Message[],
    news: readonly string[],
    isAll = false,
  ): Promise<void> {
    const ids = messages.map(({ id }) => id);
    return this.#write((writing) => writing.insert(peerId, after, messages, news, isAll), ...ids);
  }

  erase(peerId: string, id: string): Promise<void> {
    return this.#write((writing) => writing.erase(peerId, id), id);
  }

  read(peerId: string): Promise<void> {
    return this.#write((writing) => writing.read(peerId));
  }

  clear(peerId?: string): Promise<void> {
    const { scope, visit } = this.options;
    if (peerId === undefined)
      return this.#inTurn(async () => {
        await this.#connection.transact('readwrite', (all) => {
          const gone = wipe(all, scope);
          // Also if this page is left now.
          all.commit();
          return gone;
        });
        visit.set(undefined);
      });
    return this.#write(async (writing) => {
      const { messages, transaction } = writing;
      const values = await messages.index('place').getAll(under(scope, peerId));
      for (const { id, status } of values) if (isWaiting(status)) this.#cleared.add(id);
      await writing.delete(values.map(({ id }) => id as string));
      writing.forget(peerId);
      await transaction.objectStore('marks').delete([scope, peerId]);
    });
  }

  rest(): void {
    this.#queue.end();
    void this.#connection.inTurn(async () => {
      this.#isResting = true;
      this.#connection.rest();
      this.#life.abort();
    });
  }

  close(): void {
    this.#queue.end();
    void this.#connection.close().then(() => {
      this.#isResting = false;
      this.#life.abort();
    });
  }

  async #join(isAlone: boolean): Promise<void> {
    const { scope, lifetime, visit, joined } = this.options;
    const own = visit.get();
    const { forgotten, last } = await this.#connection.transact('readwrite', async (transaction) => {
      const scopes = transaction.objectStore('scopes');
      const stored = checkRow(await scopes.get(scope));
      const isOver = lifetime === 'session' && isAlone && (!stored || stored.visit !== own);
      if (isOver) await wipe(transaction, scope);
      this.#visit = (isOver ? undefined : stored?.visit) ?? ((!isAlone && own) || newVisit());
      const row = (!isOver && stored) || (await sweep(transaction, this.#newRow()));
      await scopes.put({ ...row, lifetime, ...this.#signed, visit: this.#visit });
      const others = (await scopes.getAll()).filter((value) => isForgotten(value, this.clock.now()));
      return { forgotten: others.map((value) => value.scope as string), last: isOver ? undefined : stored };
    });
    visit.set(this.#visit);
    joined?.(last);
    for (const other of forgotten) this.#forget(other).catch(() => {});
  }

  /** Deletes what a visit of somebody else left, unless it goes on. */
  #forget(scope: string): Promise<void> {
    return alone(scope, async (isAlone) => {
      if (!isAlone) return;
      await this.#connection.inTurn(() =>
        this.#connection.transact('readwrite', async (transaction) => {
          const value = await transaction.objectStore('scopes').get(scope);
          if (isForgotten(value, this.clock.now())) await wipe(transaction, scope);
        }),
      );
    });
  }

  #newRow(): ScopeRow {
    const { scope, lifetime } = this.options;
    return { scope, lifetime, visit: this.#visit, touched: 0, messages: 0, bytes: 0, next: 0 };
  }

  async #read<T>(work: (transaction: ArchiveTransaction, bad: Bad) => Promise<T>): Promise<T> {
    const bad = { isThere: false };
    const found = await this.#inTurn(() =>
      this.#connection.transact('readonly', (transaction) => work(transaction, bad)),
    );
    if (bad.isThere)
      this.#queue.add({ work: ({ transaction, row }) => sweep(transaction, row), ids: [] }).catch(() => {});
    return found;
  }

  /** Does this when everything that was asked for is done, and before what is asked for later. */
  #inTurn<T>(work: () => Promise<T>): Promise<T> {
    this.#queue.end();
    return this.#awake(work);
  }

  #awake<T>(work: () => Promise<T>): Promise<T> {
    return this.#connection.inTurn(async () => {
      if (this.#isResting) await this.begin();
      this.#isResting = false;
      return work();
    });
  }

  #write(work: Work, ...ids: readonly string[]): Promise<void> {
    return this.#queue.write(work, ids);
  }

  /** Writes in one transaction, the counts too, and trims what is too much by then. */
  async #count(work: Work, n = this.#done): Promise<void> {
    const { messages, bytes } = this.limits;
    this.#done = n;
    const write = async (transaction: ArchiveTransaction) => {
      transaction.done.catch(() => {
        this.#known.whole.clear();
        this.#known.parts.clear();
      });
      const scopes = transaction.objectStore('scopes');
      const stored = checkRow(await scopes.get(this.options.scope));
      const row = stored ?? (await sweep(transaction, this.#newRow()));
      const writing = new ArchiveWriting(transaction, row, this.#known);
      await work(writing);
      await writing.done();
      const isOver = () => row.messages > messages || row.bytes > bytes;
      // Nothing goes for a number that somebody else has written there.
      if (isOver()) await sweep(transaction, row);
      if (isOver()) await trim(transaction, row, { messages: messages * AFTER_TRIM, bytes: bytes * AFTER_TRIM });
      // After everything was forgotten, what comes late leaves nothing.
      if (!stored && row.messages === 0) return;
      // The tab may have been made to forget it, and another one may have begun a new visit.
      this.options.visit.set(row.visit);
      const last = scopes.put({ ...row, ...this.#signed });
      transaction.commit();
      await last;
    };
    await this.#connection.transact('readwrite', write);
  }

  /** When this page wrote, and how much. */
  get #signed(): Pick<ScopeRow, 'touched' | 'page' | 'done'> {
    return { touched: this.clock.now(), page: this.options.page, done: this.#done };
  }
}
