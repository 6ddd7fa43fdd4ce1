import type { ChatClient } from '../client/chat-client.js';
import type { DeliveryEvent } from '../client/events.js';
import type { Message } from '../client/message.js';
import type { Outgoing, SendOptions } from '../client/outgoing.js';
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
  /** UTF-8 bytes of the frame that would carry this text. */
  frameBytes(content: string): number;
}

/** The messages exchanged with one peer through a client. Its first line names the transport. */
export class PeerConversation implements Conversation {
  #unread = 0;
  /** Own messages whose end is not known yet, on the screen or cleared away. */
  readonly #underWay = new Set<string>();
  /** How many windows show it. */
  viewers = 0;

  constructor(
    readonly client: ChatClient,
    readonly peerId: string,
    readonly store: MessageStore = new MessageStore(),
    now: number = Date.now(),
  ) {
    if (store.size === 0) store.note('transport', now);
  }

  get userId(): string {
    return this.client.userId;
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
  follow({ message, status }: DeliveryEvent): boolean {
    const { id } = message;
    const first = !this.#underWay.has(id) && !this.store.has(id);
    if (status === 'queued' || status === 'sending' || status === 'failed') this.#underWay.add(id);
    else this.#underWay.delete(id);
    if (status === 'cancelled' || status === 'removed') {
      this.store.remove(id);
      return false;
    }
    const shown = this.store.update(id, { status });
    if (!shown && (first || status === 'failed') && status !== 'delivered') this.store.append(message);
    return first && this.store.has(id);
  }
}
