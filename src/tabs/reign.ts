import { ChatClient } from '../client/chat-client.js';
import type { Clock } from '../client/clock.js';
import { DeliveryEvent, type DeliveryOutcome, MessageReceivedEvent } from '../client/events.js';
import { inTime } from '../client/in-time.js';
import type { LeftReader } from '../client/late-keeper.js';
import { isWaiting, type Message } from '../client/message.js';
import type { ChatClientOptions } from '../client/options.js';
import { CLAIM_MS, type OutboxRecord } from '../client/outbox-storage.js';
import { frame } from '../client/outgoing.js';
import type { Candidate } from './leadership.js';
import type { Mirror } from './mirror.js';
import { ToldEvent } from './news.js';
import type { SharedClientOptions } from './shared-client-options.js';
import type { Snapshot, TabChannel } from './tab-channel.js';

/** A slow device must not keep a new leader from connecting. */
const PATIENCE_MS = 500;
/** Nor others from catching up. */
const KEEP_MS = 2_000;

/** What a client that leads does for all tabs. */
interface LeadingOwner extends LeftReader {
  publish(event: Event): void;
  discarded(): void;
}

/** A client whose events are told to all tabs instead of its own listeners. */
class LeadingClient extends ChatClient {
  constructor(
    options: ChatClientOptions,
    readonly owner: LeadingOwner,
  ) {
    super(options, owner);
  }

  override discard(): void {
    this.owner.discarded();
    super.discard();
  }

  override dispatchEvent(event: Event): boolean {
    this.owner.publish(event);
    return true;
  }
}

/** The time in which a tab leads: it has the client, and whatever that does is told to all tabs, in one order. */
export class Reign {
  readonly client: ChatClient;
  #isOver = false;
  /** Resolves when it is known which messages have been received before. */
  readonly ready: Promise<unknown>;
  /** Resolves when what was told so far is kept on the device. */
  #kept: Promise<unknown> = Promise.resolve();
  /** Own messages that only the archive knows of, until they are taken up. */
  #left: Promise<readonly Message[]>;
  /** Messages that a leader before had heard of, until it is known what became of them. */
  readonly #heard = new Map<string, OutboxRecord>();
  /** Resolves when the outbox was read, or cannot be. */
  readonly #claimed: Promise<void>;
  #wasRead = () => {};
  readonly #timer: unknown;
  /** How many messages wait until it is known what became of them, and the last of them. */
  #asked = 0;
  #resumed: Promise<void> = Promise.resolve();

  constructor(
    readonly options: SharedClientOptions,
    readonly clock: Clock,
    readonly mirror: Mirror,
    readonly candidate: Candidate,
    /** Tells the other tabs. */
    readonly say: TabChannel['say'],
  ) {
    const { keeper, storage } = options;
    this.#keep(keeper?.replay?.(mirror.latest));
    const before = keeper?.before();
    this.ready = this.#soon(before);
    this.#left = this.#soon(before).then((found) => found?.waiting ?? []);
    this.#claimed = this.#nextRead();
    this.client = new LeadingClient(options, {
      publish: (event) => this.#isOver || this.publish(event),
      discarded: () => {
        this.#left = Promise.resolve([]);
      },
      revise: async (values) => {
        const left = [...(await this.#left), ...(await this.#heardOf())];
        this.#left = Promise.resolve([]);
        return options.revise?.(values, left, mirror.own.lately) ?? values;
      },
      read: () => this.#wasRead(),
      // Another tab took them: this one hung, and has not heard yet that it leads no more. That tab tells how they ended.
      gone() {},
    });
    this.client.recognise(mirror.seen);
    // Also if it comes late: copies of what was read must not be news.
    before?.then(
      ({ known }) => this.client.recognise(known),
      () => {},
    );
    if (storage) this.#timer = this.clock.setTimeout(this.#wasRead, CLAIM_MS);
    else this.#wasRead();
  }

  /** Takes the outbox up, and connects, as soon as it is known what has been received before, unless the session has ended. */
  open(): void {
    void this.ready.then(() => {
      if (this.#isOver) return;
      this.client.claim();
      if (!this.mirror.ended) this.client.connect(this.mirror.past);
    });
  }

  /** What another tab asks for. */
  ask(what: 'hello' | 'sign' | 'connect' | 'nudge'): void {
    // Not before what the other will look up is written down.
    if (what === 'hello') void this.#welcome();
    else if (what === 'sign') this.say('here');
    else if (what === 'connect') this.open();
    else this.client.nudge();
  }

  async #welcome(): Promise<void> {
    await this.#kept;
    // A page that knew no leader, and is gone, may have left something.
    if (this.client.reclaim()) await this.#soon(this.#nextRead());
    // It may have hung meanwhile. Whoever hears two leaders does not hear the one that is.
    await this.candidate.sure?.();
    if (!this.#isOver) this.say('leads', this.mirror.snapshot);
  }

  #nextRead(): Promise<void> {
    return new Promise((resolve) => {
      this.#wasRead = resolve;
    });
  }

  /** Sends what was typed in some tab. If that is done already, the tab has missed it. */
  send(record: OutboxRecord): void {
    const outcome = this.mirror.own.lately.get(record.id);
    if (outcome) this.#tell(this.#eventOf(record, outcome));
    else if (!record.written && this.#asked === 0) this.#adopt(record);
    else this.#resume(record);
  }

  /**
   * A leader had it: so it is in the storage, where it has its place among others, or it has ended, and the archive tells how.
   * What is given later waits for its turn.
   */
  #resume(record: OutboxRecord): void {
    const { id, written } = record;
    const ask = () => (this.#isWaiting(id) ? undefined : this.#outcomeOf(id));
    this.#asked += 1;
    if (written) this.#heard.set(id, record);
    this.#resumed = Promise.all([written ? this.#claimed.then(ask) : undefined, this.#resumed]).then(([outcome]) => {
      this.#asked -= 1;
      this.#heard.delete(id);
      if (this.#isOver || this.mirror.own.lately.has(id)) return;
      if (outcome && !isWaiting(outcome)) this.publish(this.#eventOf(record, outcome));
      else this.#adopt(record);
    });
  }

  /** Those that have not ended: the leader may have been gone before it had written them down, and they come before what was. */
  async #heardOf(): Promise<readonly Message[]> {
    const heard = [...this.#heard.values()];
    const outcomes = await Promise.all(heard.map(({ id }) => this.#outcomeOf(id)));
    return heard
      .filter((_, n) => isWaiting(outcomes[n] ?? 'queued'))
      .map((record) => this.#eventOf(record, 'sending').message);
  }

  async #outcomeOf(id: string): Promise<DeliveryOutcome | undefined> {
    return this.#soon(this.options.keeper?.outcome?.(id));
  }

  #adopt(record: OutboxRecord): void {
    // Those who have not heard of it show it where it was typed.
    if (record.written && !this.#isWaiting(record.id)) this.publish(this.#eventOf(record, 'queued', true));
    this.client.adopt(record);
  }

  #isWaiting(id: string): boolean {
    return this.client.waiting.some((message) => message.id === id);
  }

  #eventOf(record: OutboxRecord, outcome: DeliveryOutcome, restored = false): DeliveryEvent {
    const { message } = frame(record, this.options.userId);
    const status = outcome === 'cancelled' || outcome === 'removed' ? message.status : outcome;
    return new DeliveryEvent({ ...message, status }, outcome, restored);
  }

  /** Tells something to all tabs, whichever wants it told: once. Whoever asks again has missed it. */
  tell(fact: unknown, nonce: string): void {
    const event = new ToldEvent(fact, nonce);
    if (this.mirror.seen.has(nonce)) this.#tell(event);
    else this.publish(event);
  }

  /** Tells something to all tabs, when it is on its way to the device. */
  publish(event: Event): void {
    const { keeper } = this.options;
    if (keeper && event instanceof MessageReceivedEvent) {
      const kept = keeper.message(event.message);
      event.waitUntil(kept);
      this.#keep(kept);
    } else if (event instanceof DeliveryEvent)
      this.#keep(keeper?.delivery(event.message, event.status, event.restored));
    else if (event instanceof ToldEvent) this.#keep(keeper?.fact(event.fact));
    this.#tell(event);
    this.mirror.status = this.client.status;
    this.mirror.apply(event);
  }

  /** The connection is given back; nothing of that is told. */
  end(): void {
    const { storage } = this.options;
    this.#isOver = true;
    this.clock.clearTimeout(this.#timer);
    this.mirror.status = this.client.status;
    this.client.disconnect();
    // What it knows is out of date from now on, and must not be written down again.
    if (storage) storage.emptied = undefined;
  }

  /** Another tab may have seen the end of messages that this one went on writing down, not knowing that it was over. */
  forget({ lately }: Snapshot): void {
    const ended = new Map(lately);
    for (const { id } of this.client.waiting) if (ended.has(id)) this.options.storage?.delete(id).catch(() => {});
  }

  #keep(kept: unknown): void {
    if (kept) this.#kept = this.#soon(Promise.all([this.#kept, kept]), KEEP_MS);
  }

  #tell(event: Event): void {
    this.say('news', event, this.client.status);
  }

  /** What comes of it, unless that takes too long. */
  async #soon<T>(promise: Promise<T> | undefined, ms = PATIENCE_MS): Promise<T | undefined> {
    return promise && inTime(ms, promise, this.clock);
  }
}
