import { type DeliveryStatus, isWaiting, type Message, WAITING_STATUSES } from '../client/message.js';

const VERSION = 1;
/** Of messages to which nothing happens any more: these may be let go for want of room. */
export const ENDED = ['sent', 'delivered', 'received'] as const;
const STATUSES: readonly unknown[] = [...WAITING_STATUSES, ...ENDED];
/** Beyond it not every number has a successor. */
export const LAST_PLACE = 2 ** 52;
/** A place before all others, and what is behind the last one. */
export const BEFORE_ALL = Number.NEGATIVE_INFINITY;
export const NO_END = Number.POSITIVE_INFINITY;
/** Ms since 1970 that a `Date` can tell. */
const LAST_MS = 8.64e15;

/** A message as it is kept. */
export interface ArchiveRecord extends Message {
  /** Version of this layout. */
  readonly v: typeof VERSION;
  /** Whose it is: server, application and user. */
  readonly scope: string;
  /** With whom: the sender of a received message, the receiver of an own one. */
  readonly peer: string;
  /** Where it stands among the messages with this peer. */
  readonly place: number;
  /** Its age in the whole archive: lower is older. */
  readonly kept: number;
  readonly status: DeliveryStatus;
  /** It was old when it came here: never unread. */
  readonly seen?: boolean;
}

/** What may really be there: whoever can run scripts on the page can write what they like. */
export type Stored = { readonly [Field in keyof ArchiveRecord]?: unknown };

/** A record as it is kept, of a message with this status. */
export function recordOf(
  scope: string,
  { id, type, content, from, to, sentAt, deleted }: Message,
  status: DeliveryStatus,
  place: number,
  kept: number,
): ArchiveRecord {
  return {
    v: VERSION,
    scope,
    id,
    type,
    content,
    from,
    to,
    sentAt,
    status,
    peer: peerOf(from, to, status),
    place,
    kept,
    ...(deleted && { deleted }),
  };
}

export function peerOf<T>(from: T, to: T, status: unknown): T {
  return status === 'received' ? from : to;
}

/** A record as it was read, if it is one. `newer` is one of a later version of this client: left alone. */
export function checkRecord(value: Stored | undefined): ArchiveRecord | 'newer' | undefined {
  if (!value) return undefined;
  const { v, id, type, content, from, to, sentAt, status, peer, place, kept, deleted } = value;
  if (typeof v === 'number' && v > VERSION) return 'newer';
  const isRecord =
    v === VERSION &&
    id !== '' &&
    [id, content, from, to].every((text) => typeof text === 'string') &&
    Number.isInteger(type) &&
    isWithin(sentAt, LAST_MS) &&
    isWithin(place, LAST_PLACE) &&
    isWithin(kept, LAST_PLACE) &&
    STATUSES.includes(status) &&
    // What waits is sent: nothing empty may be.
    (deleted === undefined || (deleted === true && content === '' && !isWaiting(status))) &&
    peer === peerOf(from, to, status);
  return isRecord ? (value as ArchiveRecord) : undefined;
}

/** The message of a record, and nothing else of it. */
export function messageOf({ id, type, content, from, to, sentAt, status, deleted }: ArchiveRecord): Message {
  return { id, type, content, from, to, sentAt, status, ...(deleted && { deleted }) };
}

/** What it counts for the limit: UTF-16 units of its texts, which is near enough to the bytes it takes. */
export function sizeOf(value: Stored): number {
  const record = checkRecord(value);
  return typeof record === 'object' ? (record.id + record.from + record.to + record.content).length : 0;
}

export function isWithin(value: unknown, most: number): value is number {
  return typeof value === 'number' && Math.abs(value) <= most;
}
