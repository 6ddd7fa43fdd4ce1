import { systemClock } from '../client/clock.js';
import type { Message } from '../client/message.js';
import type { Found } from './facts.js';
import { checkHistory, isCommon, type LoadHistory, PAGE } from './history.js';
import { HistoryParts } from './merge.js';
import type { MessageStore } from './message-store.js';
import { onPageCache } from './page-cache.js';
import type { Older } from './past.js';
import { within } from './within.js';

/** A history that always has one page more must not be read for ever. */
const MOST_PAGES = 40;
const TIMEOUT_MS = 10_000;
/** What was found is written down by then: if this page is gone before, the next one asks again. */
const WRITTEN_MS = 2_000;

/** Lets one tab at a time do something. Rejects when the signal is aborted before its turn has come. */
export type Lock = (name: string, signal: AbortSignal, run: () => Promise<void>) => Promise<void>;

/** What a gap tells, and whom it waits for. */
export interface GapOptions {
  /** Tells all tabs, this one included, what was found; they `take` it. */
  readonly tell: (found: Found) => void;
  /** The history has nothing before what was found. */
  readonly begins: () => void;
  /** Default: a Web Lock where there are some, else nobody is waited for. */
  readonly lock?: Lock | undefined;
}

/**
 * What may be missing from a conversation after a login, until the page's history has filled it. The row that says so is a
 * note named `gap`, or `filling` while a retry is under way. Nothing that is shown moves or is taken away.
 */
export class Gap {
  #running: AbortController | undefined;
  #row: string | undefined;
  /** The first message that may have others missing behind it; undefined: everything may be missing. */
  #after: Message | undefined;
  /** The same, when it was opened. */
  #begin: Message | undefined;
  #closedAt = Number.NEGATIVE_INFINITY;
  #since: number | undefined;
  #isOpen = false;
  /** Nothing was known when it was opened: wanted is the newest page, whatever is shown by now. */
  #fromTop = false;
  /** The last message that was known when the transcript was emptied: what came before it was meant to go. */
  #cleared: Message | undefined;
  /** Ids of what was emptied away while this was open: it is asked for from before them on, and they are not to come back. */
  readonly #gone = new Set<string>();
  /** To be called when what was told has come back. */
  #heard = () => {};
  readonly #life = new AbortController();
  readonly parts = new HistoryParts();

  constructor(
    readonly store: MessageStore,
    readonly userId: string,
    readonly peerId: string,
    readonly options: GapOptions,
  ) {
    store.addEventListener(
      'change',
      ({ change }) => {
        if (change.kind !== 'clear') return;
        this.#cleared = change.messages.findLast(isCommon) ?? this.#cleared;
        if (this.#isOpen) for (const { id } of change.messages) this.#gone.add(id);
      },
      { signal: this.#life.signal },
    );
  }

  /** Whether something may still be missing. */
  get isOpen(): boolean {
    return this.#isOpen;
  }

  /** Id of the message that is shown, and behind which something may be missing, here or on the device. */
  get missing(): string | undefined {
    const isWritten = !this.#isOpen && systemClock.monotonic() - this.#closedAt > WRITTEN_MS;
    const id = isWritten ? undefined : this.#begin?.id;
    return id !== undefined && this.store.has(id) ? id : undefined;
  }

  /** After a login, messages behind this one may be missing. A gap that is still open reaches up to now. */
  open(shown: Message | undefined, since: number | undefined): void {
    const after = shown ?? this.#cleared;
    const isKnown = this.#after !== undefined || this.#since !== undefined;
    if (this.#isOpen && isKnown && !this.#isBefore(after)) return;
    // The newest page, if it is still to come, need not reach back to what has been shown meanwhile. Where nothing is shown, it
    // is asked for before what came since: that is a time by this device's clock, and the history has another.
    this.#fromTop = this.#isOpen || !after;
    this.#isOpen = true;
    this.#since = since;
    this.#after = this.#begin = after;
  }

  #isBefore(after: Message | undefined): boolean {
    const place = after ? this.store.indexOf(after.id) : -1;
    return place >= 0 && this.#after !== undefined && place < this.store.indexOf(this.#after.id);
  }

  /** Asks the history for what is missing, unless another tab has filled it before this one's turn comes. */
  async fill(load: LoadHistory): Promise<void> {
    this.stop();
    if (this.#life.signal.aborted) return;
    const running = new AbortController();
    this.#running = running;
    if (this.#row) this.store.update(this.#row, { content: 'filling' });
    const { userId, peerId } = this;
    const lock = this.options.lock ?? webLock;
    const done = new AbortController();
    // Others must not wait for a page that is stopped. When it comes back there is a login, or news of one.
    const pause = () => {
      this.stop();
      if (this.#row) this.store.update(this.#row, { content: 'gap' });
    };
    onPageCache('pagehide', pause, done.signal);
    try {
      await lock(`harmonychat gap ${JSON.stringify([userId, peerId])}`, running.signal, () => this.#ask(load, running));
    } catch {
      // Nobody waits any more.
    }
    done.abort();
  }

  /** Takes what some tab has found into the transcript, and returns what is news of it. @param isTop whether nothing older is kept */
  take({ after, messages, news, isAll }: Found, isTop: boolean): readonly Message[] {
    const behind = after !== undefined && this.store.has(after) ? after : undefined;
    // Where more is kept than is shown, what has no place among the shown is read when somebody scrolls there.
    const start = (known: number | undefined) => (isTop ? this.#before(known) : undefined);
    const added = this.parts.merge(this.store, messages, { behind, start, row: this.#row });
    this.parts.add(messages);
    if (isAll) this.#close();
    this.#heard();
    const ids = new Set(news);
    return added.filter(({ id, deleted }) => ids.has(id) && !deleted);
  }

  /** What came before this message. What is known is left out: a late copy of one may have been shown already. */
  async older(load: LoadHistory, before: Message, signal: AbortSignal): Promise<Older> {
    const { userId, peerId, store } = this;
    const answer = await load({ userId, peerId, after: undefined, since: undefined, before, limit: PAGE, signal });
    const found = checkHistory(answer, userId, peerId);
    const end = found.findIndex(({ id }) => id === before.id);
    const messages = found.slice(0, end < 0 ? found.length : end).filter(({ id }) => !store.has(id));
    return { messages, isAll: answer.length < PAGE || messages.length === 0 };
  }

  /** Lets go of an answer that is under way. */
  stop(): void {
    this.#running?.abort();
    this.#running = undefined;
  }

  /** Follows the conversation no longer. */
  close(): void {
    this.stop();
    this.#life.abort();
  }

  /** Asks page by page: what has come stays, should a later page fail. */
  async #ask(load: LoadHistory, running: AbortController): Promise<void> {
    for (let page = 0; page < MOST_PAGES && this.#isOpen; page++) {
      try {
        await within(TIMEOUT_MS, (signal) => this.#page(load, signal), { running });
      } catch {
        break;
      }
    }
    if (this.#running !== running) return;
    this.#running = undefined;
    if (this.#isOpen) this.#fail();
  }

  /** Asks for the next page and tells what it has; done when this tab, too, has heard it. */
  async #page(load: LoadHistory, signal: AbortSignal): Promise<void> {
    const { userId, peerId } = this;
    const fromTop = this.#fromTop;
    const [after, since] = fromTop ? [] : [this.#after, this.#since];
    const answer = await load({ userId, peerId, after, since, before: undefined, limit: PAGE, signal });
    signal.throwIfAborted();
    const all = checkHistory(answer, userId, peerId);
    const messages = all.filter(({ id }) => !this.#gone.has(id));
    const isShort = answer.length < PAGE;
    this.#fromTop = false;
    if (!fromTop) {
      await this.#tell(messages, after?.id, this.#news(messages, after, since), isShort);
      this.#after = all.at(-1) ?? after;
      this.#since = undefined;
      return;
    }
    const { id } = this.#after ?? {};
    // A page that begins later would leave a hole behind what is shown: then it is read on from there.
    if (!isShort && id !== undefined && !all.some((message) => message.id === id)) return;
    const isAll = isShort || id !== undefined || this.#since === undefined;
    const news = this.#news(messages, this.#after, this.#since, true);
    await this.#tell(messages, undefined, news, isAll);
    if (isShort) this.options.begins();
  }

  #tell(
    messages: readonly Message[],
    after: string | undefined,
    news: readonly string[],
    isAll: boolean,
  ): Promise<void> {
    return new Promise((resolve) => {
      this.#heard = resolve;
      this.options.tell({ fact: 'found', peerId: this.peerId, after, messages, news, isAll });
    });
  }

  /** What was there before anything was known is history, not news. */
  #news(found: readonly Message[], after: Message | undefined, since = Number.POSITIVE_INFINITY, fromTop = false) {
    let isNews = !fromTop;
    return found
      .filter(({ id, sentAt, status }) => {
        if (id === after?.id || sentAt >= since) isNews = true;
        return isNews && status === 'received' && !this.store.has(id);
      })
      .map(({ id }) => id);
  }

  #fail(): void {
    if (this.#row && this.store.update(this.#row, { content: 'gap' })) return;
    const at = this.#after ? this.store.indexOf(this.#after.id) + 1 : this.#notesAtTheTop();
    this.#row = this.store.note('gap', this.#after?.sentAt ?? Date.now(), at).id;
  }

  #close(): void {
    if (this.#isOpen) this.#closedAt = systemClock.monotonic();
    this.#isOpen = false;
    this.#gone.clear();
    if (this.#row) this.store.remove(this.#row);
    this.#row = undefined;
  }

  /** Where that begins which comes before the first that is known. Pages that come before it may be shown. */
  #before(known = 0): number {
    const isShown = (message: Message | undefined) => message !== undefined && isCommon(message);
    const top = this.#notesAtTheTop();
    let at = known;
    while (at > top && !isShown(this.store.messages[at - 1])) at -= 1;
    return Math.max(at, top);
  }

  #notesAtTheTop(): number {
    const first = this.store.messages.findIndex(({ status }) => status !== 'note');
    return first < 0 ? this.store.size : first;
  }
}

const webLock: Lock = async (name, signal, run) => {
  let isOurs = false;
  try {
    await navigator.locks.request(name, { signal }, () => {
      isOurs = true;
      return run();
    });
  } catch (error) {
    // No Web Locks here, or none that are allowed.
    if (isOurs || signal.aborted) throw error;
    await run();
  }
};
