import type { ConnectionState, PastSession } from '../client/state.js';
import { isPast, isState } from './news.js';
import { maybe, shape } from './schema.js';

/** So long after the server was last heard, a page goes on with the session of the page before. Later it begins a new one. */
const GO_ON_MS = 5 * 60_000;

/** How the session ended, if it did. */
export type Ended = Extract<ConnectionState, { name: 'disconnected' }>;

/** What a tab remembers of its session from page to page. */
export interface Memory {
  readonly past: PastSession;
  readonly ended: Ended | undefined;
}

export const noSession: PastSession = { firstLoginTime: 0, lastFrameAt: undefined };
export const connecting = { name: 'connecting', attempt: 0, retryInMs: 0 } as const;
export const closed = { name: 'disconnected', reason: 'closed' } as const;

const isMemory = shape({ past: isPast, ended: maybe(isState) });

/**
 * What an earlier page of this tab left, checked. A kick-out outlives the page: going to the next one must not end the other
 * device's session. Any other end was a decision about that page.
 */
export function recall(value: unknown, now: number): Memory {
  if (!isMemory(value)) return { past: noSession, ended: undefined };
  const { past, ended } = value as Memory;
  const age = now - (past.lastFrameAt ?? 0);
  return {
    past: age >= 0 && age < GO_ON_MS ? past : noSession,
    ended: ended?.reason === 'kicked' ? ended : undefined,
  };
}
