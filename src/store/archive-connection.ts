import type { Clock } from '../client/clock.js';
import { type ArchiveDatabase, type ArchiveTransaction, openDatabase, STORES } from './archive-database.js';

/** A connection that refuses everything is replaced so many times in a row. */
const REOPENINGS = 2;

/** Does one thing after the other in the database, and opens it again where the connection was lost. */
export class ArchiveConnection {
  #database: ArchiveDatabase | undefined;
  #isClosed = false;
  #lastTurn: Promise<unknown> = Promise.resolve();

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
    try {
      const [result] = await Promise.all([work(transaction), transaction.done]);
      return result;
    } catch (error) {
      try {
        transaction.abort();
      } catch {
        // It was aborted already, and says why.
      }
      throw transaction.error ?? error;
    }
  }

  /** Closes it when everything before is done. Whatever is asked later is refused. */
  close(): Promise<void> {
    return this.inTurn(async () => {
      this.#isClosed = true;
      this.#database?.close();
    });
  }
}
