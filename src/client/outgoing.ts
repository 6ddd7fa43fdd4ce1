/** How to send one message. */
export interface SendOptions {
  /** User id of the receiver; `"0"` addresses the server's application. */
  readonly to: string;
  /** Application message type, see {@link MessageType}. Default text. */
  readonly type?: number | undefined;
  /** Whether the server must acknowledge it; false writes it once and never asks. Default true. */
  readonly qos?: boolean | undefined;
}

/** A message on its way. */
export interface Outgoing {
  readonly id: string;
  /**
   * Resolves when the server acknowledged the message (without QoS: when it was written). Rejects with
   * `NotDeliveredError`; left alone, it never becomes an unhandled rejection.
   */
  readonly delivered: Promise<void>;
}
