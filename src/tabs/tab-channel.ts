import type { Message } from '../client/message.js';
import { OnDemand } from '../client/on-demand.js';
import type { OutboxRecord } from '../client/outbox-storage.js';
import type { ConnectionState, PastSession } from '../client/state.js';
import type { ClientStatus } from '../client/status.js';
import type { Candidate } from './leadership.js';
import { asError, eventOf, type News } from './news.js';
import type * as talk from './talk.js';

type Talk = typeof talk;

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
  news(event: Event, status: ClientStatus): void;
  leads(snapshot: Snapshot): void;
}

/** The part of a BroadcastChannel that is used. */
export interface ChannelLike {
  onmessage: ((event: MessageEvent) => void) | null;
  postMessage(message: unknown): void;
  close(): void;
}

/** How to put what is said into words: a tab that is alone does not need that to chat. */
export const words = new OnDemand(() => import('./talk.js'));

/** So much may be said before the words are there. Who misses more catches up with whoever leads. */
const MOST_WAITING = 1_000;

/** Carries the talk of the tabs, in the order in which it is said. */
export class TabChannel {
  /** What is to be done once the words are there. */
  #waiting: ((talk: Talk) => void)[] = [];
  /** Whether it is not its time yet. */
  #isHeld = false;
  /** Until it is, the last time that this had to be waited for. */
  #held: Promise<void> | undefined;

  constructor(
    /** Other tabs know this one by it. */
    readonly id: string,
    readonly channel: ChannelLike,
    /** `from` is the id of the tab that says it. */
    hear: (from: string) => TabTalk,
    /** A tab speaks that comes from another release. */
    stranger: (leads: boolean) => void,
    /** Tells whether this tab may have lost the lead without having heard so. */
    candidate: Pick<Candidate, 'doubt'>,
  ) {
    channel.onmessage = ({ data }) => {
      const doubt = candidate.doubt?.();
      if (doubt) this.#hold(doubt);
      this.#do(({ read }) => {
        const said = channel.onmessage && read(data, asError);
        if (!said) return;
        const { from, kind, parts, leads } = said;
        if (!kind) stranger(leads);
        else if (from !== id) {
          const [first, ...more] = parts;
          const words = kind === 'news' ? [eventOf(first as News), ...more] : parts;
          (hear(from)[kind] as (...parts: readonly unknown[]) => void)(...words);
        }
      });
    };
  }

  say<Kind extends keyof TabTalk>(kind: Kind, ...parts: Parameters<TabTalk[Kind]>): void {
    this.#do(({ write }) => {
      try {
        this.channel.postMessage(write(this.id, kind, parts));
      } catch {
        // What cannot be said is missed by the others, not by this tab.
      }
    });
  }

  /** Hears nothing more. What was said before is, once there are words for it, unless that has to be at once. */
  close(isAtOnce?: boolean): void {
    const close = () => this.channel.close();
    this.channel.onmessage = null;
    if (isAtOnce || !this.#isHeld) close();
    else void Promise.resolve(this.#held).then(close);
  }

  #do(what: (talk: Talk) => void): void {
    if (this.#waiting.length === MOST_WAITING) return;
    this.#waiting.push(what);
    if (words.here) this.#flush(words.here);
    else this.#hold();
  }

  /** Nothing more is said or heard before the words are there, and this resolves. */
  #hold(until?: Promise<unknown>): void {
    if (this.#isHeld) return;
    this.#isHeld = true;
    const goOn = () => {
      this.#isHeld = false;
      if (words.here) this.#flush(words.here);
      else this.#waiting = [];
    };
    this.#held = Promise.all([until, words.load()]).then(goOn, goOn);
  }

  /** What is said meanwhile comes after what waits. */
  #flush(loaded: Talk): void {
    if (this.#isHeld) return;
    this.#isHeld = true;
    try {
      for (let next = this.#waiting.shift(); next; next = this.#waiting.shift()) next(loaded);
    } finally {
      this.#isHeld = false;
    }
  }
}
