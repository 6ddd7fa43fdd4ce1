import type { DeliveryOutcome, ResyncReason } from '../client/events.js';
import type { Message } from '../client/message.js';
import type { ConnectionState } from '../client/state.js';

// What a window tells the page. All of them bubble and leave the shadow tree.
const outward = { bubbles: true, composed: true } as const;

/** The window is configured and shown; its methods work. */
export class ChatReadyEvent extends Event {
  constructor() {
    super('chat-ready', outward);
  }
}

/** A message was added to this window's conversation: `in` from the peer, `out` typed here. */
export class ChatMessageEvent extends Event {
  constructor(
    readonly message: Message,
    readonly direction: 'in' | 'out',
    readonly peerId: string,
  ) {
    super('chat-message', outward);
  }
}

/** The connection state changed. */
export class ChatStatusEvent extends Event {
  constructor(
    readonly state: ConnectionState,
    readonly previous: ConnectionState,
  ) {
    super('chat-status', outward);
  }
}

/** An own message has a new delivery status, was cancelled or was removed. */
export class ChatDeliveryEvent extends Event {
  constructor(
    readonly id: string,
    readonly status: DeliveryOutcome,
    readonly message: Message,
  ) {
    super('chat-delivery', outward);
  }
}

/** The number of unread messages changed, in this conversation or in one that no window shows. */
export class ChatUnreadEvent extends Event {
  constructor(
    /** Whose messages. */
    readonly peerId: string,
    /** Unread messages of this peer. */
    readonly count: number,
    /** Unread messages of all peers. */
    readonly total: number,
  ) {
    super('chat-unread', outward);
  }
}

/**
 * A login succeeded, and messages may have been missed before it; once for each login. The window's `loadHistory`, if it has
 * one, is asked for them.
 */
export class ChatResyncEvent extends Event {
  constructor(
    /** When the server was last heard, ms since 1970; undefined if never on this page. */
    readonly since: number | undefined,
    /** `start`: a first login; `lost`: the connection was lost; `frozen`: the page was stopped for a while. */
    readonly reason: ResyncReason,
  ) {
    super('chat-resync', outward);
  }
}

/** The server ended the session: code 1, the same user logged in elsewhere; 2, by an administrator. */
export class ChatKickoutEvent extends Event {
  constructor(
    readonly code: number,
    readonly detail: string | undefined,
  ) {
    super('chat-kickout', outward);
  }
}

/**
 * Something is wrong: a configuration that cannot work, a refused login, a failed `getToken`, a server error, a storage that
 * cannot keep what waits (`StorageError`), an outbox that is full (`OutboxFullError`).
 */
export class ChatErrorEvent extends Event {
  constructor(readonly error: Error) {
    super('chat-error', outward);
  }
}

export interface ChatWindowEventMap {
  'chat-ready': ChatReadyEvent;
  'chat-message': ChatMessageEvent;
  'chat-status': ChatStatusEvent;
  'chat-delivery': ChatDeliveryEvent;
  'chat-unread': ChatUnreadEvent;
  'chat-resync': ChatResyncEvent;
  'chat-kickout': ChatKickoutEvent;
  'chat-error': ChatErrorEvent;
}

declare global {
  interface HTMLElementEventMap extends ChatWindowEventMap {}
}
