import type { Client } from '../client/client.js';
import type { DeliveryEvent } from '../client/events.js';
import type { Message } from '../client/message.js';
import type { Outgoing, SendOptions } from '../client/outgoing.js';
import type { Archive } from './archive.js';
import type { Conversation } from './conversation.js';
import type { Found, Tabs } from './facts.js';
import type { Gap, Lock } from './gap.js';
import { isCommon, type LoadHistory } from './history.js';
import { MessageStore } from './message-store.js';
import { type Older, Past } from './past.js';

/** What a conversation has around it. */
export interface PeerSurroundings {
  readonly tabs: Tabs;
  readonly archive: Promise<Archive | undefined> | undefined;
  /** Default: a Web Lock. */
  readonly lock: Lock | undefined;
  /** Messages of the peer that had been missing were added. */
  readonly filled: (messages: readonly Message[]) => void;
}

const WAITING: ReadonlySet<string> = new Set(['queued', 'sending', 'unconfirmed', 'failed']);

/** The messages exchanged with one peer through a client, as far as they are shown. */
export class PeerConversation implements Conversation {
  /** Ids of what nobody has looked at. */
  readonly #unread = new Set<string>();
  /** Own messages whose end is not known yet, on the screen or cleared away. */
  readonly #underWay = new Set<string>();
  readonly #past: Past;
  /** How many windows show it. */
  viewers = 0;
  /** Comes on demand: most pages have no history to ask. */
  #gap: Promise<Gap | undefined> | undefined;
  #loadedGap: Gap | undefined;
  #loadHistory: LoadHistory | undefined;
  #missing: string | undefined;
  /** News of own messages that may have come before the messages themselves. */
  #early: DeliveryEvent[] | undefined;
  #timesEmptied = 0;

  constructor(
    readonly client: Client,
    readonly peerId: string,
    readonly surroundings: PeerSurroundings,
    readonly store: MessageStore = new MessageStore(),
  ) {
    this.#past = new Past(store, peerId, surroundings.archive, (before, signal) => this.#older(before, signal));
    if (!this.isLoading) return;
    this.#early = [];
    void this.loaded.then(() => {
      for (const event of this.#early?.splice(0) ?? []) this.follow(event);
      this.#early = undefined;
    });
  }

  /** What is kept on the device is shown, as far as it comes at first. */
  get loaded(): Promise<void> {
    return this.#past.ready;
  }

  get isLoading(): boolean {
    return this.#past.isLoading;
  }

  /** The page's history, asked after each login. Default: none, and then nothing is said of what may be missing. */
  get loadHistory(): LoadHistory | undefined {
    return this.#loadHistory;
  }

  set loadHistory(load: LoadHistory | undefined) {
    const isNew = load !== undefined && this.#loadHistory === undefined;
    this.#loadHistory = load;
    if (!isNew) return;
    this.#past.reopen();
    if (this.client.state.name === 'connected') this.resync(undefined);
    else void this.#getGap();
  }

  get missing(): string | undefined {
    return this.#missing ?? this.#loadedGap?.missing;
  }

  set missing(id: string | undefined) {
    this.#missing = id;
  }

  /** A login succeeded; what came since then may be missing. */
  resync(since: number | undefined): void {
    if (this.#loadHistory) void this.#open(this.store.messages.findLast(isCommon), since);
  }

  loadOlder(): Promise<void> {
    return this.#past.load();
  }

  reach(id: string): Promise<boolean> {
    return this.#past.reach(id);
  }

  fillGap(): void {
    this.#past.retry();
    void this.#getGap().then((gap) => this.#fill(gap));
  }

  clear(): void {
    this.surroundings.tabs.tell({ fact: 'cleared', peerId: this.peerId });
  }

  /** Some tab has emptied the transcript. */
  empty(): void {
    this.#timesEmptied += 1;
    this.#past.empty();
    this.#unread.clear();
    this.store.clear();
  }

  /** Nobody waits for an answer of the history any more. */
  close(): void {
    this.#past.stop();
    void this.#gap?.then((gap) => gap?.close());
  }

  /** Some tab has asked the history; this is what it said. */
  found(fact: Found): void {
    const times = this.#timesEmptied;
    this.addUnread(fact.news);
    void this.loaded
      .then(() => this.#getGap())
      .then((gap) => {
        if (fact.after === undefined && !this.#past.goesOn) this.#past.giveWay();
        // What was meant for a transcript that has been emptied meanwhile is late.
        const messages = times === this.#timesEmptied ? fact.messages : [];
        const news = gap?.take({ ...fact, messages }, !this.#past.goesOn) ?? [];
        if (news.length > 0) this.surroundings.filled(news);
      });
  }

  async #open(shown: Message | undefined, since: number | undefined): Promise<void> {
    await this.loaded;
    // What an earlier page could not fill begins further up.
    const missing = this.#missing;
    const left = missing !== undefined && (await this.reach(missing)) ? this.store.get(missing) : undefined;
    const gap = await this.#getGap();
    if (left) gap?.open(left, undefined);
    else gap?.open(shown ?? this.#past.newest, since);
    if (gap) this.#missing = undefined;
    this.#fill(gap);
  }

  #fill(gap: Gap | undefined): void {
    if (this.#loadHistory && gap?.isOpen) void gap.fill(this.#loadHistory);
  }

  async #older(before: Message, signal: AbortSignal): Promise<Older> {
    const gap = await this.#getGap();
    if (!gap || !this.#loadHistory) throw new Error('The history cannot be asked');
    const older = await gap.older(this.#loadHistory, before, signal);
    signal.throwIfAborted();
    const { messages } = older;
    // For the archive. The other tabs show it if they show all that is kept, else they read it when somebody scrolls there.
    const fact: Found = { fact: 'found', peerId: this.peerId, after: undefined, messages, news: [], isAll: false };
    if (messages.length > 0) this.surroundings.tabs.tell(fact);
    return older;
  }

  #getGap(): Promise<Gap | undefined> {
    const { store, userId, peerId } = this;
    const { tabs, lock } = this.surroundings;
    const options = { tell: (found: Found) => tabs.tell(found), begins: () => this.#past.end(), lock };
    this.#gap ??= import('./gap.js').then(
      ({ Gap }) => {
        this.#loadedGap = new Gap(store, userId, peerId, options);
        return this.#loadedGap;
      },
      // The next login tries again.
      () => {
        this.#gap = undefined;
        return undefined;
      },
    );
    return this.#gap;
  }

  get userId(): string {
    return this.client.userId;
  }

  /** Whether own messages are on their way. */
  get isWaiting(): boolean {
    return this.#underWay.size > 0;
  }

  /** Messages of the peer that nobody has looked at. */
  get unread(): number {
    return this.#unread.size;
  }

  addUnread(ids: Iterable<string>): void {
    for (const id of ids) this.#unread.add(id);
  }

  /** Somebody looks at it: all tabs hear of it. */
  markRead(): void {
    if (this.#unread.size === 0) return;
    this.seen();
    this.surroundings.tabs.tell({ fact: 'read', peerId: this.peerId });
  }

  /** Somebody has looked at it, in some tab. */
  seen(): void {
    this.#unread.clear();
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
    return this.client.remove(id);
  }

  frameBytes(content: string): number {
    return this.client.frameBytes(content, { to: this.peerId });
  }

  /** Takes a message of the peer. Returns false for one that is there already. */
  receive(message: Message): boolean {
    // The archive may have had it a moment before the client told of it.
    const fresh = this.store.append(message).length > 0 || this.#past.archived.delete(message.id);
    if (fresh) this.#unread.add(message.id);
    return fresh;
  }

  /** Takes over from another conversation with the same peer. Its notes stay behind: this one has named the transport itself. */
  continueFrom(other: PeerConversation): void {
    this.store.appendAll(other.store.messages.filter(({ status }) => status !== 'note'));
    this.addUnread(other.#unread);
  }

  /**
   * Follows an own message: the first news of it adds it, later ones change its status, the last may take it away. One that
   * was cleared away while it waited comes back only if it fails, so that nothing fails unseen. Returns whether it was the
   * first news.
   */
  follow(event: DeliveryEvent): boolean {
    const { message, status, restored } = event;
    const { id } = message;
    this.#early?.push(event);
    const first = !this.#underWay.has(id) && !this.store.has(id);
    if (WAITING.has(status)) this.#underWay.add(id);
    else this.#underWay.delete(id);
    if (status === 'cancelled' || status === 'removed') {
      this.store.remove(id);
      return false;
    }
    const shown = this.store.update(id, { status });
    if (!shown && (first || status === 'failed') && status !== 'delivered') this.#add(message, restored);
    return first && this.store.has(id);
  }

  /** What an earlier page left may be read late: it goes out before what was typed here meanwhile, and stands before it. */
  #add(message: Message, restored: boolean): void {
    const { store } = this;
    const isLater = ({ status, sentAt }: Message) => restored && status === 'queued' && sentAt > message.sentAt;
    const later = store.messages.findIndex(isLater);
    if (later < 0) store.append(message);
    else store.insert(later, [message]);
  }
}
