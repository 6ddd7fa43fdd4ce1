interface Timer {
  readonly handle: number;
  readonly due: number;
  readonly fn: () => void;
}

/**
 * A clock that stands still until a test moves it. `now()` is wall time, which may jump; `monotonic()` is the time that
 * timers follow, which may not. The methods are bound, so that they can be passed on one by one.
 */
export class FakeClock {
  #wall: number;
  #monotonic = 0;
  #nextHandle = 1;
  #timers: Timer[] = [];
  /** Number of the task that runs: each timer is one, and each event that a test lets happen. */
  task = 0;

  /** @param wall Wall time at the start, in milliseconds since 1970. */
  constructor(wall = Date.UTC(2026, 0, 5, 9, 30)) {
    this.#wall = wall;
  }

  /** Wall time in milliseconds since 1970. */
  readonly now = (): number => this.#wall;

  /** Milliseconds since this clock was made; untouched by `jumpWall`. */
  readonly monotonic = (): number => this.#monotonic;

  /** Runs `fn` once, `ms` milliseconds from now, when the clock is moved that far. */
  readonly setTimeout = (fn: () => void, ms = 0): number => {
    const handle = this.#nextHandle++;
    const timer = { handle, due: this.#monotonic + Math.max(0, ms), fn };
    const after = this.#timers.findIndex((other) => other.due > timer.due);
    this.#timers.splice(after === -1 ? this.#timers.length : after, 0, timer);
    return handle;
  };

  /** Forgets a timer; unknown handles are ignored, as the platform does. */
  readonly clearTimeout = (handle: unknown): void => {
    this.#timers = this.#timers.filter((timer) => timer.handle !== handle);
  };

  /** Number of timers that have not run yet. */
  get pending(): number {
    return this.#timers.length;
  }

  /** Moves time by `ms`, running every timer that falls due, in the order in which they are due. */
  advance(ms: number): void {
    const end = this.#monotonic + ms;
    this.task += 1;
    while (this.#runNext(end));
    this.task += 1;
    this.#moveTo(end);
  }

  /** Like {@link advance}, and lets promises settle before the first timer, between timers and at the end. */
  async advanceAsync(ms: number): Promise<void> {
    const end = this.#monotonic + ms;
    do await settle();
    while (this.#runNext(end));
    this.task += 1;
    this.#moveTo(end);
    await settle();
  }

  /** Changes wall time alone, as a user or a time server does. */
  jumpWall(ms: number): void {
    this.#wall += ms;
  }

  #runNext(end: number): boolean {
    const timer = this.#timers[0];
    if (!timer || timer.due > end) return false;
    this.#timers.shift();
    this.task += 1;
    this.#moveTo(timer.due);
    timer.fn();
    return true;
  }

  #moveTo(monotonic: number): void {
    const passed = Math.max(0, monotonic - this.#monotonic);
    this.#monotonic += passed;
    this.#wall += passed;
  }
}

/** Lets microtasks run, chains of a few dozen `await`s included. No timer is used: they may be the faked ones. */
async function settle(): Promise<void> {
  for (let i = 0; i < 32; i++) await Promise.resolve();
}
