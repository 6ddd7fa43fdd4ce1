/**
 * What is not done within so many milliseconds has failed. The work hears of it by its signal, and so does whoever waits when
 * the controller is aborted from elsewhere.
 */
export async function within<T>(
  ms: number,
  work: (signal: AbortSignal) => Promise<T>,
  running = new AbortController(),
): Promise<T> {
  const { signal } = running;
  const timer = setTimeout(() => running.abort(), ms);
  let fail = () => {};
  const failed = new Promise<never>((_, reject) => {
    fail = () => reject(signal.reason);
  });
  signal.addEventListener('abort', fail);
  try {
    return await Promise.race([work(signal), failed]);
  } finally {
    clearTimeout(timer);
    signal.removeEventListener('abort', fail);
  }
}
