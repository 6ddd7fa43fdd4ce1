import type { DeliveryOutcome } from '../client/events.js';

/** What `send()` gives back. */
export interface SentMessage {
  /** Empty if nothing was sent; the reason is told in the window and by a `chat-error`. */
  readonly id: string;
  /** Resolves to the final status, never rejects. */
  readonly delivered: Promise<DeliveryOutcome>;
}
