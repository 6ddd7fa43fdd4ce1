import { type Clock, instant } from './clock.js';
import type { Link } from './link.js';

/** Code and reason with which the server closes, whatever its own reason is. */
const BYE = [1000, 'Bye'] as const;

/** One accepted socket, logged in or not, with its read timeout. WebSocket pings never get here, so they do not count. */
export class Session {
  /** Number of the socket, in the order of acceptance. */
  readonly socket: number;
  /** The id under which this socket is logged in; null before. */
  userId: string | null = null;
  /** The id that its last login frame claimed, accepted or not. */
  claimedId: string | null = null;
  firstLoginTime = 0;
  /** True while the verifier is being asked; frames that arrive meanwhile wait in `held`. */
  verifying = false;
  held: string[] = [];
  readonly link: Link;
  readonly #clock: Clock;
  readonly #timeout: number;
  readonly #onClosed: (session: Session, code: number, reason: string, by: 'server' | 'client') => void;
  #lastRead: number;
  #timer: unknown;
  #isOpen = true;

  constructor(
    socket: number,
    link: Link,
    clock: Clock,
    timeout: number,
    onClosed: (session: Session, code: number, reason: string, by: 'server' | 'client') => void,
  ) {
    this.socket = socket;
    this.link = link;
    this.#clock = clock;
    this.#timeout = timeout;
    this.#onClosed = onClosed;
    this.#lastRead = instant(clock);
    this.#watch(timeout);
  }

  get isOpen(): boolean {
    return this.#isOpen;
  }

  /** Under which id the journal and the faults know this socket. */
  get label(): string | null {
    return this.userId ?? this.claimedId;
  }

  /** Something arrived: the read timeout begins again. */
  touch(): void {
    this.#lastRead = instant(this.#clock);
  }

  /** Closes from the server's side, by default with 1000 "Bye". */
  close(code: number = BYE[0], reason: string = BYE[1]): void {
    if (!this.#isOpen) return;
    this.#end(code, reason, 'server');
    this.link.close(code, reason);
  }

  /** Closes in a moment, as the server does where the last frame must first be written; frames until then are still read. */
  closeSoon(): void {
    this.#clock.clearTimeout(this.#timer);
    this.#timer = this.#clock.setTimeout(() => this.close(), 1);
  }

  /** Drops the connection: the client sees 1006. */
  terminate(): void {
    this.#end(1006, '', 'server');
    this.link.terminate();
  }

  /** The client has gone. */
  left(code: number, reason: string): void {
    this.#end(code, reason, 'client');
  }

  #end(code: number, reason: string, by: 'server' | 'client'): void {
    if (!this.#isOpen) return;
    this.#isOpen = false;
    this.#clock.clearTimeout(this.#timer);
    this.#onClosed(this, code, reason, by);
  }

  #watch(ms: number): void {
    this.#timer = this.#clock.setTimeout(() => {
      const remaining = this.#lastRead + this.#timeout - instant(this.#clock);
      if (remaining > 0) this.#watch(remaining);
      else this.close();
    }, ms);
  }
}
