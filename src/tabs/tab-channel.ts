import type { Message } from '../client/message.js';
import { checkRecord, type OutboxRecord } from '../client/outbox-storage.js';
import type { ConnectionState, PastSession } from '../client/state.js';
import type { ClientStatus } from '../client/status.js';
import { checkNews, isFinal, isPast, isState, isWaitingMessage, type News } from './news.js';
import { arrayOf, type Check, isAny, isNumber, isString, mapOf, maybe, oneOf, shape } from './schema.js';

/** Tabs that were loaded from different releases of this widget must not misread each other: a higher or lower one is not heard. */
const VERSION = 1;

/** What a tab needs to be where the leader is. */
export interface Snapshot {
  readonly state: ConnectionState;
  readonly status: ClientStatus;
  readonly past: PastSession;
  readonly waiting: readonly Message[];
  /** Outcomes of own messages that ended lately. */
  readonly lately: readonly (readonly [id: string, outcome: string])[];
}

/** What tabs say to each other. */
export interface TabTalk {
  /** `hello`: of a tab that needs a snapshot; `sign`: whether the leader lives; the others are for the leader to do. */
  ask(what: 'hello' | 'sign' | 'connect' | 'disconnect' | 'nudge' | 'discard'): void;
  /**
   * A message for this leader to send. Another one is given it in its turn: if it took it at once, it might send it before what
   * was typed earlier.
   */
  send(record: OutboxRecord, leader: string): void;
  /** Something for the leader to do with a message that waits. */
  act(what: 'retry' | 'cancel' | 'remove', id: string): void;
  /** Something for the leader to tell all. */
  tell(fact: unknown, nonce: string): void;
  /** The leader lives. */
  here(): void;
  news(news: News, status: ClientStatus): void;
  leads(snapshot: Snapshot): void;
}

/** The part of a BroadcastChannel that is used. */
export interface ChannelLike {
  onmessage: ((event: MessageEvent) => void) | null;
  postMessage(message: unknown): void;
  close(): void;
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
  news: [(value) => checkNews(value) !== undefined, isStatus],
  leads: [
    shape({
      state: isState,
      status: isStatus,
      past: isPast,
      waiting: arrayOf(isWaitingMessage),
      lately: arrayOf(shape({ 0: isString, 1: isFinal })),
    }),
  ],
};

const isEnvelope = shape({ v: isNumber, from: isString, say: arrayOf(isAny) });
/** What only leaders say. */
const ofLeaders: readonly unknown[] = ['news', 'here', 'leads'];

/** Carries the talk of the tabs. Whoever can run scripts on the page can say anything here: what fits no pattern is not heard. */
export class TabChannel {
  /** Other tabs know this one by it. */
  constructor(
    readonly id: string,
    readonly channel: ChannelLike,
    /** `from` is the id of the tab that says it. */
    hear: (from: string) => TabTalk,
    /** A tab speaks that comes from another release. */
    stranger: (leads: boolean) => void,
  ) {
    channel.onmessage = ({ data }) => {
      if (!isEnvelope(data)) return;
      const { v, from, say } = data as { v: number; from: string; say: unknown[] };
      const [kind, ...parts] = say;
      if (v !== VERSION) {
        stranger(ofLeaders.includes(kind));
        return;
      }
      if (from === id || typeof kind !== 'string' || !Object.hasOwn(TALK, kind)) return;
      const name = kind as keyof TabTalk;
      if (!TALK[name].every((check, i) => check(parts[i]))) return;
      if (name === 'news') parts[0] = checkNews(parts[0]);
      if (name === 'send') parts[0] = checkRecord(parts[0]);
      (hear(from)[name] as (...parts: unknown[]) => void)(...parts);
    };
  }

  say<Kind extends keyof TabTalk>(kind: Kind, ...parts: Parameters<TabTalk[Kind]>): void {
    try {
      this.channel.postMessage({ v: VERSION, from: this.id, say: [kind, ...parts] });
    } catch {
      // What cannot be said is missed by the others, not by this tab.
    }
  }

  close(): void {
    this.channel.onmessage = null;
    this.channel.close();
  }
}
