import { loadParts } from './parts.js';

/** Before each attempt. */
const PAUSES_MS = [0, 1_000, 3_000];
/** A line in a tunnel neither answers nor breaks; another attempt may go another way. */
const ATTEMPT_MS = 15_000;

/** Loads the chat; what does not come is asked for again. Rejects with what was wrong in the end. */
export async function loadPatiently(attempt = 0): ReturnType<typeof loadParts> {
  let timer: unknown;
  const after = (ms: number | undefined) =>
    new Promise<undefined>((resolve) => {
      timer = setTimeout(resolve, ms, undefined);
    });
  await after(PAUSES_MS[attempt]);
  try {
    const parts = await Promise.race([loadParts(attempt), after(ATTEMPT_MS)]);
    if (parts) return parts;
    throw new Error('no answer');
  } catch (error) {
    if (attempt + 1 < PAUSES_MS.length) return loadPatiently(attempt + 1);
    throw new Error(`The chat did not load: ${error}`, { cause: error });
  } finally {
    clearTimeout(timer as ReturnType<typeof setTimeout>);
  }
}
