import type { Message } from '../client/message.js';
import type { Archive } from './archive.js';
import { isCommon, PAGE } from './history.js';
import type { MessageStore } from './message-store.js';

const OPENING_MS = 2_000;
/** So many messages at most are looked up after a page was stopped. */
const MOST_MISSED = 1_000;

/** Of own messages to which something may still happen, and of those to which nothing does. */
export const WAITING: ReadonlySet<string> = new Set(['queued', 'sending', 'unconfirmed', 'failed']);
const ENDED: ReadonlySet<string> = new Set(['sent', 'delivered']);

/**
 * What is kept on the device of a conversation: its newest page is shown at once, and it is known where it goes on. A note at
 * the very top says how it stands: `older` while a page is on its way, `olderFailed`, and where nothing older is left,
 * `transport`.
 */
export class Kept {
  /** The newest page is shown, or there is none, or it takes too long. */
  readonly ready: Promise<void>;
  /** The same, however long it takes. */
  answered: Promise<void> = Promise.resolve();
  isPending: boolean;
  isLoading: boolean;
  archive: Archive | undefined;
  /** Where the archive goes on; undefined: all that it has is shown. */
  place: number | undefined;
  /** Nothing older is left. */
  isWhole = false;
  /** How often the transcript was emptied. What came before was meant to go. */
  timesEmptied = 0;
  /** Ids of the newest page. */
  readonly ids = new Set<string>();
  /** The last of them that a history must know too, as it was written down: what ended since may have come behind others. */
  newest: Message | undefined;
  #hasHistory = false;
  #top: Message | undefined;

  constructor(
    readonly store: MessageStore,
    readonly peerId: string,
    archive: Promise<Archive | undefined> | undefined,
  ) {
    this.isPending = this.isLoading = archive !== undefined;
    this.ready = archive ? this.#open(archive) : Promise.resolve();
    if (archive) return;
    // What a store of the page brings along is left as it is.
    if (store.size > 0) this.isWhole = true;
    else this.end();
  }

  /** What the note at the top says. */
  get top(): string | undefined {
    return this.#top?.content;
  }

  /** There is a history to ask from now on. */
  reopen(): void {
    this.#hasHistory = true;
    if (this.timesEmptied > 0) return;
    this.isWhole = false;
    this.mark();
  }

  /** Nothing is known to come before what is shown, unless the archive goes on. */
  end(): void {
    if (this.place !== undefined || this.isWhole) return;
    this.isWhole = true;
    this.mark('transport');
  }

  /** The same where there is nobody to ask. */
  settle(): void {
    if (!this.#hasHistory) this.end();
  }

  empty(): void {
    this.timesEmptied += 1;
    this.isWhole = true;
    this.isLoading = false;
    this.#top = this.place = undefined;
  }

  mark(note?: 'older' | 'olderFailed' | 'transport'): void {
    const { store } = this;
    if (this.#top) store.remove(this.#top.id);
    this.#top = note && store.note(note, store.messages[0]?.sentAt ?? Date.now(), 0);
  }

  /** This page was stopped, or comes late: what was written down meanwhile is shown as well. */
  async catchUp(): Promise<void> {
    const { store, peerId, timesEmptied } = this;
    await this.answered;
    const { archive } = this;
    const all: Message[] = [];
    let before: number | undefined;
    do {
      const page = await archive?.page(peerId, PAGE, before);
      all.unshift(...(page?.messages ?? []));
      before = page?.before;
    } while (before !== undefined && all.length < MOST_MISSED && !all.some(({ id }) => store.has(id)));
    if (timesEmptied === this.timesEmptied) this.#merge(all);
  }

  /** Each unknown message comes behind the one before it; without a known one, all of them stand by their time. */
  #merge(messages: readonly Message[]): void {
    const { store } = this;
    const since = messages[0]?.sentAt ?? 0;
    const known = messages.find(({ id }) => store.has(id));
    let at = known ? store.indexOf(known.id) : store.messages.findLastIndex(({ sentAt }) => sentAt <= since) + 1;
    for (const message of messages) {
      const { id, status } = message;
      store.insert(at, [message]);
      // Its end may have been told while this page was stopped.
      if (ENDED.has(status) && WAITING.has(store.get(id)?.status ?? '')) store.update(id, { status });
      at = store.indexOf(id) + 1;
    }
  }

  async #open(archive: Promise<Archive | undefined>): Promise<void> {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const late = new Promise<void>((resolve) => {
      timer = setTimeout(resolve, OPENING_MS);
    });
    // What fails or hangs is as good as none: the chat goes on from memory.
    this.answered = this.#read(archive).catch(() => {
      this.isPending = false;
    });
    await Promise.race([this.answered, late]);
    clearTimeout(timer);
    this.isLoading = false;
    this.settle();
  }

  async #read(archive: Promise<Archive | undefined>): Promise<void> {
    this.archive = await archive;
    const page = await this.archive?.page(this.peerId, PAGE);
    this.isPending = false;
    if (!page || this.timesEmptied > 0) return;
    this.place = page.before;
    // It may have been given up: then all seemed to be shown.
    this.isWhole = false;
    this.mark();
    // What has come meanwhile may be in the page, too.
    this.#merge(page.messages);
    for (const { id } of page.messages) this.ids.add(id);
    this.newest = page.messages.findLast(isCommon);
    this.isLoading = false;
    this.settle();
  }
}
