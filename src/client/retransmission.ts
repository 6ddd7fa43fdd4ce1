import { SLOWEST_LINE } from './heartbeat.js';

// When a message is written again.

/** No answer for this long after a write: the same frame is written again. Never under the 3 s of the original. */
const RETRANSMIT_MS = 5_000;
export const MAX_RETRANSMISSIONS = 2;
/** Least time between two copies, whatever speaks for another one. */
export const LEAST_MS = 3_000;

/** What nobody confirmed is written again after this long, then after twice as long, and so on. */
const FIRST_REPEAT_MS = 60_000;
const LONGEST_REPEAT_MS = 30 * 60_000;

/** How long to wait after so many repeats, ms. */
export function pauseAfter(repeats: number): number {
  return Math.min(FIRST_REPEAT_MS * 2 ** repeats, LONGEST_REPEAT_MS);
}

/** How long after a write the same frame is written again, ms. */
export function retransmitAfter(bytes: number): number {
  // A large one takes its time to get there: a second copy would only take the line from it.
  return Math.max(RETRANSMIT_MS, bytes / SLOWEST_LINE);
}
