import type { Message } from '../client/message.js';

/** Where an own message of an earlier page stands: before the own messages at the end that were typed later. */
export function placeByTyping({ sentAt }: Message, messages: readonly Message[]): number {
  let place = messages.length;
  for (let i = place - 1; i >= 0; i--) {
    const other = messages[i];
    if (!other || other.status === 'received' || other.status === 'note') continue;
    if (other.sentAt <= sentAt) break;
    place = i;
  }
  return place;
}
