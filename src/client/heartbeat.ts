import { HEARTBEAT_MODES, type HeartbeatSeconds } from '../protocol/index.js';
import type { Clock } from './clock.js';

/** A timer that comes this late was held back (a busy or sleeping page): answers may be waiting behind it. */
const LATE_MS = 1_000;

/**
 * Sends a keepalive each interval and finds a dead line. The next keepalive is planned when the answer arrives, because
 * timers started in a socket's handler keep running in a hidden tab that throttles all others.
 */
export class Heartbeat {
  readonly #periodMs: number;
  readonly #answerMs: number;
  #timer: unknown;
  #lastSign = 0;
  #asked = false;

  constructor(
    mode: HeartbeatSeconds,
    readonly clock: Clock,
    readonly line: { ping(): void; dead(): void },
  ) {
    const { interval, timeout, serverReadTimeout } = HEARTBEAT_MODES[mode];
    // In some modes the server's patience equals the client's interval; half of it keeps the session through a delay.
    this.#periodMs = Math.min(interval, serverReadTimeout / 2);
    this.#answerMs = timeout - interval;
  }

  /** A login succeeded. */
  start(): void {
    this.#lastSign = this.clock.monotonic();
    this.#plan(this.#periodMs, () => this.#ping());
  }

  stop(): void {
    this.clock.clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#asked = false;
  }

  /** Any frame arrived: the line lives. */
  sign(): void {
    this.#lastSign = this.clock.monotonic();
  }

  /** The answer to a keepalive arrived. One that was not asked for does not put off the next keepalive. */
  pong(): void {
    if (!this.#asked) return;
    this.#asked = false;
    this.#plan(this.#periodMs, () => this.#ping());
  }

  #ping(): void {
    const sentAt = this.clock.monotonic();
    this.#asked = true;
    this.#awaitSign(sentAt, this.#answerMs);
    this.line.ping();
  }

  #awaitSign(sentAt: number, patienceMs: number): void {
    const due = this.clock.monotonic() + patienceMs;
    this.#plan(patienceMs, () => {
      if (this.#lastSign >= sentAt) this.#ping();
      else if (this.clock.monotonic() - due > LATE_MS) this.#awaitSign(sentAt, LATE_MS);
      else {
        this.stop();
        this.line.dead();
      }
    });
  }

  #plan(ms: number, action: () => void): void {
    this.clock.clearTimeout(this.#timer);
    this.#timer = this.clock.setTimeout(action, ms);
  }
}
