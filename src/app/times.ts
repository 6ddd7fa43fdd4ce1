/** How long the splash is there, in ms. */
export const SPLASH_MS = 1_200;
/** The same for whom movement is no pleasure. */
export const SHORT_SPLASH_MS = 400;
/** A login that takes so many ms is asked about. */
export const LATE_MS = 6_000;
