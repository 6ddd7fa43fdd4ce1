import type { Journal } from '../gateway/journal.js';
import { arrivals } from '../support/arrivals.js';
import type { TranscriptLine } from '../support/cdp-chat.js';

/** What went wrong with one message. */
export type Wrong = 'lost' | 'duplicated' | 'out of order';

/**
 * Compares what was written on both sides with the gateway's journal and with what the page showed, time and again. Every text
 * is written once.
 */
export class TranscriptJudge {
  /** Own messages, in the order of typing. */
  readonly typed: string[] = [];
  /** Inbound ones, and when they were sent, ms since 1970. */
  readonly sent = new Map<string, number>();
  /** What is wrong with which text; complete after `conclude()`. */
  readonly wrong = new Map<string, Wrong>();
  readonly #shown = new Set<string>();
  readonly #gaps: { readonly since: number | undefined; readonly toldAt: number }[] = [];

  /** How often it was told that messages may be missing. */
  get gaps(): number {
    return this.#gaps.length;
  }

  /** Inbound messages that the page has not shown yet. */
  get missing(): number {
    return [...this.sent.keys()].filter((text) => !this.#shown.has(text)).length;
  }

  /** The page has told that what came since then may be missing; undefined: all. */
  gap(since: number | undefined): void {
    this.#gaps.push({ since, toldAt: Date.now() });
  }

  /** Whether the page has told that this inbound message may be missing. */
  isInGap(text: string): boolean {
    const sentAt = this.sent.get(text) ?? 0;
    return this.#gaps.some(({ since = 0, toldAt }) => since <= sentAt && sentAt <= toldAt);
  }

  /** The page has shown an inbound message. */
  shown(content: string): void {
    this.#shown.add(content);
  }

  /** Looks at the transcript as it is now. */
  look(lines: readonly TranscriptLine[]): void {
    const seen = new Set<string>();
    for (const { content } of lines) {
      if (seen.has(content)) this.wrong.set(content, 'duplicated');
      seen.add(content);
      this.#shown.add(content);
    }
    this.#checkOrder(lines.map(({ content }) => content));
  }

  /** At the end, when nothing is under way any more. */
  conclude(journal: Journal, user: string, lines: readonly TranscriptLine[]): void {
    this.look(lines);
    const arrived = arrivals(journal, user).map(({ content }) => content ?? '');
    this.#checkOrder(arrived);
    for (const text of this.typed) {
      const messages = arrived.filter((content) => content === text).length;
      if (messages === 0) this.wrong.set(text, 'lost');
      if (messages > 1) this.wrong.set(text, 'duplicated');
    }
    for (const text of this.sent.keys()) if (!this.#shown.has(text)) this.wrong.set(text, 'lost');
  }

  /** Own messages stand in the order of typing. */
  #checkOrder(contents: readonly string[]): void {
    const places = new Map(this.typed.map((text, place) => [text, place]));
    let highest = -1;
    for (const content of contents) {
      const place = places.get(content) ?? highest;
      if (place < highest) this.wrong.set(content, 'out of order');
      highest = Math.max(highest, place);
    }
  }
}
