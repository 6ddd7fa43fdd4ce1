import type { Clock } from './clock.js';

/** Typing order goes on from what was read, but not from where numbers, and records with them, come to an end. */
const MAX_SEQ = 8e15;

/** Gives messages their places in typing order. */
export class TypingPlaces {
  #last = 0;

  constructor(readonly clock: Clock) {}

  next(): number {
    this.#last = Math.max(this.clock.now(), this.#last + 1);
    return this.#last;
  }

  /** What comes now stands behind this place, whatever the wall clock says. */
  goOnFrom(seq: number): void {
    this.#last = Math.max(this.#last, Math.min(seq, MAX_SEQ));
  }
}
