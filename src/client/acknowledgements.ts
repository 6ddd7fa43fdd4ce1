import type { Clock } from './clock.js';

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
    let timer: unknown;
    const patience = new Promise<void>((resolve) => {
      timer = this.clock.setTimeout(resolve, KEEP_MS);
    });
    await Promise.race([Promise.allSettled(keeping), patience]);
    this.clock.clearTimeout(timer);
    this.#underWay.delete(id);
  }
}
