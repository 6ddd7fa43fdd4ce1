import { storedMemory } from '../tabs/stored-memory.js';

interface Remembered {
  readonly consent?: boolean;
  readonly account?: string;
}

/**
 * What the app keeps on the device from visit to visit: consent, and who logged in last. Where the device refuses, it is kept as
 * long as the page.
 */
export class AppMemory {
  readonly #stored;
  #here: Remembered = {};

  constructor(appId: string) {
    this.#stored = storedMemory(`harmonychat app ${appId}`, () => localStorage);
  }

  get consent(): boolean {
    return this.#all.consent === true;
  }

  get account(): string {
    const { account } = this.#all;
    return typeof account === 'string' ? account : '';
  }

  keep(what: Remembered): void {
    this.#here = { ...this.#all, ...what };
    this.#stored.write(this.#here);
  }

  get #all(): Remembered {
    // Of anything that is no object, nothing.
    return { ...Object(this.#stored.read()), ...this.#here };
  }
}
