import type { Message } from '../../client/message.js';

/** The messages at the end of `next` that came after everything of `previous` that is still there; none if nothing is. */
export function appendedMessages(previous: readonly Message[], next: readonly Message[]): readonly Message[] {
  const last = previous.at(-1);
  if (!last) return [];
  const found = next.findLastIndex((message) => message.id === last.id);
  if (found >= 0) return next.slice(found + 1);
  const ids = new Set(previous.map((message) => message.id));
  const survivor = next.findLastIndex((message) => ids.has(message.id));
  return survivor < 0 ? [] : next.slice(survivor + 1);
}
