import { ChatClient } from '../client/chat-client.js';
import type { Clock } from '../client/clock.js';
import { DeliveryEvent, type DeliveryOutcome, MessageReceivedEvent } from '../client/events.js';
import type { Message } from '../client/message.js';
import type { ChatClientOptions } from '../client/options.js';
import type { PastSession } from '../client/state.js';
import type { ClientStatus } from '../client/status.js';
import { withArchived } from './archived-outbox.js';
import { type News, newsOf, ToldEvent } from './news.js';
import type { SharedClientOptions } from './shared-client-options.js';

/** A slow device must not keep a new leader from connecting. */
const KNOWN_MS = 500;

/** Where the leader's news go: to the other tabs, and to this one. */
export interface ReignOwner {
  tell(news: News, status: ClientStatus): void;
  apply(event: Event): void;
}

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
  readonly #over = new AbortController();
  readonly #before: Promise<{ readonly known: readonly string[]; readonly waiting: readonly Message[] }> | undefined;
  /** Settles when what was told so far is kept on the device. */
  kept: Promise<unknown> = Promise.resolve();

  constructor(
    readonly options: SharedClientOptions,
    readonly clock: Clock,
    ended: ReadonlyMap<string, DeliveryOutcome>,
    readonly owner: ReignOwner,
  ) {
    const { keeper, storage } = options;
    const before = keeper?.before();
    this.#before = before;
    const archived = async () => ((await before)?.waiting ?? []).filter(({ id }) => !ended.has(id));
    this.client = new LeadingClient({ ...options, storage: storage && withArchived(storage, archived) }, (event) => {
      if (!this.#over.signal.aborted) this.publish(event);
    });
  }

  /** Connects, when it is known which messages have been received before. */
  async begin(past: PastSession): Promise<void> {
    if (this.#before) {
      let timer: unknown;
      const patience = new Promise<undefined>((resolve) => {
        timer = this.clock.setTimeout(() => resolve(undefined), KNOWN_MS);
      });
      const before = await Promise.race([this.#before.catch(() => undefined), patience]);
      this.clock.clearTimeout(timer);
      this.client.recognise(before?.known ?? []);
    }
    if (!this.#over.signal.aborted) this.client.connect(past);
  }

  /** Tells something to all tabs, when it is on its way to the device. */
  publish(event: Event): void {
    const { keeper } = this.options;
    if (keeper && event instanceof MessageReceivedEvent) {
      this.kept = keeper.message(event.message).catch(() => {});
      event.waitUntil(this.kept);
    } else if (event instanceof DeliveryEvent) keeper?.delivery(event.message, event.status);
    else if (event instanceof ToldEvent) keeper?.fact(event.fact);
    this.owner.tell(newsOf(event), this.client.status);
    this.owner.apply(event);
  }

  /** The connection is given back; nothing of that is told. */
  end(): void {
    this.#over.abort();
    this.client.disconnect();
  }
}
