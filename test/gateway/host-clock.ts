import type { Clock } from './clock.js';

/** The platform's clock, in Node or in a page; `now()` follows the monotonic time since the process began. */
export const hostClock: Clock = {
  now: () => performance.timeOrigin + performance.now(),
  monotonic: () => performance.now(),
  setTimeout: (fn, ms) => setTimeout(fn, ms),
  clearTimeout: (handle) => clearTimeout(handle as ReturnType<typeof setTimeout> | undefined),
};
