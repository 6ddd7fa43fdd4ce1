/** What is known when the next reconnect is planned. */
export interface ReconnectContext {
  /** 1 for the first reconnect of an outage. */
  readonly attempt: number;
  /** The wait before the last attempt, ms; 0 before the first. */
  readonly previousMs: number;
  /** How long the outage lasts already, ms. */
  readonly outageMs: number;
  /** Close code of the lost connection. */
  readonly closeCode: number;
  /** A random number, 0 <= random < 1. */
  readonly random: number;
}

/** Gives the wait before the next reconnect, ms. */
export type ReconnectDelay = (context: ReconnectContext) => number;

const QUICK_PHASE_MS = 20_000;
const RESTARTING = new Set([1012, 1013]);

/**
 * Decorrelated jitter: the first wait is random in 0-1 s (0-10 s where the server said that it restarts, so that a crowd
 * does not return as one), each later one random between 0.5 s and three times the one before; at most 3 s in the first
 * 20 s of an outage, then at most 30 s.
 */
export const backoff: ReconnectDelay = ({ attempt, previousMs, outageMs, closeCode, random }) => {
  if (attempt <= 1) return random * (RESTARTING.has(closeCode) ? 10_000 : 1_000);
  const cap = outageMs < QUICK_PHASE_MS ? 3_000 : 30_000;
  // The second wait tends to the long end: after a first one of almost nothing it would keep the crowd as it was (V18).
  const chance = attempt === 2 ? random ** 0.25 : random;
  // Drawn from the whole range and cut then: a range that ends at the cap would keep a crowd together at its middle.
  return Math.min(cap, 500 + chance * (Math.max(500, 3 * previousMs) - 500));
};
