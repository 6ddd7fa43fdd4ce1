import { type IDBPDatabase, openDB } from 'idb';
import { systemClock } from './clock.js';
import type { OutboxRecord, OutboxStorage } from './outbox-storage.js';

const DATABASE = 'harmonychat';
const VERSION = 1;
const OUTBOX = 'outbox';
/** "Connection to Indexed Database server lost" passes, as a rule: opening is tried again after so many ms. */
const REOPEN_MS = [100, 1_000];
const PASSING = new Set(['AbortError', 'InvalidStateError', 'UnknownError']);

/**
 * Keeps an outbox in IndexedDB. A page that is reloaded, crashes or is discarded finds what waited there.
 * @param scope tells the outboxes of one origin apart: server, application and user
 */
export function indexedDbOutbox(scope: string): OutboxStorage {
  return new IndexedDbOutbox(scope);
}

class IndexedDbOutbox implements OutboxStorage {
  emptied: (() => void) | undefined;
  #database: Promise<IDBPDatabase> | undefined;

  constructor(readonly scope: string) {}

  async claim(signal: AbortSignal): Promise<readonly unknown[]> {
    await this.#lock(signal);
    const database = await this.#open();
    return database.getAll(OUTBOX, this.#all());
  }

  async put(record: OutboxRecord): Promise<void> {
    await this.#write((database, options) => {
      const { store, done } = database.transaction(OUTBOX, 'readwrite', options);
      return Promise.all([store.put({ ...record, scope: this.scope }), done]);
    });
  }

  async delete(id: string): Promise<void> {
    await this.#write((database) => database.delete(OUTBOX, [this.scope, id]));
  }

  async clear(): Promise<void> {
    await this.#write((database) => database.delete(OUTBOX, this.#all()));
  }

  async #write(action: (database: IDBPDatabase, options: IDBTransactionOptions) => Promise<unknown>): Promise<void> {
    // `relaxed` outlives the page's process, not a power cut, and takes a millisecond instead of thirty.
    await action(await this.#open(), { durability: 'relaxed' });
  }

  /** All of this scope: an array sorts after every string. */
  #all(): IDBKeyRange {
    return IDBKeyRange.bound([this.scope], [this.scope, []]);
  }

  #open(): Promise<IDBPDatabase> {
    this.#database ??= this.#reopen(0);
    return this.#database;
  }

  async #reopen(tries: number): Promise<IDBPDatabase> {
    const forget = () => {
      this.#database = undefined;
    };
    try {
      const database: IDBPDatabase = await openDB(DATABASE, VERSION, {
        upgrade: (fresh) => fresh.createObjectStore(OUTBOX, { keyPath: ['scope', 'id'] }),
        // A later version of this client wants to change the database: whoever comes last must not wait for us.
        blocking: () => {
          forget();
          database.close();
        },
        terminated: () => {
          forget();
          this.emptied?.();
        },
      });
      return database;
    } catch (error) {
      const wait = REOPEN_MS[tries];
      if (wait === undefined || !PASSING.has((error as Error).name)) {
        forget();
        throw error;
      }
      await new Promise<void>((resolve) => systemClock.setTimeout(resolve, wait));
      return this.#reopen(tries + 1);
    }
  }

  /** Waits until no other page of the browser has this outbox. Without Web Locks (an insecure page) nobody can tell. */
  #lock(signal: AbortSignal): Promise<void> {
    const { locks } = navigator;
    if (!locks) return Promise.resolve();
    return new Promise((resolve, reject) => {
      const hold = () => {
        resolve();
        return new Promise<void>((release) => {
          signal.addEventListener('abort', () => release());
        });
      };
      locks.request(`${DATABASE} ${OUTBOX} ${this.scope}`, { signal }, hold).catch(reject);
    });
  }
}
