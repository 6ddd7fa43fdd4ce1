import type { Client } from '../client/client.js';
import type { DeliveryEvent } from '../client/events.js';
import type { Message } from '../client/message.js';
import type { Outgoing, SendOptions } from '../client/outgoing.js';
import type { Gap } from './gap.js';
import type { LoadHistory } from './history.js';
import { MessageStore } from './message-store.js';

/** What a window needs of the other side: it neither knows nor asks whether a server is behind it. */
export interface Conversation {
  readonly userId: string;
  readonly peerId: string;
  readonly store: MessageStore;
  send(content: string, options?: Omit<SendOptions, 'to'>): Outgoing;
  retry(id: string): boolean;
  cancel(id: string): boolean;
  remove(id: string): boolean;
  /** Asks the page's history once more for what may be missing. */
  fillGap(): void;
  /** UTF-8 bytes of the frame that would carry this text. */
  frameBytes(content: string): number;
}

const WAITING: ReadonlySet<string> = new Set(['queued', 'sending', 'unconfirmed', 'failed']);

/** The messages exchanged with one peer through a client. Its first line names the transport. */
export class PeerConversation implements Conversation {
  #unread = 0;
  /** Own messages whose end is not known yet, on the screen or cleared away. */
  readonly #underWay = new Set<string>();
  /** How many windows show it. */
  viewers = 0;
  /** Comes on demand: most pages have no history to ask. */
  #gap: Promise<Gap | undefined> | undefined;
  #loadHistory: LoadHistory | undefined;

  constructor(
    readonly client: Client,
    readonly peerId: string,
    readonly store: MessageStore = new MessageStore(),
    now: number = Date.now(),
    /** Messages of the peer that had been missing were added. */
    readonly filled: (messages: readonly Message[]) => void = () => {},
  ) {
    if (store.size === 0) store.note('transport', now);
  }

  /** The page's history, asked after each login. Default: none, and then nothing is said of what may be missing. */
  get loadHistory(): LoadHistory | undefined {
    return this.#loadHistory;
  }

  set loadHistory(load: LoadHistory | undefined) {
    const isNew = load !== undefined && this.#loadHistory === undefined;
    this.#loadHistory = load;
    if (!isNew) return;
    if (this.client.state.name === 'connected') this.resync(undefined);
    else void this.#getGap();
  }

  /** A login succeeded; what came since then may be missing. */
  resync(since: number | undefined): void {
    if (!this.#loadHistory) return;
    const after = this.store.messages.findLast(({ status }) => status === 'received' || status === 'delivered');
    void this.#getGap().then((gap) => {
      gap?.open(after, since);
      this.#fill(gap);
    });
  }

  fillGap(): void {
    void this.#getGap().then((gap) => this.#fill(gap));
  }

  /** Nobody waits for an answer of the history any more. */
  close(): void {
    void this.#gap?.then((gap) => gap?.close());
  }

  #fill(gap: Gap | undefined): void {
    if (this.#loadHistory && gap?.isOpen) void gap.fill(this.#loadHistory);
  }

  #getGap(): Promise<Gap | undefined> {
    const { store, userId, peerId } = this;
    this.#gap ??= import('./gap.js').then(
      ({ Gap }) =>
        new Gap(store, userId, peerId, Date.now, (messages) => {
          this.#unread += messages.length;
          this.filled(messages);
        }),
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
    return this.#unread;
  }

  markRead(): void {
    this.#unread = 0;
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
    const fresh = this.store.append(message).length > 0;
    if (fresh) this.#unread += 1;
    return fresh;
  }

  /** Takes over from another conversation with the same peer. Its notes stay behind: this one has named the transport itself. */
  continueFrom({ store, unread }: PeerConversation): void {
    this.store.appendAll(store.messages.filter(({ status }) => status !== 'note'));
    this.#unread = unread;
  }

  /**
   * Follows an own message: the first news of it adds it, later ones change its status, the last may take it away. One that
   * was cleared away while it waited comes back only if it fails, so that nothing fails unseen. Returns whether it was the
   * first news.
   */
  follow({ message, status, restored }: DeliveryEvent): boolean {
    const { id } = message;
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
