import type { Client } from '../client/client.js';
import { type DeliveryOutcome, typedEventTarget } from '../client/events.js';
import type { Message } from '../client/message.js';
import { PeerConversation } from './conversation.js';
import type { MessageStore } from './message-store.js';

/** A message was added to a conversation: `in` from the peer, `out` typed here. */
export class SessionMessageEvent extends Event {
  constructor(
    readonly conversation: PeerConversation,
    readonly message: Message,
    readonly direction: 'in' | 'out',
  ) {
    super('message');
  }
}

/** An own message of a conversation has a new status. */
export class SessionDeliveryEvent extends Event {
  constructor(
    readonly conversation: PeerConversation,
    readonly message: Message,
    readonly status: DeliveryOutcome,
  ) {
    super('delivery');
  }
}

/**
 * All conversations of one client. A message goes to the conversation of the peer who sent it, whether a window shows that
 * one or not: it is kept, acknowledged and announced there, and never appears in the conversation with somebody else.
 *
 * @fires message - a message was added
 * @fires delivery - an own message has a new status
 */
export class ChatSession extends typedEventTarget<{ message: SessionMessageEvent; delivery: SessionDeliveryEvent }>() {
  readonly #conversations = new Map<string, PeerConversation>();
  readonly #listening = new AbortController();
  /** Whether what waits is lost with the page, though it was to be kept, and nobody has been told. */
  #isToTellNotKept = false;

  constructor(readonly client: Client) {
    super();
    const { signal } = this.#listening;
    client.addEventListener(
      'message',
      ({ message }) => {
        const conversation = this.conversation(message.from);
        if (conversation.receive(message)) this.dispatchEvent(new SessionMessageEvent(conversation, message, 'in'));
      },
      { signal },
    );
    client.addEventListener(
      'delivery',
      (event) => {
        const conversation = this.conversation(event.message.to);
        if (conversation.follow(event)) {
          this.dispatchEvent(new SessionMessageEvent(conversation, event.message, 'out'));
          if (this.#isToTellNotKept) conversation.store.note('notKept', event.message.sentAt);
          this.#isToTellNotKept = false;
        }
        this.dispatchEvent(new SessionDeliveryEvent(conversation, event.message, event.status));
      },
      { signal },
    );
    client.addEventListener(
      'resync',
      ({ since }) => {
        for (const conversation of this.conversations) conversation.resync(since);
      },
      { signal },
    );
    client.addEventListener(
      'durability',
      ({ error }) => {
        const waiting = error && [...this.conversations].find(({ isWaiting }) => isWaiting);
        waiting?.store.note('notKept', Date.now());
        this.#isToTellNotKept = error !== undefined && !waiting;
      },
      { signal },
    );
  }

  /**
   * The conversation with a peer, made when it is first asked for. A store given then holds its messages from now on, unless
   * a window shows them already: it would go on with the old one.
   */
  conversation(peerId: string, store?: MessageStore): PeerConversation {
    const known = this.#conversations.get(peerId);
    if (known && (!store || known.store === store || known.viewers > 0)) return known;
    const conversation: PeerConversation = new PeerConversation(this.client, peerId, store, Date.now(), (messages) => {
      for (const message of messages) this.dispatchEvent(new SessionMessageEvent(conversation, message, 'in'));
    });
    known?.close();
    if (known) conversation.continueFrom(known);
    this.#conversations.set(peerId, conversation);
    return conversation;
  }

  get conversations(): IterableIterator<PeerConversation> {
    return this.#conversations.values();
  }

  /** Messages of all peers that nobody has looked at. */
  get unread(): number {
    let sum = 0;
    for (const { unread } of this.#conversations.values()) sum += unread;
    return sum;
  }

  /** Empties every conversation and gives up what waits for its delivery. */
  wipe(): void {
    this.client.discard();
    for (const conversation of this.#conversations.values()) {
      conversation.store.clear();
      conversation.markRead();
    }
  }

  /** Stops following the client. The messages stay. */
  close(): void {
    this.#listening.abort();
    for (const conversation of this.conversations) conversation.close();
  }
}
