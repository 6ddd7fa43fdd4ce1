import type { Clock } from './clock.js';

/** Typing order goes on from what was read, but not from where numbers, and records with them, come to an end. */
const MAX_SEQ = 8e15;

/** Gives messages their places in typing order. */
export class TypingPlaces {
  #last = 0;

  constructor(readonly clock: Clock) {}

  /** @param typedAt when, ms since 1970; another page of the same clock may have written down what was typed after it. Default: now */
  next(typedAt = this.clock.now()): number {
    this.#last = Math.max(Math.min(typedAt, MAX_SEQ), this.#last + 1);
    return this.#last;
  }

  /** What comes now stands behind this place, whatever the wall clock says. */
  goOnFrom(seq: number): void {
    this.#last = Math.max(this.#last, Math.min(seq, MAX_SEQ));
  }
}
