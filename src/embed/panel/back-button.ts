const MARK = 'harmonychat';

/** What is on the whole screen is a page of its own to whoever holds a phone: the back button closes it. */
export class BackButton {
  #isArmed = false;

  constructor(
    readonly pressed: () => void,
    signal: AbortSignal,
  ) {
    addEventListener(
      'popstate',
      () => {
        if (!this.#isArmed || history.state?.[MARK]) return;
        this.#isArmed = false;
        this.pressed();
      },
      { signal },
    );
  }

  /** From now on the button is ours. What the page keeps in its state stays in it, since its router may look there. */
  arm(): void {
    if (this.#isArmed) return;
    try {
      if (!history.state?.[MARK]) history.pushState({ ...Object(history.state), [MARK]: true }, '');
      this.#isArmed = true;
    } catch {
      // Too often in too short a time, or in a document without an address: then the button does what it did.
    }
  }

  /** It is closed by other means: the step that was made for it is taken back, unless the page has gone on from there. */
  disarm(): void {
    if (!this.#isArmed) return;
    this.#isArmed = false;
    if (history.state?.[MARK]) history.back();
  }
}
