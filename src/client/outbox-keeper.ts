import type { Clock } from './clock.js';
import { StorageError } from './errors.js';
import type { Durability } from './events.js';
import type { LeftReader } from './late-keeper.js';
import { CLAIM_MS, checkRecord, type OutboxRecord, type OutboxStorage, SAVE_MS } from './outbox-storage.js';

/** What is not written down by then will not be, and that is told. */
const HOPE_MS = 2_000;
/** A storage that could not be read may be readable a while later; one that is full may have room. */
const RETRY_MS = 5_000;
/** So many requests may go unanswered: all messages of an outbox, several times. More would only fill the memory (I17). */
const MAX_ASKED = 2_000;

/** A message that is shown when its time has come, and those before it are. */
interface Turn {
  readonly done: (() => void) | undefined;
  isDue: boolean;
}

/** What the keeper tells. */
export interface KeeperOwner extends LeftReader {
  /** Messages of an earlier page, in typing order. May come at any time after a claim. */
  restored(records: readonly OutboxRecord[]): void;
  /**
   * Messages that were safe in the storage and have left it: another page saw them delivered, or taken back. They are removed, as
   * nobody here knows which (I2).
   */
  gone(ids: readonly string[]): void;
  /** Whether what waits is on its way. */
  isConnected(): boolean;
  /** Nothing from before is expected any more, or not soon: what waits may be written. */
  ready(): void;
  /** The storage does not hold everything: all is to be saved again. */
  emptied(): void;
  durability(durability: Durability, error: StorageError | undefined): void;
  /** A stored record was no message. */
  dropped(): void;
}

/** Writes down what waits, in a storage that may be slow, full or broken: then it is kept in memory only. */
export class OutboxKeeper {
  #durability: Durability = 'memory';
  /** Of the latest try; given up with it. */
  #claim: AbortController | undefined;
  /** Ends the patience with a claim, or begins the next try. */
  #timer: unknown;
  #ready = true;
  /** In the order of `save()`. */
  readonly #turns: Turn[] = [];
  /** What went wrong, a wait in vain too, when there was no success since. */
  #failed: StorageError | undefined;
  /** The same, of the claim. */
  #unread: StorageError | undefined;
  #isSlow = false;
  /** What was forgotten and may still be in the storage, or in what was read of it: it must not come back. */
  #forgotten = new Set<string>();
  #reading = false;
  /** What should be in the storage and is not, as far as is known. */
  readonly #unsaved = new Set<string>();
  /** When all of that was last written again. */
  #savedAgainAt = Number.NEGATIVE_INFINITY;
  /** What is in the storage, unless another page takes it. */
  readonly #safe = new Set<string>();
  /** Requests that were not answered yet. */
  #asked = 0;

  constructor(
    readonly storage: OutboxStorage,
    readonly clock: Clock,
    readonly owner: KeeperOwner,
  ) {
    storage.emptied = () => {
      this.#safe.clear();
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

  /**
   * Takes the outbox over, from an earlier page or from a page that was kicked out.
   * @param isAwaited false: what waits is on its way already
   */
  claim(isAwaited = true): void {
    if (this.#claim) return;
    this.#ready = !isAwaited;
    if (isAwaited) this.#timer = this.clock.setTimeout(() => this.#settle(), CLAIM_MS);
    void this.#read();
  }

  /** Reads again what has been read: another page may have put something there. Returns whether it does. */
  reclaim(): boolean {
    if (!this.#claim || this.#reading) return false;
    this.#claim.abort();
    void this.#read();
    return true;
  }

  /** Gives the outbox back, so that another page may send what waits. */
  release(): void {
    this.clock.clearTimeout(this.#timer);
    this.#claim?.abort();
    this.#claim = undefined;
    this.#reading = false;
    this.#ready = true;
  }

  /**
   * Writes a record down, whoever has the outbox, and calls `done` when that is certain, or when it is too slow or failed; never
   * before that of a record which came earlier: what is shown then stays where it is.
   */
  save(record: OutboxRecord, done: (() => void) | undefined): void {
    const { storage, clock } = this;
    if (this.#forgotten.has(record.id)) {
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
        this.#isSlow = true;
        this.#become('memory');
        finish();
        timer = clock.setTimeout(() => this.#fail(new Error(`not written within ${HOPE_MS} ms`)), HOPE_MS - SAVE_MS);
      }, SAVE_MS);
    }
    this.#ask(() => storage.put(record)).then(
      () => {
        this.#saved(record.id);
        finish();
      },
      (cause) => {
        this.#fail(cause);
        finish();
      },
    );
    // One that has no turn may be saved in the middle of another's, and must not let those behind that one overtake it.
    if (done && (this.#failed || this.#isSlow)) finish();
  }

  /** A message needs no keeping any more. Should this fail, a later page sends it again: as the same message. */
  forget(id: string): void {
    this.#unsaved.delete(id);
    this.#safe.delete(id);
    this.#forgotten.add(id);
    // At once, though the storage may still be read: this page may be gone before that ends.
    this.#ask(() => this.storage.delete(id)).then(
      () => {
        if (!this.#reading) this.#forgotten.delete(id);
      },
      () => {},
    );
  }

  /** Forgets all of this user. */
  clear(): void {
    this.#ask(() => this.storage.clear()).catch(() => {});
    if (!this.#reading) return;
    // What is read may be from before.
    this.#claim?.abort();
    void this.#read();
  }

  async #read(): Promise<void> {
    const claim = new AbortController();
    const safe = [...this.#safe];
    this.#claim = claim;
    this.#reading = true;
    let values: unknown[] | undefined;
    let failure: unknown;
    try {
      const left = await this.storage.claim(claim.signal);
      values = [...((await this.owner.revise?.(left)) ?? left)];
    } catch (cause) {
      failure = cause;
    }
    if (this.#claim !== claim) return;
    this.clock.clearTimeout(this.#timer);
    if (values) this.#restore(values, safe, claim);
    else {
      claim.abort();
      this.#reading = false;
      this.#timer = this.clock.setTimeout(() => void this.#read(), RETRY_MS);
      this.#unread ??= this.#fail(failure);
    }
    if (this.#claim !== claim) return;
    this.#reading = false;
    this.#settle();
    this.owner.read?.();
  }

  #restore(values: readonly unknown[], safe: readonly string[], claim: AbortController): void {
    const byId = new Map<string, OutboxRecord>();
    const forgotten = this.#forgotten;
    this.#forgotten = new Set();
    for (const value of values) {
      const record = checkRecord(value);
      if (record === 'newer') continue;
      if (record === undefined || byId.has(record.id)) this.owner.dropped();
      else if (forgotten.has(record.id)) this.forget(record.id);
      // One that is being written down now was read as it was before.
      else byId.set(record.id, this.#unsaved.has(record.id) ? { ...record, failed: false } : record);
    }
    // What cannot be read is there all the same.
    const stored = new Set(values.map((value) => (value as { id?: unknown } | null | undefined)?.id));
    const gone = safe.filter((id) => this.#safe.has(id) && !stored.has(id));
    for (const id of byId.keys()) this.#safe.add(id);
    const records = [...byId.values()];
    records.sort((a, b) => a.seq - b.seq);
    // It can be read now. Only a write shows that writing works again.
    if (this.#failed === this.#unread) this.#failed = undefined;
    this.#unread = undefined;
    if (this.#unsaved.size === 0 && !this.#failed) this.#become('disk');
    // Unless whoever heard that ended the session, or discarded everything.
    if (this.#claim === claim) this.owner.gone(gone);
    if (this.#claim === claim) this.owner.restored(records);
  }

  /** Asks at once; a storage that throws instead of rejecting has rejected. */
  async #ask(what: () => Promise<void>): Promise<void> {
    if (this.#asked >= MAX_ASKED) throw new Error('no answer');
    this.#asked += 1;
    try {
      await what();
    } finally {
      this.#asked -= 1;
    }
  }

  #settle(): void {
    if (this.#ready) return;
    this.#ready = true;
    this.owner.ready();
  }

  #saved(id: string): void {
    if (this.#unsaved.delete(id)) this.#safe.add(id);
    this.#isSlow = false;
    const now = this.clock.monotonic();
    if (this.#unsaved.size === 0) {
      this.#failed = undefined;
      this.#become('disk');
    } else if (this.#failed && now - this.#savedAgainAt > RETRY_MS) {
      // What could not be written in between. Not at once again: a large one may find no room where a small one does.
      this.#savedAgainAt = now;
      this.owner.emptied();
    }
  }

  /** Returns what is told, if it is news. */
  #fail(cause: unknown): StorageError | undefined {
    if (this.#failed) return undefined;
    this.#failed = new StorageError('What waits to be sent cannot be kept on this device', { cause });
    this.#become('memory', this.#failed);
    return this.#failed;
  }

  #become(durability: Durability, error?: StorageError): void {
    if (this.#durability === durability && !error) return;
    this.#durability = durability;
    this.owner.durability(durability, error);
  }
}
