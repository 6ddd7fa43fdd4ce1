import type { Clock } from './clock.js';
import { stopwatch } from './stopwatch.js';

const TICK_MS = 1_000;
const JUMP_MS = 2_000;

/** Notices that the machine slept: a jump of either clock is told. */
export class WakeWatch {
  #timer: unknown;

  constructor(
    readonly clock: Clock,
    readonly woke: () => void,
  ) {}

  start(): void {
    this.stop();
    const passed = stopwatch(this.clock);
    this.#timer = this.clock.setTimeout(() => {
      const ms = passed();
      this.start();
      if (ms > TICK_MS + JUMP_MS) this.woke();
    }, TICK_MS);
  }

  stop(): void {
    this.clock.clearTimeout(this.#timer);
    this.#timer = undefined;
  }
}
