import type { Clock } from './clock.js';
import { StorageError } from './errors.js';
import type { Durability } from './events.js';
import { inTime } from './in-time.js';
import { OnDemand } from './on-demand.js';
import type { KeeperOwner, OutboxKeeper } from './outbox-keeper.js';
import { CLAIM_MS, type OutboxRecord, type OutboxStorage, SAVE_MS } from './outbox-storage.js';

const NOT_KEPT = 'What keeps messages did not load';
/** It may be there a while later: a tunnel has an end. */
const RETRY_MS = 5_000;

/** Takes part in reading what an earlier page left. By default it is taken as it is. */
export interface LeftReader {
  /** What is made of what was read, before it is restored. May reject, as a storage may. */
  revise?(values: readonly unknown[]): Promise<readonly unknown[]>;
  /** What was left is restored, or could not be read, this time. */
  read?(): void;
  /** See `KeeperOwner`. Default: they are removed. */
  gone?(ids: readonly string[]): void;
}

/** Without a storage nobody needs it. */
export const keepers = new OnDemand(() => import('./outbox-keeper.js'));

/**
 * What keeps the outbox of a client: nothing without a storage, else an `OutboxKeeper`. While that is still to come, what
 * happens is passed to the storage, and nobody hears how it goes.
 */
export class LateKeeper {
  #keeper: OutboxKeeper | undefined;
  /** Whether what was left is to be taken over as soon as there is a keeper. */
  #isClaimed = false;
  /** Whether nobody waits for that any more. */
  #isOverdue = false;
  #isLoading = false;
  /** Whether it was told that nothing is kept. */
  #isFailed = false;
  /** Ids of messages that need no keeping, though they may be found in the storage. */
  readonly #forgotten: string[] = [];
  /** Ends the patience, or begins the next try. */
  #timer: unknown;

  constructor(
    readonly storage: OutboxStorage | undefined,
    readonly clock: Clock,
    readonly owner: KeeperOwner,
  ) {
    // It is not made before it is needed: of a storage, one client hears that it was emptied.
    if (storage) keepers.load().catch(() => {});
  }

  get durability(): Durability {
    return this.#keeper?.durability ?? 'memory';
  }

  /** False while messages of an earlier page may still come, which go first. */
  get ready(): boolean {
    return this.#keeper?.ready ?? (!this.#isClaimed || this.#isOverdue);
  }

  claim(): void {
    const keeper = this.#used();
    if (keeper) keeper.claim();
    else if (this.storage && !this.#isClaimed) {
      this.#isClaimed = true;
      this.#isOverdue = false;
      this.#timer = this.clock.setTimeout(() => this.#settle(), CLAIM_MS);
    }
  }

  reclaim(): boolean {
    return this.#keeper?.reclaim() ?? false;
  }

  release(): void {
    this.clock.clearTimeout(this.#timer);
    this.#isClaimed = false;
    this.#keeper?.release();
  }

  save(record: OutboxRecord, done: (() => void) | undefined): void {
    const keeper = this.#used();
    if (keeper) keeper.save(record, done);
    // As a keeper does: nothing is shown that a page which is left at once would lose.
    else if (this.storage) inTime(SAVE_MS, this.#pass('put', record), this.clock).then(done);
    else done?.();
  }

  forget(id: string): void {
    const keeper = this.#used();
    if (keeper) keeper.forget(id);
    else {
      this.#forgotten.push(id);
      this.#pass('delete', id);
    }
  }

  clear(): void {
    const keeper = this.#used();
    if (keeper) keeper.clear();
    else this.#pass('clear');
  }

  #used(): OutboxKeeper | undefined {
    if (this.storage && !this.#keeper) this.#load(this.storage);
    return this.#keeper;
  }

  /** A storage that throws instead of rejecting has rejected. */
  async #pass<What extends 'put' | 'delete' | 'clear'>(
    what: What,
    ...parts: Parameters<OutboxStorage[What]>
  ): Promise<void> {
    try {
      const storage = this.storage as Record<What, (...parts: readonly unknown[]) => Promise<void>> | undefined;
      await storage?.[what](...parts);
    } catch {
      // Should it matter, the keeper finds out.
    }
  }

  #load(storage: OutboxStorage): void {
    if (keepers.here) this.#begin(keepers.here, storage);
    else if (!this.#isLoading) {
      this.#isLoading = true;
      keepers.load().then(
        (loaded) => {
          this.#isLoading = false;
          // What was given back meanwhile is another page's.
          if (this.#isClaimed) this.#begin(loaded, storage);
        },
        (cause) => {
          this.#isLoading = false;
          if (!this.#isFailed) this.owner.durability('memory', new StorageError(NOT_KEPT, { cause }));
          this.#isFailed = true;
          this.#settle();
          if (this.#isClaimed) this.#timer = this.clock.setTimeout(() => this.#load(storage), RETRY_MS);
        },
      );
    }
  }

  #begin({ OutboxKeeper: Keeper }: { OutboxKeeper: typeof OutboxKeeper }, storage: OutboxStorage): void {
    // Another client may have had it loaded a moment before.
    if (this.#keeper) return;
    this.clock.clearTimeout(this.#timer);
    const keeper = new Keeper(storage, this.clock, this.owner);
    this.#keeper = keeper;
    for (const id of this.#forgotten) keeper.forget(id);
    // Without a connection nothing is on its way: then what was left may still go first.
    if (this.#isClaimed) keeper.claim(!this.#isOverdue || !this.owner.isConnected());
    // Of what was written until now it knows nothing.
    this.owner.emptied();
  }

  #settle(): void {
    this.clock.clearTimeout(this.#timer);
    if (this.#isOverdue) return;
    this.#isOverdue = true;
    this.owner.ready();
  }
}
