import { setTimeout as pause } from 'node:timers/promises';

const LOOK_MS = 20;
const PATIENCE_MS = 60_000;

/** Waits until the condition holds; for a minute, which is longer than anything here may take. */
export function until(what: string, condition: () => boolean | Promise<boolean>): Promise<void> {
  let isOver = false;
  const look = async () => {
    while (!isOver && !(await condition())) await pause(LOOK_MS);
  };
  return within(PATIENCE_MS, what, look()).finally(() => {
    isOver = true;
  });
}

/** The same promise, which fails if it takes longer: a page that has crashed or hangs never answers. */
export async function within<T>(ms: number, what: string, promise: Promise<T>): Promise<T> {
  let end = () => {};
  const late = new Promise<never>((_, reject) => {
    const timer = setTimeout(() => reject(new Error(`Waited for ${ms / 1_000} s: ${what}`)), ms);
    end = () => clearTimeout(timer);
  });
  return Promise.race([promise, late]).finally(end);
}
