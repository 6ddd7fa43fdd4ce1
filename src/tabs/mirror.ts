import { DeliveryEvent, type DeliveryOutcome, LoginEvent, MessageReceivedEvent, StateEvent } from '../client/events.js';
import type { ConnectionState, PastSession } from '../client/state.js';
import type { ClientStatus } from '../client/status.js';
import type { EndStamp } from './end-stamp.js';
import { ToldEvent } from './news.js';
import { bound, OwnMessages } from './own-messages.js';
import { closed, type Ended, noSession, recall } from './session-memory.js';
import type { SessionMemory } from './shared-client-options.js';
import type { Snapshot } from './tab-channel.js';

/** Not each message: there may be many. */
const REMEMBERED: ReadonlySet<string> = new Set(['state', 'login', 'pong']);

/** Events that are written down, and for how long, ms, and of how many the next leader sees to it. */
export const KEPT: ReadonlySet<string> = new Set(['message', 'delivery', 'told']);
const LATELY_MS = 5_000;
const MOST_LATELY = 500;

/** Whether it is told that nothing of the user is to be seen any more. */
function isEnd(value: unknown): boolean {
  const { fact } = Object(value) as { readonly fact?: unknown };
  return fact === 'over' || fact === 'wiped';
}

/** What a tab knows of the session that it shares, whoever leads. */
export class Mirror {
  state: ConnectionState = { name: 'disconnected', reason: 'idle' };
  readonly own = new OwnMessages();
  /** How the session ended, if it did: no tab connects then by itself. */
  ended: Ended | undefined;
  /** What a new leader goes on with. */
  past: PastSession;
  /** What was told lately, and when. */
  readonly #news: (readonly [at: number, event: Event])[] = [];
  /** What this tab told all, and has not heard yet. */
  readonly untold = new Map<string, unknown>();
  /** Messages received lately and facts told, by their ids: none of them happens twice, whoever leads. */
  readonly seen = new Set<string>();

  constructor(
    /** Where events are dispatched. */
    readonly target: EventTarget,
    readonly memory: SessionMemory | undefined,
    readonly stamp: EndStamp,
    now: number,
    /** As of the last news. */
    public status: ClientStatus,
  ) {
    const { past, ended } = recall(memory?.read(), now);
    this.past = past;
    this.ended = ended;
  }

  /**
   * What happened, wherever it did, happens here.
   * @param isAlone whether no leader has said so
   */
  apply(event: Event, isAlone = false): void {
    const settle = this.#take(event, isAlone);
    if (!settle) return;
    const { past, ended } = this;
    if (REMEMBERED.has(event.type)) this.memory?.write({ past, ended });
    if (event instanceof StateEvent && ended) this.stamp.ended();
    else if (event instanceof LoginEvent) this.stamp.begun(event.firstLoginTime);
    else if (event instanceof ToldEvent && isEnd(event.fact)) this.stamp.gone();
    if (KEPT.has(event.type)) {
      this.#news.push([this.stamp.clock.now(), event]);
      if (this.#news.length > MOST_LATELY) this.#news.shift();
    }
    this.target.dispatchEvent(event);
    settle();
  }

  /** What was told in the last seconds: whoever led may not have got it written down. */
  get latest(): readonly Event[] {
    const since = this.stamp.clock.now() - LATELY_MS;
    return this.#news.filter(([at]) => at > since).map(([, event]) => event);
  }

  become(state: ConnectionState): void {
    this.apply(new StateEvent(state, this.state));
  }

  /** This tab was stopped, or apart: how the session ended meanwhile, nobody may be there to tell. */
  comeBack(): { readonly gone: boolean } | undefined {
    const missed = this.stamp.comeBack();
    if (!missed) return undefined;
    // Of the page that came after this one in the same tab.
    const { ended } = recall(this.memory?.read(), 0);
    if (missed.first > this.past.firstLoginTime) this.past = { ...this.past, firstLoginTime: missed.first };
    this.ended = ended ?? (missed.ended ? closed : this.ended);
    return missed;
  }

  /** This tab takes no part any more. That is no end: the session may go on, here or elsewhere. */
  pause(): void {
    const { state } = this;
    this.state = closed;
    this.target.dispatchEvent(new StateEvent(this.state, state));
  }

  /** Returns what is to be called after the listeners, or undefined if the event says nothing new. */
  #take(event: Event, isAlone: boolean): (() => void) | undefined {
    const { own } = this;
    if (event instanceof StateEvent) {
      const { state } = event;
      if (JSON.stringify(state) === JSON.stringify(this.state)) return undefined;
      this.state = state;
      this.ended = state.name === 'disconnected' && state.reason !== 'elsewhere' ? state : undefined;
      if (state.name === 'disconnected') this.past = noSession;
    } else if (event instanceof LoginEvent) {
      this.past = { firstLoginTime: event.firstLoginTime, lastFrameAt: undefined };
    } else if (event instanceof DeliveryEvent) {
      const { message, status } = event;
      const last = own.lately.get(message.id);
      // A leader who does not know of it yet may take it up once more.
      if (last === status || last === 'delivered' || last === 'sent') return undefined;
      const typed = own.typed.get(message.id);
      if (typed && !isAlone) typed.heard = true;
      return own.follow(message, status);
    } else if (event instanceof ToldEvent) {
      this.untold.delete(event.nonce);
      if (!this.#isNew(event.nonce)) return undefined;
    } else if (event instanceof MessageReceivedEvent && !this.#isNew(event.message.id)) return undefined;
    const { lastFrameAt = this.past.lastFrameAt } = this.status;
    this.past = { ...this.past, lastFrameAt };
    return () => {};
  }

  #isNew(id: string): boolean {
    const isNew = !this.seen.has(id);
    bound(this.seen.add(id));
    return isNew;
  }

  /** What another tab needs to know as much. */
  get snapshot(): Snapshot {
    const { state, ended, status, past, own } = this;
    return { state: ended ?? state, status, past, waiting: [...own.waiting.values()], lately: [...own.lately] };
  }

  /** What this tab has missed, if that is how things are. Of the session, `take()` learns the rest. */
  missed({ state, waiting, lately }: Snapshot): Event[] {
    const { own } = this;
    const there = new Set(waiting.map(({ id }) => id));
    const outcomes = new Map(lately);
    const events: Event[] = [];
    for (const message of waiting) {
      const { id, status } = message;
      if (own.waiting.get(id)?.status !== status)
        events.push(new DeliveryEvent(message, status as DeliveryOutcome, true));
    }
    for (const [id, message] of own.waiting) {
      const outcome = there.has(id) ? undefined : (outcomes.get(id) as DeliveryOutcome | undefined);
      if (outcome) events.push(new DeliveryEvent(message, outcome));
    }
    return [...events, new StateEvent(state, this.state)];
  }
}
