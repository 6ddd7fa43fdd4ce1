import type { StorageError } from './errors.js';
import type { DeliveryStatus, Message } from './message.js';
import type { ConnectionState, KickoutState } from './state.js';

/** The connection state changed. Reconnect attempts are states too: `connecting` with `attempt` above 0. */
export class StateEvent extends Event {
  constructor(
    readonly state: ConnectionState,
    readonly previous: ConnectionState,
  ) {
    super('state');
  }
}

/** The server accepted a login, the first one or one after a lost connection. */
export class LoginEvent extends Event {
  constructor(
    /** Given by the server, ms since 1970; identifies this session through reconnects. */
    readonly firstLoginTime: number,
    /** False for a login that the application started, true for an automatic one. */
    readonly again: boolean,
  ) {
    super('login');
  }
}

/** Why messages may be missing: a first login, a lost connection, or a page that was stopped for a while. */
export type ResyncReason = 'start' | 'lost' | 'frozen';

/**
 * A login succeeded, and messages may have been missed before it. Once for each login, before the state is `connected`.
 * Nothing is missing from before `since`; what came later can only be had from the application's own history.
 */
export class ResyncEvent extends Event {
  constructor(
    /** When the server was last heard, ms since 1970; undefined if never. */
    readonly since: number | undefined,
    readonly reason: ResyncReason,
  ) {
    super('resync');
  }
}

/** Where messages on their way are kept: `disk` survives a reload or crash, `memory` does not. */
export type Durability = 'disk' | 'memory';

/** What waits is kept elsewhere from now on. */
export class DurabilityEvent extends Event {
  constructor(
    readonly durability: Durability,
    /** Why it is no longer on disk. */
    readonly error: StorageError | undefined,
  ) {
    super('durability');
  }
}

/**
 * A connection was lost, or an attempt failed. Not fired after `disconnect()`, a kick-out or a refused login: those are states.
 */
export class LinkClosedEvent extends Event {
  constructor(
    /** Close code of the WebSocket; 1006 also for timeouts that the client found itself. */
    readonly code: number,
    readonly willReconnect: boolean,
  ) {
    super('close');
  }
}

/** A message arrived. Each fingerprint is announced once; it is acknowledged after the listeners ran, see `waitUntil`. */
export class MessageReceivedEvent extends Event {
  /** What is waited for. */
  readonly keeping: Promise<unknown>[] = [];

  constructor(readonly message: Message) {
    super('message');
  }

  /**
   * The message is acknowledged, which says that it is in safe hands, only when this has ended, well or not; after 2 s at the
   * latest. A server that hears nothing sends it once more.
   */
  waitUntil(kept: Promise<unknown>): void {
    this.keeping.push(kept);
  }
}

/** What becomes of a message, beyond its status. */
export type DeliveryOutcome = Exclude<DeliveryStatus, 'received'> | 'cancelled' | 'removed';

/** An outgoing message has a new delivery status. */
export class DeliveryEvent extends Event {
  constructor(
    /** With its new status; of a cancelled or removed one, the last it had. */
    readonly message: Message,
    readonly status: DeliveryOutcome,
    /** Whether an earlier page left it, and it is taken up now. */
    readonly restored = false,
  ) {
    super('delivery');
  }
}

/** Something went wrong that an application may want to tell: a refused login, a failed `getToken`, a server error. */
export class ClientErrorEvent extends Event {
  constructor(readonly error: Error) {
    super('error');
  }
}

/** A keepalive was sent (`ping`), or was answered (`pong`). */
export class HeartbeatEvent extends Event {
  declare readonly type: 'ping' | 'pong';
  constructor(type: 'ping' | 'pong') {
    super(type);
  }
}

/** The server ended this session. The client does not reconnect by itself. */
export class KickoutEvent extends Event {
  constructor(readonly kickout: KickoutState) {
    super('kickout');
  }
}

export interface ChatClientEventMap {
  state: StateEvent;
  login: LoginEvent;
  resync: ResyncEvent;
  durability: DurabilityEvent;
  close: LinkClosedEvent;
  message: MessageReceivedEvent;
  delivery: DeliveryEvent;
  error: ClientErrorEvent;
  ping: HeartbeatEvent;
  pong: HeartbeatEvent;
  kickout: KickoutEvent;
}

/** An EventTarget that knows which event class belongs to which name. */
export interface TypedEventTarget<EventMap> extends EventTarget {
  addEventListener<K extends keyof EventMap & string>(
    type: K,
    listener: (event: EventMap[K]) => void,
    options?: AddEventListenerOptions | boolean,
  ): void;
  addEventListener(
    type: string,
    listener: EventListenerOrEventListenerObject | null,
    options?: AddEventListenerOptions | boolean,
  ): void;
  removeEventListener<K extends keyof EventMap & string>(
    type: K,
    listener: (event: EventMap[K]) => void,
    options?: EventListenerOptions | boolean,
  ): void;
  removeEventListener(
    type: string,
    listener: EventListenerOrEventListenerObject | null,
    options?: EventListenerOptions | boolean,
  ): void;
}

/** Base class for event targets with an event map: `class X extends typedEventTarget<Map>() {}`. */
export function typedEventTarget<EventMap>(): new () => TypedEventTarget<EventMap> {
  return EventTarget as new () => TypedEventTarget<EventMap>;
}
