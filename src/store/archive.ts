import type { Clock } from '../client/clock.js';
import type { DeliveryOutcome } from '../client/events.js';
import type { Message } from '../client/message.js';
import type { ArchiveLimits } from './archive-room.js';
import type { Visit } from './archive-visit.js';
import type { LastWriter } from './unwritten.js';

/** A part of a conversation as it is kept on the device. */
export interface ArchivePage {
  /** Oldest first. Own messages have the status that was last written down. */
  readonly messages: readonly Message[];
  /** Place of the first of them, to ask for what is older; undefined where nothing older is kept. */
  readonly before: number | undefined;
  /**
   * Of the newest page: id of the message behind which something may be missing, since an earlier page was gone before the
   * history had told it everything, or before that was written down. Undefined: as far as is known, nothing is.
   */
  readonly missing?: string | undefined;
}

/** What the page that begins to lead needs to know of what was before. */
export interface ArchiveState {
  /** Ids of the newest received messages, of all peers, oldest first: so that copies of them are recognised. */
  readonly known: readonly string[];
  /** Own messages whose end was never written down, oldest first. */
  readonly waiting: readonly Message[];
  /** Ids of unread messages, by peer, oldest first; of very many the newest. */
  readonly unread: ReadonlyMap<string, readonly string[]>;
}

/**
 * The conversations of one user on one device, beyond the life of a page. All pages of the browser read; the one that leads
 * writes. What is written takes place in the order of the calls. Every promise may reject; the chat then goes on from memory.
 */
export interface Archive {
  state(): Promise<ArchiveState>;
  /** The newest `limit` messages with this peer, or those before a place that an earlier page named. */
  page(peerId: string, limit: number, before?: number): Promise<ArchivePage>;
  /** A message of somebody else, behind all others with them. One that is there already stays as it is. Resolves when it is safe. */
  received(message: Message): Promise<void>;
  /**
   * News of an own message: the first puts it behind all others, later ones change its status, the last may take it out. One that
   * was cleared away meanwhile, or was never told of, is not put there by its delivery.
   * @param restored whether an earlier page left it: then it is put before what was typed later and waits, too
   */
  delivery(message: Message, outcome: DeliveryOutcome, restored?: boolean): Promise<void>;
  /**
   * Messages that had been missing, in their order, behind this one; before all others where that is undefined, or not kept.
   * Those that are there stay, and what follows them comes behind them.
   * @param news ids of those that are news; the others are old, and count as seen
   * @param isAll whether nothing is missing any more, until `state()` is asked for again, or less is told
   */
  insert(
    peerId: string,
    after: string | undefined,
    messages: readonly Message[],
    news: readonly string[],
    isAll?: boolean,
  ): Promise<void>;
  /** What is written down of an own message; `removed` if nothing is. */
  outcome(id: string): Promise<DeliveryOutcome>;
  /** Empties a message for good that nothing happens to any more: its place and its id stay, see {@link Message.deleted}. */
  erase(peerId: string, id: string): Promise<void>;
  /** Somebody has seen everything of this peer. */
  read(peerId: string): Promise<void>;
  /** Forgets a conversation, or all of this user: then nothing of them is left, neither messages nor marks. */
  clear(peerId?: string): Promise<void>;
  /** Nobody needs it for now: it takes no part in the visit until something is asked of it again. */
  rest(): void;
  /** Lets go of the database. */
  close(): void;
}

/** How an archive is opened. */
export interface ArchiveOptions {
  /** Tells the archives of one origin apart: server, application and user. */
  readonly scope: string;
  /** `session`: until the last tab of the visit has gone. `device`: until it is cleared. */
  readonly lifetime: 'session' | 'device';
  readonly visit: Visit;
  /** Name of this page, written down with all that it writes. */
  readonly page?: string;
  /** It takes part in the visit, and this page wrote last; undefined: nothing was there, or all was forgotten. */
  readonly joined?: (last: LastWriter | undefined) => void;
  /** Default: 10,000 messages, and 10,000,000 UTF-16 units of their texts. */
  readonly limits?: ArchiveLimits;
  readonly clock?: Clock;
}
