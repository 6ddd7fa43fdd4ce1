export {
  ErrorCode,
  FrameTooLargeError,
  type HeartbeatSeconds,
  KickoutCode,
  MAX_OUTBOUND_BYTES,
} from '../protocol/index.js';
export { backoff, type ReconnectContext, type ReconnectDelay } from './backoff.js';
export { ChatClient } from './chat-client.js';
export type { LogEntry } from './client-log.js';
export type { Clock } from './clock.js';
export type { SocketConstructor, SocketLike } from './connection.js';
export {
  ConfigurationError,
  LoginRefusedError,
  NotDeliveredError,
  OutboxFullError,
  ServerError,
  StorageError,
  TokenError,
} from './errors.js';
export {
  type ChatClientEventMap,
  ClientErrorEvent,
  DeliveryEvent,
  type DeliveryOutcome,
  type Durability,
  DurabilityEvent,
  HeartbeatEvent,
  KickoutEvent,
  LinkClosedEvent,
  LoginEvent,
  MessageReceivedEvent,
  ResyncEvent,
  type ResyncReason,
  StateEvent,
} from './events.js';
export { indexedDbOutbox } from './indexed-db-outbox.js';
export { type DeliveryStatus, type Message, MessageType } from './message.js';
export type { ChatClientOptions } from './options.js';
export type { OutboxRecord, OutboxStorage } from './outbox-storage.js';
export type { Outgoing, SendOptions } from './outgoing.js';
export type { PageSignal, PageSignals } from './page-signals.js';
export type { ConnectionState, KickoutState } from './state.js';
export type { ClientStatus } from './status.js';
