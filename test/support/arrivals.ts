import { FrameType } from '../gateway/frames.js';
import type { Journal } from '../gateway/journal.js';

/** A message as a gateway first got it. */
export interface Arrival {
  readonly id: string | null;
  readonly content: string | null;
}

/** What a user's clients wrote, in order of first arrival; copies of a message (the same id) count once. */
export function arrivals(journal: Journal, user: string): Arrival[] {
  const seen = new Set<string | null>();
  return journal.frames({ user, dir: 'in', type: FrameType.data }).flatMap(({ fp, dataContent }) => {
    if (seen.has(fp)) return [];
    seen.add(fp);
    return [{ id: fp, content: dataContent }];
  });
}
