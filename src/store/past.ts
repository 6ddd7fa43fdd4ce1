import type { Message } from '../client/message.js';
import type { Archive } from './archive.js';
import { isCommon, PAGE } from './history.js';
import type { MessageStore } from './message-store.js';
import { within } from './within.js';

const OPENING_MS = 2_000;
const LOADING_MS = 10_000;
/** A message that is looked for may be gone. */
const MOST_PAGES = 20;

/** What the application's history says of the time before a message. */
export interface Older {
  readonly messages: readonly Message[];
  /** Whether there is nothing before them. */
  readonly isAll: boolean;
}

/**
 * What came before the messages that are shown: read page by page, from the archive and then from the application's history.
 * A note at the very top says how it stands: `older` while a page is on its way, `olderFailed`, and where nothing older is
 * left, `transport`.
 */
export class Past {
  /** The archive's newest page is shown, or there is none. */
  readonly ready: Promise<void>;
  isLoading = false;
  /** The last message of the archive's newest page that a history must know. */
  newest: Message | undefined;
  /** Ids of that page. */
  readonly archived = new Set<string>();
  #archive: Archive | undefined;
  /** Where the archive goes on; undefined: all that it has is shown. */
  #place: number | undefined;
  #hasHistory = false;
  #isWhole = false;
  #isEmptied = false;
  #top: Message | undefined;
  #running: Promise<void> | undefined;
  #life = new AbortController();

  constructor(
    readonly store: MessageStore,
    readonly peerId: string,
    archive: Promise<Archive | undefined> | undefined,
    /** Asks the history. */
    readonly ask: (before: Message, signal: AbortSignal) => Promise<Older>,
  ) {
    this.isLoading = archive !== undefined;
    this.ready = archive ? this.#open(archive) : Promise.resolve();
    if (archive) return;
    this.#isWhole = true;
    // What a store of the page brings along is left as it is.
    if (store.size === 0) this.#mark('transport');
  }

  /** Whether something older may be kept that is not shown. */
  get goesOn(): boolean {
    return this.#place !== undefined;
  }

  /** From now on there is a history to ask. */
  reopen(): void {
    this.#hasHistory = true;
    if (this.#isEmptied) return;
    this.#isWhole = false;
    this.#mark();
  }

  /** The history has nothing before what is shown. */
  end(): void {
    if (this.goesOn || this.#isWhole) return;
    this.#isWhole = true;
    this.#mark('transport');
  }

  /** Somebody else's page comes at the top. */
  giveWay(): void {
    if (!this.#isWhole) this.#mark();
  }

  /** The transcript was emptied: what came before was meant to go, and what is on its way has nowhere to come. */
  empty(): void {
    this.stop();
    this.isLoading = false;
    this.#isWhole = this.#isEmptied = true;
    this.#top = this.#place = this.newest = undefined;
  }

  /** Lets go of what is on its way. */
  stop(): void {
    this.#life.abort();
    this.#life = new AbortController();
  }

  /** Shows what came before, as far as it comes. After a failure only when it is asked for again. Never rejects. */
  async load(again = false): Promise<void> {
    if (this.#isWhole || (!again && this.#hasFailed)) return;
    this.#running ??= this.#load().finally(() => {
      this.#running = undefined;
    });
    await this.#running;
  }

  /** Loads until this message is shown. Resolves to whether it is. */
  async reach(id: string): Promise<boolean> {
    await this.ready;
    for (let page = 0; page < MOST_PAGES && !this.store.has(id); page++) await this.load();
    return this.store.has(id);
  }

  /** Asks again for what did not come. */
  retry(): void {
    if (this.#hasFailed) void this.load(true);
  }

  get #hasFailed(): boolean {
    return this.#top?.content === 'olderFailed';
  }

  async #open(archive: Promise<Archive | undefined>): Promise<void> {
    const { store, peerId } = this;
    const { signal } = this.#life;
    try {
      const [opened, page] = await within(OPENING_MS, async () => {
        const opened = await archive;
        return [opened, await opened?.page(peerId, PAGE)];
      });
      if (!signal.aborted && page) {
        this.#archive = opened;
        this.#place = page.before;
        this.newest = page.messages.findLast(isCommon);
        let at = 0;
        // What has come meanwhile may be in the page, too.
        for (const message of page.messages) {
          this.archived.add(message.id);
          const known = store.indexOf(message.id);
          if (known < 0) store.insert(at, [message]);
          at = known < 0 ? at + 1 : known + 1;
        }
      }
    } catch {
      // The chat goes on from memory.
    }
    if (signal.aborted) return;
    this.isLoading = false;
    this.#settle();
  }

  async #load(): Promise<void> {
    await this.ready;
    const { signal } = this.#life;
    const before = this.store.messages.find(isCommon);
    // Where nothing is known yet, the history is asked for the newest, after the login.
    if (!this.goesOn && !before) return;
    this.#mark('older');
    try {
      const { messages, isAll } = await within(LOADING_MS, (late) => this.#next(before, late));
      if (signal.aborted) return;
      // In one go with the note, so that the list holds on to the message below it.
      this.#mark();
      this.store.prepend(messages);
      if (isAll) this.end();
      else this.#settle();
    } catch {
      if (!signal.aborted) this.#mark('olderFailed');
    }
  }

  async #next(before: Message | undefined, late: AbortSignal): Promise<Older> {
    while (this.#archive && this.#place !== undefined) {
      const page = await this.#archive.page(this.peerId, PAGE, this.#place);
      late.throwIfAborted();
      this.#place = page.before;
      if (page.messages.some(({ id }) => !this.store.has(id))) return { messages: page.messages, isAll: false };
    }
    return before && this.#hasHistory ? this.ask(before, late) : { messages: [], isAll: true };
  }

  #settle(): void {
    if (!this.#hasHistory) this.end();
  }

  #mark(note?: 'older' | 'olderFailed' | 'transport'): void {
    const { store } = this;
    if (this.#top) store.remove(this.#top.id);
    this.#top = note && store.note(note, store.messages[0]?.sentAt ?? Date.now(), 0);
  }
}
