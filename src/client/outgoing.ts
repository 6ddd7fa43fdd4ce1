import { data, FrameTooLargeError, frameBytes, MAX_OUTBOUND_BYTES, type Packet } from '../protocol/index.js';
import { ConfigurationError } from './errors.js';
import { type Message, MessageType } from './message.js';
import { newId } from './new-id.js';
import type { OutboxRecord } from './outbox-storage.js';

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

/** A message, the packet that carries it, and the bytes of its frame. */
export interface Framed {
  readonly message: Message;
  readonly packet: Packet;
  readonly bytes: number;
}

/**
 * A new message of this user, as it would be stored.
 * @throws {FrameTooLargeError} if its frame would have more than 65,536 bytes
 * @throws {ConfigurationError} see {@link checkOutgoing}
 */
export function newRecord(
  content: string,
  { to, type = MessageType.text, qos = true }: SendOptions,
  from: string,
  now: number,
): { record: OutboxRecord; framed: Framed } {
  checkOutgoing(content, to, type);
  const record = { v: 1, id: newId(), seq: now, to, type, content, qos, sentAt: now } as const;
  const whole = { ...record, written: false, failed: false };
  const framed = frame(whole, from);
  if (framed.bytes > MAX_OUTBOUND_BYTES) throw new FrameTooLargeError(framed.bytes, MAX_OUTBOUND_BYTES);
  return { record: whole, framed };
}

/** What a record tells of. One that is larger than any server reads has failed. */
export function frame({ id, to, type, content, qos, sentAt, failed }: OutboxRecord, from: string): Framed {
  const packet = data({ id, content, from, to, type, qos });
  const bytes = frameBytes(packet);
  const status = failed || bytes > MAX_OUTBOUND_BYTES ? 'failed' : 'queued';
  return { message: { id, type, content, from, to, sentAt, status }, packet, bytes };
}

/** UTF-8 bytes of the frame that would carry this. */
export function frameSize(
  content: string,
  { to, type = MessageType.text, qos = true }: SendOptions,
  from: string,
): number {
  const id = '00000000-0000-4000-8000-000000000000';
  return frameBytes(data({ id, content, from, to, type, qos }));
}
