import { type Clock, instant } from './clock.js';

const KEEP_MS = 600_000;

/** Fingerprints seen in the last ten minutes. Seeing one again renews it. */
export class RecentIds {
  readonly #clock: Clock;
  // A Map remembers the order of insertion, so the oldest are always at its head.
  readonly #seen = new Map<string, number>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** Remembers `id`; true if it had not been seen. */
  add(id: string): boolean {
    const now = instant(this.#clock);
    for (const [old, at] of this.#seen) {
      if (now - at <= KEEP_MS) break;
      this.#seen.delete(old);
    }
    const isNew = !this.#seen.delete(id);
    this.#seen.set(id, now);
    return isNew;
  }

  clear(): void {
    this.#seen.clear();
  }
}
