import type { ServerError } from '../client/errors.js';
import { WAITING_STATUSES } from '../client/message.js';
import { checkRecord } from '../client/outbox-storage.js';
import type { ErrorData, News } from './news.js';
import { arrayOf, type Check, isAny, isBoolean, isNumber, isString, mapOf, maybe, oneOf, shape } from './schema.js';
import type { TabTalk } from './tab-channel.js';

// How tabs put what they say into words, and which words they take. Comes on demand: a tab that is alone says nothing.

/** Tabs that were loaded from different releases of this widget must not misread each other: a higher or lower one is not heard. */
const VERSION = 1;

const ENDS = ['sent', 'delivered', 'cancelled', 'removed'];

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
const isWaitingMessage = message(...WAITING_STATUSES);

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
const isState: Check = (value) => states.some((check) => check(value));

const isReason = oneOf('start', 'lost', 'frozen');
const isPast = shape({ firstLoginTime: isNumber, lastFrameAt: maybe(isNumber), reason: maybe(isReason) });

const isError = shape({ name: isString, message: isString, code: maybe(isNumber) });

/** For each event: the properties of it that its constructor takes, in this order, with what each must be. */
const KINDS: Readonly<Record<string, Readonly<Record<string, Check>>>> = {
  state: { state: isState, previous: isState },
  login: { firstLoginTime: isNumber, again: isBoolean },
  resync: { since: maybe(isNumber), reason: isReason },
  durability: { durability: oneOf('disk', 'memory'), error: maybe(isError) },
  close: { code: isNumber, willReconnect: isBoolean },
  message: { message: message('received') },
  delivery: {
    message: message(...WAITING_STATUSES, 'sent', 'delivered'),
    status: oneOf(...WAITING_STATUSES, ...ENDS),
    restored: isBoolean,
  },
  error: { error: isError },
  ping: { type: oneOf('ping') },
  pong: { type: oneOf('pong') },
  kickout: { kickout },
  told: { fact: isAny, nonce: isString },
};

/** What an event says, with nothing in it that another page could not get. */
function newsOf(event: Event): News {
  const values = Object.keys(KINDS[event.type] ?? {}).map((key) => {
    const part: unknown = event[key as keyof Event];
    if (!(part instanceof Error)) return part;
    return { name: part.name, message: part.message, code: (part as Partial<ServerError>).code };
  });
  return [event.type, ...values];
}

/** What another page told, checked; undefined for what is no news. */
export function checkNews(value: unknown, asError: (data: ErrorData) => Error): News | undefined {
  if (!arrayOf(isAny)(value)) return undefined;
  const [type, ...parts] = value as unknown[];
  if (typeof type !== 'string' || !Object.hasOwn(KINDS, type)) return undefined;
  if (!Object.values(KINDS[type] ?? {}).every((check, i) => check(parts[i]))) return undefined;
  return [type, ...parts.map((part) => (isError(part) ? asError(part as ErrorData) : part))];
}

const isStatus = shape({
  state: isState,
  attempt: isNumber,
  nextTryInMs: maybe(isNumber),
  lastFrameAt: maybe(isNumber),
  roundTripMs: maybe(isNumber),
  logins: isNumber,
  retransmissions: isNumber,
  pending: isNumber,
  pendingBytes: isNumber,
  durability: oneOf('disk', 'memory'),
  drops: mapOf(isNumber),
});

const TALK: Readonly<Record<keyof TabTalk, readonly Check[]>> = {
  ask: [oneOf('hello', 'sign', 'connect', 'disconnect', 'nudge', 'discard')],
  send: [(value) => typeof checkRecord(value) === 'object', isString],
  act: [oneOf('retry', 'cancel', 'remove'), isString],
  tell: [isAny, isString],
  here: [],
  news: [isAny, isStatus],
  leads: [
    shape({
      state: isState,
      status: isStatus,
      past: isPast,
      waiting: arrayOf(isWaitingMessage),
      lately: arrayOf(shape({ 0: isString, 1: oneOf(...ENDS) })),
    }),
  ],
};

const isEnvelope = shape({ v: isNumber, from: isString, say: arrayOf(isAny) });
/** What only leaders say. */
const OF_LEADERS: readonly unknown[] = ['news', 'here', 'leads'];

/** What was said. */
export interface Said {
  /** The tab that said it. */
  readonly from: string;
  /** Undefined: a tab of another release speaks, and what it says is not heard. */
  readonly kind: keyof TabTalk | undefined;
  readonly parts: readonly unknown[];
  /** Whether whoever said it leads, as far as can be told from this. */
  readonly leads: boolean;
}

/** What came over the channel. Whoever can run scripts on the page can say anything there: what fits no pattern is undefined. */
export function read(data: unknown, asError: (data: ErrorData) => Error): Said | undefined {
  if (!isEnvelope(data)) return undefined;
  const { v, from, say } = data as { v: number; from: string; say: unknown[] };
  const [kind, ...parts] = say;
  const leads = OF_LEADERS.includes(kind);
  if (v !== VERSION) return { from, kind: undefined, parts: [], leads };
  if (typeof kind !== 'string' || !Object.hasOwn(TALK, kind)) return undefined;
  const name = kind as keyof TabTalk;
  if (!TALK[name].every((check, i) => check(parts[i]))) return undefined;
  if (name === 'news') parts[0] = checkNews(parts[0], asError);
  if (name === 'send') parts[0] = checkRecord(parts[0]);
  return name === 'news' && !parts[0] ? undefined : { from, kind: name, parts, leads };
}

/** What is said, as it travels. */
export function write(from: string, kind: keyof TabTalk, parts: readonly unknown[]): unknown {
  return { v: VERSION, from, say: [kind, ...parts.map((part) => (part instanceof Event ? newsOf(part) : part))] };
}
