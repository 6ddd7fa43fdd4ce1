export {
  ErrorCode,
  FrameTooLargeError,
  type HeartbeatSeconds,
  KickoutCode,
  MAX_OUTBOUND_BYTES,
} from '../protocol/index.js';
export { backoff, type ReconnectContext, type ReconnectDelay } from './backoff.js';
export { ChatClient } from './chat-client.js';
export type { Clock } from './clock.js';
export type { SocketConstructor, SocketLike } from './connection.js';
export { ConfigurationError, LoginRefusedError, NotDeliveredError, ServerError, TokenError } from './errors.js';
export {
  type ChatClientEventMap,
  ClientErrorEvent,
  DeliveryEvent,
  type DeliveryOutcome,
  HeartbeatEvent,
  KickoutEvent,
  LinkClosedEvent,
  LoginEvent,
  MessageReceivedEvent,
  StateEvent,
} from './events.js';
export { type DeliveryStatus, type Message, MessageType } from './message.js';
export type { ChatClientOptions } from './options.js';
export type { Outgoing, SendOptions } from './outgoing.js';
export type { ConnectionState, KickoutState } from './state.js';
