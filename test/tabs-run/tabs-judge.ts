import type { Journal } from '../gateway/journal.js';
import type { Wrong } from '../lifecycle/transcript-judge.js';
import { arrivals } from '../support/arrivals.js';
import type { TranscriptLine } from '../support/cdp-chat.js';

/** Compares what was written with the gateway's journal and with what tabs show. Every text is written once. */
export class TabsJudge {
  /** What was typed, in order, and by which tab: only the messages of one tab have an order. */
  readonly typed = new Map<string, unknown>();
  /** What the peer wrote, in order. */
  readonly sent: string[] = [];
  readonly wrong = new Map<string, Wrong>();
  /** Orders that should not be: what the author of the first misplaced message wrote, around it. */
  readonly disorder: string[] = [];

  /** Looks at what a tab shows. `present`: what must be there, once it has come to rest. */
  look(lines: readonly Pick<TranscriptLine, 'content'>[], present: readonly string[] = [], where = 'shown'): void {
    const contents = lines.map(({ content }) => content);
    const seen = new Set<string>();
    for (const content of contents) {
      if (seen.has(content)) this.wrong.set(content, 'duplicated');
      seen.add(content);
    }
    for (const text of present) if (!seen.has(text)) this.wrong.set(text, 'lost');
    this.#checkOrder(where, contents);
  }

  /** Whether the server has got everything that was typed. */
  hasAll(journal: Journal, user: string): boolean {
    const arrived = new Set(arrivals(journal, user).map(({ content }) => content));
    return [...this.typed.keys()].every((text) => arrived.has(text));
  }

  /** At the end: what was typed has arrived as one message each. */
  conclude(journal: Journal, user: string): void {
    const contents = arrivals(journal, user).map(({ content }) => content ?? '');
    this.#checkOrder('at the server', contents);
    for (const text of this.typed.keys()) {
      const messages = contents.filter((content) => content === text).length;
      if (messages !== 1) this.wrong.set(text, messages === 0 ? 'lost' : 'duplicated');
    }
  }

  count(kind: Wrong, texts: Iterable<string>): number {
    return [...texts].filter((text) => this.wrong.get(text) === kind).length;
  }

  #checkOrder(where: string, contents: readonly string[]): void {
    const places = new Map([...this.typed.keys()].map((text, place) => [text, place]));
    const highest = new Map<unknown, number>();
    for (const content of contents) {
      const place = places.get(content);
      if (place === undefined) continue;
      const author = this.typed.get(content);
      if (place < (highest.get(author) ?? -1) && !this.wrong.has(content)) {
        this.wrong.set(content, 'out of order');
        const own = contents.filter((each) => this.typed.get(each) === author);
        this.disorder.push(
          `${where}: ${own.slice(Math.max(0, own.indexOf(content) - 5), own.indexOf(content) + 3).join(', ')}`,
        );
      }
      highest.set(author, Math.max(highest.get(author) ?? -1, place));
    }
  }
}
