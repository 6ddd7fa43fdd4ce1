const FIRST_PAUSE_MS = 5_000;
const LONGEST_PAUSE_MS = 300_000;

/** A part that comes when it is first needed. One that did not come is asked for again. */
export class OnDemand<T> {
  /** Once it has come. */
  here: T | undefined;
  #coming: Promise<T> | undefined;
  readonly #waiting = new Set<() => void>();
  #isWanted = false;

  constructor(readonly fetch: () => Promise<T>) {}

  /** However many wait for it, it is fetched once. */
  async load(): Promise<T> {
    if (this.here) return this.here;
    this.#coming ??= this.fetch();
    try {
      this.here ??= await this.#coming;
    } finally {
      this.#coming = undefined;
    }
    return this.here;
  }

  /** Calls back once it has come. However many wait, one asks: at once, then after pauses that grow from 5 s to 5 min. */
  async want(listener: () => void): Promise<void> {
    this.#waiting.add(listener);
    if (this.#isWanted) return;
    this.#isWanted = true;
    for (let pause = FIRST_PAUSE_MS; !this.here; pause = Math.min(2 * pause, LONGEST_PAUSE_MS)) {
      await this.load().catch(() => new Promise((resolve) => setTimeout(resolve, pause)));
    }
    this.#isWanted = false;
    for (const tell of this.#waiting) tell();
    this.#waiting.clear();
  }
}
