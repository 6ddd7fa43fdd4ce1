import { HEARTBEAT_MODES, type HeartbeatSeconds } from '../protocol/index.js';
import type { Clock } from './clock.js';

/** A timer that comes this late was held back (a busy or sleeping page): answers may be waiting behind it. */
const LATE_MS = 1_000;
/** The least time that an answer gets: in the rhythm, and when there is a reason for doubt. */
const PATIENCE_MS = 5_000;
const PROBE_PATIENCE_MS = 3_000;
const LONGEST_PATIENCE_MS = 30_000;
/** A message written into a line that then says nothing for this long is a reason for doubt. */
const SILENCE_MS = 2_500;

/**
 * Sends a keepalive each interval and finds a dead line. The next keepalive is planned when the answer arrives, because
 * timers started in a socket's handler keep running in a hidden tab that throttles all others.
 */
export class Heartbeat {
  readonly #periodMs: number;
  readonly #serverPatienceMs: number;
  #timer: unknown;
  #doubt: unknown;
  /** Frames that arrived. Counted, not timed: a coarse clock (C5) gives question and answer the same time. */
  #signs = 0;
  #lastWrite = { wall: 0, monotonic: 0 };
  /** When the keepalive was sent whose answer is awaited. */
  #askedAt: number | undefined;
  #dueAt = 0;
  #roundTripMs: number | undefined;
  /** The longest round trip of late: a line of 2 s ± 1.5 s must not be judged by its best moment. */
  #slowestMs = 0;

  constructor(
    mode: HeartbeatSeconds,
    readonly clock: Clock,
    readonly line: {
      ping(): void;
      dead(): void;
      /** Bytes that the socket has not yet passed on. */
      buffered(): number;
    },
  ) {
    const { interval, serverReadTimeout } = HEARTBEAT_MODES[mode];
    // In some modes the server's patience equals the client's interval; half of it keeps the session through a delay.
    this.#periodMs = Math.min(interval, serverReadTimeout / 2);
    this.#serverPatienceMs = serverReadTimeout;
  }

  /** The last round trip measured, ms; undefined before the first. */
  get roundTripMs(): number | undefined {
    return this.#roundTripMs;
  }

  /** A login succeeded, and its answer took so long. */
  start(roundTripMs: number): void {
    this.#slowestMs = 0;
    this.#measure(roundTripMs);
    this.sign();
    this.wrote();
    this.#plan(this.#periodMs, () => this.#ping());
  }

  stop(): void {
    this.clock.clearTimeout(this.#timer);
    this.clock.clearTimeout(this.#doubt);
    this.#timer = this.#doubt = this.#askedAt = undefined;
  }

  /** Any frame arrived: the line lives. */
  sign(): void {
    this.#signs += 1;
  }

  /** Any frame was written: the server counts from here. */
  wrote(): void {
    this.#lastWrite = { wall: this.clock.now(), monotonic: this.clock.monotonic() };
  }

  /** The answer to a keepalive arrived. One that was not asked for does not put off the next keepalive. */
  pong(): void {
    if (this.#askedAt === undefined) return;
    this.#measure(this.clock.monotonic() - this.#askedAt);
    this.#askedAt = undefined;
    this.#plan(this.#periodMs, () => this.#ping());
  }

  /** There is a reason to doubt the line: it must show a sign soon. */
  probe(): void {
    const patience = this.#patience(PROBE_PATIENCE_MS);
    if (this.#askedAt === undefined) this.#ping(PROBE_PATIENCE_MS);
    else if (this.clock.monotonic() + patience < this.#dueAt) this.#awaitSign(this.#signs, patience);
  }

  /** A message of the user was written: if the line says nothing then, it is probed. */
  expectSign(): void {
    if (this.#doubt !== undefined) return;
    const before = this.#signs;
    this.#doubt = this.clock.setTimeout(() => {
      this.#doubt = undefined;
      if (this.#signs === before) this.probe();
    }, SILENCE_MS);
  }

  /** The clock has jumped. Where the server has heard nothing for longer than it waits, it has closed the session. */
  wake(hidden: boolean): void {
    const { wall, monotonic } = this.#lastWrite;
    const quiet = Math.max(this.clock.now() - wall, this.clock.monotonic() - monotonic);
    if (quiet > this.#serverPatienceMs) this.line.dead();
    // Of a hidden page only the timers may have slept; it asks the line when it is seen again.
    else if (!hidden) this.probe();
  }

  #ping(patience = PATIENCE_MS): void {
    this.#askedAt = this.clock.monotonic();
    this.#awaitSign(this.#signs, this.#patience(patience));
    this.line.ping();
  }

  #awaitSign(before: number, patienceMs: number): void {
    this.#plan(patienceMs, () => {
      if (this.#signs > before) this.#ping();
      // What still waits in the socket has not asked anybody yet.
      else if (this.line.buffered() > 0 || this.clock.monotonic() - this.#dueAt > LATE_MS) {
        this.#awaitSign(before, LATE_MS);
      } else {
        this.stop();
        this.line.dead();
      }
    });
  }

  #patience(least: number): number {
    return Math.min(Math.max(least, 2 * this.#slowestMs), LONGEST_PATIENCE_MS);
  }

  #measure(roundTripMs: number): void {
    this.#roundTripMs = roundTripMs;
    this.#slowestMs = Math.max(roundTripMs, this.#slowestMs * 0.8);
  }

  #plan(ms: number, action: () => void): void {
    this.clock.clearTimeout(this.#timer);
    this.#dueAt = this.clock.monotonic() + ms;
    this.#timer = this.clock.setTimeout(action, ms);
  }
}
