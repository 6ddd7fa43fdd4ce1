import type { Client } from '../client/client.js';
import { type DeliveryOutcome, typedEventTarget } from '../client/events.js';
import type { Message } from '../client/message.js';
import type { Archive } from './archive.js';
import { type Fact, onlyTab, type Tabs } from './facts.js';
import type { Lock } from './gap.js';
import type { MessageStore } from './message-store.js';
import { PeerConversation } from './peer-conversation.js';

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

/** The number of unread messages of a conversation changed, here or because another tab shows it. */
export class SessionUnreadEvent extends Event {
  constructor(readonly conversation: PeerConversation) {
    super('unread');
  }
}

/** Every peer: no user has this id. */
const ALL = '';

interface ChatSessionEventMap {
  message: SessionMessageEvent;
  delivery: SessionDeliveryEvent;
  unread: SessionUnreadEvent;
  forgotten: Event;
}

/**
 * All conversations of one client. A message goes to the conversation of the peer who sent it, whether a window shows that
 * one or not: it is kept, acknowledged and announced there, and never appears in the conversation with somebody else.
 *
 * @fires message - a message was added
 * @fires delivery - an own message has a new status
 * @fires unread - the number of unread messages of a conversation changed
 * @fires forgotten - nothing of this user is to be seen any more, neither messages nor what was typed
 */
export class ChatSession extends typedEventTarget<ChatSessionEventMap>() {
  readonly #conversations = new Map<string, PeerConversation>();
  /** How many unread messages were told of, by peer. */
  readonly #told = new Map<string, number>();
  /** For each time that the archive is asked what is unread: peers of whom something newer was told meanwhile. */
  readonly #overtaken = new Set<Set<string>>();
  readonly #listening = new AbortController();
  /** Whether what waits is lost with the page, though it was to be kept, and nobody has been told. */
  #isToTellNotKept = false;
  /** Nothing of this user is to be seen until somebody logs in again. */
  #isOver = false;

  /**
   * @param tabs those that share the client
   * @param archive what is kept on the device; read here, and written by whoever leads
   * @param lock lets one tab at a time ask the application's history; default: a Web Lock
   */
  constructor(
    readonly client: Client,
    readonly tabs: Tabs = onlyTab(),
    readonly archive?: Promise<Archive | undefined>,
    readonly lock?: Lock,
  ) {
    super();
    const { signal } = this.#listening;
    tabs.listen((fact) => this.#hear(fact), signal);
    void this.#restoreUnread();
    client.addEventListener(
      'message',
      ({ message }) => {
        const conversation = this.conversation(message.from);
        if (conversation.receive(message)) this.dispatchEvent(new SessionMessageEvent(conversation, message, 'in'));
        this.#count(conversation);
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
    // Only told by a client that several tabs share.
    client.addEventListener(
      'joined',
      () => {
        if (!this.#isOver) this.#catchUp();
      },
      { signal },
    );
    client.addEventListener(
      'state',
      ({ state }) => {
        if (!this.#isOver || state.name === 'disconnected') return;
        this.#isOver = false;
        this.#catchUp();
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
    const { tabs, lock } = this;
    const archive = this.archive && this.#allowed(this.archive);
    const filled = (messages: readonly Message[]) => {
      for (const message of messages) this.dispatchEvent(new SessionMessageEvent(conversation, message, 'in'));
    };
    const looked = () => this.#count(conversation);
    const surroundings = { tabs, archive, lock, filled, looked };
    const conversation: PeerConversation = new PeerConversation(this.client, peerId, surroundings, store);
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
    this.#forget();
    this.tabs.tell({ fact: 'wiped' });
    // Also where no tab leads that would do it.
    void this.archive?.then((archive) => archive?.clear()).catch(() => {});
  }

  /** Somebody else uses the chat from now on: in no tab is anything of this user to be seen, nor is one connected. */
  end(): void {
    this.client.disconnect();
    this.tabs.tell({ fact: 'over' });
  }

  /** Aborted when this session is closed. */
  get signal(): AbortSignal {
    return this.#listening.signal;
  }

  /** Stops following the client. The messages stay. */
  close(): void {
    this.#listening.abort();
    for (const conversation of this.conversations) conversation.close();
  }

  #hear(fact: Fact): void {
    if (!('peerId' in fact)) {
      this.#forget();
      return;
    }
    const { peerId } = fact;
    const isOfSome = fact.fact === 'found' || fact.fact === 'deleted';
    if (!isOfSome) this.#overtake(peerId);
    const conversation = isOfSome ? this.conversation(peerId) : this.#conversations.get(peerId);
    conversation?.hear(fact);
    if (conversation) this.#count(conversation);
  }

  /** What is kept, once somebody is logged in again if it is over. */
  async #allowed<T>(kept: Promise<T>): Promise<T> {
    const { client, signal } = this;
    while (this.#isOver) {
      await new Promise((resolve) => client.addEventListener('state', resolve, { once: true, signal }));
    }
    return kept;
  }

  #catchUp(): void {
    for (const conversation of this.conversations) void conversation.catchUp().catch(() => {});
    void this.#restoreUnread();
  }

  #forget(): void {
    this.#isOver = true;
    for (const { peerId } of this.conversations) this.#hear({ fact: 'cleared', peerId });
    this.#overtake(ALL);
    this.dispatchEvent(new Event('forgotten'));
  }

  /** What was unread when an earlier page went, or this one was stopped, is unread still, unless somebody has looked meanwhile. */
  async #restoreUnread(): Promise<void> {
    const overtaken = new Set<string>();
    this.#overtaken.add(overtaken);
    const before = new Map([...this.conversations].map(({ peerId, unreadIds }) => [peerId, unreadIds]));
    const state = await this.archive?.then((archive) => archive?.state()).catch(() => undefined);
    this.#overtaken.delete(overtaken);
    if (!state || overtaken.has(ALL) || this.#listening.signal.aborted) return;
    for (const peerId of new Set([...before.keys(), ...state.unread.keys()])) {
      if (overtaken.has(peerId)) continue;
      const conversation = this.conversation(peerId);
      conversation.correctUnread(before.get(peerId) ?? [], state.unread.get(peerId) ?? []);
      this.#count(conversation);
    }
  }

  #overtake(peerId: string): void {
    for (const peers of this.#overtaken) peers.add(peerId);
  }

  #count(conversation: PeerConversation): void {
    const { peerId, unread } = conversation;
    if (unread === (this.#told.get(peerId) ?? 0)) return;
    this.#told.set(peerId, unread);
    this.dispatchEvent(new SessionUnreadEvent(conversation));
  }
}
