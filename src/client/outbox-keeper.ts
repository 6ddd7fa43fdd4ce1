import type { Clock } from './clock.js';
import { StorageError } from './errors.js';
import type { Durability } from './events.js';
import { checkRecord, type OutboxRecord, type OutboxStorage } from './outbox-storage.js';

/** A message waits no longer than this to be written down before it is shown. */
const SAVE_MS = 150;
/** What is not written down by then will not be, and that is told. */
const HOPE_MS = 2_000;
/** What was left by an earlier page goes out first; a storage that is slower than this must not stop the chat. */
const CLAIM_MS = 2_000;

/** A message that is shown when its time has come, and those before it are. */
interface Turn {
  readonly done: (() => void) | undefined;
  isDue: boolean;
}

/** What the keeper tells. */
export interface KeeperOwner {
  /** Messages of an earlier page, in typing order. May come at any time after a claim. */
  restored(records: readonly OutboxRecord[]): void;
  /** Nothing from before is expected any more, or not soon: what waits may be written. */
  ready(): void;
  /** The storage does not hold everything: all is to be saved again. */
  emptied(): void;
  durability(durability: Durability, error: StorageError | undefined): void;
  /** A stored record was no message. */
  dropped(): void;
}

/** Writes down what waits, in a storage that may be absent, slow, full or broken: then it is kept in memory only. */
export class OutboxKeeper {
  #durability: Durability = 'memory';
  #claim: AbortController | undefined;
  #ready = true;
  #whenReady: Promise<void> = Promise.resolve();
  #tellReady: (() => void) | undefined;
  #seq = 0;
  /** In the order of `save()`. */
  readonly #turns: Turn[] = [];
  /** Whether there was a failure, or a wait in vain, and no success since. */
  #failed = false;
  #isSlow = false;
  /** What was forgotten and may still be in the storage, or in what was read of it: it must not come back. */
  readonly #forgotten = new Set<string>();
  #reading = false;
  /** What should be in the storage and is not, as far as is known. */
  readonly #unsaved = new Set<string>();

  constructor(
    readonly storage: OutboxStorage | undefined,
    readonly clock: Clock,
    readonly owner: KeeperOwner,
  ) {
    if (!storage) return;
    storage.emptied = () => {
      this.#become('memory');
      owner.emptied();
    };
  }

  get durability(): Durability {
    return this.#durability;
  }

  /** False while messages of an earlier page may still come, which go first. */
  get ready(): boolean {
    return this.#ready;
  }

  /** Takes the outbox over, from an earlier page or from a page that was kicked out. */
  claim(): void {
    const { storage, clock } = this;
    if (!storage || this.#claim) return;
    this.#claim = new AbortController();
    const { signal } = this.#claim;
    this.#ready = false;
    this.#reading = true;
    this.#whenReady = new Promise((resolve) => {
      this.#tellReady = resolve;
    });
    const timer = clock.setTimeout(() => this.#settle(), CLAIM_MS);
    const load = async () => {
      try {
        const values = [...(await storage.claim(signal))];
        if (!signal.aborted) this.#restore(values);
      } catch (cause) {
        if (!signal.aborted) this.#fail(cause);
      }
      if (signal.aborted) return;
      this.#reading = false;
      clock.clearTimeout(timer);
      this.#settle();
    };
    void load();
    signal.addEventListener('abort', () => {
      clock.clearTimeout(timer);
      this.#reading = false;
      this.#ready = true;
      this.#tellReady?.();
    });
  }

  /** Gives the outbox back, so that another page may send what waits. */
  release(): void {
    this.#claim?.abort();
    this.#claim = undefined;
  }

  /** The place of a new message in typing order. */
  next(): number {
    this.#seq = Math.max(this.clock.now(), this.#seq + 1);
    return this.#seq;
  }

  /**
   * Writes a record down and calls `done` when that is certain, or when it is too slow or failed; never before that of a record
   * which came earlier: what is shown then stays where it is.
   */
  save(record: OutboxRecord, done: (() => void) | undefined): void {
    const { storage, clock } = this;
    if (!storage) {
      done?.();
      return;
    }
    this.#unsaved.add(record.id);
    const turn: Turn = { done, isDue: false };
    let timer: unknown;
    const finish = () => {
      clock.clearTimeout(timer);
      turn.isDue = true;
      while (this.#turns[0]?.isDue) this.#turns.shift()?.done?.();
    };
    if (done) {
      this.#turns.push(turn);
      timer = clock.setTimeout(() => {
        this.#isSlow = this.#ready;
        this.#become('memory');
        finish();
        timer = clock.setTimeout(() => this.#fail(new Error(`not written within ${HOPE_MS} ms`)), HOPE_MS - SAVE_MS);
      }, SAVE_MS);
    }
    this.#whenReady
      .then(() => (this.#forgotten.has(record.id) ? undefined : storage.put(record)))
      .then(
        () => {
          this.#saved(record.id);
          finish();
        },
        (cause) => {
          this.#fail(cause);
          finish();
        },
      );
    if (this.#failed || this.#isSlow) finish();
  }

  /** A message needs no keeping any more. Should this fail, a later page sends it again: as the same message. */
  forget(id: string): void {
    const { storage } = this;
    this.#unsaved.delete(id);
    this.#forgotten.add(id);
    if (!storage) return;
    const done = () => {
      if (!this.#reading) this.#forgotten.delete(id);
    };
    // At once, though the storage may still be read: this page may be gone before that ends.
    Promise.resolve()
      .then(() => storage.delete(id))
      .then(done, done);
  }

  /** Forgets all of this user. */
  clear(): void {
    const { storage } = this;
    if (storage) void this.#whenReady.then(() => storage.clear()).catch(() => {});
  }

  #restore(values: readonly unknown[]): void {
    const byId = new Map<string, OutboxRecord>();
    for (const value of values) {
      const record = checkRecord(value);
      if (record === 'newer' || (record && this.#forgotten.has(record.id))) continue;
      if (record === undefined || byId.has(record.id)) this.owner.dropped();
      else byId.set(record.id, record);
    }
    const records = [...byId.values()];
    records.sort((a, b) => a.seq - b.seq);
    this.#seq = Math.max(this.#seq, records.at(-1)?.seq ?? 0);
    // Only a write shows that writing works again.
    if (this.#unsaved.size === 0 && !this.#failed) this.#become('disk');
    this.owner.restored(records);
  }

  #settle(): void {
    if (this.#ready) return;
    this.#ready = true;
    this.#tellReady?.();
    this.owner.ready();
  }

  #saved(id: string): void {
    this.#unsaved.delete(id);
    this.#isSlow = false;
    if (this.#failed) {
      this.#failed = false;
      // What could not be written in between.
      this.owner.emptied();
    }
    if (this.#unsaved.size === 0) this.#become('disk');
  }

  #fail(cause: unknown): void {
    if (this.#failed) return;
    this.#failed = true;
    this.#become('memory', new StorageError('What waits to be sent cannot be kept on this device', { cause }));
  }

  #become(durability: Durability, error?: StorageError): void {
    if (this.#durability === durability && !error) return;
    this.#durability = durability;
    this.owner.durability(durability, error);
  }
}
