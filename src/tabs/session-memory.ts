import type { ConnectionState, PastSession } from '../client/state.js';

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

/**
 * What an earlier page of this tab left, checked. A kick-out outlives the page: going to the next one must not end the other
 * device's session. Any other end was a decision about that page.
 */
export function recall(value: unknown, now: number): Memory {
  // Of anything that is no object, nothing.
  const { past, ended }: Record<string, unknown> = Object(value);
  const { firstLoginTime, lastFrameAt, reason }: Record<string, unknown> = Object(past);
  const { kickout }: Record<string, unknown> = Object(ended);
  const { code, detail }: Record<string, unknown> = Object(kickout);
  const isPast = isNumber(firstLoginTime) && isNumber(lastFrameAt);
  const age = isPast ? now - lastFrameAt : -1;
  return {
    past:
      isPast && age >= 0 && age < GO_ON_MS
        ? { firstLoginTime, lastFrameAt, reason: reason === 'frozen' ? reason : undefined }
        : noSession,
    ended: isNumber(code)
      ? {
          name: 'disconnected',
          reason: 'kicked',
          kickout: { code, detail: typeof detail === 'string' ? detail : undefined },
        }
      : undefined,
  };
}

function isNumber(value: unknown): value is number {
  return Number.isFinite(value);
}
