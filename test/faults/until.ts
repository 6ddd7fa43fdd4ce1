/** Real time, for the runs: nothing in `npm test` is judged by it. */
export function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}

/** Looks again and again until something is true. Resolves to false if it was not within the time. */
export async function until(isTrue: () => boolean, withinMs: number, everyMs = 5): Promise<boolean> {
  const end = performance.now() + withinMs;
  while (!isTrue()) {
    if (performance.now() >= end) return false;
    await pause(everyMs);
  }
  return true;
}
