import { type Clock, instant } from './clock.js';

/** Lets things through late, but never one before another that came first. */
export class DelayLine {
  readonly #clock: Clock;
  #queue: { readonly due: number; readonly run: () => void }[] = [];
  #timer: unknown;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** Calls `run` after `ms`; at once if there is no delay and nothing waits. */
  push(ms: number, run: () => void): void {
    if (ms === 0 && this.#queue.length === 0) {
      run();
      return;
    }
    const due = Math.max(instant(this.#clock) + ms, this.#queue.at(-1)?.due ?? 0);
    this.#queue.push({ due, run });
    this.#arm();
  }

  clear(): void {
    this.#queue = [];
    this.#clock.clearTimeout(this.#timer);
    this.#timer = undefined;
  }

  #arm(): void {
    const next = this.#queue[0];
    if (this.#timer !== undefined || !next) return;
    this.#timer = this.#clock.setTimeout(() => this.#release(), Math.max(0, next.due - instant(this.#clock)));
  }

  #release(): void {
    this.#timer = undefined;
    const now = instant(this.#clock);
    for (let next = this.#queue[0]; next && next.due <= now; next = this.#queue[0]) {
      this.#queue.shift();
      next.run();
    }
    this.#arm();
  }
}
