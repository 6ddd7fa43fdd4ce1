import { FrameType } from '../gateway/frames.js';
import type { Gateway } from '../gateway/gateway.js';
import type { PageNews } from './page-driver.js';

export interface LedgerCounts {
  /** Own messages of the page: typed, never accepted by the server, shown twice, accepted in another order than typed. */
  readonly typed: number;
  readonly lost: number;
  readonly shownTwice: number;
  readonly outOfOrder: number;
  /** Messages of the other side that the server accepted; of these not announced by the page, or announced twice. */
  readonly accepted: number;
  readonly missed: number;
  readonly announcedTwice: number;
}

/** Keeps account of a soak, from the gateway's journal and the page's news. Lives outside of the page. */
export class Ledger {
  /** Ids of the page's messages in typing order, and how often each was announced. */
  readonly #typed = new Map<string, number>();
  readonly #announced = new Map<string, number>();
  /** Ids that the server acknowledged, in that order. */
  readonly #accepted = { page: new Set<string>(), other: new Set<string>() };
  /** In the order in which the server first read them. */
  readonly #read = new Set<string>();
  readonly #stop: () => void;

  constructor(gateway: Gateway, page: string, other: string) {
    this.#stop = gateway.journal.subscribe(({ dir, user, frame }) => {
      const id = frame?.type === FrameType.received ? frame.dataContent : frame?.fp;
      if (!frame || !id) return;
      if (dir === 'out' && frame.type === FrameType.received) {
        if (user === page) this.#accepted.page.add(id);
        if (user === other) this.#accepted.other.add(id);
      }
      if (dir === 'in' && frame.type === FrameType.data && user === page) this.#read.add(id);
    });
  }

  note({ id, direction }: PageNews): void {
    const known = direction === 'out' ? this.#typed : this.#announced;
    known.set(id, (known.get(id) ?? 0) + 1);
  }

  close(): LedgerCounts {
    this.#stop();
    const typed = [...this.#typed.keys()];
    const read = [...this.#read];
    const place = new Map(typed.map((id, i) => [id, i]));
    const places = read.map((id) => place.get(id) ?? -1);
    return {
      typed: typed.length,
      lost: typed.filter((id) => !this.#accepted.page.has(id)).length,
      shownTwice: surplus(this.#typed),
      outOfOrder: places.filter((each, i) => i > 0 && each < (places[i - 1] ?? 0)).length,
      accepted: this.#accepted.other.size,
      missed: [...this.#accepted.other].filter((id) => !this.#announced.has(id)).length,
      announcedTwice: surplus(this.#announced),
    };
  }
}

function surplus(counts: ReadonlyMap<string, number>): number {
  return [...counts.values()].reduce((sum, count) => sum + count - 1, 0);
}
