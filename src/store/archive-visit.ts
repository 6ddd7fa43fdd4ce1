import { onPageCache } from './page-cache.js';

/** What a tab remembers of its visit for as long as it lives, over navigations too. One for each scope. */
export interface Visit {
  get(): string | undefined;
  /** Undefined: it forgets it. */
  set(id: string | undefined): void;
}

/** No secret, it need only differ from the last one. */
export const newVisit = (): string => String(Math.random());

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

/**
 * Takes part in a visit until the signal is aborted, but for the time that the page lies in the back-forward cache. Resolves when
 * nobody has the visit alone any more.
 */
export function takePart(scope: string, signal: AbortSignal): Promise<void> {
  let leave = () => {};
  const enter = async () => {
    const part = new AbortController();
    leave = () => part.abort();
    if (signal.aborted) leave();
    await hold(lockOf(scope), part.signal);
  };
  signal.addEventListener('abort', () => leave());
  onPageCache('pagehide', () => leave(), signal);
  onPageCache('pageshow', () => void enter(), signal);
  return enter();
}

/** Resolves when the lock is ours, or refused; it is until the signal is aborted. */
function hold(name: string, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const held = () => {
      resolve();
      return new Promise<void>((release) => {
        signal.addEventListener('abort', () => release());
      });
    };
    const ask = async () => navigator.locks.request(name, { mode: 'shared', signal }, held);
    ask().catch(() => resolve());
  });
}

function lockOf(scope: string): string {
  return `harmonychat visit ${scope}`;
}
