import type { Clock } from '../client/clock.js';

/** A tab that hears nothing of the leader asks it for a sign this often. */
const ASK_MS = 4_000;
/** So often in vain, and it is taken for dead, though it has the lock: a page that is stopped keeps its locks. */
const PATIENCE = 2;

/** What the browser offers to agree on who leads. */
export type Locks = Pick<LockManager, 'request' | 'query'>;

/** What a candidate tells its owner. */
export interface LeadershipOwner {
  /** This tab leads from now on. */
  lead(): void;
  /** It does not any more: another tab has taken over. */
  follow(): void;
  /** Another tab has the chat, and there is no way to share it. */
  elsewhere(): void;
  /** Whoever leads is to give a sign. Returns false if this tab would not understand it. */
  ask(): unknown;
  /** Whether nobody can see this tab: its timers may be held back for a minute, and so may those of the leader. */
  hidden(): boolean;
}

/** How the tabs agree on who leads. */
export interface Candidate {
  /** Stands for leadership until `stop()`. Without effect if it does. */
  start(): void;
  /** Gives it up. Does not call `follow()`. */
  stop(): void;
  /** The leader gave a sign. */
  heard(): void;
  /** Leads at once, whoever did before. */
  take(): void;
  /**
   * Something was heard of another tab. A page that hung finds first what it was told while it led, then that it does not any
   * more; what it would do by then, others have done. Before this resolves it must do nothing.
   */
  doubt?(): Promise<unknown> | undefined;
  /** Resolves when it is known here whether another tab has taken over before. */
  sure?(): Promise<unknown>;
}

/** Of all tabs that stand, the one that has an exclusive Web Lock leads. The browser gives it on when that tab goes. */
export class Leadership implements Candidate {
  /** Of the request for the lock that counts, and of the lock. */
  #stand: AbortController | undefined;
  #leads = false;
  #timer: unknown;
  #unanswered = 0;
  #awakeAt = 0;

  constructor(
    readonly name: string,
    readonly locks: Locks,
    readonly clock: Clock,
    readonly owner: LeadershipOwner,
  ) {}

  start(): void {
    if (!this.#stand) this.#request(false);
  }

  stop(): void {
    this.clock.clearTimeout(this.#timer);
    this.#stand?.abort();
    this.#stand = undefined;
    this.#leads = false;
  }

  heard(): void {
    this.#unanswered = 0;
  }

  take(): void {
    if (!this.#leads) this.#request(true);
  }

  doubt(): Promise<unknown> | undefined {
    const isLong = this.clock.monotonic() - this.#awakeAt > ASK_MS;
    this.#awakeAt = this.clock.monotonic();
    return isLong && this.#leads ? this.sure() : undefined;
  }

  sure(): Promise<unknown> {
    // The answer comes behind what the browser has said of these locks before. Where it refuses one, nobody can take over.
    return this.locks.query().catch(() => {});
  }

  #request(steal: boolean): void {
    this.stop();
    const stand = new AbortController();
    this.#stand = stand;
    const { signal } = stand;
    this.heard();
    this.#watch();
    this.locks
      .request(this.name, steal ? { steal } : { signal }, () => {
        if (signal.aborted) return undefined;
        this.clock.clearTimeout(this.#timer);
        this.#leads = true;
        this.owner.lead();
        return new Promise<void>((release) => {
          if (signal.aborted) release();
          signal.addEventListener('abort', () => release());
        });
      })
      .catch((error) => {
        if (signal.aborted) return;
        if (error.name === 'AbortError') {
          // Stolen: this page was stopped for a while, or others lost their patience at the same time.
          const isLost = this.#leads;
          this.#leads = false;
          this.owner.follow();
          if (this.#stand !== stand) return;
          this.clock.clearTimeout(this.#timer);
          if (isLost) this.#request(false);
          else this.#timer = this.clock.setTimeout(() => this.#request(false), ASK_MS);
        } else if (!this.#leads) {
          // Locks are refused here, in a sandbox: no other page can share anything with this one.
          this.clock.clearTimeout(this.#timer);
          this.#leads = true;
          this.owner.lead();
        }
      });
  }

  #watch(): void {
    this.#timer = this.clock.setTimeout(() => {
      this.#watch();
      if (this.owner.hidden()) this.heard();
      else if (this.#unanswered >= PATIENCE) this.#request(true);
      else if (this.owner.ask() !== false) this.#unanswered += 1;
    }, ASK_MS);
  }
}
