/** What a crowd that returns may ask of its server (goal G9). */
export interface HerdGoal {
  readonly downSeconds: number;
  readonly closeCode: number;
  /** The largest share of the clients that may arrive within any {@link WINDOW_MS} after the port opened. */
  readonly largestShare: number;
}

export const WINDOW_MS = 100;
/** By then {@link BACK_SHARE} of the clients are back, counted from the opening of the port. */
export const BACK_MS = 30_000;
export const BACK_SHARE = 0.99;

/**
 * A server that says that it restarts (1012, 1013) spreads the first attempt over ten seconds. It helps one that is back at
 * once; after a longer pause the crowd is on later attempts, for which the goals of any outage hold.
 */
export const herdGoals: readonly HerdGoal[] = [
  { downSeconds: 0, closeCode: 1006, largestShare: 0.11 },
  { downSeconds: 2, closeCode: 1006, largestShare: 0.065 },
  { downSeconds: 5, closeCode: 1006, largestShare: 0.065 },
  { downSeconds: 30, closeCode: 1006, largestShare: 0.025 },
  { downSeconds: 120, closeCode: 1006, largestShare: 0.01 },
  { downSeconds: 0, closeCode: 1012, largestShare: 0.012 },
  { downSeconds: 0, closeCode: 1013, largestShare: 0.012 },
  { downSeconds: 2, closeCode: 1012, largestShare: 0.065 },
  { downSeconds: 5, closeCode: 1012, largestShare: 0.065 },
];

/**
 * What may be added to a share for having asked only so many clients. Four standard deviations: of a few hundred separate
 * windows, one that keeps the goal exactly would be seen above it by that much once in a hundred runs.
 */
export function samplingError(share: number, clients: number): number {
  return 4 * Math.sqrt((share * (1 - share)) / clients);
}
