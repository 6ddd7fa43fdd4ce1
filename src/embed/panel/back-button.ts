const MARK = 'harmonychat';

/**
 * What is on the whole screen is a page of its own to whoever holds a phone: the back button closes it. For that it makes one step in
 * the page's history, and uses that again the next time. It never goes back by itself, since the page may have gone on meanwhile.
 */
export class BackButton {
  #isArmed = false;

  constructor(
    readonly pressed: () => void,
    signal: AbortSignal,
  ) {
    const left = () => {
      if (!this.#isArmed || this.#mark === 'open') return;
      this.#isArmed = false;
      this.pressed();
    };
    addEventListener('popstate', left, { signal });
  }

  get #mark(): unknown {
    return Object(history.state)[MARK];
  }

  /** From now on the button is ours. What the page keeps in its state stays in it, since its router may look there. */
  arm(): void {
    const { state } = history;
    // In a text or a number there is no place for a mark: then the button does what it did.
    if (this.#isArmed || (state !== null && typeof state !== 'object')) return;
    try {
      if (this.#mark) this.#write('open');
      else history.pushState({ ...state, [MARK]: 'open' }, '');
      this.#isArmed = true;
    } catch {
      // Too often in too short a time, or in a document without an address.
    }
  }

  /** It is closed by other means, or covers the page no more. */
  disarm(): void {
    if (this.#isArmed && this.#mark) this.#write('spare');
    this.#isArmed = false;
  }

  #write(mark: 'open' | 'spare'): void {
    history.replaceState({ ...history.state, [MARK]: mark }, '');
  }
}
