import type { NotDeliveredError } from '../client/errors.js';
import type { DeliveryOutcome } from '../client/events.js';
import type { Outgoing } from '../client/outgoing.js';
import type { MessageStore } from '../store/message-store.js';

/** What `send()` gives back. */
export interface SentMessage {
  /** Empty if nothing was sent; the reason is told in the window and by a `chat-error`. */
  readonly id: string;
  /** Resolves to the final status, never rejects. */
  readonly delivered: Promise<DeliveryOutcome>;
}

/** Turns a rejection, which a page might not handle, into a status. */
export function sentMessage({ id, delivered }: Outgoing, store: MessageStore): SentMessage {
  // Resolved with what the store says, since a message without QoS ends as `sent`; cleared away, it was delivered all the same.
  const status = () => (store.get(id)?.status ?? 'delivered') as DeliveryOutcome;
  return { id, delivered: delivered.then(status, ({ reason }: NotDeliveredError) => reason) };
}
