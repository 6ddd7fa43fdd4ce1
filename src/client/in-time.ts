import { systemClock } from './clock.js';

/** What this work gives; undefined if it fails, or takes more than so many milliseconds. */
export async function inTime<T>(ms: number, work: Promise<T>, clock = systemClock): Promise<T | undefined> {
  let timer: unknown;
  const late = new Promise<undefined>((resolve) => {
    timer = clock.setTimeout(() => resolve(undefined), ms);
  });
  const given = await Promise.race([work.catch(() => undefined), late]);
  clock.clearTimeout(timer);
  return given;
}
