/** What a tab remembers of its visit for as long as it lives, over navigations too. One for each scope. */
export interface Visit {
  get(): string | undefined;
  /** Undefined: it forgets it. */
  set(id: string | undefined): void;
}

/**
 * Does something while nobody is in the visit, or tells it that somebody is. Without Web Locks (an insecure page), or where they
 * are refused, nobody can tell, and nobody is.
 */
export async function alone(scope: string, work: (isAlone: boolean) => Promise<void>): Promise<void> {
  let isAsked = false;
  try {
    await navigator.locks.request(lockOf(scope), { ifAvailable: true }, (lock) => {
      isAsked = true;
      return work(lock !== null);
    });
  } catch (error) {
    if (isAsked) throw error;
    await work(true);
  }
}

/** Takes part in a visit until the signal is aborted. Resolves when nobody has it alone any more. */
export function takePart(scope: string, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const hold = () => {
      resolve();
      return new Promise<void>((release) => {
        signal.addEventListener('abort', () => release());
      });
    };
    const ask = async () => navigator.locks.request(lockOf(scope), { mode: 'shared', signal }, hold);
    ask().catch(() => resolve());
  });
}

function lockOf(scope: string): string {
  return `harmonychat visit ${scope}`;
}
