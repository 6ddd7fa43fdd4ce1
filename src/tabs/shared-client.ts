import { ChatClient } from '../client/chat-client.js';
import type { Client } from '../client/client.js';
import { ResyncEvent } from '../client/events.js';
import { newId } from '../client/new-id.js';
import { type CheckedOptions, checkOptions } from '../client/options.js';
import type { PageSignal } from '../client/page-signals.js';
import type { ClientStatus } from '../client/status.js';
import { EndStamp } from './end-stamp.js';
import type { Candidate } from './leadership.js';
import { KEPT, Mirror } from './mirror.js';
import { MirroredClient } from './mirrored-client.js';
import { JoinedEvent, ToldEvent } from './news.js';
import { Reign } from './reign.js';
import { closed, connecting, noSession } from './session-memory.js';
import type { SharedClientOptions } from './shared-client-options.js';
import { type Snapshot, TabChannel, type TabTalk, words } from './tab-channel.js';
import { TabOutbox } from './tab-outbox.js';

/**
 * A client that all tabs of a browser share. One of them leads: it has a {@link ChatClient} of its own, and tells the others
 * each event of it. All show the same, and what one of them asks for, the leader does.
 *
 * @fires told - something that a tab told all tabs
 * @fires joined - this tab has caught up with the leader
 */
export class SharedClient extends MirroredClient implements Client {
  readonly #checked: CheckedOptions;
  readonly #candidate: Candidate;
  readonly #stamp: EndStamp;
  readonly #id = newId();
  protected readonly mirror: Mirror;
  protected readonly outbox: TabOutbox;
  #channel: TabChannel | undefined;
  /** While this tab leads; the last time that it did. */
  #reign: Reign | undefined;
  #deposed: Reign | undefined;
  /** From `join()` to `leave()`: the page's signals are heard. */
  #life: AbortController | undefined;
  /** Whether this tab stands for leadership: not while it is stopped. */
  #isIn = false;
  /** Whether it still has to catch up: it is new, or back from where it heard nothing. */
  #lag: '' | 'new' | 'back' = '';
  /** Whoever leads, as far as is known. */
  #leader = '';
  /** Whether a new session is wanted, whatever has ended. */
  #isWanted = false;
  #log: ChatClient['log'];

  /** @throws {ConfigurationError} for an option that cannot work */
  constructor(options: SharedClientOptions) {
    super(options);
    this.#checked = checkOptions(options);
    const { clock, page } = this.#checked;
    this.#stamp = new EndStamp(options.stamp, clock);
    this.mirror = new Mirror(this, options.memory, this.#stamp, clock.now(), new ChatClient(options).status);
    this.outbox = new TabOutbox(
      options,
      clock,
      this.mirror.own,
      () => ({ reign: this.#reign, channel: this.#channel, leader: this.#leader, status: this.status }),
      (event) => this.mirror.apply(event, true),
    );
    this.#candidate = options.candidate(clock, {
      lead: () => this.#lead(),
      follow: () => {
        this.#abdicate();
        this.#ask('hello');
      },
      elsewhere: () => {
        this.#abdicate();
        this.#stamp.goAway();
        this.mirror.become({ name: 'disconnected', reason: 'elsewhere' });
      },
      ask: () => {
        this.#ask('sign');
        return words.here !== undefined;
      },
      hidden: () => page?.hidden ?? false,
    });
  }

  get status(): ClientStatus {
    return { ...(this.#reign?.client.status ?? this.mirror.status), state: this.state };
  }

  /** Hears what the client of this tab notes, while it leads. */
  get log(): ChatClient['log'] {
    return this.#log;
  }

  set log(listener: ChatClient['log']) {
    this.#log = listener;
    if (this.#reign) this.#reign.client.log = listener;
  }

  /** Takes part: connects, unless another tab has, or the session was ended. Without effect if it does already. */
  join(): void {
    if (this.#life) return;
    this.#life = new AbortController();
    this.#checked.page?.listen((signal) => this.#hear(signal), this.#life.signal);
    this.#enter();
  }

  /** Goes: another tab goes on with the connection, if there is one; else it is closed. How the session ended stays known. */
  leave(): void {
    if (!this.#life) return;
    this.#life.abort();
    this.#life = undefined;
    this.#retire();
    this.outbox.leave();
    if (!this.mirror.ended) this.mirror.pause();
  }

  /** Connects as a new session, unless there is one; while waiting for a reconnect, tries at once. */
  connect(): void {
    if (this.#reign) {
      if (this.mirror.ended) this.mirror.become(connecting);
      this.#reign.open();
    } else if (this.state.name === 'disconnected') {
      this.#isWanted = true;
      // With the token of this tab. Whoever leads has no line to lose.
      if (this.#isIn) this.#candidate.take();
      else this.join();
    } else if (this.state.name === 'connecting' && this.state.attempt > 0) this.#candidate.take();
    else this.#ask('connect');
  }

  disconnect(): void {
    const { state } = this;
    const isElsewhere = state.name === 'disconnected' && state.reason === 'elsewhere';
    if (state.name === 'disconnected' && !isElsewhere) return;
    this.#ask('disconnect');
    this.#end();
    if (!isElsewhere) return;
    // The tab that has the chat hears nothing else.
    this.mirror.become(closed);
    this.#candidate.take();
  }

  nudge(): void {
    if (this.#reign) this.#reign.client.nudge();
    else this.#ask('nudge');
  }

  /** Tells all tabs, this one included. Survives a change of the leader. */
  tell(fact: unknown): void {
    const nonce = newId();
    this.mirror.untold.set(nonce, fact);
    if (this.#reign) this.#reign.tell(fact, nonce);
    else if (this.#channel) this.#channel.say('tell', fact, nonce);
    else this.mirror.apply(new ToldEvent(fact, nonce));
  }

  #hear(signal: PageSignal): void {
    if (signal === 'frozen') {
      // Whoever is stopped must not keep the others waiting, nor the line open.
      this.#retire(true);
      this.#stamp.goAway();
      this.mirror.past = { ...this.mirror.past, reason: 'frozen' };
    } else if (signal === 'resumed' || signal === 'visible') {
      if (!this.#isIn) this.#enter();
      else if (signal === 'visible') {
        this.#candidate.heard();
        this.nudge();
      } else if (!this.#reign) this.#ask('hello');
    }
  }

  #comeBack(): void {
    const missed = this.mirror.comeBack();
    if (missed) this.#lag = 'back';
    if (!missed?.gone) return;
    this.outbox.discard(true);
    this.dispatchEvent(new Event('expired'));
  }

  #enter(): void {
    this.#comeBack();
    this.mirror.become((!this.#isWanted && this.mirror.ended) || connecting);
    // Who hears that may have gone, or come again. A page that nobody asked for yet must not lead the others.
    if (this.#isIn || !this.#life || this.#checked.page?.prerendering) return;
    this.#isIn = true;
    this.#lag ||= 'new';
    try {
      const channel = this.options.channel?.();
      this.#channel = channel && new TabChannel(this.#id, channel, this.#talk, this.#meetStranger, this.#candidate);
    } catch {
      // Then nobody hears of this tab.
    }
    this.#ask('hello');
    this.#candidate.start();
  }

  /** @param isStopped so that no channel may stay open */
  #retire(isStopped?: boolean): void {
    this.#isIn = false;
    this.outbox.rest();
    this.#candidate.stop();
    this.#abdicate();
    this.#channel?.close(isStopped);
    this.#channel = undefined;
  }

  #lead(): void {
    const { mirror } = this;
    this.#comeBack();
    const say: TabChannel['say'] = (...said) => words.here && this.#channel?.say(...said);
    const reign = new Reign(this.options, this.#checked.clock, mirror, this.#candidate, say);
    reign.client.log = this.#log;
    this.#reign = reign;
    this.#leader = this.#id;
    if (this.#isWanted) Object.assign(mirror, { past: noSession, ended: undefined });
    this.#isWanted = false;
    mirror.become(mirror.ended ?? connecting);
    if (this.#reign !== reign) return;
    // What happens before it can be told is in the snapshot.
    const greet = () => this.#reign === reign && say('leads', mirror.snapshot);
    void (words.here ? greet() : words.load().then(greet, () => {}));
    reign.open();
    this.outbox.giveAll();
    if (this.#lag === 'back') void reign.ready.then(() => this.dispatchEvent(new JoinedEvent()));
    this.#lag = '';
    for (const [nonce, fact] of mirror.untold) reign.tell(fact, nonce);
  }

  #abdicate(): void {
    this.#reign?.end();
    this.#deposed = this.#reign ?? this.#deposed;
    this.#reign = undefined;
    this.#leader = '';
  }

  /** The session ends, though it may not have begun, and nobody may lead. */
  #end(): void {
    this.#reign?.client.disconnect();
    if (this.state.name !== 'disconnected') this.mirror.become(closed);
  }

  /** A tab was loaded from another release of this widget: nobody can share with it, and if it leads, it must not be robbed. */
  readonly #meetStranger = (leads: boolean) => {
    if (!leads) this.#reign?.ask('sign');
    else if (!this.#reign) {
      this.#candidate.heard();
      this.mirror.become({ name: 'disconnected', reason: 'elsewhere' });
    }
  };

  /** What this tab does when another one speaks. */
  readonly #talk = (from: string): TabTalk => {
    const reign = this.#reign;
    return {
      ask: (what) => {
        if (what === 'disconnect') this.#end();
        else if (what === 'discard') this.outbox.discard(true);
        else reign?.ask(what);
      },
      send: (record, leader) => leader === this.#id && reign?.send(record),
      act: (what, id) => reign?.client[what](id),
      tell: (fact, nonce) => reign?.tell(fact, nonce),
      here: () => from === this.#leader && this.#candidate.heard(),
      news: (event, status) => {
        if (!reign && (!this.#leader || from === this.#leader)) {
          this.#candidate.heard();
          this.mirror.status = status;
        } else if (!KEPT.has(event.type)) return;
        // What happens to a message, or was told to all, does, also if it is said by a tab that leads no more, or not yet as is known.
        this.mirror.apply(event);
      },
      leads: (snapshot) => {
        if (reign) return;
        this.#leader = from;
        this.#candidate.heard();
        this.#catchUp(snapshot);
      },
    };
  };

  #catchUp(snapshot: Snapshot, mirror = this.mirror): void {
    const isToTake = this.#isWanted && snapshot.state.name === 'disconnected';
    const state = isToTake ? this.state : snapshot.state;
    mirror.status = snapshot.status;
    // The leader's login was told before this tab could hear it.
    const since = this.#lag === 'back' ? mirror.past.lastFrameAt : undefined;
    if (this.#lag && state.name === 'connected')
      this.dispatchEvent(new ResyncEvent(since, this.#lag === 'back' ? 'frozen' : 'start'));
    for (const event of mirror.missed({ ...snapshot, state })) mirror.apply(event);
    mirror.past = snapshot.past;
    mirror.own.learn(snapshot.lately);
    this.#deposed?.forget(snapshot);
    this.outbox.giveAll(snapshot.waiting);
    for (const [nonce, fact] of mirror.untold) this.#channel?.say('tell', fact, nonce);
    if (isToTake) this.#candidate.take();
    else this.#isWanted = false;
    this.dispatchEvent(new JoinedEvent());
    this.#lag = '';
  }

  readonly #ask = (what: Parameters<TabTalk['ask']>[0]) => this.#channel?.say('ask', what);
}
