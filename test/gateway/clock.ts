/** Time, as the gateway needs it. Hosts give the platform's, tests a fake. */
export interface Clock {
  /** Wall time in milliseconds since 1970. */
  now(): number;
  /** Milliseconds since any fixed moment, never jumping; where it is missing, `now()` stands in. */
  monotonic?(): number;
  setTimeout(fn: () => void, ms: number): unknown;
  clearTimeout(handle: unknown): void;
}

/** A moment for measuring durations, in milliseconds: a jump of the wall clock does not count. */
export function instant(clock: Clock): number {
  return clock.monotonic ? clock.monotonic() : clock.now();
}
