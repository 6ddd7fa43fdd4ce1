import type { Clock } from './clock.js';
import { StorageError } from './errors.js';
import type { Durability } from './events.js';
import { checkRecord, type OutboxRecord, type OutboxStorage } from './outbox-storage.js';

/** A message waits no longer than this to be written down before it is shown. */
const SAVE_MS = 150;
/** What was left by an earlier page goes out first; a storage that is slower than this must not stop the chat. */
const CLAIM_MS = 2_000;

/** What the keeper tells. */
export interface KeeperOwner {
  /** Messages of an earlier page, in typing order. May come at any time after a claim. */
  restored(records: readonly OutboxRecord[]): void;
  /** Nothing from before is expected any more, or not soon: what waits may be written. */
  ready(): void;
  /** The storage has lost what it held: everything is to be saved again. */
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
  /** The last thing done to each record: a storage may finish the next one first. */
  readonly #last = new Map<string, Promise<void>>();
  #tellReady: () => void = () => {};
  #seq = 0;
  /** Whether a failure was told since the last success. */
  #failed = false;

  constructor(
    readonly storage: OutboxStorage | undefined,
    readonly clock: Clock,
    readonly owner: KeeperOwner,
  ) {
    if (storage) storage.emptied = () => owner.emptied();
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
      clock.clearTimeout(timer);
      this.#settle();
    };
    void load();
    signal.addEventListener('abort', () => {
      clock.clearTimeout(timer);
      this.#ready = true;
      this.#tellReady();
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

  /** Writes a record down and calls `done` when that is certain, or when it is too slow or failed. */
  save(record: OutboxRecord, done: (() => void) | undefined): void {
    const { storage, clock } = this;
    if (!storage) {
      done?.();
      return;
    }
    let waits = done;
    let timer: unknown;
    const finish = () => {
      clock.clearTimeout(timer);
      waits?.();
      waits = undefined;
    };
    if (done) {
      timer = clock.setTimeout(() => {
        if (this.#ready) this.#fail(new Error(`not written within ${SAVE_MS} ms`));
        finish();
      }, SAVE_MS);
    }
    this.#next(record.id, () => storage.put(record)).then(
      () => {
        this.#become('disk');
        finish();
      },
      (cause) => {
        this.#fail(cause);
        finish();
      },
    );
    if (this.#failed) finish();
  }

  /** A message needs no keeping any more. Should this fail, a later page sends it again: as the same message. */
  forget(id: string): void {
    const { storage } = this;
    if (storage) void this.#next(id, () => storage.delete(id)).catch(() => {});
  }

  /** Forgets all of this user. */
  clear(): void {
    const { storage } = this;
    if (storage) void this.#whenReady.then(() => storage.clear()).catch(() => {});
  }

  #next(id: string, action: () => Promise<void>): Promise<void> {
    const before = this.#last.get(id) ?? this.#whenReady;
    const done = before.then(action, action);
    this.#last.set(id, done);
    const forget = () => {
      if (this.#last.get(id) === done) this.#last.delete(id);
    };
    done.then(forget, forget);
    return done;
  }

  #restore(values: readonly unknown[]): void {
    const byId = new Map<string, OutboxRecord>();
    for (const value of values) {
      const record = checkRecord(value);
      if (record === 'newer') continue;
      if (record === undefined || byId.has(record.id)) this.owner.dropped();
      else byId.set(record.id, record);
    }
    const records = [...byId.values()];
    records.sort((a, b) => a.seq - b.seq);
    this.#seq = Math.max(this.#seq, records.at(-1)?.seq ?? 0);
    this.#become('disk');
    this.owner.restored(records);
  }

  #settle(): void {
    if (this.#ready) return;
    this.#ready = true;
    this.#tellReady();
    this.owner.ready();
  }

  #fail(cause: unknown): void {
    if (this.#failed) return;
    this.#failed = true;
    this.#become('memory', new StorageError('What waits to be sent cannot be kept on this device', { cause }));
  }

  #become(durability: Durability, error?: StorageError): void {
    if (durability === 'disk') this.#failed = false;
    if (this.#durability === durability && !error) return;
    this.#durability = durability;
    this.owner.durability(durability, error);
  }
}
