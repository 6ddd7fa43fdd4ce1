import { checkFact, type Fact, type Tabs } from '../../src/store/facts.js';

/** The tabs of one browser: what one tells reaches all of them, in one order, when the test lets it. */
export class FakeFacts {
  /** Everything that was told, in order. */
  readonly told: Fact[] = [];
  /** Whether facts wait for `deliver()`. */
  holds = false;
  readonly #listeners = new Set<(fact: Fact) => void>();
  #waiting: Fact[] = [];

  /** What one tab's session gets. */
  tab(): Tabs {
    return {
      tell: (fact) => {
        this.told.push(fact);
        this.#waiting.push(fact);
        if (!this.holds) this.deliver();
      },
      listen: (listener, signal) => {
        this.#listeners.add(listener);
        signal.addEventListener('abort', () => this.#listeners.delete(listener));
      },
    };
  }

  deliver(): void {
    for (const fact of this.#waiting.splice(0)) {
      for (const listener of [...this.#listeners]) {
        const copy = checkFact(structuredClone(fact));
        if (!copy) throw new Error(`Expected a fact, got ${JSON.stringify(fact)}`);
        listener(copy);
      }
    }
  }
}
