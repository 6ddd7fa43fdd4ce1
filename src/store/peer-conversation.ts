import type { Client } from '../client/client.js';
import type { DeliveryEvent } from '../client/events.js';
import { isWaiting, type Message } from '../client/message.js';
import type { Outgoing, SendOptions } from '../client/outgoing.js';
import type { Archive } from './archive.js';
import type { Conversation } from './conversation.js';
import type { Fact, Tabs } from './facts.js';
import type { Lock } from './gap.js';
import { isCommon, type LoadHistory } from './history.js';
import { Kept } from './kept.js';
import { MessageStore } from './message-store.js';
import type { Missed } from './missed.js';
import { ReadTelling } from './read-telling.js';
import { placeByTyping } from './typing-order.js';

/** What a conversation has around it. */
export interface PeerSurroundings {
  readonly tabs: Tabs;
  readonly archive: Promise<Archive | undefined> | undefined;
  /** Default: a Web Lock. */
  readonly lock: Lock | undefined;
  /** Messages of the peer that had been missing were added. */
  readonly filled: (messages: readonly Message[]) => void;
  /** Somebody has looked at what is shown, and what is kept is still to come. */
  readonly looked: () => void;
}

/** The messages exchanged with one peer through a client, as far as they are shown. */
export class PeerConversation implements Conversation {
  /** Ids of what nobody has looked at. */
  readonly #unread = new Set<string>();
  readonly #read = new ReadTelling(() => this.surroundings.tabs.tell({ fact: 'read', peerId: this.peerId }));
  /** Own messages whose end is not known yet, on the screen or cleared away. */
  readonly #underWay = new Set<string>();
  readonly #kept: Kept;
  /** How many windows show it. */
  viewers = 0;
  newFrom: string | undefined;
  /** Comes on demand: most have no history to ask, and do not scroll far. */
  #missed: Promise<Missed | undefined> | undefined;
  #loaded: Missed | undefined;
  #loadHistory: LoadHistory | undefined;
  #missing: string | undefined;
  /** The last message that a history must know too when somebody logged in, until the gap behind it is open. */
  #opening: { readonly shown: Message | undefined } | undefined;
  /** Ends of own messages that may have come before the messages themselves. */
  #early: DeliveryEvent[] | undefined;

  constructor(
    readonly client: Client,
    readonly peerId: string,
    readonly surroundings: PeerSurroundings,
    readonly store: MessageStore = new MessageStore(),
  ) {
    this.#kept = new Kept(store, peerId, surroundings.archive);
    if (!this.isLoading) return;
    const early: DeliveryEvent[] = [];
    this.#early = early;
    void this.answered.then(() => {
      this.#early = undefined;
      for (const event of early) this.follow(event);
    });
  }

  /** What is kept on the device is shown, as far as it comes at first. */
  get loaded(): Promise<void> {
    return this.#kept.ready;
  }

  /** The device has answered, or cannot, however late: from then on all can be read. */
  get answered(): Promise<void> {
    return this.#kept.answered;
  }

  get isLoading(): boolean {
    return this.#kept.isLoading;
  }

  /** The page's history, asked after each login. Default: none, and then nothing is said of what may be missing. */
  get loadHistory(): LoadHistory | undefined {
    return this.#loadHistory;
  }

  set loadHistory(load: LoadHistory | undefined) {
    const isNew = load !== undefined && this.#loadHistory === undefined;
    this.#loadHistory = load;
    if (!isNew) return;
    this.#kept.reopen();
    if (this.client.state.name === 'connected') this.resync(undefined);
    else void this.#getMissed();
  }

  get missing(): string | undefined {
    const { newest } = this.#kept;
    const opening = this.#opening && (this.#opening.shown ?? newest)?.id;
    return this.#missing ?? opening ?? this.#loaded?.missing;
  }

  set missing(id: string | undefined) {
    this.#missing = id;
    if (this.client.state.name === 'connected') this.resync(undefined);
  }

  /** A login succeeded; what came since then may be missing. */
  resync(since: number | undefined): void {
    if (!this.#loadHistory) return;
    // While the page that is kept is still to come, what is there came after the login.
    const shown = this.isLoading ? undefined : this.store.messages.findLast(isCommon);
    // This page may be gone before the gap is open; the next one is to know of it.
    this.#opening ??= { shown };
    void this.#getMissed().then(async (missed) => {
      await missed?.open(shown, since, this.#missing);
      if (missed) this.#missing = this.#opening = undefined;
    });
  }

  /** What other tabs have seen meanwhile is read from the device. */
  catchUp(): Promise<void> {
    return this.#kept.catchUp();
  }

  async loadOlder(): Promise<void> {
    if (!this.#kept.isWhole) await (await this.#getMissed())?.past.load();
  }

  async reach(id: string): Promise<boolean> {
    await this.loaded;
    return this.store.has(id) || ((await this.#getMissed())?.reach(id) ?? false);
  }

  fillGap(): void {
    void this.#getMissed().then((missed) => missed?.retry());
  }

  clear(): void {
    this.surroundings.tabs.tell({ fact: 'cleared', peerId: this.peerId });
  }

  /** Some tab, this one perhaps, tells what concerns this conversation in all of them. */
  hear(fact: Fact & { readonly peerId: string }): void {
    if (fact.fact === 'found') {
      const { timesEmptied } = this.#kept;
      this.addUnread(fact.news);
      void this.#getMissed().then((missed) => {
        // What was meant for a transcript that has been emptied meanwhile is late.
        missed?.take(timesEmptied === this.#kept.timesEmptied ? fact : { ...fact, messages: [] });
      });
      return;
    }
    if (fact.fact === 'deleted') {
      this.#unread.delete(fact.id);
      this.store.erase(fact.id);
      return;
    }
    this.#unread.clear();
    if (fact.fact === 'read') return;
    this.#missing = this.#opening = this.newFrom = undefined;
    this.#kept.empty();
    this.store.clear();
  }

  /** Nobody waits for an answer of the history any more. */
  close(): void {
    this.#read.close();
    void this.#missed?.then((missed) => missed?.close());
  }

  async #getMissed(): Promise<Missed | undefined> {
    await this.loaded;
    const { userId } = this;
    const { tabs, lock, filled } = this.surroundings;
    const tell = (found: Fact) => tabs.tell(found);
    const loadHistory = () => this.#loadHistory;
    this.#missed ??= import('./missed.js').then(
      ({ Missed }) => {
        this.#loaded = new Missed(this.#kept, { userId, tell, lock, filled, loadHistory });
        return this.#loaded;
      },
      // The next login tries again.
      () => {
        this.#missed = undefined;
        return undefined;
      },
    );
    return this.#missed;
  }

  get userId(): string {
    return this.client.userId;
  }

  /** Whether own messages are on their way. */
  get isWaiting(): boolean {
    return [...this.#underWay].some((id) => isWaiting(this.store.get(id)?.status ?? 'queued'));
  }

  /** Messages of the peer that nobody has looked at. */
  get unread(): number {
    return this.#unread.size;
  }

  get unreadIds(): readonly string[] {
    return [...this.#unread];
  }

  addUnread(ids: Iterable<string>): void {
    for (const id of ids) if (!this.store.erased.has(id)) this.#unread.add(id);
  }

  /** Of what was unread when the archive was asked, this is what it says. */
  correctUnread(before: readonly string[], now: readonly string[]): void {
    for (const id of before) this.#unread.delete(id);
    this.addUnread(now);
  }

  /** Somebody looks at it: all tabs hear of it. What is kept and still to come was not seen. */
  markRead(): void {
    const { isPending } = this.#kept;
    for (const id of this.#unread) {
      if (isPending && !this.store.has(id)) continue;
      this.#unread.delete(id);
      this.#read.note();
    }
    if (!isPending) this.#read.flush();
    else if (this.#read.isUntold) this.surroundings.looked();
  }

  send(content: string, options: Omit<SendOptions, 'to'> = {}): Outgoing {
    return this.client.send(content, { ...options, to: this.peerId });
  }

  retry(id: string): boolean {
    return this.client.retry(id);
  }

  cancel(id: string): boolean {
    return this.client.cancel(id);
  }

  remove(id: string): boolean {
    const isOver = this.store.isErasable(id);
    if (isOver) this.surroundings.tabs.tell({ fact: 'deleted', peerId: this.peerId, id });
    return isOver || this.client.remove(id);
  }

  frameBytes(content: string): number {
    return this.client.frameBytes(content, { to: this.peerId });
  }

  /** Takes a message of the peer. Returns false for one that is there already. */
  receive(message: Message): boolean {
    // The archive may have had it a moment before the client told of it.
    if (this.store.erased.has(message.id)) {
      this.store.append(message);
      return false;
    }
    const fresh = this.store.append(message).length > 0 || this.#kept.ids.delete(message.id);
    if (fresh) this.#unread.add(message.id);
    return fresh;
  }

  /** Takes over from another conversation with the same peer. Its notes stay behind: this one has named the transport itself. */
  continueFrom(other: PeerConversation): void {
    this.store.appendAll(other.store.messages.filter(({ status }) => status !== 'note'));
    for (const id of other.store.erased) this.store.erase(id);
    this.addUnread(other.#unread);
  }

  /**
   * Follows an own message: the first news of it adds it, later ones change its status, the last may take it away. One that
   * was cleared away while it waited comes back only if it fails, so that nothing fails unseen. Returns whether it was the
   * first news.
   */
  follow(event: DeliveryEvent): boolean {
    const { store } = this;
    const { message, status, restored } = event;
    const { id } = message;
    const first = !this.#underWay.has(id) && !store.has(id);
    if (isWaiting(status)) this.#underWay.add(id);
    else {
      this.#underWay.delete(id);
      this.#early?.push(event);
    }
    if (status === 'cancelled' || status === 'removed') {
      store.remove(id);
      return false;
    }
    const shown = store.update(id, { status });
    if (!shown && (first || status === 'failed') && status !== 'delivered')
      store.put(message, placeByTyping(message, store.messages, restored, this.#loaded?.found));
    return first && store.has(id);
  }
}
