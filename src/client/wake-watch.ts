import type { Clock } from './clock.js';

const TICK_MS = 1_000;
const JUMP_MS = 2_000;

/**
 * Notices that the machine slept. The monotonic clock stops in sleep on some systems and goes on in others, and the wall
 * clock may be set by hand: a jump of either is told.
 */
export class WakeWatch {
  #timer: unknown;
  #wall = 0;
  #monotonic = 0;

  constructor(
    readonly clock: Clock,
    readonly woke: () => void,
  ) {}

  start(): void {
    this.stop();
    this.#wall = this.clock.now();
    this.#monotonic = this.clock.monotonic();
    this.#timer = this.clock.setTimeout(() => {
      const { clock } = this;
      const passed = Math.max(clock.now() - this.#wall, clock.monotonic() - this.#monotonic);
      this.start();
      if (passed > TICK_MS + JUMP_MS) this.woke();
    }, TICK_MS);
  }

  stop(): void {
    this.clock.clearTimeout(this.#timer);
    this.#timer = undefined;
  }
}
