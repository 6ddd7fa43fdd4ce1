import { ConfigurationError } from './errors.js';

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

/**
 * What TypeScript cannot keep a page from passing. It would make a frame that the server cannot read: the server would close
 * the connection, and again at every retransmission.
 * @throws {ConfigurationError}
 */
export function checkOutgoing(content: string, to: string, type: number): void {
  if (typeof to !== 'string' || to === '') throw new ConfigurationError('to', 'the user id of a receiver', to);
  if (typeof content !== 'string') throw new ConfigurationError('content', 'a string', content);
  // `typeu` is an `int` of Java.
  if ((type | 0) !== type) {
    throw new ConfigurationError('type', 'a 32-bit integer', type);
  }
}
