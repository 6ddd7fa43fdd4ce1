import type { Message } from '../client/message.js';

/** So much earlier a message may have been typed than one that was heard of before. What differs more is a clock that was set. */
const MOST_CROSSED_MS = 5_000;

/**
 * Where an own message stands: before the own messages at the end that were typed later. News of several tabs can cross, and the
 * first of a message can be missed.
 * @param restored whether an earlier page left it: then it may be much older
 */
export function placeByTyping({ from, sentAt }: Message, messages: readonly Message[], restored: boolean): number {
  let place = messages.length;
  for (let i = place - 1; i >= 0; i--) {
    const other = messages[i];
    if (other?.from !== from) continue;
    if (other.sentAt <= sentAt || (!restored && other.sentAt > sentAt + MOST_CROSSED_MS)) break;
    place = i;
  }
  return place;
}
