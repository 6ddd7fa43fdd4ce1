import { LoginRefusedError, ServerError, StorageError, TokenError } from '../client/errors.js';
import {
  type ChatClientEventMap,
  ClientErrorEvent,
  DeliveryEvent,
  DurabilityEvent,
  HeartbeatEvent,
  KickoutEvent,
  LinkClosedEvent,
  LoginEvent,
  MessageReceivedEvent,
  ResyncEvent,
  StateEvent,
} from '../client/events.js';

/** Something that one tab tells another about a fact of theirs; see `tell` of the shared client. */
export class ToldEvent extends Event {
  constructor(
    readonly fact: unknown,
    /** Tells this telling from others of the same. */
    readonly nonce: string,
  ) {
    super('told');
  }
}

/** This tab has caught up with the one that leads: what happened before may be looked up now. */
export class JoinedEvent extends Event {
  constructor() {
    super('joined');
  }
}

export interface SharedClientEventMap extends ChatClientEventMap {
  told: ToldEvent;
  joined: JoinedEvent;
  /** While this tab was stopped, all of the user was to go from the screens. */
  expired: Event;
}

/** An event of a client as plain data, which can be sent to other tabs: its name, then what its class is made of. */
export type News = readonly [type: string, ...parts: unknown[]];

const CLASSES: Readonly<Record<string, new (...parts: never[]) => Event>> = {
  state: StateEvent,
  login: LoginEvent,
  resync: ResyncEvent,
  durability: DurabilityEvent,
  close: LinkClosedEvent,
  message: MessageReceivedEvent,
  delivery: DeliveryEvent,
  error: ClientErrorEvent,
  ping: HeartbeatEvent,
  pong: HeartbeatEvent,
  kickout: KickoutEvent,
  told: ToldEvent,
};

/** The event that checked news tell of. */
export function eventOf([type, ...parts]: News): Event {
  return new (CLASSES[type] as new (...parts: unknown[]) => Event)(...parts);
}

/** An error as another tab can get it. */
export interface ErrorData {
  readonly name: string;
  readonly message: string;
  readonly code?: number;
}

/** One of the class that it had. */
export function asError({ name, message, code = 0 }: ErrorData): Error {
  if (name === 'LoginRefusedError') return new LoginRefusedError(code);
  if (name === 'ServerError') return new ServerError(code);
  if (name === 'TokenError') return new TokenError(message);
  return name === 'StorageError' ? new StorageError(message) : new Error(message);
}
