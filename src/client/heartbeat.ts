import { HEARTBEAT_MODES, type HeartbeatSeconds } from '../protocol/index.js';
import type { Clock } from './clock.js';
import { stopwatch } from './stopwatch.js';

/** A timer that comes this late was held back (a busy or sleeping page): answers may be waiting behind it. */
const LATE_MS = 1_000;
/** The least time that an answer gets: in the rhythm, and when there is a reason for doubt. */
const PATIENCE_MS = 5_000;
const PROBE_PATIENCE_MS = 3_000;
const LONGEST_PATIENCE_MS = 40_000;
/** A message written into a line that then says nothing for this long is a reason for doubt. */
const SILENCE_MS = 2_500;
/** A socket that passes on fewer bytes while a sign is awaited passes on nothing. */
const LEAST_PROGRESS = 1_000;
/** Bytes that the slowest line takes in a millisecond: 2 kB/s, less a fifth for all that is not ours. */
export const SLOWEST_LINE = 1.6;

/**
 * Sends a keepalive each interval and finds a dead line. The next keepalive is planned anew when an answer arrives, because
 * timers started in a socket's handler keep running in a hidden tab that throttles all others.
 *
 * On a slow line a keepalive waits behind what was written before, and its answer behind what the server wrote. The system's
 * buffers tell nothing of it, so patience grows: with the bytes that no answer has confirmed, and, as nobody knows what is on
 * its way here, with each line that fell silent before it said more than the answer to the login (N8).
 */
export class Heartbeat {
  readonly #periodMs: number;
  readonly #serverPatienceMs: number;
  /** For the next keepalive; undefined while there is no session. */
  #timer: unknown;
  #dueAt = 0;
  /** For the judgement; at no time while no sign is awaited. */
  #verdict: unknown;
  #verdictAt = Number.POSITIVE_INFINITY;
  #doubt: unknown;
  #quietMs: () => number;
  #written = 0;
  /** So many of the bytes written have arrived at the least. */
  #arrived = 0;
  /** Keepalives without an answer: when they were sent, and the bytes written before. */
  #asked: { readonly at: number; readonly written: number }[] = [];
  /** Lines that fell silent since anything arrived but the answer to a login. */
  #silences = 0;
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
    this.#quietMs = stopwatch(clock);
  }

  /** The last round trip measured, ms; undefined before the first. */
  get roundTripMs(): number | undefined {
    return this.#roundTripMs;
  }

  /** A login succeeded, and its answer took so long. */
  start(roundTripMs: number): void {
    this.#written = this.#arrived = this.#slowestMs = 0;
    this.#measure(roundTripMs);
    this.wrote(0);
    // The server counts from the login, not from its answer.
    this.#dueAt = this.clock.monotonic() + this.#periodMs - roundTripMs;
    this.#plan();
  }

  stop(): void {
    this.#calm();
    this.clock.clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#asked = [];
  }

  /** Any frame arrived: the line lives. */
  sign(): void {
    this.#silences = 0;
    this.#calm();
  }

  /** All that was written has arrived. */
  settled(): void {
    this.#arrived = this.#written;
  }

  /** Nothing speaks against the line, or it is no more. */
  #calm(): void {
    this.clock.clearTimeout(this.#verdict);
    this.clock.clearTimeout(this.#doubt);
    this.#verdictAt = Number.POSITIVE_INFINITY;
    this.#doubt = undefined;
  }

  /** A frame of so many bytes was written: the server counts from here. */
  wrote(bytes: number): void {
    this.#written += bytes;
    this.#quietMs = stopwatch(this.clock);
  }

  /** The answer to a keepalive arrived. */
  pong(): void {
    const asked = this.#asked.shift();
    if (!asked) return;
    this.#measure(this.clock.monotonic() - asked.at);
    this.#arrived = Math.max(asked.written, this.#arrived);
    this.#plan();
  }

  /** There is a reason to doubt the line: it must show a sign soon. Without effect where there is no session. */
  probe(): void {
    if (this.#timer === undefined) return;
    if (this.#verdictAt < Number.POSITIVE_INFINITY) this.#awaitSign(this.#patience(PROBE_PATIENCE_MS));
    else this.#ask(PROBE_PATIENCE_MS);
  }

  /** A message of the user was written: if the line says nothing then, it is probed. */
  expectSign(): void {
    if (this.#timer === undefined) return;
    this.#doubt ??= this.clock.setTimeout(() => {
      this.#doubt = undefined;
      this.probe();
    }, SILENCE_MS);
  }

  /** The clock has jumped. Where the server has heard nothing for longer than it waits, it has closed the session. */
  wake(hidden: boolean): void {
    if (this.#quietMs() > this.#serverPatienceMs) this.line.dead();
    // Of a hidden page only the timers may have slept; it asks the line when it is seen again.
    else if (!hidden) this.probe();
  }

  #ask(least: number): void {
    const now = this.clock.monotonic();
    const patience = this.#patience(least);
    this.#awaitSign(patience);
    // Whether or not an answer came: the server counts from what it receives.
    this.#dueAt = now + this.#periodMs;
    this.#plan();
    // An answer that is out for so long on a line that lives has gone to another session (0.3).
    this.#asked = this.#asked.filter(({ at }) => now - at < patience);
    this.#asked.push({ at: now, written: this.#written });
    this.line.ping();
  }

  /** Gives the line so much time, or what is left to it if that is less. */
  #awaitSign(ms: number): void {
    const due = this.clock.monotonic() + ms;
    if (due >= this.#verdictAt) return;
    const waiting = this.line.buffered();
    const enough = this.#written - waiting + LEAST_PROGRESS;
    this.clock.clearTimeout(this.#verdict);
    this.#verdictAt = due;
    this.#verdict = this.clock.setTimeout(() => {
      this.#verdictAt = Number.POSITIVE_INFINITY;
      if (this.clock.monotonic() - due > LATE_MS) this.#awaitSign(LATE_MS);
      // What waits in the socket has asked nobody yet: as long as it goes, the line lives.
      else if (waiting > 0 && this.#written - this.line.buffered() > enough)
        this.#awaitSign(this.#patience(PATIENCE_MS));
      else {
        this.#silences += 1;
        this.stop();
        this.line.dead();
      }
    }, ms);
  }

  #patience(least: number): number {
    const slow = Math.max(least, 2 * this.#slowestMs, (this.#written - this.#arrived) / SLOWEST_LINE);
    return Math.min(slow * 3 ** this.#silences, LONGEST_PATIENCE_MS);
  }

  #measure(roundTripMs: number): void {
    this.#roundTripMs = roundTripMs;
    this.#slowestMs = Math.max(roundTripMs, this.#slowestMs * 0.8);
  }

  #plan(): void {
    this.clock.clearTimeout(this.#timer);
    this.#timer = this.clock.setTimeout(() => this.#ask(PATIENCE_MS), this.#dueAt - this.clock.monotonic());
  }
}
