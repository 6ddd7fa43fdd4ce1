import type { Client } from '../client/client.js';
import type { Message } from '../client/message.js';
import { ownDocument } from '../client/own-document.js';
import type { ConnectionState } from '../client/state.js';
import type { ChatSession } from '../store/chat-session.js';
import type { Conversation } from '../store/conversation.js';
import type { LoadHistory } from '../store/history.js';
import type { MessageStore, StoreChange } from '../store/message-store.js';
import { PeerConversation } from '../store/peer-conversation.js';
import { StoreConversation } from '../store/store-conversation.js';
import type { AttentionTexts, AttentionWishes } from './attention.js';
import type { SessionLease } from './shared-session.js';
import { watchUnread } from './unread-watch.js';
import {
  ChatDeliveryEvent,
  ChatErrorEvent,
  ChatKickoutEvent,
  ChatMessageEvent,
  ChatResyncEvent,
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
  /** Another conversation is shown. */
  turned(): void;
  /** Nothing of the user is to be seen any more. */
  forgotten(): void;
  /** The window's language. */
  texts(): AttentionTexts;
}

/** Whose conversation is shown with whom, and where its messages are kept; no store: a new one. */
interface Shown {
  readonly userId: string;
  readonly peerId: string;
  readonly store: MessageStore | undefined;
  readonly loadHistory: LoadHistory | undefined;
  readonly log: Client['log'];
}

const LOOK_MS = 100;

const idle: ConnectionState = { name: 'disconnected', reason: 'idle' };

/** Ties a window to a session and one of its conversations, and tells the page in the window's name what happens there. */
export class WindowSession {
  #lease: SessionLease | undefined;
  #conversation: Conversation | undefined;
  #listening = new AbortController();
  #showing = new AbortController();
  /** For whom the page's store was first shown. */
  #storeOwner: { readonly store: MessageStore | undefined; readonly key: string } | undefined;
  #log: Client['log'];
  #lookForUnread = () => {};
  /** When it was last asked whether the window can be seen, and what the answer was. */
  #lookedAt = Number.NEGATIVE_INFINITY;
  #isSeen = false;
  /** Heartbeats sent so far. */
  beats = 0;

  constructor(
    readonly host: EventTarget & AttentionWishes & Partial<Pick<Element, 'checkVisibility'>>,
    readonly listener: SessionListener,
  ) {}

  get client(): Client | undefined {
    return this.#lease?.session.client;
  }

  get conversation(): Conversation | undefined {
    return this.#conversation;
  }

  get state(): ConnectionState {
    return this.client?.state ?? idle;
  }

  /**
   * Uses a session from now on, gives back the one before, and shows a conversation of it; without a session, the store.
   * A store stays with the user and peer for whom it came, and is not used where another window shows them already.
   */
  use(lease: SessionLease | undefined, { userId, peerId, store, loadHistory, log }: Shown): void {
    const previous = this.#lease;
    this.#lease = lease;
    if (previous?.session !== lease?.session) {
      this.#show(undefined);
      this.#listening.abort();
      this.#listening = new AbortController();
      if (lease) this.#follow(lease.session, this.#listening.signal);
    }
    previous?.release();
    // Windows share a client: one that has no use for its log must not take it from another.
    if (lease && (log || this.#log)) lease.session.client.log = log;
    this.#log = log;
    this.#lookForUnread();
    if (lease) this.#showPeer(lease.session, peerId, store);
    else this.#show(store && new StoreConversation(store, userId, peerId, Date.now));
    // Of several windows with this conversation, the one that said so last: its function is the freshest.
    if (loadHistory && this.#conversation instanceof PeerConversation) this.#conversation.loadHistory = loadHistory;
  }

  connect(): void {
    this.#lease?.connect();
  }

  join(): void {
    this.#lease?.join();
  }

  /** Ends the user's session in all tabs; not a `client` of the page's own. */
  end(): void {
    this.#lease?.end();
  }

  /** Lets go of everything. */
  release(): void {
    this.use(undefined, { userId: '', peerId: '', store: undefined, loadHistory: undefined, log: undefined });
  }

  /** Forgets all messages of the session. */
  wipe(): void {
    if (this.#lease) this.#lease.session.wipe();
    else this.#conversation?.store.clear();
  }

  #showPeer(session: ChatSession, peerId: string, store: MessageStore | undefined): void {
    if (!peerId) {
      this.#show(undefined);
      return;
    }
    const key = JSON.stringify([session.client.userId, peerId]);
    if (this.#storeOwner?.store !== store) this.#storeOwner = { store, key };
    const own = this.#storeOwner?.key === key ? store : undefined;
    if (own && this.#conversation?.store !== own) this.#show(undefined);
    this.#show(session.conversation(peerId, own));
  }

  #show(conversation: Conversation | undefined): void {
    if (this.#conversation === conversation) return;
    const left = this.#conversation;
    if (left instanceof PeerConversation) {
      left.viewers -= 1;
      if (left.viewers === 0) left.newFrom = undefined;
    }
    this.#showing.abort();
    this.#showing = new AbortController();
    this.#conversation = conversation;
    if (conversation) {
      const isPeer = conversation instanceof PeerConversation;
      conversation.store.addEventListener(
        'change',
        ({ change }) => {
          this.listener.changed();
          // What a session tells by itself, with news of the other conversations too.
          if (!isPeer) this.#tell(change, conversation.peerId);
          for (const message of change.kind === 'append' ? change.messages : []) {
            if (message.status === 'received' && !message.deleted) this.listener.received(message);
          }
        },
        { signal: this.#showing.signal },
      );
      if (isPeer) {
        conversation.viewers += 1;
        void conversation.loaded.then(() => this.listener.changed());
        void conversation.answered.then(() => this.#read());
      }
      this.#read();
    }
    this.listener.turned();
    this.listener.changed();
  }

  #tell(change: StoreChange, peerId: string): void {
    if (change.kind === 'append') {
      for (const message of change.messages) {
        if (message.status === 'note' || message.deleted) continue;
        const direction = message.status === 'received' ? 'in' : 'out';
        this.host.dispatchEvent(new ChatMessageEvent(message, direction, peerId));
      }
    } else if (change.kind === 'update' && change.message.status !== change.previous.status) {
      const { message } = change;
      if (message.status === 'received' || message.status === 'note') return;
      this.host.dispatchEvent(new ChatDeliveryEvent(message.id, message.status, message));
    }
  }

  #follow(session: ChatSession, signal: AbortSignal): void {
    const { client } = session;
    const { host, listener } = this;
    this.#lookForUnread = watchUnread(session, host, listener.texts, signal);
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
    client.addEventListener('resync', ({ since, reason }) => host.dispatchEvent(new ChatResyncEvent(since, reason)), {
      signal,
    });
    client.addEventListener(
      'durability',
      ({ error }) => {
        if (error) host.dispatchEvent(new ChatErrorEvent(error));
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
      },
      { signal },
    );
    session.addEventListener(
      'message',
      ({ conversation, message, direction }) => {
        if (direction === 'out') conversation.newFrom = undefined;
        if (conversation === this.#conversation) {
          host.dispatchEvent(new ChatMessageEvent(message, direction, conversation.peerId));
          if (direction === 'in') this.#read(false);
        } else if (direction === 'in' && conversation.viewers === 0) {
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
    session.addEventListener(
      'unread',
      ({ conversation }) => {
        const { peerId, unread, viewers } = conversation;
        const isShown = peerId === this.#conversation?.peerId;
        if (isShown || viewers === 0) host.dispatchEvent(new ChatUnreadEvent(peerId, unread, session.unread));
        if (!isShown) return;
        // What is seen as it comes never gets here.
        if (unread > 0) [conversation.newFrom] = conversation.unreadIds;
        else if (!ownDocument.hasFocus()) conversation.newFrom = undefined;
        listener.changed();
        if (unread > 0) this.#read(false);
      },
      { signal },
    );
    session.addEventListener('forgotten', () => listener.forgotten(), { signal });
    ownDocument.addEventListener('visibilitychange', () => this.#read(), { signal });
    addEventListener('focus', () => this.#read(), { signal });
    host.addEventListener('focusin', () => this.#read(), { signal });
  }

  /** Somebody looks at the conversation. */
  #read(isAnew = true): void {
    const conversation = this.#conversation;
    const isLookedAt = ownDocument.visibilityState === 'visible' && ownDocument.hasFocus();
    if (!(conversation instanceof PeerConversation) || !isLookedAt) return;
    const now = performance.now();
    // A panel of the page may be closed. To ask costs a layout.
    if (isAnew || now - this.#lookedAt > LOOK_MS) {
      this.#lookedAt = now;
      this.#isSeen = this.host.checkVisibility?.({ visibilityProperty: true }) ?? true;
    }
    if (this.#isSeen) conversation.markRead();
  }
}
