import { nothing, type PropertyValues } from 'lit';
import { state } from 'lit/decorators.js';
import { OutboxFullError } from '../client/errors.js';
import type { ConnectionState } from '../client/state.js';
import type { ClientStatus } from '../client/status.js';
import { en } from '../locales/en.js';
import type { Strings } from '../locales/strings.js';
import type { Conversation } from '../store/conversation.js';
import { type Announcement, announce } from './announcement.js';
import { chatWindowStyles } from './chat-window.styles.js';
import { chatWindowTemplate } from './chat-window.template.js';
import { ChatWindowOptions } from './chat-window-options.js';
import type { MessageComposer } from './message-composer.js';
import { rows } from './message-rows.js';
import { type MessageRequestEvent, SendRequestEvent } from './request-events.js';
import { type SentMessage, sentMessage } from './sent-message.js';
import { leaseFor } from './shared-session.js';
import { whenTakenBack } from './taken-back.js';
import { theme } from './theme.js';
import { ViewKeeper } from './view-keeper.js';
import { visuallyHidden } from './visually-hidden.styles.js';
import { CONFIGURATION, configurationProblem, IDENTITY } from './window-configuration.js';
import { ChatErrorEvent, ChatReadyEvent } from './window-events.js';
import { WindowSession } from './window-session.js';

/**
 * A conversation: title bar with status light, message list, composer. Fills its box.
 * It connects by itself as soon as it has a `server-url` and a `user-id`; after a kick-out, a refused login or `disconnect()`
 * only when it is told to. With a `store` and no `server-url` it shows that store and connects nowhere.
 *
 * @slot badge - beside the heading
 * @slot ended - beside what is said of a session that the server ended
 * @fires chat-ready - configured and shown
 * @fires chat-message - a message was added to this conversation
 * @fires chat-status - the connection state changed
 * @fires chat-delivery - an own message has a new delivery status
 * @fires chat-unread - the number of unread messages changed, here or in a conversation that no window shows
 * @fires chat-resync - a login succeeded; since when messages may be missing
 * @fires chat-kickout - the server ended the session
 * @fires chat-error - wrong configuration, refused login, failed `getToken`, server error
 * @csspart problem - what is told instead of a chat that cannot start
 * @csspart empty - what is shown while there are no messages
 */
export class ChatWindow extends ChatWindowOptions {
  static override styles = [theme, visuallyHidden, chatWindowStyles];

  @state() private problem: Error | undefined;
  /** The receiver that was typed, in a window without `peer-id`. */
  @state() private receiver = '';
  /** Somebody who wrote while another conversation is shown, in a window without `peer-id`. */
  @state() private heard = '';
  @state() private announcements: readonly Announcement[] = [];
  /** How often `identify()` was called: each time is a reason to log in. */
  @state() private identified = 0;

  #texts: Strings = en;
  #renderMessage: ReturnType<typeof rows> | undefined;
  #ready = false;
  /** Told, and done, after the update: what a listener sets in answer would be lost in the midst of it. */
  #errors: (Error | undefined)[] = [];
  #identified = 0;
  readonly #views = new ViewKeeper(this);
  readonly #session: WindowSession = new WindowSession(this, {
    changed: () => this.requestUpdate(),
    received: (message) => {
      const { peerName, messageTypes: types } = this;
      this.announcements = announce(this.announcements, message, { strings: this.#texts, types, peerName });
    },
    turned: () => {
      this.announcements = [];
    },
    forgotten: () => this.#forgetPerson(),
    heardFrom: (peerId) => this.#hear(peerId),
    texts: () => this.#texts,
  });

  get #composer(): MessageComposer | null {
    return this.renderRoot?.querySelector('message-composer');
  }

  /** What the window shows, and what it sends through. Undefined while it cannot start or nobody is chosen. */
  get conversation(): Conversation | undefined {
    return this.#session.conversation;
  }

  /** Where the connection stands. */
  get connectionState(): ConnectionState {
    return this.#session.state;
  }

  /** How the connection fares, as data; undefined while there is no client. */
  get status(): ClientStatus | undefined {
    return this.#session.client?.status;
  }

  /** Connects, or logs in anew after a kick-out or a refused login. */
  connect(): void {
    this.#session.connect();
  }

  /** Logs out and stays disconnected until `connect()`, in all tabs of the browser. What was not sent yet is kept. */
  disconnect(): void {
    this.#session.client?.disconnect();
  }

  /**
   * Logs in, as somebody else or with other credentials. Of the user before nothing stays on any tab of the browser: neither a
   * session, nor messages, nor what was typed. Without effect on a `client` of the page's own.
   */
  identify({ userId, getToken }: { userId: string; getToken?: () => string | Promise<string> }): void {
    if (userId !== this.userId) {
      this.#session.end();
      this.#forgetPerson();
    }
    this.store = undefined;
    this.getToken = getToken;
    this.userId = userId;
    this.identified += 1;
  }

  /** Ends the user's session, in all tabs. @param options.wipe also forgets all of the user, on the device too */
  logout({ wipe = false }: { wipe?: boolean } = {}): void {
    this.disconnect();
    if (!wipe) return;
    this.#session.wipe();
    this.#forgetPerson();
  }

  /** Sends a text. Never rejects: what went wrong is the status, or told by a `chat-error`. */
  send(text: string): SentMessage {
    const { conversation } = this.#session;
    try {
      if (!conversation) throw this.problem ?? new Error('send(): expected a window in the document, and a receiver');
      return sentMessage(conversation.send(text), conversation.store);
    } catch (error) {
      if (error instanceof OutboxFullError) this.#composer?.tell(this.#texts.outboxFull);
      this.dispatchEvent(new ChatErrorEvent(error as Error));
      return { id: '', delivered: Promise.resolve('failed') };
    }
  }

  /** Sends a failed message again. */
  retry(id: string): boolean {
    return this.#session.conversation?.retry(id) ?? false;
  }

  /** Takes back a message that was never sent; gives up one that nobody confirms, which then failed. */
  cancel(id: string): boolean {
    return this.#session.conversation?.cancel(id) ?? false;
  }

  /** Without an id, takes this element out of the document: `Element.remove()`. */
  override remove(): void;
  /** Forgets a failed message, or deletes one for this user alone: see {@link Conversation.remove}. */
  override remove(id: string): boolean;
  override remove(id?: string): boolean {
    if (id === undefined) super.remove();
    return id !== undefined && (this.#session.conversation?.remove(id) ?? false);
  }

  /**
   * Empties the transcript with this peer, in all tabs and on the device. A message that waits is still sent, and comes back only
   * if it fails.
   */
  clear(): void {
    this.#session.conversation?.clear();
  }

  /** Puts the cursor into the text field. */
  override focus(): void {
    this.#composer?.focus();
  }

  override connectedCallback(): void {
    super.connectedCallback();
    if (!this.hasUpdated) return;
    this.#configure();
    this.requestUpdate();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#session.release();
  }

  protected override willUpdate(changed: PropertyValues): void {
    const isNew = (...names: string[]) => !this.hasUpdated || names.some((name) => changed.has(name));
    if (isNew('locale')) this.#errors.push(this.chooseLanguage());
    if (isNew('language', 'strings')) this.#texts = { ...(this.language ?? en), ...this.strings };
    if (this.hasUpdated && IDENTITY.some((name) => changed.get(name) !== undefined)) this.#forgetPerson();
    if (isNew(...CONFIGURATION)) this.#configure();
    if (isNew('language', 'strings', 'peerName', 'peerAvatar', 'imageHosts', 'messageTypes')) {
      this.#renderMessage = rows(this, this.#texts, this.#chosen, this.#messageRequested, (error) =>
        this.dispatchEvent(new ChatErrorEvent(error)),
      );
    }
  }

  protected override updated(): void {
    for (const error of this.#errors.splice(0)) if (error) this.dispatchEvent(new ChatErrorEvent(error));
    if (!this.#ready && !this.problem && this.language) {
      this.#ready = true;
      this.dispatchEvent(new ChatReadyEvent());
    }
    if (this.#identified !== this.identified) this.connect();
    else this.#session.join();
    this.#identified = this.identified;
  }

  protected override render() {
    if (!this.language) return nothing;
    const { client, conversation, state: connection, beats } = this.#session;
    const strings = this.#texts;
    const refused = connection.name === 'disconnected' && connection.reason === 'misconfigured';
    return chatWindowTemplate({
      strings,
      beats,
      conversation,
      problem: this.problem ?? (refused ? connection.error : undefined),
      heading: this.heading || this.peerName || strings.heading,
      user: this.showUserId ? (client?.userId ?? this.userId ?? '') : '',
      connection: client && connection,
      bell: client !== undefined && this.notifications !== 'off',
      renderMessage: this.#renderMessage,
      heardFrom: this.heard,
      receiver: this.peerId || !client ? undefined : this.receiver,
      bytesOf: this.#bytesOf,
      announcements: this.announcements,
      connect: () => {
        this.connect();
        this.#focusTranscript();
      },
      open: (peerId) => {
        this.#choose(peerId);
        this.#focusTranscript();
      },
      choose: (peerId) => this.#choose(peerId),
      send: (event) => this.#sendRequested(event),
      older: () => void conversation?.loadOlder(),
    });
  }

  readonly #bytesOf = (text: string) => this.#session.conversation?.frameBytes(text) ?? 0;

  readonly #messageRequested = ({ action, id }: MessageRequestEvent) => {
    const { conversation } = this.#session;
    const field = () => (conversation === this.conversation ? this.#composer : null);
    if (action === 'cancel' && conversation) whenTakenBack(conversation.store, id, field);
    if (action === 'fill') conversation?.fillGap();
    else this[action](id);
    this.#focusTranscript();
  };

  /** By a button in a bubble. In a session that has ended nothing can be said. */
  readonly #chosen = (text: string) => {
    if (!this.#composer?.readonly) this.#sendRequested(new SendRequestEvent(text));
  };

  /** The button that was pressed goes away; the focus must not fall out of the chat with it. */
  #focusTranscript(): void {
    void this.updateComplete.then(() => (this.renderRoot.querySelector('message-list') ?? this).focus());
  }

  #sendRequested(event: SendRequestEvent): void {
    const { conversation: to } = this.#session;
    const { chooseReceiver, toOneself } = this.#texts;
    const refusal = !to ? chooseReceiver : to.peerId && to.peerId === to.userId ? toOneself : '';
    if (refusal) this.#composer?.tell(refusal);
    if (refusal || this.send(event.text).id === '') event.preventDefault();
  }

  #choose(peerId: string): void {
    this.receiver = peerId;
    if (this.heard === peerId) this.heard = '';
  }

  #hear(peerId: string): void {
    if (this.peerId || peerId === '0' || peerId === '-1') return;
    // Whoever writes first to somebody who has chosen nobody is the one they talk to.
    if (this.receiver === '') this.receiver = peerId;
    else this.heard = peerId;
  }

  #forgetPerson(): void {
    this.renderRoot?.querySelector('image-viewer')?.remove();
    this.#views.forget();
    this.receiver = this.heard = '';
    this.announcements = [];
  }

  #configure(): void {
    const problem = configurationProblem(this);
    if (problem?.message !== this.problem?.message) this.#errors.push(problem);
    this.problem = problem;
    const lease = problem || !this.isConnected ? undefined : leaseFor(this);
    const store = problem || !this.isConnected ? undefined : this.store;
    const { userId = '', loadHistory, log } = this;
    this.#session.use(lease, { userId, peerId: this.peerId || this.receiver, store, loadHistory, log });
  }
}
