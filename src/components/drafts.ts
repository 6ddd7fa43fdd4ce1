import type { MessageComposer } from './message-composer.js';

/** What was typed and not sent, for each peer: a text meant for one must not go to another. */
export class Drafts {
  readonly #texts = new Map<string, string>();
  #peerId = '';

  /** Puts the draft for another peer into the field. What was typed before anybody was chosen is for whoever is chosen. */
  turnTo(peerId: string, composer: MessageComposer | null): void {
    if (peerId === this.#peerId) return;
    if (composer && this.#peerId !== '') {
      this.#texts.set(this.#peerId, composer.value);
      composer.value = this.#texts.get(peerId) ?? '';
    }
    this.#peerId = peerId;
  }

  /** Forgets them all, the one in the field included. */
  clear(composer: MessageComposer | null): void {
    this.#texts.clear();
    if (composer) composer.value = '';
  }
}
