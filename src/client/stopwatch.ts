import type { Clock } from './clock.js';

/**
 * Starts to count, on both clocks: the monotonic one stops in sleep on some systems, and the wall clock may be set by hand.
 * The function returned gives the milliseconds since then, by the clock that says more.
 */
export function stopwatch(clock: Clock): () => number {
  const wall = clock.now();
  const monotonic = clock.monotonic();
  return () => Math.max(clock.now() - wall, clock.monotonic() - monotonic);
}
