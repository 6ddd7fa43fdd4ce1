const NAME = Symbol.for('harmonychat-web title');
/** How many titles of the page are answered within a second: whoever answers ours in turn must not stop the page. */
const MOST_ANSWERS = 50;
/** How many of our titles are known again when the page puts one of them back. */
const MOST_KNOWN = 100;

/**
 * The title of a page, with the number of unread messages before it: `(2) Shop`. All sessions of the page add up, those of a
 * second copy of this package too. What the page itself makes of its title meanwhile is kept.
 */
export class AttentionTitle {
  readonly #counts = new Map<object, number>();
  /** The titles that were shown, and those of the page in them: pages read the title, and put it back later. */
  readonly #known = new Map<string, string>();
  readonly #observer = new MutationObserver(() => this.#changed());
  #own = '';
  #shown = '';
  #answers = 0;
  #second = 0;

  private constructor(readonly document: Document) {}

  /** The one of this page. */
  static of(document: Document): AttentionTitle {
    const page: Document & { [NAME]?: AttentionTitle } = document;
    page[NAME] ??= new AttentionTitle(document);
    return page[NAME];
  }

  /** Tells how many messages somebody has unread; undefined: they are gone. The last to go leave the title as the page has it. */
  set(owner: object, count: number | undefined): void {
    const { document } = this;
    if (this.#counts.size === 0) this.#own = this.#shown = document.title;
    if (count === undefined) this.#counts.delete(owner);
    else this.#counts.set(owner, count);
    this.#answers = 0;
    this.#changed();
    this.#observer.disconnect();
    if (this.#counts.size === 0) this.#known.clear();
    else {
      // The whole head: frameworks replace the element, too.
      this.#observer.observe(document.head ?? document, { subtree: true, childList: true, characterData: true });
    }
  }

  #changed(): void {
    const { title } = this.document;
    if (title !== this.#shown) {
      const now = performance.now();
      if (now - this.#second > 1_000) [this.#second, this.#answers] = [now, 0];
      if (++this.#answers > MOST_ANSWERS) return;
      // What the page built on the title that it read is its own without our number.
      this.#own = this.#known.get(title) ?? (this.#own ? title.replace(this.#shown, () => this.#own) : title);
    }
    let sum = 0;
    for (const count of this.#counts.values()) sum += count;
    this.#show(sum > 0 ? `(${sum > 99 ? '99+' : sum}) ${this.#own}` : this.#own);
  }

  #show(title: string): void {
    const { document } = this;
    if (title.trim() !== document.title) document.title = title;
    // As the browser gives it back, blanks left out.
    this.#shown = document.title;
    if (title === this.#own) return;
    this.#known.delete(this.#shown);
    this.#known.set(this.#shown, this.#own);
    if (this.#known.size > MOST_KNOWN) this.#known.delete([...this.#known.keys()][0] ?? '');
  }
}
