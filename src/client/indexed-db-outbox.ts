import { systemClock } from './clock.js';
import type { OutboxRecord, OutboxStorage } from './outbox-storage.js';

const DATABASE = 'harmonychat';
const VERSION = 1;
const OUTBOX = 'outbox';
/** "Connection to Indexed Database server lost" passes, as a rule: opening is tried again after so many ms. */
const REOPEN_MS = [100, 1_000];
/** A request to open it that is made while the browser deletes it may never be answered: seen once in Chromium. */
const OPEN_MS = 5_000;
const PASSING = new Set(['AbortError', 'InvalidStateError', 'UnknownError']);

/**
 * Keeps an outbox in IndexedDB. A page that is reloaded, crashes or is discarded finds what waited there.
 * @param scope tells the outboxes of one origin apart: server, application and user
 * @param isLocked whether it sees to it that one client at a time has it; else the caller does. Default true
 */
export function indexedDbOutbox(scope: string, isLocked = true): OutboxStorage {
  return new IndexedDbOutbox(scope, isLocked);
}

class IndexedDbOutbox implements OutboxStorage {
  emptied: (() => void) | undefined;
  #database: Promise<IDBDatabase> | undefined;

  constructor(
    readonly scope: string,
    readonly isLocked: boolean,
  ) {}

  async claim(signal: AbortSignal): Promise<readonly unknown[]> {
    if (this.isLocked) await this.#lock(signal);
    return this.#transact('readonly', (store) => store.getAll(this.#all()));
  }

  async put(record: OutboxRecord): Promise<void> {
    await this.#transact('readwrite', (store) => store.put({ ...record, scope: this.scope }));
  }

  async delete(id: string): Promise<void> {
    await this.#transact('readwrite', (store) => store.delete([this.scope, id]));
  }

  async clear(): Promise<void> {
    await this.#transact('readwrite', (store) => store.delete(this.#all()));
  }

  /** Resolves when it is committed. */
  async #transact<T>(mode: IDBTransactionMode, ask: (store: IDBObjectStore) => IDBRequest<T>, tries = 0): Promise<T> {
    this.#database ??= this.#reopen(0);
    const opening = this.#database;
    const database = await opening;
    let transaction: IDBTransaction;
    try {
      // `relaxed` outlives the page's process, not a power cut, and takes a millisecond instead of thirty.
      transaction = database.transaction(OUTBOX, mode, { durability: 'relaxed' });
    } catch (error) {
      // The connection is dead, though nobody said so. All who find that wait for the same new one: in the order of their calls.
      if (this.#database === opening) this.#database = undefined;
      if (tries === REOPEN_MS.length) throw error;
      return this.#transact(mode, ask, tries + 1);
    }
    return new Promise((resolve, reject) => {
      const request = ask(transaction.objectStore(OUTBOX));
      // Else the page is asked once more whether that was all: one that is left meanwhile does not answer, and nothing is written.
      transaction.commit();
      transaction.oncomplete = () => resolve(request.result);
      // Every failure ends in an abort, a full disk too.
      transaction.onabort = () => reject(transaction.error);
    });
  }

  /** All of this scope, whatever their ids are. */
  #all(): IDBKeyRange {
    return IDBKeyRange.bound([this.scope], [`${this.scope}\0`], true, true);
  }

  async #reopen(tries: number): Promise<IDBDatabase> {
    try {
      const database = await openDatabase();
      // Closed, not by us: the site's data was cleared, or the browser lost it. Or somebody wants to delete the database, or a
      // later version of this client wants to change it: whoever comes last must not wait for us.
      database.onclose = database.onversionchange = ({ newVersion }: Event & { newVersion?: number | null }) => {
        this.#database = undefined;
        database.close();
        if (!newVersion) this.emptied?.();
      };
      return database;
    } catch (error) {
      const wait = REOPEN_MS[tries];
      if (wait === undefined || !PASSING.has((error as Error).name)) {
        this.#database = undefined;
        throw error;
      }
      await new Promise<void>((resolve) => systemClock.setTimeout(resolve, wait));
      return this.#reopen(tries + 1);
    }
  }

  /**
   * Waits until no other page of the browser has this outbox. Without Web Locks (an insecure page), or where they are refused,
   * nobody can tell.
   */
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
      locks
        .request(`${DATABASE} ${OUTBOX} ${this.scope}`, { signal }, hold)
        .catch((error) => (signal.aborted ? reject(error) : resolve()));
    });
  }
}

function openDatabase(): Promise<IDBDatabase> {
  return new Promise((resolve, reject) => {
    const request = indexedDB.open(DATABASE, VERSION);
    let isLate = false;
    const timer = systemClock.setTimeout(() => {
      isLate = true;
      reject(new DOMException(`not opened within ${OPEN_MS} ms`, 'AbortError'));
    }, OPEN_MS);
    request.onupgradeneeded = () => request.result.createObjectStore(OUTBOX, { keyPath: ['scope', 'id'] });
    request.onsuccess = () => {
      systemClock.clearTimeout(timer);
      if (isLate) request.result.close();
      resolve(request.result);
    };
    request.onerror = () => {
      systemClock.clearTimeout(timer);
      reject(request.error);
    };
  });
}
