/** Each telling is written down: not for each of a thousand messages a second. */
const PAUSE_MS = 100;

/** Tells the other tabs that somebody has seen everything, at once and then now and then. */
export class ReadTelling {
  #isUntold = false;
  #pause: ReturnType<typeof setTimeout> | undefined;

  constructor(readonly tell: () => void) {}

  /** Whether somebody has seen something, and the others do not know. */
  get isUntold(): boolean {
    return this.#isUntold;
  }

  /** Somebody has seen something. */
  note(): void {
    this.#isUntold = true;
  }

  flush(): void {
    if (!this.#isUntold || this.#pause !== undefined) return;
    this.#isUntold = false;
    this.tell();
    this.#pause = setTimeout(() => {
      this.#pause = undefined;
      this.flush();
    }, PAUSE_MS);
  }

  close(): void {
    clearTimeout(this.#pause);
  }
}
