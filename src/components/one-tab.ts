import type { Clock } from '../client/clock.js';

/** Does things in one tab of the browser only, by Web Locks, until the signal is aborted. */
export class OneTab {
  /** Where there are no Web Locks, no tabs share a connection either: then only this one has anything to do. */
  readonly #held = new Set<string>();

  constructor(
    readonly clock: Clock,
    readonly locks: Pick<LockManager, 'request'> | undefined,
    readonly signal: AbortSignal,
  ) {}

  /**
   * Does it, unless another tab, or this one, did something of that name within the time.
   *
   * @param act may fail; returns what ends it, if it needs an end
   */
  async once(name: string, ms: number, act: () => (() => void) | undefined): Promise<void> {
    const hold = async () => {
      if (this.signal.aborted) return;
      let end: (() => void) | undefined;
      try {
        end = act();
      } catch {
        // Android shows notifications of service workers only; the system may have no sound to give.
      }
      await this.pause(ms);
      end?.();
    };
    try {
      if (this.locks) {
        await this.locks.request(`harmonychat ${name}`, { ifAvailable: true }, (lock) => (lock ? hold() : undefined));
        return;
      }
    } catch {
      // A page in a sandbox has no locks.
    }
    if (this.#held.has(name)) return;
    this.#held.add(name);
    await hold();
    this.#held.delete(name);
  }

  /** Ends early when the signal is aborted. */
  pause(ms: number): Promise<void> {
    const { clock, signal } = this;
    return new Promise((resolve) => {
      const end = () => {
        clock.clearTimeout(timer);
        signal.removeEventListener('abort', end);
        resolve();
      };
      const timer = clock.setTimeout(end, ms);
      signal.addEventListener('abort', end);
    });
  }
}
