import {
  ack,
  data,
  ErrorCode,
  frameBytes,
  keepAlive,
  login,
  logout,
  type Packet,
  PacketType,
  readError,
  stringifyPacket,
} from '../protocol/index.js';
import { Connection, type ConnectionOwner } from './connection.js';
import { LoginRefusedError, ServerError } from './errors.js';
import {
  type ChatClientEventMap,
  ClientErrorEvent,
  DeliveryEvent,
  HeartbeatEvent,
  KickoutEvent,
  LinkClosedEvent,
  LoginEvent,
  MessageReceivedEvent,
  StateEvent,
  typedEventTarget,
} from './events.js';
import { Heartbeat } from './heartbeat.js';
import { Inbox } from './inbox.js';
import { type Message, MessageType } from './message.js';
import { newId } from './new-id.js';
import { type ChatClientOptions, type CheckedOptions, checkOptions } from './options.js';
import { Outbox } from './outbox.js';
import { checkOutgoing, type Outgoing, type SendOptions } from './outgoing.js';
import { Reconnect } from './reconnect.js';
import type { ConnectionState } from './state.js';
import { requestToken } from './token.js';

const CONNECT_TIMEOUT_MS = 10_000;
const LOGIN_TIMEOUT_MS = 10_000;

/**
 * One user's connection to a MobileIMSDK server, kept alive: login, heartbeat, delivery with acknowledgements, removal of
 * duplicates, reconnect. Knows no page and no window: it needs a WebSocket, timers and EventTarget.
 *
 * @fires state - where the connection stands, see {@link ConnectionState}
 * @fires login - a login succeeded
 * @fires close - a connection is gone
 * @fires message - a message arrived
 * @fires delivery - an outgoing message has a new status
 * @fires error - a refused login, a failed `getToken`, an error frame of the server
 * @fires ping - a keepalive was sent
 * @fires pong - a keepalive was answered
 * @fires kickout - the server ended the session
 */
export class ChatClient extends typedEventTarget<ChatClientEventMap>() {
  readonly #options: CheckedOptions;
  readonly #heartbeat: Heartbeat;
  readonly #outbox: Outbox;
  readonly #inbox: Inbox;
  readonly #reconnect: Reconnect;
  #state: ConnectionState = { name: 'disconnected', reason: 'idle' };
  #connection: Connection | undefined;
  /** One for each attempt: what an earlier one still has to say is not heard. */
  #attempt = new AbortController();
  #firstLoginTime = 0;

  /** @throws {ConfigurationError} for an option that cannot work */
  constructor(options: ChatClientOptions) {
    super();
    this.#options = checkOptions(options);
    const { clock, heartbeat, random, reconnectDelay } = this.#options;
    this.#heartbeat = new Heartbeat(heartbeat, clock, {
      ping: () => {
        this.#connection?.send(keepAlive(this));
        this.dispatchEvent(new HeartbeatEvent('ping'));
      },
      dead: () => this.#connection?.fail(),
    });
    this.#outbox = new Outbox(clock, {
      write: (packet) => {
        this.#inbox.noteOwn(packet);
        return this.#connection?.send(packet) ?? false;
      },
      announce: (message, status) => this.dispatchEvent(new DeliveryEvent(message, status)),
    });
    this.#inbox = new Inbox(this.userId, clock);
    this.#reconnect = new Reconnect(clock, random, reconnectDelay);
  }

  /** The id that this client logs in with. */
  get userId(): string {
    return this.#options.userId;
  }

  /** Where the connection stands; a new object at each change. */
  get state(): ConnectionState {
    return this.#state;
  }

  /** Frames that were dropped, counted by reason: malformed, binary, too large, not addressed to this user. */
  get drops(): ReadonlyMap<string, number> {
    return this.#inbox.drops;
  }

  /** Number of messages that wait for their acknowledgement or for a retry. */
  get pending(): number {
    return this.#outbox.size;
  }

  /** Connects as a new session; while waiting for a reconnect, tries at once. Else without effect. */
  connect(): void {
    if (this.#state.name === 'connected') return;
    if (this.#state.name === 'disconnected') {
      this.#firstLoginTime = 0;
      this.#reconnect.reset();
      this.#open();
    } else if (this.#reconnect.waiting) this.#open();
  }

  /**
   * Logs out and closes. What was not acknowledged stays and goes out after the next `connect()`. Without effect when there
   * is no connection (any more): the reason stays.
   */
  disconnect(): void {
    if (this.#state.name === 'disconnected') return;
    if (this.#connection?.loggedIn) this.#connection.send(logout(this));
    this.#finish({ name: 'disconnected', reason: 'closed' });
  }

  /**
   * Sends a message now or, without a connection, after the next login.
   * @throws {FrameTooLargeError} if its frame would have more than 65,536 bytes; nothing is sent then
   * @throws {ConfigurationError} if `to` is empty, `content` no string or `type` no 32-bit integer
   */
  send(content: string, { to, type = MessageType.text, qos = true }: SendOptions): Outgoing {
    checkOutgoing(content, to, type);
    const id = newId();
    const packet = data({ id, content, from: this.userId, to, type, qos });
    stringifyPacket(packet);
    const sentAt = this.#options.clock.now();
    const message: Message = { id, type, content, from: this.userId, to, sentAt, status: 'queued' };
    return { id, delivered: this.#outbox.add(message, packet) };
  }

  /** UTF-8 bytes of the frame that `send` would write: what counts against the limit of 65,536. */
  frameBytes(content: string, { to, type = MessageType.text, qos = true }: SendOptions): number {
    const id = '00000000-0000-4000-8000-000000000000';
    return frameBytes(data({ id, content, from: this.userId, to, type, qos }));
  }

  /** Sends a failed message again under the same id. Returns false if there is none. */
  retry(id: string): boolean {
    return this.#outbox.retry(id);
  }

  /** Takes back a message that was never written. Returns false if there is none. */
  cancel(id: string): boolean {
    return this.#outbox.cancel(id);
  }

  /** Forgets a failed message. Returns false if there is none. */
  remove(id: string): boolean {
    return this.#outbox.remove(id);
  }

  /** Gives up every message that waits for its delivery, as if each had been removed. */
  discard(): void {
    this.#outbox.discard();
  }

  #open(): void {
    const { getToken, clock } = this.#options;
    const signal = this.#abandon();
    this.#become({ name: 'connecting', attempt: this.#reconnect.attempt, retryInMs: 0 });
    if (signal.aborted) return;
    requestToken(getToken, clock, signal).then(
      (token) => {
        if (!signal.aborted) this.#dial(token);
      },
      (error) => {
        if (signal.aborted) return;
        this.dispatchEvent(new ClientErrorEvent(error));
        if (!signal.aborted) this.#lost(1006);
      },
    );
  }

  #dial(token: string): void {
    const { serverUrl, extra, clock, WebSocket } = this.#options;
    try {
      this.#connection = new Connection(
        {
          url: serverUrl,
          Socket: WebSocket,
          clock,
          login: login({ userId: this.userId, token, extra, firstLoginTime: this.#firstLoginTime }),
          connectTimeoutMs: CONNECT_TIMEOUT_MS,
          loginTimeoutMs: LOGIN_TIMEOUT_MS,
        },
        this.#owner,
      );
    } catch (error) {
      // The address itself is refused (mixed content, a forbidden port): the next try would end the same way.
      const cause = error instanceof Error ? error : new Error(String(error));
      this.#finish({ name: 'disconnected', reason: 'misconfigured', error: cause });
      this.dispatchEvent(new ClientErrorEvent(cause));
    }
  }

  readonly #owner: ConnectionOwner = {
    loggedIn: (firstLoginTime) => {
      const again = this.#firstLoginTime !== 0;
      const { signal } = this.#attempt;
      this.#firstLoginTime = firstLoginTime;
      this.#reconnect.loggedIn();
      this.#heartbeat.start();
      this.#become({ name: 'connected' });
      if (!signal.aborted) this.dispatchEvent(new LoginEvent(firstLoginTime, again));
      if (!signal.aborted) this.#outbox.open();
    },
    refused: (code) => {
      this.#finish({ name: 'disconnected', reason: 'refused', code });
      this.dispatchEvent(new ClientErrorEvent(new LoginRefusedError(code)));
    },
    kicked: (kickout) => {
      this.#finish({ name: 'disconnected', reason: 'kicked', kickout });
      this.dispatchEvent(new KickoutEvent(kickout));
    },
    frame: (packet) => this.#receive(packet),
    dropped: (reason) => this.#inbox.drop(reason),
    lost: (code) => this.#lost(code),
  };

  #receive(packet: Packet): void {
    this.#heartbeat.sign();
    if (packet.type === PacketType.data) this.#receiveData(packet);
    else if (packet.type === PacketType.ack) {
      if (!this.#outbox.acknowledge(packet.dataContent ?? '')) this.#inbox.drop('ack of an unknown message');
    } else if (packet.type === PacketType.keepAliveResponse) {
      this.#heartbeat.pong();
      this.dispatchEvent(new HeartbeatEvent('pong'));
    } else if (packet.type === PacketType.error) {
      const connection = this.#connection;
      const { code } = readError(packet);
      this.dispatchEvent(new ClientErrorEvent(new ServerError(code)));
      // The server has forgotten the session: only a new login helps. What was refused is still in the outbox.
      if (code === ErrorCode.serverNotLoggedIn) connection?.fail();
    } else this.#inbox.drop('unexpected frame type');
  }

  #receiveData(packet: Packet): void {
    const connection = this.#connection;
    const message = this.#inbox.take(packet);
    if (message) this.dispatchEvent(new MessageReceivedEvent(message));
    // Only now: an acknowledgement says that the message is in safe hands.
    if (this.#inbox.owesAck(packet)) connection?.send(ack(packet));
  }

  #lost(closeCode: number): void {
    const willReconnect = this.#options.reconnect;
    const signal = this.#abandon();
    if (signal.aborted) return;
    if (willReconnect) {
      const retryInMs = this.#reconnect.plan(closeCode, () => this.#open());
      this.#become({ name: 'connecting', attempt: this.#reconnect.attempt, retryInMs });
    } else this.#become({ name: 'disconnected', reason: 'lost' });
    if (!signal.aborted) this.dispatchEvent(new LinkClosedEvent(closeCode, willReconnect));
  }

  /** Ends in a state that only `connect()` leaves. */
  #finish(state: ConnectionState): void {
    if (!this.#abandon().aborted) this.#become(state);
  }

  /**
   * Lets go of the current attempt: socket, timers, whatever is still under way. Returns the signal of the next one, aborted
   * if a listener has gone on by itself meanwhile: then its word counts.
   */
  #abandon(): AbortSignal {
    this.#attempt.abort();
    this.#attempt = new AbortController();
    const { signal } = this.#attempt;
    this.#reconnect.stop();
    this.#heartbeat.stop();
    this.#connection?.abandon();
    this.#connection = undefined;
    this.#outbox.close();
    return signal;
  }

  #become(state: ConnectionState): void {
    const previous = this.#state;
    this.#state = state;
    this.dispatchEvent(new StateEvent(state, previous));
  }
}
