import type { ChatClient } from '../client/chat-client.js';
import type { Message } from '../client/message.js';
import type { ConnectionState } from '../client/state.js';
import type { ChatSession } from '../store/chat-session.js';
import { type Conversation, PeerConversation } from '../store/conversation.js';
import type { MessageStore } from '../store/message-store.js';
import type { SessionLease } from './shared-session.js';
import {
  ChatDeliveryEvent,
  ChatErrorEvent,
  ChatKickoutEvent,
  ChatMessageEvent,
  ChatStatusEvent,
  ChatUnreadEvent,
} from './window-events.js';

/** What the window hears of its session. */
export interface SessionListener {
  /** Something that is shown has changed. */
  changed(): void;
  /** A message of the peer was added to the conversation that is shown. */
  received(message: Message): void;
  /** Somebody wrote whose conversation no window shows. */
  heardFrom(peerId: string): void;
  /** The browser refuses the server's address. */
  broken(error: Error): void;
}

const idle: ConnectionState = { name: 'disconnected', reason: 'idle' };

/** Ties a window to a session and one of its conversations, and tells the page in the window's name what happens there. */
export class WindowSession {
  #lease: SessionLease | undefined;
  #conversation: Conversation | undefined;
  #listening = new AbortController();
  /** Heartbeats sent so far. */
  beats = 0;

  constructor(
    readonly host: EventTarget,
    readonly listener: SessionListener,
  ) {}

  get client(): ChatClient | undefined {
    return this.#lease?.session.client;
  }

  get conversation(): Conversation | undefined {
    return this.#conversation;
  }

  get state(): ConnectionState {
    return this.client?.state ?? idle;
  }

  /** Uses a leased session from now on, and gives back the one before. */
  use(lease: SessionLease): void {
    const previous = this.#lease;
    this.#lease = lease;
    if (previous?.session !== lease.session) {
      this.show(undefined);
      this.#listening.abort();
      this.#listening = new AbortController();
      this.#follow(lease.session, this.#listening.signal);
    }
    previous?.release();
    if (lease.first) lease.session.client.connect();
  }

  /** Shows a conversation; undefined shows none. */
  show(conversation: Conversation | undefined): void {
    if (this.#conversation === conversation) return;
    if (this.#conversation instanceof PeerConversation) this.#conversation.viewers -= 1;
    const { signal } = this.#listening;
    this.#conversation = conversation;
    if (conversation instanceof PeerConversation) {
      conversation.viewers += 1;
      this.#read();
    }
    conversation?.store.addEventListener(
      'change',
      () => this.#conversation === conversation && this.listener.changed(),
      {
        signal,
      },
    );
    this.listener.changed();
  }

  /** The conversation of the session in use with a peer. */
  conversationWith(peerId: string, store?: MessageStore): PeerConversation | undefined {
    return this.#lease?.session.conversation(peerId, store);
  }

  /** Lets go of everything; what is shown stays shown. */
  release(): void {
    if (this.#conversation instanceof PeerConversation) this.#conversation.viewers -= 1;
    this.#conversation = undefined;
    this.#listening.abort();
    this.#listening = new AbortController();
    this.#lease?.release();
    this.#lease = undefined;
  }

  #follow(session: ChatSession, signal: AbortSignal): void {
    const { client } = session;
    const { host, listener } = this;
    client.addEventListener(
      'state',
      ({ state, previous }) => {
        listener.changed();
        host.dispatchEvent(new ChatStatusEvent(state, previous));
      },
      { signal },
    );
    client.addEventListener(
      'ping',
      () => {
        this.beats += 1;
        listener.changed();
      },
      { signal },
    );
    client.addEventListener(
      'kickout',
      ({ kickout }) => host.dispatchEvent(new ChatKickoutEvent(kickout.code, kickout.detail)),
      { signal },
    );
    client.addEventListener(
      'error',
      ({ error }) => {
        host.dispatchEvent(new ChatErrorEvent(error));
        if (client.state.name === 'disconnected' && client.state.reason === 'misconfigured') listener.broken(error);
      },
      { signal },
    );
    session.addEventListener(
      'message',
      ({ conversation, message, direction }) => {
        if (conversation === this.#conversation) {
          host.dispatchEvent(new ChatMessageEvent(message, direction, conversation.peerId));
          if (direction === 'in') this.#receive(conversation, message);
        } else if (direction === 'in' && conversation.viewers === 0) {
          host.dispatchEvent(new ChatUnreadEvent(conversation.peerId, conversation.unread, session.unread));
          listener.heardFrom(conversation.peerId);
        }
      },
      { signal },
    );
    session.addEventListener(
      'delivery',
      ({ conversation, message, status }) => {
        if (conversation === this.#conversation) {
          host.dispatchEvent(new ChatDeliveryEvent(message.id, status, message));
        }
      },
      { signal },
    );
    document.addEventListener('visibilitychange', () => this.#read(), { signal });
  }

  #receive(conversation: PeerConversation, message: Message): void {
    if (document.visibilityState === 'visible') conversation.markRead();
    else this.#tellUnread(conversation);
    this.listener.received(message);
  }

  /** Somebody looks at the conversation. */
  #read(): void {
    const conversation = this.#conversation;
    if (!(conversation instanceof PeerConversation) || document.visibilityState !== 'visible') return;
    if (conversation.unread === 0) return;
    conversation.markRead();
    this.#tellUnread(conversation);
  }

  #tellUnread({ peerId, unread }: PeerConversation): void {
    this.host.dispatchEvent(new ChatUnreadEvent(peerId, unread, this.#lease?.session.unread ?? unread));
  }
}
