import type { Message } from '../client/message.js';
import type { Found } from './facts.js';
import { Gap, type Lock } from './gap.js';
import { isCommon, type LoadHistory } from './history.js';
import type { Kept } from './kept.js';
import { type Older, Past } from './past.js';

/** Whose messages are missed, and what is done with those that were. */
export interface MissedOptions {
  readonly userId: string;
  readonly loadHistory: () => LoadHistory | undefined;
  /** Tells all tabs, this one included, what was found. */
  readonly tell: (found: Found) => void;
  /** Messages of the peer that had been missing were added. */
  readonly filled: (messages: readonly Message[]) => void;
  readonly lock: Lock | undefined;
}

/** The messages of a conversation that are not shown: those behind a gap, and those that came before. */
export class Missed {
  readonly #gap: Gap;
  readonly past: Past;

  constructor(
    readonly kept: Kept,
    readonly options: MissedOptions,
  ) {
    const { tell, lock, userId } = options;
    const begins = () => kept.end();
    this.#gap = new Gap(kept.store, userId, kept.peerId, { tell, begins, lock });
    this.past = new Past(kept, (before, signal) => this.#older(before, signal));
  }

  /** See {@link Gap.missing}. */
  get missing(): string | undefined {
    return this.#gap.missing;
  }

  /** Ids of what the page's history brought. */
  get found(): ReadonlySet<string> {
    return this.#gap.parts.found;
  }

  /**
   * After a login: what came behind this message may be missing. Resolves when the gap is open.
   * @param left id of the message behind which an earlier page left one
   */
  async open(shown: Message | undefined, since: number | undefined, left: string | undefined): Promise<void> {
    const { kept } = this;
    const { store, newest } = kept;
    // For the archive, whoever writes it: this page may be gone before it is known what is missing.
    const { peerId } = kept;
    this.options.tell({ fact: 'found', peerId, after: (shown ?? newest)?.id, messages: [], news: [], isAll: false });
    const begin = left ?? kept.missing;
    kept.missing = undefined;
    const earlier = begin !== undefined && (await this.past.reach(begin)) ? store.get(begin) : undefined;
    const last = shown ?? newest;
    if (earlier) this.#gap.open(earlier, undefined);
    else this.#gap.open(last, since);
    this.retry();
  }

  /** Loads until this message is shown. Resolves to whether it is; not before anything is known. */
  async reach(id: string): Promise<boolean> {
    const { kept } = this;
    while (!kept.isWhole && !kept.store.messages.some(isCommon)) {
      await new Promise((resolve) => kept.store.addEventListener('change', resolve, { once: true }));
    }
    return this.past.reach(id);
  }

  /** Some tab has asked the history; this is what it said. */
  take(fact: Found): void {
    const { kept } = this;
    // Only said for the archive, see `open`.
    if (fact.messages.length === 0 && !fact.isAll) return;
    const isTop = kept.place === undefined;
    if (fact.after === undefined && isTop && !kept.isWhole) kept.mark();
    const news = this.#gap.take(fact, isTop);
    if (news.length > 0) this.options.filled(news);
  }

  /** Asks again for what did not come. */
  retry(): void {
    this.past.retry();
    this.#fill();
  }

  /** Lets go of what is on its way. */
  close(): void {
    this.past.stop();
    this.#gap.close();
  }

  #fill(): void {
    const load = this.options.loadHistory();
    if (load && this.#gap.isOpen) void this.#gap.fill(load);
  }

  async #older(before: Message, signal: AbortSignal): Promise<Older> {
    const { peerId } = this.kept;
    const load = this.options.loadHistory();
    if (!load) return { messages: [], isAll: true };
    const older = await this.#gap.older(load, before, signal);
    const { messages } = older;
    // For the archive. The other tabs show it if they show all that is kept, else they read it when somebody scrolls there.
    const found: Found = { fact: 'found', peerId, after: undefined, messages, news: [], isAll: false };
    if (messages.length > 0 && !signal.aborted) this.options.tell(found);
    return older;
  }
}
