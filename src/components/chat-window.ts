import { LitElement, type PropertyValues } from 'lit';
import { property, state } from 'lit/decorators.js';
import type { ChatClient } from '../client/chat-client.js';
import { ConfigurationError, type NotDeliveredError } from '../client/errors.js';
import type { Message } from '../client/message.js';
import type { ConnectionState } from '../client/state.js';
import { pageLanguage, stringsFor } from '../locales/match.js';
import type { Strings } from '../locales/strings.js';
import type { Conversation } from '../store/conversation.js';
import type { MessageStore } from '../store/message-store.js';
import { StoreConversation } from '../store/store-conversation.js';
import { type MessageTypes, messageTypes } from './bubbles/message-types.js';
import { chatWindowStyles } from './chat-window.styles.js';
import { chatWindowTemplate } from './chat-window.template.js';
import type { MessageComposer } from './message-composer.js';
import { rows } from './message-rows.js';
import type { MessageRequestEvent, SendRequestEvent } from './request-events.js';
import type { SentMessage } from './sent-message.js';
import { leaseFor } from './shared-session.js';
import { theme, visuallyHidden } from './theme.js';
import { CONFIGURATION, configurationProblem } from './window-configuration.js';
import { ChatErrorEvent, ChatReadyEvent } from './window-events.js';
import { WindowSession } from './window-session.js';

/**
 * A conversation: title bar with status light, message list, composer. Fills its box.
 *
 * It connects by itself as soon as it has a `server-url` and a `user-id`. With a `store` and no `server-url` it shows that
 * store and connects nowhere.
 *
 * @slot badge - beside the heading
 * @fires chat-ready - configured and shown
 * @fires chat-message - a message was added to this conversation
 * @fires chat-status - the connection state changed
 * @fires chat-delivery - an own message has a new delivery status
 * @fires chat-unread - the number of unread messages changed, here or in a conversation that no window shows
 * @fires chat-kickout - the server ended the session
 * @fires chat-error - wrong configuration, refused login, failed `getToken`, server error
 * @csspart problem - what is told instead of a chat that cannot start
 * @csspart empty - what is shown while there are no messages
 */
export class ChatWindow extends LitElement {
  static override styles = [theme, visuallyHidden, chatWindowStyles];

  static override get observedAttributes(): string[] {
    // biome-ignore lint/complexity/noThisInStatic: Lit collects the attributes of the class it is called on
    return [...super.observedAttributes, 'token'];
  }

  /** Address of the server's WebSocket, `wss://…`. */
  @property({ attribute: 'server-url' }) serverUrl: string | undefined;
  /** Keeps apart several chats on one origin. Default empty. */
  @property({ attribute: 'app-id' }) appId = '';
  /** The id to log in with. */
  @property({ attribute: 'user-id' }) userId: string | undefined;
  /** The other side. Without one, a field asks for it. */
  @property({ attribute: 'peer-id' }) peerId = '';
  /** The peer's name, above their bubbles. Default "UID: " and the id. */
  @property({ attribute: 'peer-name' }) peerName = '';
  /** Address of the peer's picture. Default: the first letter of the name. */
  @property({ attribute: 'peer-avatar' }) peerAvatar = '';
  /** The title. Default: the peer's name, or "Chat". */
  @property() heading = '';
  /** BCP 47 language tag; the closest language there is. Default: that of the page, or of the browser. */
  @property() locale: string | undefined;
  /** `light`, `dark` or `auto`, the default: as the system has it. */
  @property({ reflect: true }) theme: 'light' | 'dark' | 'auto' = 'auto';
  /** The server's heartbeat mode in seconds: 3, 5, 10, 15, 30, 60 or 120. Default 5. */
  @property({ converter: (seconds) => Number(seconds ?? 5) }) heartbeat = 5;
  /** Shows the user's own id in the title bar. Off by default: a made-up visitor id is a credential. */
  @property({ type: Boolean, attribute: 'show-user-id' }) showUserId = false;

  /** Asked for a token at every login; 10 s, then the attempt counts as failed. Default: an empty token. */
  @property({ attribute: false }) getToken: (() => string | Promise<string>) | undefined;
  /** Extra login data for the application behind the server. */
  @property({ attribute: false }) extra: string | undefined;
  /** A client that the page made and connects itself. Default: one is made from the attributes. */
  @property({ attribute: false }) client: ChatClient | undefined;
  /** The messages to show. Default: one is made. */
  @property({ attribute: false }) store: MessageStore | undefined;
  /** Renderers of the page's own message types, before the built-in ones. */
  @property({ attribute: false }) messageTypes: MessageTypes = messageTypes;
  /** Replaces single texts of the language in use. */
  @property({ attribute: false }) strings: Partial<Strings> = {};

  @state() private problem: Error | undefined;
  /** The receiver that was typed, in a window without `peer-id`. */
  @state() private receiver = '';
  /** Somebody who wrote while another conversation is shown, in a window without `peer-id`. */
  @state() private heard = '';
  @state() private announcement = '';

  #texts: Strings = stringsFor('en');
  #renderMessage: ReturnType<typeof rows> | undefined;
  #ready = false;
  readonly #session: WindowSession = new WindowSession(this, {
    changed: () => this.requestUpdate(),
    received: (message) => this.#announce(message),
    heardFrom: (peerId) => this.#hear(peerId),
    broken: (error) => {
      this.problem = error;
    },
  });

  get #composer(): MessageComposer | null {
    return this.renderRoot?.querySelector('message-composer');
  }

  /** What the window shows, and what it sends through. Undefined while it cannot start or nobody is chosen. */
  get conversation(): Conversation | undefined {
    return this.#session.conversation;
  }

  get connectionState(): ConnectionState {
    return this.#session.state;
  }

  /** Connects, or logs in anew after a kick-out or a refused login. */
  connect(): void {
    this.#session.client?.connect();
  }

  /** Logs out and stays disconnected until `connect()`. What was not sent yet is kept. */
  disconnect(): void {
    this.#session.client?.disconnect();
  }

  /** Changes who is logged in: the old user's session ends and nothing of it stays in the window. */
  identify({ userId, getToken }: { userId: string; getToken?: () => string | Promise<string> }): void {
    if (this.#composer) this.#composer.value = '';
    this.receiver = this.heard = this.announcement = '';
    this.getToken = getToken;
    this.userId = userId;
  }

  /** Ends the user's session. @param options.wipe also takes the messages out of the window */
  logout({ wipe = false }: { wipe?: boolean } = {}): void {
    this.disconnect();
    if (wipe) this.clear();
  }

  /** Sends a text. Never rejects: what went wrong is the status, or told by a `chat-error`. */
  send(text: string): SentMessage {
    const { conversation } = this.#session;
    try {
      if (!conversation) throw this.problem ?? new ConfigurationError('peer-id', 'the id of the receiver', this.peerId);
      const { id, delivered } = conversation.send(text);
      const sent = () => conversation.store.get(id)?.status ?? 'delivered';
      return { id, delivered: delivered.then(sent, ({ reason }: NotDeliveredError) => reason) };
    } catch (error) {
      this.dispatchEvent(new ChatErrorEvent(error as Error));
      return { id: '', delivered: Promise.resolve('failed') };
    }
  }

  /** Sends a failed message again. */
  retry(id: string): boolean {
    return this.#session.conversation?.retry(id) ?? false;
  }

  /** Takes back a message that was never sent. */
  cancel(id: string): boolean {
    return this.#session.conversation?.cancel(id) ?? false;
  }

  /** Without an id, takes this element out of the document, as any element. */
  override remove(): void;
  /** Forgets a failed message. */
  override remove(id: string): boolean;
  override remove(id?: string): boolean {
    if (id === undefined) super.remove();
    return id !== undefined && (this.#session.conversation?.remove(id) ?? false);
  }

  /** Empties the transcript of this window. */
  clear(): void {
    this.#session.conversation?.store.clear();
  }

  override focus(): void {
    this.#composer?.focus();
  }

  override connectedCallback(): void {
    super.connectedCallback();
    if (this.hasUpdated) this.#configure();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#session.release();
  }

  override attributeChangedCallback(name: string, old: string | null, value: string | null): void {
    super.attributeChangedCallback(name, old, value);
    if (name === 'token') this.requestUpdate(name, old);
  }

  protected override willUpdate(changed: PropertyValues<ChatWindow>): void {
    const any = (...names: string[]) => !this.hasUpdated || names.some((name) => changed.has(name as keyof ChatWindow));
    if (any('locale', 'strings')) this.#localise();
    if (any(...CONFIGURATION)) this.#configure();
    if (any('locale', 'strings', 'peerName', 'peerAvatar', 'messageTypes')) {
      const { peerName, peerAvatar, messageTypes: types } = this;
      this.#renderMessage = rows({ strings: this.#texts, types, peerName, peerAvatar }, this.#messageRequested);
    }
  }

  protected override updated(): void {
    if (this.#ready || this.problem) return;
    this.#ready = true;
    this.dispatchEvent(new ChatReadyEvent());
  }

  protected override render() {
    const { client, conversation, state: connection, beats } = this.#session;
    const strings = this.#texts;
    return chatWindowTemplate({
      strings,
      problem: this.problem,
      heading: this.heading || this.peerName || strings.heading,
      user: this.showUserId ? (this.userId ?? '') : '',
      connection: client && connection,
      beats,
      conversation,
      renderMessage: this.#renderMessage,
      heardFrom: this.heard,
      receiver: this.peerId || !client ? undefined : this.receiver,
      bytesOf: this.#bytesOf,
      announcement: this.announcement,
      connect: () => this.connect(),
      choose: (peerId) => this.#choose(peerId),
      send: (event) => this.#sendRequested(event),
    });
  }

  readonly #bytesOf = (text: string) => this.#session.conversation?.frameBytes(text) ?? 0;

  readonly #messageRequested = ({ action, id }: MessageRequestEvent) => {
    this[action](id);
  };

  #sendRequested(event: SendRequestEvent): void {
    const { conversation: to } = this.#session;
    const { noReceiver, toOneself } = this.#texts;
    const refusal = !to ? noReceiver : to.peerId && to.peerId === to.userId ? toOneself : '';
    if (refusal) this.#composer?.tell(refusal);
    if (refusal || this.send(event.text).id === '') event.preventDefault();
  }

  #choose(peerId: string): void {
    this.receiver = peerId;
    if (this.heard === peerId) this.heard = '';
  }

  #hear(peerId: string): void {
    if (this.peerId) return;
    // Whoever writes first to somebody who has chosen nobody is the one they talk to.
    if (this.receiver === '') this.receiver = peerId;
    else this.heard = peerId;
  }

  #announce({ from, content }: Message): void {
    const { said, userId } = this.#texts;
    this.announcement = said(this.peerName || userId(from), content.slice(0, ANNOUNCED));
  }

  #localise(): void {
    try {
      this.#texts = { ...stringsFor(this.locale || pageLanguage()), ...this.strings };
    } catch {
      this.#texts = { ...stringsFor(pageLanguage()), ...this.strings };
      const error = new ConfigurationError('locale', 'a BCP 47 language tag such as zh-CN', this.locale);
      this.dispatchEvent(new ChatErrorEvent(error));
    }
  }

  #configure(): void {
    const problem = configurationProblem(this);
    if (problem && problem.message !== this.problem?.message) this.dispatchEvent(new ChatErrorEvent(problem));
    this.problem = problem;
    const session = this.#session;
    const lease = problem || !this.isConnected ? undefined : leaseFor(this);
    if (lease) session.use(lease);
    else session.release();
    const { store, userId = '' } = this;
    const peerId = this.peerId || this.receiver;
    if (lease) session.show(peerId ? session.conversationWith(peerId, store) : undefined);
    else if (store && !problem) session.show(new StoreConversation(store, userId, peerId, Date.now));
  }
}

/** Characters of a message that are read out by themselves; the rest is in the transcript. */
const ANNOUNCED = 300;

declare global {
  interface HTMLElementTagNameMap {
    'chat-window': ChatWindow;
  }
}
