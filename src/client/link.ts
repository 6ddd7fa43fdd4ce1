import { keepAlive, login, logout, type Packet, PacketType } from '../protocol/index.js';
import type { ClientLog } from './client-log.js';
import { Connection, type ConnectionOwner } from './connection.js';
import type { ResyncReason } from './events.js';
import { Heartbeat } from './heartbeat.js';
import type { LinkOwner } from './link-owner.js';
import type { CheckedOptions } from './options.js';
import type { PageSignal } from './page-signals.js';
import { Reconnect } from './reconnect.js';
import type { ConnectionState, PastSession } from './state.js';
import { stopwatch } from './stopwatch.js';
import { requestToken } from './token.js';
import { WakeWatch } from './wake-watch.js';

const LOGIN_TIMEOUT_MS = 10_000;
/** A socket that is still connecting after this long may hang for ever: a nudge replaces it. */
const HANGING_MS = 4_000;

/**
 * One user's line to the server, kept alive: token, socket, login, heartbeat, and a new attempt when it breaks. Each attempt
 * has an abort signal of its own, so that what an earlier one still has to say is not heard.
 */
export class Link {
  readonly #heartbeat: Heartbeat;
  readonly #reconnect: Reconnect;
  readonly #watch: WakeWatch;
  #state: ConnectionState = { name: 'disconnected', reason: 'idle' };
  #connection: Connection | undefined;
  #attempt = new AbortController();
  /** How long the attempt, or the stage of it that asks for a token or uses a socket, lasts. */
  #age: () => number;
  /** From `connect()` until the link ends for good: the page's signals are heard. */
  #life = new AbortController();
  #firstLoginTime = 0;
  #lastFrameAt: number | undefined;
  #gap: ResyncReason = 'start';

  constructor(
    readonly options: CheckedOptions,
    readonly owner: LinkOwner,
    readonly log: ClientLog,
  ) {
    const { clock, random, reconnectDelay } = options;
    this.#age = stopwatch(clock);
    this.#heartbeat = new Heartbeat(options.heartbeat, clock, {
      ping: () => {
        this.send(keepAlive(options));
        owner.heartbeat('ping');
      },
      dead: () => this.fail(),
      buffered: () => this.buffered,
    });
    this.#reconnect = new Reconnect(clock, random, reconnectDelay);
    this.#watch = new WakeWatch(clock, () => this.#wake());
  }

  get state(): ConnectionState {
    return this.#state;
  }

  /** Aborted when the present attempt, or the session that came of it, is over. */
  get signal(): AbortSignal {
    return this.#attempt.signal;
  }

  /** When the server was last heard, ms since 1970. */
  get lastFrameAt(): number | undefined {
    return this.#lastFrameAt;
  }

  get roundTripMs(): number | undefined {
    return this.#heartbeat.roundTripMs;
  }

  get nextTryInMs(): number | undefined {
    return this.#reconnect.remainingMs;
  }

  /** Bytes that the socket has not yet passed on to the network. */
  get buffered(): number {
    return this.#connection?.buffered ?? 0;
  }

  /** Connects, by default as a new session; while waiting for a reconnect, tries at once. Else without effect. */
  connect({ firstLoginTime = 0, lastFrameAt = this.#lastFrameAt, reason = 'lost' }: Partial<PastSession> = {}): void {
    if (this.#state.name === 'disconnected') {
      this.#firstLoginTime = firstLoginTime;
      this.#lastFrameAt = lastFrameAt;
      this.#gap = firstLoginTime > 0 ? reason : 'start';
      this.#reconnect.reset();
      this.#life = new AbortController();
      this.#watch.start();
      this.options.page?.listen((signal) => this.#hear(signal), this.#life.signal);
      this.#open();
    } else if (this.#reconnect.waiting) this.#open();
  }

  /** Logs out and closes. Without effect when there is no connection (any more): the reason stays. */
  disconnect(): void {
    if (this.#state.name === 'disconnected') return;
    if (this.#connection?.loggedIn) this.send(logout(this.options));
    this.#finish({ name: 'disconnected', reason: 'closed' });
  }

  /** Writes a packet. Returns false if nothing was written. */
  send(packet: Packet): boolean {
    const bytes = this.#connection?.send(packet) ?? 0;
    if (bytes > 0) {
      this.#heartbeat.wrote(bytes);
      this.log.frame('out', packet);
    }
    return bytes > 0;
  }

  /** All that was written has arrived. */
  settled(): void {
    this.#heartbeat.settled();
  }

  /** A message of the user is on its way: a line that shows no sign then is dead, and a pause between attempts ends. */
  sent(): void {
    if (this.#state.name === 'connected') this.#heartbeat.expectSign();
    else this.nudge();
  }

  /**
   * Something speaks for a look at the line now: a new attempt instead of waiting or hanging, a keepalive on an open one. The
   * answer to a login may take its time (V16), unless the socket is presumed dead.
   */
  nudge(presumedDead = false): void {
    if (this.#state.name === 'connected') this.#heartbeat.probe();
    else if (this.#state.name === 'connecting') {
      const age = this.#age();
      // A token has a limit of its own, and may be slow; before a page is wanted, none has been asked for.
      const mayHang = presumedDead || this.#connection?.opening || age === Number.POSITIVE_INFINITY;
      if (this.#reconnect.waiting) this.#reconnect.nudge();
      else if (mayHang && age > HANGING_MS && !this.options.page?.prerendering) this.#open();
    }
  }

  /** Gives the line up, as if it had been closed. */
  fail(): void {
    this.log.note('line given up');
    this.#connection?.fail();
  }

  #hear(signal: PageSignal): void {
    this.log.note(`page: ${signal}`);
    // The server would go on writing into a page that does not run, and everything would be lost.
    if (signal === 'frozen') this.#restart();
    else if (signal === 'resumed') {
      if (this.#state.name === 'connected') this.#restart();
      this.nudge(true);
    }
    // No network: no reason to try sooner, but one to ask an open line.
    else if (signal !== 'offline' || this.#state.name === 'connected') this.nudge();
  }

  #restart(): void {
    if (!this.#connection) return;
    this.#gap = 'frozen';
    this.fail();
  }

  #wake(): void {
    this.log.note('clock jumped');
    if (this.#state.name === 'connected') this.#heartbeat.wake(this.options.page?.hidden ?? false);
    // Also if it was given up just now: the wait that was planned is for servers that fail.
    if (this.#state.name !== 'connected') this.nudge(true);
  }

  #open(): void {
    const { getToken, clock, page } = this.options;
    const signal = this.#abandon();
    // A page that is being prepared waits for the nudge of being seen.
    this.#age = page?.prerendering ? () => Number.POSITIVE_INFINITY : stopwatch(clock);
    this.#become({ name: 'connecting', attempt: this.#reconnect.attempt, retryInMs: 0 });
    if (signal.aborted || page?.prerendering) return;
    requestToken(getToken, clock, signal).then(
      (token) => {
        if (!signal.aborted) this.#dial(token);
      },
      (error) => {
        if (signal.aborted) return;
        this.owner.failed(error);
        if (!signal.aborted) this.#lost(1006);
      },
    );
  }

  #dial(token: string): void {
    const { serverUrl, userId, extra, clock, WebSocket } = this.options;
    this.#age = stopwatch(clock);
    try {
      this.#connection = new Connection(
        {
          url: serverUrl,
          Socket: WebSocket,
          clock,
          login: login({ userId, token, extra, firstLoginTime: this.#firstLoginTime }),
          connectTimeoutMs: this.#reconnect.connectTimeoutMs,
          loginTimeoutMs: LOGIN_TIMEOUT_MS,
        },
        this.#connectionOwner,
      );
      this.log.note('connecting', { attempt: this.#reconnect.attempt, timeoutMs: this.#reconnect.connectTimeoutMs });
    } catch (error) {
      // The address itself is refused (mixed content, a forbidden port): the next try would end the same way.
      const cause = error instanceof Error ? error : new Error(String(error));
      this.#finish({ name: 'disconnected', reason: 'misconfigured', error: cause });
      this.owner.failed(cause);
    }
  }

  readonly #connectionOwner: ConnectionOwner = {
    opened: () => this.#reconnect.opened(),
    connectTimedOut: () => this.#reconnect.connectTimedOut(),
    loggedIn: (firstLoginTime, roundTripMs) => {
      const { signal } = this;
      const again = this.#firstLoginTime !== 0;
      const [since, reason] = [this.#lastFrameAt, this.#gap];
      this.log.note('logged in', { roundTripMs });
      this.#firstLoginTime = firstLoginTime;
      this.#lastFrameAt = this.options.clock.now();
      this.#gap = 'lost';
      this.#reconnect.loggedIn();
      this.#heartbeat.start(roundTripMs);
      this.owner.resync(since, reason);
      if (!signal.aborted) this.#become({ name: 'connected' });
      if (!signal.aborted) this.owner.loggedIn(firstLoginTime, again, signal);
    },
    refused: (code) => {
      this.#finish({ name: 'disconnected', reason: 'refused', code });
      this.owner.refused(code);
    },
    kicked: (kickout) => {
      this.#finish({ name: 'disconnected', reason: 'kicked', kickout });
      this.owner.kicked(kickout);
    },
    frame: (packet) => {
      this.#lastFrameAt = this.options.clock.now();
      this.#heartbeat.sign();
      this.log.frame('in', packet);
      if (packet.type === PacketType.keepAliveResponse) {
        this.#heartbeat.pong();
        this.owner.heartbeat('pong');
      } else this.owner.frame(packet);
    },
    dropped: (reason) => {
      this.#heartbeat.sign();
      this.owner.dropped(reason);
    },
    lost: (code) => this.#lost(code),
  };

  #lost(closeCode: number): void {
    const willReconnect = this.options.reconnect;
    const signal = this.#abandon(closeCode);
    if (signal.aborted) return;
    if (willReconnect) {
      const retryInMs = this.#reconnect.plan(closeCode, () => this.#open());
      this.log.note('lost', { closeCode, retryInMs });
      this.#become({ name: 'connecting', attempt: this.#reconnect.attempt, retryInMs });
    } else this.#end({ name: 'disconnected', reason: 'lost' });
    if (!signal.aborted) this.owner.lost(closeCode, willReconnect);
  }

  /** Ends in a state that only `connect()` leaves. */
  #finish(state: ConnectionState): void {
    if (!this.#abandon().aborted) this.#end(state);
  }

  #end(state: ConnectionState): void {
    this.#life.abort();
    this.#watch.stop();
    this.#become(state);
  }

  /**
   * Lets go of the current attempt: socket, timers, whatever is still under way. Returns the signal of the next one, aborted
   * if a listener has gone on by itself meanwhile: then its word counts.
   */
  #abandon(closeCode = 1006): AbortSignal {
    this.#attempt.abort();
    this.#attempt = new AbortController();
    const { signal } = this.#attempt;
    this.#reconnect.stop();
    this.#heartbeat.stop();
    this.#connection?.abandon();
    this.#connection = undefined;
    this.owner.down(closeCode);
    return signal;
  }

  #become(state: ConnectionState): void {
    const previous = this.#state;
    this.#state = state;
    this.owner.state(state, previous);
  }
}
