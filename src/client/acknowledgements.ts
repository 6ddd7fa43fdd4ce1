import type { Clock } from './clock.js';
import { inTime } from './in-time.js';

/** A storage that is slower than this must not make the sender believe that nobody is there. */
const KEEP_MS = 2_000;

/** An acknowledgement says that a message is in safe hands: it waits until it is, and so do those of its copies. */
export class Acknowledgements {
  readonly #underWay = new Map<string, Promise<void>>();

  constructor(readonly clock: Clock) {}

  /**
   * Calls `write` at once, or when what keeps this message has ended, well or not.
   * @param signal aborted when nothing can be written any more
   */
  after(keeping: readonly Promise<unknown>[], id: string, signal: AbortSignal, write: () => void): void {
    if (keeping.length > 0) this.#underWay.set(id, this.#all(keeping, id));
    const kept = this.#underWay.get(id);
    if (kept) void kept.then(() => signal.aborted || write());
    else write();
  }

  async #all(keeping: readonly Promise<unknown>[], id: string): Promise<void> {
    await inTime(KEEP_MS, Promise.allSettled(keeping), this.clock);
    this.#underWay.delete(id);
  }
}
