import { onTestFinished } from 'vitest';
import type { OnDemand } from '../../src/client/on-demand.js';

/** Until the end of the test it is still to come: returns what lets it come, or not, this time. */
export function notHere<T>(part: OnDemand<T>): { come: () => Promise<void>; fail: () => Promise<void> } {
  const { here, fetch: whole } = part;
  part.here = undefined;
  /** One for each that asked. */
  const asked: ((isThere: boolean) => void)[] = [];
  const fetch = async () => {
    const isThere = await new Promise<boolean>((resolve) => asked.push(resolve));
    if (!isThere || !here) throw new Error('offline');
    return here;
  };
  Object.assign(part, { fetch });
  onTestFinished(async () => {
    // Nobody waits beyond the test.
    await end(false)();
    Object.assign(part, { here, fetch: whole });
  });
  const end = (isThere: boolean) => async () => {
    for (const decide of asked.splice(0)) decide(isThere);
    await new Promise<void>((resolve) => setImmediate(resolve));
  };
  return { come: end(true), fail: end(false) };
}
