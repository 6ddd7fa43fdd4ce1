import { ChatClient } from '../client/chat-client.js';
import type { Clock } from '../client/clock.js';
import { DeliveryEvent, MessageReceivedEvent } from '../client/events.js';
import type { ChatClientOptions } from '../client/options.js';
import type { OutboxRecord } from '../client/outbox-storage.js';
import { frame } from '../client/outgoing.js';
import { withArchived } from './archived-outbox.js';
import type { Mirror } from './mirror.js';
import { newsOf, ToldEvent } from './news.js';
import type { SharedClientOptions } from './shared-client-options.js';
import type { Snapshot, TabChannel } from './tab-channel.js';

/** A slow device must not keep a new leader from connecting, nor others from catching up. */
const PATIENCE_MS = 500;

/** A client whose events are told to all tabs instead of its own listeners. */
class LeadingClient extends ChatClient {
  constructor(
    options: ChatClientOptions,
    readonly publish: (event: Event) => void,
  ) {
    super(options);
  }

  override dispatchEvent(event: Event): boolean {
    this.publish(event);
    return true;
  }
}

/** The time in which a tab leads: it has the client, and whatever that does is told to all tabs, in one order. */
export class Reign {
  readonly client: ChatClient;
  #isOver = false;
  /** Resolves when it is known which messages have been received before. */
  readonly #ready: Promise<void>;
  /** Resolves when what was told so far is kept on the device. */
  #kept: Promise<unknown> = Promise.resolve();

  constructor(
    readonly options: SharedClientOptions,
    readonly clock: Clock,
    readonly mirror: Mirror,
    /** Tells the other tabs. */
    readonly say: TabChannel['say'],
  ) {
    const { keeper, storage } = options;
    const before = this.#soon(keeper?.before());
    const { waiting, lately } = mirror.own;
    const archived = async () => [...((await before)?.waiting ?? []), ...waiting.values()];
    this.client = new LeadingClient(
      { ...options, storage: storage && withArchived(storage, archived, lately) },
      (event) => this.#isOver || this.publish(event),
    );
    this.#ready = before.then((found) => this.client.recognise(found?.known ?? []));
  }

  /** Connects as soon as it is known what has been received before, unless the session has been ended by then. */
  open(): void {
    void this.#ready.then(() => this.#isOver || this.mirror.ended || this.client.connect(this.mirror.past));
  }

  /** What another tab asks for. */
  ask(what: 'hello' | 'sign' | 'connect' | 'nudge'): void {
    // Not before what the other will look up is written down.
    if (what === 'hello') void this.#kept.then(() => this.#isOver || this.say('leads', this.mirror.snapshot));
    else if (what === 'sign') this.say('here');
    else if (what === 'connect') this.open();
    else this.client.nudge();
  }

  /** Sends what was typed in another tab. If that is done already, the other has missed it. */
  send(record: OutboxRecord): void {
    const outcome = this.mirror.own.lately.get(record.id);
    if (!outcome) {
      this.client.adopt(record);
      return;
    }
    const { message } = frame(record, this.options.userId);
    const status = outcome === 'cancelled' || outcome === 'removed' ? message.status : outcome;
    this.#tell(new DeliveryEvent({ ...message, status }, outcome));
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
      this.#kept = this.#soon(kept);
    } else if (event instanceof DeliveryEvent) keeper?.delivery(event.message, event.status);
    else if (event instanceof ToldEvent) keeper?.fact(event.fact);
    this.#tell(event);
    this.mirror.status = this.client.status;
    this.mirror.apply(event);
  }

  /** The connection is given back; nothing of that is told. */
  end(): void {
    const { storage } = this.options;
    this.#isOver = true;
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

  #tell(event: Event): void {
    this.say('news', newsOf(event), this.client.status);
  }

  /** What comes of it, unless that takes too long. */
  async #soon<T>(promise: Promise<T> | undefined): Promise<T | undefined> {
    if (!promise) return undefined;
    let timer: unknown;
    const patience = new Promise<undefined>((resolve) => {
      timer = this.clock.setTimeout(() => resolve(undefined), PATIENCE_MS);
    });
    const result = await Promise.race([promise.catch(() => undefined), patience]);
    this.clock.clearTimeout(timer);
    return result;
  }
}
