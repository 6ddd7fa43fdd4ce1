import { setTimeout as pause } from 'node:timers/promises';

const LOOK_MS = 20;
const PATIENCE_MS = 60_000;

/** Waits until the condition holds; for a minute, which is longer than anything here may take. */
export async function until(what: string, condition: () => boolean | Promise<boolean>): Promise<void> {
  const end = performance.now() + PATIENCE_MS;
  while (!(await condition())) {
    if (performance.now() > end) throw new Error(`Waited for a minute: ${what}`);
    await pause(LOOK_MS);
  }
}
