import type { Clock } from '../client/clock.js';
import { type ArchiveDatabase, type ArchiveTransaction, openDatabase, STORES } from './archive-database.js';
import { onPageCache } from './page-cache.js';

/** A connection that refuses everything is replaced so many times in a row. */
const REOPENINGS = 2;

/**
 * Does one thing after the other in the database, and opens it again where the connection was lost. A page that goes into the
 * back-forward cache gives up what it is at, and does it anew when it is back: no answer reaches it there, so it would keep all
 * others from reading and writing, and Chromium throws such a page away. What is committed already takes no answer.
 */
export class ArchiveConnection {
  #database: ArchiveDatabase | undefined;
  #isClosed = false;
  #lastTurn: Promise<unknown> = Promise.resolve();
  #running: ArchiveTransaction | undefined;
  readonly #givenUp = new WeakSet<ArchiveTransaction>();
  /** While the page is in the cache: until it is back. */
  #stay: Promise<void> | undefined;
  #end = () => {};
  /** While it follows the page. */
  #life: AbortController | undefined;

  constructor(readonly clock: Clock) {}

  /** Does this when everything before it is done, well or not. */
  inTurn<T>(work: () => Promise<T>): Promise<T> {
    const turn = this.#lastTurn.then(work);
    this.#lastTurn = turn.catch(() => {});
    return turn;
  }

  /** In one transaction: all of it or nothing. Resolves when it is committed. */
  async transact<T>(
    mode: 'readonly' | 'readwrite',
    work: (transaction: ArchiveTransaction) => Promise<T>,
    reopenings = REOPENINGS,
  ): Promise<T> {
    if (this.#isClosed) throw new DOMException('The archive is closed', 'InvalidStateError');
    this.#follow();
    this.#database ??= await openDatabase(this.clock);
    const database = this.#database;
    // Meanwhile: it refuses now.
    if (this.#isClosed) database.close();
    let transaction: ArchiveTransaction;
    try {
      // `relaxed` outlives the page's process, not a power cut, and takes a millisecond instead of thirty.
      transaction = database.transaction(STORES, mode as 'readwrite', { durability: 'relaxed' });
    } catch (error) {
      // Closed for a later version, or lost; or dead, though nobody said so.
      database.close();
      this.#database = undefined;
      if (reopenings === 0) throw error;
      return this.transact(mode, work, reopenings - 1);
    }
    this.#running = transaction;
    try {
      const working = work(transaction);
      if (this.#stay) this.#giveUp(transaction);
      const [result] = await Promise.all([working, transaction.done]);
      return result;
    } catch (error) {
      if (this.#givenUp.has(transaction)) {
        await this.#stay;
        return this.transact(mode, work);
      }
      try {
        transaction.abort();
      } catch {
        // It was aborted already, and says why.
      }
      throw transaction.error ?? error;
    } finally {
      if (this.#running === transaction) this.#running = undefined;
    }
  }

  /** Follows the page no longer, until something is asked of it again. */
  rest(): void {
    this.#life?.abort();
    this.#life = undefined;
  }

  #follow(): void {
    if (this.#life) return;
    this.#life = new AbortController();
    const leave = () => {
      this.#stay ??= new Promise((resolve) => {
        this.#end = resolve;
      });
      if (this.#running) this.#giveUp(this.#running);
    };
    const back = () => {
      this.#stay = undefined;
      this.#end();
    };
    onPageCache('pagehide', leave, this.#life.signal);
    onPageCache('pageshow', back, this.#life.signal);
  }

  #giveUp(transaction: ArchiveTransaction): void {
    try {
      transaction.abort();
      this.#givenUp.add(transaction);
    } catch {
      // It is committed, or was aborted.
    }
  }

  /** Closes it when everything before is done. Whatever is asked later is refused. */
  close(): Promise<void> {
    return this.inTurn(async () => {
      this.#isClosed = true;
      this.#database?.close();
      this.rest();
    });
  }
}
