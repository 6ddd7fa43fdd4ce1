import type { Frame } from './frames.js';

/** Messages for users who are not there, as a deployment's own database would keep them; survives a restart. */
export class OfflineStore {
  readonly #accepts: (userId: string) => boolean;
  readonly #byUser = new Map<string, Frame[]>();

  /** @param accepts For whom messages are kept; a boolean stands for everybody or nobody. */
  constructor(accepts: boolean | ((userId: string) => boolean)) {
    this.#accepts = typeof accepts === 'boolean' ? () => accepts : accepts;
  }

  /** Keeps a message, a fingerprint only once; false if nothing is kept for its receiver. */
  put(frame: Frame): boolean {
    if (frame.to === null || !this.#accepts(frame.to)) return false;
    const frames = this.#byUser.get(frame.to) ?? [];
    const isKnown = frame.fp !== null && frames.some((other) => other.fp === frame.fp);
    if (!isKnown) this.#byUser.set(frame.to, [...frames, frame]);
    return true;
  }

  /** Hands out what was kept for a user, in the order of arrival, and forgets it. */
  take(userId: string): readonly Frame[] {
    const frames = this.#byUser.get(userId) ?? [];
    this.#byUser.delete(userId);
    return frames;
  }
}
