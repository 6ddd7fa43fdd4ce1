/**
 * What is known of a message's way, never a guess:
 * - `queued`: typed, waiting for a connection;
 * - `sending`: written to the server, no acknowledgement yet;
 * - `unconfirmed`: written several times on a line that works, and not acknowledged: as a rule the receiver is away and the
 *   server keeps nothing for them. It is kept, and written again at each login and at growing intervals;
 * - `sent`: written with acknowledgement switched off (`qos: false`), so nothing more will ever be known;
 * - `delivered`: the server acknowledged it (it wrote it to the receiver's socket, or stored it for later);
 * - `failed`: given up for now; may be retried;
 * - `received`: a message of somebody else.
 */
export type DeliveryStatus = 'queued' | 'sending' | 'unconfirmed' | 'sent' | 'delivered' | 'failed' | 'received';

/** Of own messages to which something may still happen. */
export const WAITING_STATUSES = ['queued', 'sending', 'unconfirmed', 'failed'] as const;

/** Whether something may still happen to an own message of this status. */
export function isWaiting(status: unknown): boolean {
  return WAITING_STATUSES.some((waiting) => waiting === status);
}

/**
 * Message types (`typeu` on the wire): those of the original chat clients, and two of this one. Applications may use any other
 * integer. What travels in each is told in `docs/MESSAGES.md`.
 */
export const MessageType = {
  unset: -1,
  text: 0,
  image: 1,
  voice: 2,
  file: 5,
  quickReplies: 20,
  card: 21,
  system: 90,
} as const;

/** One message. Immutable: a change makes a new object, so `===` tells whether it changed. */
export interface Message {
  /** The message's fingerprint: unique, made by its sender, kept through every retry. */
  readonly id: string;
  /** Application message type, see {@link MessageType}. */
  readonly type: number;
  readonly content: string;
  /** User id of the sender, as the sender claims: the server does not check it. `"0"` is the server. */
  readonly from: string;
  /** User id of the receiver. */
  readonly to: string;
  /** Milliseconds since 1970: when it was typed here, or arrived here. */
  readonly sentAt: number;
  /** `note` marks a line of this client itself (never on the wire), so that nobody's content can look like one. */
  readonly status: DeliveryStatus | 'note';
  /** The user deleted it on this device: its content is empty, and it is not shown. It keeps its place and its id. */
  readonly deleted?: true;
}
