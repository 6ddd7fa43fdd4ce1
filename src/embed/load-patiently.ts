import { loadParts } from './parts.js';

/** Before each attempt. */
const PAUSES_MS = [0, 1_000, 3_000];
/** A line in a tunnel neither answers nor breaks; another attempt may go another way. */
const ATTEMPT_MS = 15_000;

/**
 * Loads the chat; what does not come is asked for again. Whatever comes first is taken: on a slow line that is an attempt that was
 * not waited for. Rejects with what was wrong in the end.
 */
export async function loadPatiently(): ReturnType<typeof loadParts> {
  const attempts: ReturnType<typeof loadParts>[] = [];
  let cause: unknown = 'no answer';
  const after = (ms: number) => new Promise<undefined>((resolve) => setTimeout(resolve, ms, undefined));
  for (const pause of PAUSES_MS) {
    await after(pause);
    attempts.push(loadParts(attempts.length));
    try {
      const parts = await Promise.race([Promise.any(attempts), attempts.at(-1), after(ATTEMPT_MS)]);
      if (parts) return parts;
    } catch (error) {
      cause = error;
    }
  }
  throw new Error(`The chat did not load: ${cause}`, { cause });
}
