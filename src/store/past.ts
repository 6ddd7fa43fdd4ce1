import type { Message } from '../client/message.js';
import { isCommon, PAGE } from './history.js';
import type { Kept } from './kept.js';
import { within } from './within.js';

const LOADING_MS = 10_000;
/** A message that is looked for may be gone. */
const MOST_PAGES = 20;

/** What the application's history says of the time before a message. */
export interface Older {
  readonly messages: readonly Message[];
  /** Whether there is nothing before them. */
  readonly isAll: boolean;
}

/** Shows what came before, page by page: first what is kept on the device, then what the application's history has. */
export class Past {
  #running: Promise<void> | undefined;
  #stop = new AbortController();

  constructor(
    readonly kept: Kept,
    /** Asks the history. */
    readonly ask: (before: Message, signal: AbortSignal) => Promise<Older>,
  ) {}

  /** One page. After a failure only when it is asked for again. Never rejects. */
  async load(again = false): Promise<void> {
    if (this.kept.isWhole || (!again && this.kept.top === 'olderFailed')) return;
    this.#running ??= this.#load().finally(() => {
      this.#running = undefined;
    });
    await this.#running;
  }

  /** Asks again for what did not come. */
  retry(): void {
    if (this.kept.top === 'olderFailed') void this.load(true);
  }

  /** Loads until this message is shown. Resolves to whether it is. */
  async reach(id: string): Promise<boolean> {
    const { store } = this.kept;
    for (let page = 0; page < MOST_PAGES && !store.has(id); page++) await this.load();
    return store.has(id);
  }

  /** Lets go of what is on its way. */
  stop(): void {
    this.#stop.abort();
  }

  async #load(): Promise<void> {
    const { kept } = this;
    const before = kept.store.messages.find(isCommon);
    // Where nothing is known yet, the history is asked for the newest, after the login.
    if (kept.place === undefined && !before) return;
    kept.mark('older');
    this.#stop = new AbortController();
    try {
      const { messages, isAll } = await within(LOADING_MS, (late) => this.#next(before, late), { running: this.#stop });
      if (kept.timesEmptied > 0) return;
      // What the history said after a login may have shown the beginning meanwhile.
      const { isWhole } = kept;
      // In one go with the note, so that the list holds on to the message below it.
      kept.mark();
      kept.store.prepend(messages);
      // A store of the page's own may have it as it was.
      for (const { id, deleted } of messages) if (deleted) kept.store.erase(id);
      if (isWhole) kept.mark('transport');
      else if (isAll) kept.end();
      else kept.settle();
    } catch {
      if (!kept.isWhole) kept.mark('olderFailed');
    }
  }

  async #next(before: Message | undefined, late: AbortSignal): Promise<Older> {
    const { kept } = this;
    while (kept.archive && kept.place !== undefined) {
      const page = await kept.archive.page(kept.peerId, PAGE, kept.place);
      if (late.aborted || kept.timesEmptied > 0) break;
      kept.place = page.before;
      if (page.messages.some(({ id }) => !kept.store.has(id))) return { messages: page.messages, isAll: false };
    }
    late.throwIfAborted();
    return before && kept.timesEmptied === 0 ? this.ask(before, late) : { messages: [], isAll: true };
  }
}
