import type { Message } from '../client/message.js';

/** So much earlier a message may have been typed than one that was heard of before. What differs more is a clock that was set. */
const MOST_CROSSED_MS = 5_000;

/**
 * Where an own message stands: before the own messages at the end that were typed later. News of several tabs can cross, and the
 * first of a message can be missed.
 * @param restored whether an earlier page left it: then it may be much older
 * @param found ids of what a history brought: its time is the server's, and it went out before what the history did not know
 */
export function placeByTyping(
  { from, sentAt }: Message,
  messages: readonly Message[],
  restored: boolean,
  found: ReadonlySet<string> | undefined,
): number {
  let place = messages.length;
  for (let i = place; i-- > 0; ) {
    const other = messages[i];
    if (other?.from !== from) continue;
    const later = other.sentAt - sentAt;
    if (later <= 0 || (!restored && later > MOST_CROSSED_MS) || found?.has(other.id)) break;
    place = i;
  }
  return place;
}
