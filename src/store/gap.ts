import type { Message } from '../client/message.js';
import { checkHistory, type LoadHistory } from './history.js';
import type { MessageStore } from './message-store.js';

const PAGE = 50;
/** A history that always has one page more must not be read for ever. */
const MOST_PAGES = 40;
const TIMEOUT_MS = 10_000;

/**
 * What may be missing from a conversation after a login, until the page's history has filled it. The row that says so is a
 * note named `gap`, or `filling` while a retry is under way. Nothing that is shown moves or is taken away.
 */
export class Gap {
  #running: AbortController | undefined;
  #row: string | undefined;
  /** The first message that may have others missing behind it; undefined: everything may be missing. */
  #after: Message | undefined;
  #since: number | undefined;
  #isOpen = false;
  /** Nothing was known when it was opened: wanted is the newest page, whatever is shown by now. */
  #fromTop = false;
  /** The last message that was known when the transcript was emptied: what came before it was meant to go. */
  #cleared: Message | undefined;
  readonly #life = new AbortController();

  constructor(
    readonly store: MessageStore,
    readonly userId: string,
    readonly peerId: string,
    readonly now: () => number,
    /** Messages of the peer were put where they were missing. */
    readonly filled: (messages: readonly Message[]) => void,
  ) {
    store.addEventListener(
      'change',
      ({ change }) => {
        if (change.kind === 'clear') this.#cleared = lastKnown(change.messages) ?? this.#cleared;
      },
      { signal: this.#life.signal },
    );
  }

  /** Whether something may still be missing. */
  get isOpen(): boolean {
    return this.#isOpen;
  }

  /** After a login, messages behind this one may be missing. A gap that is still open reaches up to now. */
  open(shown: Message | undefined, since: number | undefined): void {
    const after = shown ?? this.#cleared;
    const isKnown = this.#after !== undefined || this.#since !== undefined;
    if (this.#isOpen && isKnown) return;
    // The newest page, if it is still to come, need not reach back to what has been shown meanwhile. Where nothing is shown, it
    // is asked for before what came since: that is a time by this device's clock, and the history has another.
    this.#fromTop = this.#isOpen || !after;
    this.#isOpen = true;
    this.#since = since;
    this.#after = after;
  }

  /** Asks the history for what is missing, page by page: what has come stays, should a later page fail. */
  async fill(load: LoadHistory): Promise<void> {
    this.stop();
    const running = new AbortController();
    this.#running = running;
    const { signal } = running;
    if (this.#row) this.store.update(this.#row, { content: 'filling' });
    for (let page = 0; page < MOST_PAGES; page++) {
      const timer = setTimeout(() => running.abort(), TIMEOUT_MS);
      try {
        const isLast = await Promise.race([this.#page(load, signal), aborted(signal)]);
        if (this.#running !== running) return;
        if (!isLast()) continue;
        this.#close();
        return;
      } catch {
        break;
      } finally {
        clearTimeout(timer);
      }
    }
    if (this.#running === running) this.#fail();
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

  /** Asks for the next page. What is returned shows it, and tells whether it was the last. */
  async #page(load: LoadHistory, signal: AbortSignal): Promise<() => boolean> {
    const { userId, peerId } = this;
    const fromTop = this.#fromTop;
    const [after, since] = fromTop ? [] : [this.#after, this.#since];
    const answer = await load({ userId, peerId, after, since, limit: PAGE, signal });
    const found = checkHistory(answer, userId, peerId);
    const isAll = answer.length < PAGE;
    return () => {
      this.#fromTop = false;
      if (fromTop) {
        const { id } = this.#after ?? {};
        // A page that begins later would leave a hole behind what is shown: then it is read on from there.
        const reachesBack = isAll || id === undefined || found.some((message) => message.id === id);
        if (reachesBack) this.#merge(found, true);
        return isAll || (reachesBack && (id !== undefined || this.#since === undefined));
      }
      this.#merge(found, false);
      this.#after = found.at(-1) ?? this.#after;
      this.#since = undefined;
      return isAll;
    };
  }

  /**
   * Each unknown message comes behind the one that the history has before it. What was typed meanwhile, and is not in the
   * history, keeps its place by the time.
   */
  #merge(found: readonly Message[], fromTop: boolean): void {
    const { store } = this;
    const ids = new Set(found.map(({ id }) => id));
    const news: Message[] = [];
    let at = this.#after && !fromTop ? store.indexOf(this.#after.id) + 1 : this.#notesAtTheTop();
    // What was there before anything was known is history, not news.
    let isNews = !fromTop;
    for (const message of found) {
      if (message.id === this.#after?.id || message.sentAt >= (this.#since ?? Number.POSITIVE_INFINITY)) isNews = true;
      const known = store.indexOf(message.id);
      if (known >= 0) {
        at = Math.max(at, known + 1);
        continue;
      }
      for (; at < store.size; at++) {
        // The row that tells of the gap stands before what comes behind it.
        const next = store.messages[store.messages[at]?.id === this.#row ? at + 1 : at];
        if (!next || next.status === 'received' || ids.has(next.id) || next.sentAt > message.sentAt) break;
      }
      store.insert(at, [message]);
      if (isNews && message.status === 'received') news.push(message);
      at += 1;
    }
    this.filled(news);
  }

  #fail(): void {
    if (this.#row && this.store.update(this.#row, { content: 'gap' })) return;
    const at = this.#after ? this.store.indexOf(this.#after.id) + 1 : this.#notesAtTheTop();
    this.#row = this.store.note('gap', this.#after?.sentAt ?? this.now(), at).id;
  }

  #close(): void {
    this.#running = undefined;
    this.#isOpen = false;
    if (this.#row) this.store.remove(this.#row);
    this.#row = undefined;
  }

  #notesAtTheTop(): number {
    const first = this.store.messages.findIndex(({ status }) => status !== 'note');
    return first < 0 ? this.store.size : first;
  }
}

/** The last message that the history must know too. */
function lastKnown(messages: readonly Message[]): Message | undefined {
  return messages.findLast(({ status }) => status === 'received' || status === 'delivered');
}

function aborted(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason));
  });
}
