import { performance } from 'node:perf_hooks';
import type { Clock } from '../../src/client/index.js';

/**
 * Real time, of which the wall clock and the monotonic one run as one: every journal has the same time.
 * @param speed how many times as fast timers and durations run, for a server whose patience nobody wants to wait for
 */
export function runClock(speed = 1): Clock {
  return {
    now: () => performance.timeOrigin + performance.now(),
    monotonic: () => performance.now() * speed,
    setTimeout: (callback, ms) => setTimeout(callback, ms / speed),
    clearTimeout: (handle) => clearTimeout(handle as NodeJS.Timeout | undefined),
  };
}
