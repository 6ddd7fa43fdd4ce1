/** Time as the client uses it. Tests pass their own; see {@link systemClock} for the real one. */
export interface Clock {
  /** Wall clock, milliseconds since 1970. For what people read; it may jump. */
  now(): number;
  /** Milliseconds that never go back. For every duration. */
  monotonic(): number;
  setTimeout(callback: () => void, ms: number): unknown;
  clearTimeout(handle: unknown): void;
}

// Taken at load: a page that later replaces its timers (test libraries and advertisements do) must not stop the chat.
const { setTimeout: startTimer, clearTimeout: stopTimer, Date: WallClock, performance: stopwatch } = globalThis;

export const systemClock: Clock = {
  now: () => WallClock.now(),
  monotonic: () => stopwatch.now(),
  setTimeout: (callback, ms) => startTimer(callback, ms),
  clearTimeout: (handle) => stopTimer(handle as ReturnType<typeof startTimer>),
};
