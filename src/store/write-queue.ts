import { sweep, trim } from './archive-room.js';
import type { Work } from './archive-writing.js';

const AFTER_QUOTA = 0.9;

/** A part of a transaction, and who waits for it. */
interface Write {
  readonly work: Work;
  /** Of messages that it is about. */
  readonly ids: readonly string[];
  /** The how manieth change it is; undefined: nobody asked for it. */
  readonly n?: number;
  readonly resolve: () => void;
  readonly reject: (error: unknown) => void;
}

/** What is asked for while something else is written goes into one transaction: a thousand messages a second do. */
export class WriteQueue {
  #asked = 0;
  /** What is to be written in the next transaction. */
  #batch: Write[] | undefined;

  constructor(
    /** Does this when everything before it is done. */
    readonly inTurn: (work: () => Promise<void>) => Promise<void>,
    /** Writes in one transaction; then so many changes are made. */
    readonly commit: (work: Work, n?: number) => Promise<void>,
  ) {}

  /** A change; the next one in the order of the calls. */
  write(work: Work, ids: readonly string[]): Promise<void> {
    this.#asked += 1;
    return this.add({ work, ids, n: this.#asked });
  }

  add(change: Pick<Write, 'work' | 'ids' | 'n'>): Promise<void> {
    return new Promise((resolve, reject) => {
      const write = { ...change, resolve, reject };
      if (this.#batch) this.#batch.push(write);
      else {
        const batch = [write];
        this.#batch = batch;
        void this.inTurn(() => this.#writeAll(batch));
      }
    });
  }

  /** What is asked for from now on is done after whatever else comes next. */
  end(): void {
    this.#batch = undefined;
  }

  async #writeAll(batch: readonly Write[]): Promise<void> {
    if (this.#batch === batch) this.#batch = undefined;
    if (batch.length > 1) {
      const all: Work = async (writing) => {
        writing.lookFor(batch.flatMap(({ ids }) => ids));
        for (const { work } of batch) await work(writing);
      };
      try {
        await this.commit(all, batch.findLast(({ n }) => n !== undefined)?.n);
        for (const { resolve } of batch) resolve();
        return;
      } catch {
        // Nothing was written. One of them may be to blame, and must not stop the others.
      }
    }
    for (const { work, n, resolve, reject } of batch) await this.#writeOne(work, n).then(resolve, reject);
  }

  async #writeOne(work: Work, n: number | undefined): Promise<void> {
    try {
      await this.commit(work, n);
    } catch (error) {
      if ((error as Error).name !== 'QuotaExceededError') throw error;
      await this.commit(async ({ transaction, row }) => {
        await sweep(transaction, row);
        await trim(transaction, row, { messages: row.messages * AFTER_QUOTA, bytes: row.bytes });
      });
      await this.commit(work, n);
    }
  }
}
