import type { PageSignal, PageSignals } from '../../src/client/index.js';

/** A page whose life the test leads. */
export class FakePage implements PageSignals {
  prerendering = false;
  hidden = false;
  readonly #listeners = new Set<(signal: PageSignal) => void>();

  listen(listener: (signal: PageSignal) => void, signal: AbortSignal): void {
    this.#listeners.add(listener);
    signal.addEventListener('abort', () => this.#listeners.delete(listener));
  }

  get listenerCount(): number {
    return this.#listeners.size;
  }

  tell(signal: PageSignal): void {
    for (const listener of [...this.#listeners]) listener(signal);
  }
}
