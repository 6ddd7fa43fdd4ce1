import type { Clock } from '../client/clock.js';
import type { DeliveryOutcome } from '../client/events.js';
import type { Message } from '../client/message.js';
import type { ChatClientOptions } from '../client/options.js';
import type { Candidate, LeadershipOwner } from './leadership.js';
import type { ChannelLike } from './tab-channel.js';

/** Keeps what happens on the device, in the tab that leads. Every promise may reject. */
export interface NewsKeeper {
  /** Before a tab leads: ids of messages that were received, and own messages whose end was never written down. */
  before(): Promise<{ readonly known: readonly string[]; readonly waiting: readonly Message[] }>;
  /** A message came. It is acknowledged when this resolves. */
  message(message: Message): Promise<unknown>;
  /** News of an own message; `restored`: an earlier page left it. */
  delivery(message: Message, outcome: DeliveryOutcome, restored?: boolean): unknown;
  /** How an own message ended, as far as it did and is known; `removed` also of one that is not kept. */
  outcome?(id: string): Promise<DeliveryOutcome | undefined>;
  /** Something was told to all tabs. */
  fact(fact: unknown): unknown;
  /**
   * Events `message`, `delivery` and `told` of the last seconds, in their order, before this tab leads: whoever led may be gone
   * before they were written down. What was written down stays as it is.
   */
  replay?(events: readonly Event[]): unknown;
}

/** @param waiting own messages that only the archive knows of @param ended messages whose end was seen here */
export type Revise = (
  values: readonly unknown[],
  waiting: readonly Message[],
  ended: ReadonlyMap<string, DeliveryOutcome>,
) => Promise<readonly unknown[]>;

/** What is remembered, by one tab from page to page, or by all. */
export interface SessionMemory {
  /** What was written last, by whoever; undefined for nothing. */
  read(): unknown;
  write(value: unknown): void;
}

export interface SharedClientOptions extends ChatClientOptions {
  /** Makes what agrees with other tabs on who leads. */
  readonly candidate: (clock: Clock, owner: LeadershipOwner) => Candidate;
  /** Makes the line to the other tabs; undefined: there is none, and each tab is alone. */
  readonly channel?: (() => ChannelLike) | undefined;
  readonly memory?: SessionMemory | undefined;
  /** What all tabs can read, whenever they come back: when the session ended. */
  readonly stamp?: SessionMemory | undefined;
  readonly keeper?: NewsKeeper | undefined;
  /** What is made of what was read of the outbox; see `withArchived`. Default: it is taken as it is. */
  readonly revise?: Revise | undefined;
}
