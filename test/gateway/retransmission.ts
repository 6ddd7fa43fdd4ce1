import { type Clock, instant } from './clock.js';
import type { Frame } from './frames.js';

const SCAN_MS = 5_000;
const JUST_SENT_MS = 2_000;
/** The platform's timers may fire a little early; such a scan must not be followed by another at the full beat. */
const EARLY_MS = 50;

interface Waiting {
  readonly frame: Frame;
  readonly since: number;
  retried: boolean;
}

/**
 * Frames written to a receiver who has not acknowledged them. Every 5 s, counted from `start()`, what is older than 2 s is
 * written once more; the scan after that forgets it. The one retry is used up even if nobody is there to get it.
 */
export class Retransmission {
  readonly #clock: Clock;
  readonly #resend: (frame: Frame) => void;
  readonly #waiting = new Map<string, Waiting>();
  #epoch = 0;
  #timer: unknown;

  constructor(clock: Clock, resend: (frame: Frame) => void) {
    this.#clock = clock;
    this.#resend = resend;
  }

  get size(): number {
    return this.#waiting.size;
  }

  start(): void {
    this.#epoch = instant(this.#clock);
  }

  stop(): void {
    this.#waiting.clear();
    this.#cancel();
  }

  /** Awaits the acknowledgement of a frame; one that is awaited already keeps its age. */
  add(frame: Frame): void {
    if (!frame.QoS || frame.fp === null || this.#waiting.has(frame.fp)) return;
    this.#waiting.set(frame.fp, { frame, since: instant(this.#clock), retried: false });
    this.#schedule();
  }

  acknowledge(fp: string): void {
    this.#waiting.delete(fp);
    if (this.#waiting.size === 0) this.#cancel();
  }

  /** The timer runs only while something waits, but keeps to the beat that began with `start()`. */
  #schedule(): void {
    if (this.#timer !== undefined || this.#waiting.size === 0) return;
    const running = instant(this.#clock) - this.#epoch;
    const nextBeat = Math.floor((running + EARLY_MS) / SCAN_MS) + 1;
    this.#timer = this.#clock.setTimeout(() => this.#scan(), nextBeat * SCAN_MS - running);
  }

  #scan(): void {
    this.#timer = undefined;
    const now = instant(this.#clock);
    for (const [fp, waiting] of this.#waiting) {
      if (waiting.retried) {
        this.#waiting.delete(fp);
      } else if (now - waiting.since > JUST_SENT_MS) {
        waiting.retried = true;
        this.#resend(waiting.frame);
      }
    }
    this.#schedule();
  }

  #cancel(): void {
    this.#clock.clearTimeout(this.#timer);
    this.#timer = undefined;
  }
}
