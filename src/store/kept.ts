import { inTime } from '../client/in-time.js';
import type { Message } from '../client/message.js';
import type { Archive } from './archive.js';
import type { MessageStore } from './message-store.js';

const OPENING_MS = 2_000;

/** In the file that has the archive: it comes with it. */
const loadPages = () => import('./device.js');

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
  /** Id of the message behind which something may be missing, see `ArchivePage`. */
  declare missing: string | undefined;
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
    const { timesEmptied } = this;
    await this.answered;
    const { archive } = this;
    if (!archive) return;
    const show = await (await loadPages()).catchUp(this, archive);
    if (timesEmptied === this.timesEmptied) show();
  }

  async #open(archive: Promise<Archive | undefined>): Promise<void> {
    // What fails or hangs is as good as none: the chat goes on from memory.
    this.answered = this.#read(archive).catch(() => {
      this.isPending = false;
    });
    await inTime(OPENING_MS, this.answered);
    this.isLoading = false;
    this.settle();
  }

  async #read(archive: Promise<Archive | undefined>): Promise<void> {
    const pages = loadPages();
    // Where there is no archive nobody misses them.
    pages.catch(() => {});
    this.archive = await archive;
    const show = this.archive && (await (await pages).newestPage(this, this.archive));
    this.isPending = false;
    if (!show || this.timesEmptied > 0) return;
    // It may have been given up: then all seemed to be shown.
    this.isWhole = false;
    this.mark();
    show();
  }
}
