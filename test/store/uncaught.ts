/**
 * Runs what lets a listener throw, and gives what the platform then reports as uncaught: `dispatchEvent` itself never throws.
 * Meanwhile nobody else hears of it, the test runner included.
 */
export async function uncaught(run: () => void): Promise<unknown[]> {
  const listeners = process.listeners('uncaughtException');
  const errors: unknown[] = [];
  const note = (error: unknown) => errors.push(error);
  process.removeAllListeners('uncaughtException');
  process.on('uncaughtException', note);
  try {
    run();
    await new Promise(setImmediate);
  } finally {
    process.off('uncaughtException', note);
    for (const listener of listeners) process.on('uncaughtException', listener);
  }
  return errors;
}
