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
import { WAITING_STATUSES } from '../client/message.js';
import { arrayOf, type Check, isAny, isBoolean, isNumber, isString, maybe, oneOf, shape } from './schema.js';

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

const ends = ['sent', 'delivered', 'cancelled', 'removed'];

const message = (...statuses: readonly string[]) =>
  shape({
    id: isString,
    type: isNumber,
    content: isString,
    from: isString,
    to: isString,
    sentAt: isNumber,
    status: oneOf(...statuses),
  });
export const isWaitingMessage = message(...WAITING_STATUSES);
/** Of a message that waits no more. */
export const isFinal = oneOf(...ends);

const kickout = shape({ code: isNumber, detail: maybe(isString) });
const ended = (reason: string, more: Readonly<Record<string, Check>> = {}) =>
  shape({ name: oneOf('disconnected'), reason: oneOf(reason), ...more });
const states = [
  ...['idle', 'closed', 'lost', 'elsewhere'].map((reason) => ended(reason)),
  ended('misconfigured', { error: (value) => value instanceof Error }),
  ended('refused', { code: isNumber }),
  ended('kicked', { kickout }),
  shape({ name: oneOf('connecting'), attempt: isNumber, retryInMs: isNumber }),
  shape({ name: oneOf('connected') }),
];
export const isState: Check = (value) => states.some((check) => check(value));

const isReason = oneOf('start', 'lost', 'frozen');
export const isPast = shape({ firstLoginTime: isNumber, lastFrameAt: maybe(isNumber), reason: maybe(isReason) });

const isError = shape({ name: isString, message: isString, code: maybe(isNumber) });

type EventClass = new (...parts: never[]) => Event;

/** For each event: its class, and the properties of it that its constructor takes, in this order, with what each must be. */
const KINDS: Readonly<Record<string, readonly [EventClass, Readonly<Record<string, Check>>]>> = {
  state: [StateEvent, { state: isState, previous: isState }],
  login: [LoginEvent, { firstLoginTime: isNumber, again: isBoolean }],
  resync: [ResyncEvent, { since: maybe(isNumber), reason: isReason }],
  durability: [DurabilityEvent, { durability: oneOf('disk', 'memory'), error: maybe(isError) }],
  close: [LinkClosedEvent, { code: isNumber, willReconnect: isBoolean }],
  message: [MessageReceivedEvent, { message: message('received') }],
  delivery: [
    DeliveryEvent,
    {
      message: message(...WAITING_STATUSES, 'sent', 'delivered'),
      status: oneOf(...WAITING_STATUSES, ...ends),
      restored: isBoolean,
    },
  ],
  error: [ClientErrorEvent, { error: isError }],
  ping: [HeartbeatEvent, { type: oneOf('ping') }],
  pong: [HeartbeatEvent, { type: oneOf('pong') }],
  kickout: [KickoutEvent, { kickout }],
  told: [ToldEvent, { fact: isAny, nonce: isString }],
};

/** What an event says, with nothing in it that another page could not get. */
export function newsOf(event: Event): News {
  const [, parts] = KINDS[event.type] ?? [];
  const values = Object.keys(parts ?? {}).map((key) => {
    const part: unknown = event[key as keyof Event];
    if (!(part instanceof Error)) return part;
    return { name: part.name, message: part.message, code: (part as Partial<ServerError>).code };
  });
  return [event.type, ...values];
}

/** The event that this tells of. */
export function eventOf([type, ...parts]: News): Event {
  const [Class] = KINDS[type] ?? [Event];
  return new (Class as new (...parts: unknown[]) => Event)(...parts);
}

/** What another page told, checked, with errors of the classes that they had; undefined for what is no news. */
export function checkNews(value: unknown): News | undefined {
  if (!arrayOf(isAny)(value)) return undefined;
  const [type, ...parts] = value as unknown[];
  if (typeof type !== 'string' || !Object.hasOwn(KINDS, type)) return undefined;
  const [, checks = {}] = KINDS[type] ?? [];
  if (!Object.values(checks).every((check, i) => check(parts[i]))) return undefined;
  return [type, ...parts.map((part) => (isError(part) ? asError(part as ErrorData) : part))];
}

interface ErrorData {
  readonly name: string;
  readonly message: string;
  readonly code?: number;
}

function asError({ name, message, code = 0 }: ErrorData): Error {
  if (name === 'LoginRefusedError') return new LoginRefusedError(code);
  if (name === 'ServerError') return new ServerError(code);
  if (name === 'TokenError') return new TokenError(message);
  return name === 'StorageError' ? new StorageError(message) : new Error(message);
}
