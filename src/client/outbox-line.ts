import type { Packet } from '../protocol/index.js';
import type { DeliveryOutcome } from './events.js';
import type { Message } from './message.js';
import type { Entry } from './outbox-entry.js';

/** What an outbox needs of the world around it. */
export interface OutboxLine {
  /** Returns false if nothing was written. */
  write(packet: Packet): boolean;
  /** Bytes that the socket has not yet passed on to the network. */
  buffered(): number;
  announce(message: Message, status: DeliveryOutcome, restored?: boolean): void;
  /** Writes an entry down; `done` when that is certain, or not to be expected. */
  save(entry: Entry, done?: () => void): void;
  forget(id: string): void;
  /** Nothing that was written waits for its acknowledgement any more. */
  settled(): void;
}
