import { backoff, type ReconnectContext, type ReconnectDelay } from './backoff.js';
import type { Clock } from './clock.js';

/** A login that held this long ends an outage; a shorter one does not make the next wait short again. */
const STABLE_MS = 10_000;

/** Plans reconnects: counts the attempts of an outage and waits between them. */
export class Reconnect {
  attempt = 0;
  #previousMs = 0;
  #outageSince: number | undefined;
  #loggedInAt: number | undefined;
  #timer: unknown;

  constructor(
    readonly clock: Clock,
    readonly random: () => number,
    readonly delay: ReconnectDelay,
  ) {}

  get waiting(): boolean {
    return this.#timer !== undefined;
  }

  reset(): void {
    this.stop();
    this.attempt = 0;
    this.#previousMs = 0;
    this.#outageSince = undefined;
    this.#loggedInAt = undefined;
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
    this.#timer = this.clock.setTimeout(() => {
      this.#timer = undefined;
      open();
    }, ms);
    return ms;
  }

  /** A policy of the page that throws, or gives no time, must not end the reconnecting. */
  #wait(context: ReconnectContext): number {
    try {
      const ms = this.delay(context);
      if (ms >= 0 && Number.isFinite(ms)) return ms;
    } catch {}
    return backoff(context);
  }

  stop(): void {
    this.clock.clearTimeout(this.#timer);
    this.#timer = undefined;
  }
}
