import { backoff, type ReconnectContext, type ReconnectDelay } from './backoff.js';
import type { Clock } from './clock.js';

/** A login that held this long ends an outage; a shorter one does not make the next wait short again. */
const STABLE_MS = 10_000;
const BETWEEN_NUDGES_MS = 2_000;
/** For the first attempt, the second and all others that find a black hole in a row: a fixed one would never get through a slow line. */
const CONNECT_TIMEOUTS_MS = [4_000, 8_000];
const LONGEST_CONNECT_TIMEOUT_MS = 12_000;
/** A timer for longer would run at once. */
const LONGEST_TIMER_MS = 2 ** 31 - 1;

/** Plans reconnects: counts the attempts of an outage and waits between them. */
export class Reconnect {
  attempt = 0;
  #previousMs = 0;
  #outageSince: number | undefined;
  #loggedInAt: number | undefined;
  #nudgedAt = Number.NEGATIVE_INFINITY;
  #timeouts = 0;
  #timer: unknown;
  #dueAt = 0;
  #open: () => void = () => {};

  constructor(
    readonly clock: Clock,
    readonly random: () => number,
    readonly delay: ReconnectDelay,
  ) {}

  get waiting(): boolean {
    return this.#timer !== undefined;
  }

  /** Milliseconds until the next attempt; undefined where none is planned. */
  get remainingMs(): number | undefined {
    return this.waiting ? Math.max(0, this.#dueAt - this.clock.monotonic()) : undefined;
  }

  /** How long the next socket may take to open. */
  get connectTimeoutMs(): number {
    return CONNECT_TIMEOUTS_MS[this.#timeouts] ?? LONGEST_CONNECT_TIMEOUT_MS;
  }

  reset(): void {
    this.stop();
    this.attempt = 0;
    this.#previousMs = 0;
    this.#timeouts = 0;
    this.#outageSince = undefined;
    this.#loggedInAt = undefined;
  }

  opened(): void {
    this.#timeouts = 0;
  }

  connectTimedOut(): void {
    this.#timeouts += 1;
  }

  loggedIn(): void {
    this.#loggedInAt = this.clock.monotonic();
  }

  /** Plans the next attempt and returns the wait before it, ms. */
  plan(closeCode: number, open: () => void): number {
    const now = this.clock.monotonic();
    if (this.#loggedInAt !== undefined && now - this.#loggedInAt >= STABLE_MS) this.reset();
    this.#loggedInAt = undefined;
    this.#outageSince ??= now;
    this.attempt += 1;
    const ms = this.#wait({
      attempt: this.attempt,
      previousMs: this.#previousMs,
      outageMs: now - this.#outageSince,
      closeCode,
      random: this.random(),
    });
    this.#previousMs = ms;
    this.#open = open;
    this.#openIn(ms);
    return ms;
  }

  /** Something speaks for trying soon: the planned attempt is brought forward, at most one in 2 s. */
  nudge(): void {
    const now = this.clock.monotonic();
    const at = Math.max(now, this.#nudgedAt + BETWEEN_NUDGES_MS);
    if (!this.waiting || at >= this.#dueAt) return;
    this.#nudgedAt = at;
    this.#openIn(at - now);
  }

  stop(): void {
    this.clock.clearTimeout(this.#timer);
    this.#timer = undefined;
  }

  #openIn(ms: number): void {
    this.stop();
    this.#dueAt = this.clock.monotonic() + ms;
    this.#timer = this.clock.setTimeout(() => {
      this.#timer = undefined;
      this.#open();
    }, ms);
  }

  /** A policy of the page that throws, or gives no time, must not end the reconnecting. */
  #wait(context: ReconnectContext): number {
    try {
      const ms = this.delay(context);
      if (ms >= 0 && Number.isFinite(ms)) return Math.min(ms, LONGEST_TIMER_MS);
    } catch {}
    return backoff(context);
  }
}
