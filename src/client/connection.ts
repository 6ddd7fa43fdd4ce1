import {
  type Packet,
  PacketType,
  ProtocolError,
  parsePacket,
  readKickout,
  readLoginResponse,
  stringifyPacket,
  utf8Length,
} from '../protocol/index.js';
import type { Clock } from './clock.js';
import type { KickoutState } from './state.js';

/** What the client needs of a WebSocket: the browser's, or one like it. */
export interface SocketLike {
  readonly readyState: number;
  /** Bytes that were sent and not yet passed on to the network. */
  readonly bufferedAmount?: number;
  send(text: string): void;
  close(): void;
  addEventListener(type: 'open' | 'error', listener: () => void, options?: { signal?: AbortSignal }): void;
  addEventListener(
    type: 'message',
    listener: (event: { data: unknown }) => void,
    options?: { signal?: AbortSignal },
  ): void;
  addEventListener(
    type: 'close',
    listener: (event: { code: number }) => void,
    options?: { signal?: AbortSignal },
  ): void;
}

export type SocketConstructor = new (url: string) => SocketLike;

/** What a connection tells its owner; nothing after it was abandoned. */
export interface ConnectionOwner {
  /** The socket is open; the login is on its way. */
  opened(): void;
  /** The login was accepted, and its answer took so long. */
  loggedIn(firstLoginTime: number, roundTripMs: number): void;
  refused(code: number): void;
  kicked(kickout: KickoutState): void;
  /** A frame of a logged-in session. */
  frame(packet: Packet): void;
  /** Something arrived that is dropped, and why. */
  dropped(reason: string): void;
  /** The socket did not open in time; `lost` follows. */
  connectTimedOut(): void;
  /** The connection is gone, or was given up; `code` is the WebSocket's, 1006 for what the client found itself. */
  lost(code: number): void;
}

const CONNECTING = 0;
const OPEN = 1;
const ABNORMAL = 1006;

/**
 * One generation: one socket, one login. Whatever a dead socket says later finds nobody, since every listener and timer
 * goes with the abort signal; and nothing ever waits for a socket's `close`, which a black hole delays by a minute.
 */
export class Connection {
  readonly #socket: SocketLike;
  readonly #life = new AbortController();
  readonly #clock: Clock;
  #timer: unknown;
  /** While the answer to the login is still to come: an answer to nothing is no answer. */
  #loginSentAt: number | undefined;
  /** Whether the login was accepted. */
  loggedIn = false;

  /**
   * Opens the socket. Throws what the WebSocket constructor throws (a `SyntaxError` or `SecurityError`), or
   * `FrameTooLargeError` for a login that no server would read.
   */
  constructor(
    options: {
      readonly url: string;
      readonly Socket: SocketConstructor;
      readonly clock: Clock;
      readonly login: Packet;
      /** Milliseconds to wait for the socket to open, and then for the answer to the login. */
      readonly connectTimeoutMs: number;
      readonly loginTimeoutMs: number;
    },
    readonly owner: ConnectionOwner,
  ) {
    const { url, Socket, clock, login, connectTimeoutMs, loginTimeoutMs } = options;
    const loginFrame = stringifyPacket(login);
    this.#clock = clock;
    this.#socket = new Socket(url);
    const { signal } = this.#life;
    // Not every implementation of WebSocket heeds `signal`, so each listener looks for itself as well.
    const alive =
      <Args extends unknown[]>(listener: (...args: Args) => void) =>
      (...args: Args) => {
        if (!signal.aborted) listener(...args);
      };
    signal.addEventListener('abort', () => clock.clearTimeout(this.#timer));
    this.#timer = clock.setTimeout(() => {
      owner.connectTimedOut();
      this.fail();
    }, connectTimeoutMs);
    this.#socket.addEventListener(
      'open',
      alive(() => {
        clock.clearTimeout(this.#timer);
        this.#timer = clock.setTimeout(() => this.fail(), loginTimeoutMs);
        this.#loginSentAt = clock.monotonic();
        this.#write(loginFrame);
        owner.opened();
      }),
      { signal },
    );
    this.#socket.addEventListener(
      'message',
      alive((event) => this.#receive(event.data, login.from)),
      { signal },
    );
    this.#socket.addEventListener(
      'close',
      alive((event) => this.#lose(event.code)),
      { signal },
    );
    // A close event always follows an error; it is heard so that no implementation throws for want of a listener.
    this.#socket.addEventListener('error', () => {}, { signal });
  }

  /** Whether the socket has neither opened nor failed. */
  get opening(): boolean {
    return this.#socket.readyState === CONNECTING;
  }

  /** Bytes that the socket has not yet passed on to the network. */
  get buffered(): number {
    return this.#socket.bufferedAmount ?? 0;
  }

  /** Writes a packet if the socket is open. Returns the bytes written, 0 for none. */
  send(packet: Packet): number {
    if (this.#life.signal.aborted || this.#socket.readyState !== OPEN) return 0;
    const text = stringifyPacket(packet);
    this.#write(text);
    return utf8Length(text);
  }

  /**
   * A browser's own socket never throws here; one that the page has wrapped may (W4). Then this frame is as lost as on a bad
   * line: it is not acknowledged, and written again.
   */
  #write(text: string): void {
    try {
      this.#socket.send(text);
    } catch {}
  }

  /** Lets go of the socket at once; nothing that it does later reaches anybody. */
  abandon(): void {
    this.#life.abort();
    this.#socket.close();
  }

  /** Gives the line up, as if it had been closed. */
  fail(): void {
    this.#lose(ABNORMAL);
  }

  #lose(code: number): void {
    this.abandon();
    this.owner.lost(code);
  }

  #receive(data: unknown, userId: string): void {
    try {
      if (typeof data === 'string') this.#dispatch(parsePacket(data), userId);
      else this.owner.dropped('binary');
    } catch (error) {
      // A ProtocolError, or an acknowledgement too large to send (a sender's id of 64 kB). Listeners' own errors never come here.
      this.owner.dropped(error instanceof ProtocolError ? `malformed ${error.field}` : (error as Error).name);
    }
  }

  #dispatch(packet: Packet, userId: string): void {
    if (packet.type === PacketType.kickout) {
      const { code, reason } = readKickout(packet);
      this.abandon();
      this.owner.kicked({ code, detail: reason });
    } else if (packet.type === PacketType.loginResponse) this.#answered(packet, userId);
    else if (this.loggedIn || packet.type === PacketType.error) this.owner.frame(packet);
    else this.owner.dropped('frame before the login was answered');
  }

  #answered(packet: Packet, userId: string): void {
    const { code, firstLoginTime } = readLoginResponse(packet);
    if (this.#loginSentAt === undefined) this.owner.dropped('answer without a login');
    else if (packet.to !== userId && packet.to !== '-1') {
      this.owner.dropped('answer to the login of somebody else');
    } else if (code !== 0) {
      this.abandon();
      this.owner.refused(code);
    } else {
      const roundTripMs = this.#clock.monotonic() - this.#loginSentAt;
      this.#loginSentAt = undefined;
      this.loggedIn = true;
      this.#clock.clearTimeout(this.#timer);
      this.owner.loggedIn(Math.max(0, firstLoginTime), roundTripMs);
    }
  }
}
