import { systemClock } from '../client/clock.js';

/**
 * What is not done within so many milliseconds has failed. The work hears of it by its signal, and so does whoever waits when
 * the controller is aborted from elsewhere.
 */
export async function within<T>(
  ms: number,
  work: (signal: AbortSignal) => Promise<T>,
  { running = new AbortController(), clock = systemClock } = {},
): Promise<T> {
  const { signal } = running;
  const timer = clock.setTimeout(() => {
    running.abort(new DOMException(`not done within ${ms} ms`, 'TimeoutError'));
  }, ms);
  let fail = () => {};
  const failed = new Promise<never>((_, reject) => {
    fail = () => reject(signal.reason);
  });
  signal.addEventListener('abort', fail);
  try {
    return await Promise.race([work(signal), failed]);
  } finally {
    clock.clearTimeout(timer);
    signal.removeEventListener('abort', fail);
  }
}
