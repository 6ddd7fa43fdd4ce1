import type { Message } from '../../src/client/index.js';

/** Monday 5 January 2026, 9:30 UTC. */
export const MONDAY = Date.UTC(2026, 0, 5, 9, 30);

/** A text from bob to alice, unless told otherwise. */
export function messageOf(id: string, fields: Partial<Message> = {}): Message {
  return {
    id,
    type: 0,
    content: `text of ${id}`,
    from: 'bob',
    to: 'alice',
    sentAt: MONDAY,
    status: 'received',
    ...fields,
  };
}
