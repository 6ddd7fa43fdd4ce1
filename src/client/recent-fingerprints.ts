import type { Clock } from './clock.js';

const KEEP_MS = 10 * 60_000;

/** Remembers fingerprints for ten minutes after each was last seen, as the original does, so that no copy is shown twice. */
export class RecentFingerprints {
  // In order of last sight: the oldest is always first.
  readonly #seen = new Map<string, number>();

  constructor(readonly clock: Pick<Clock, 'monotonic'>) {}

  /** Notes a fingerprint. Returns true if it had been seen before. */
  note(fingerprint: string): boolean {
    const now = this.clock.monotonic();
    for (const [old, at] of this.#seen) {
      if (now - at < KEEP_MS) break;
      this.#seen.delete(old);
    }
    const known = this.#seen.delete(fingerprint);
    this.#seen.set(fingerprint, now);
    return known;
  }

  has(fingerprint: string): boolean {
    const at = this.#seen.get(fingerprint);
    return at !== undefined && this.clock.monotonic() - at < KEEP_MS;
  }

  get size(): number {
    return this.#seen.size;
  }
}
