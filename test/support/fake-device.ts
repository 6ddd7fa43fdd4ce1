import type { OutboxRecord, OutboxStorage } from '../../src/client/index.js';

/** What goes wrong with a storage: it never answers, or it refuses. */
export type StorageTrouble = 'hangs' | 'fails' | undefined;

/** A browser profile: what pages store outlives them, and one page at a time has the outbox. */
export class FakeDevice {
  readonly records = new Map<string, unknown>();
  /** What happened, in order: `put id`, `delete id`, `claim`, `release`. */
  readonly log: string[] = [];
  claiming: StorageTrouble;
  putting: StorageTrouble;
  /** Hears of each write that will never end. */
  onHang: (() => void) | undefined;
  /** Writes that were asked for and are held back; call one to let it happen. */
  readonly held: (() => void)[] = [];
  /** Whether writes are held back until the test lets them happen. */
  holds = false;
  readonly #storages: OutboxStorage[] = [];
  #lock: Promise<void> = Promise.resolve();

  /**
   * What one page gets.
   * @param isLocked false: whoever shares it sees to it that one at a time has it
   */
  storage(isLocked = true): OutboxStorage {
    const storage: OutboxStorage = {
      emptied: undefined,
      claim: async (signal) => {
        await this.#trouble(this.claiming);
        if (!isLocked) return [...this.records.values()];
        const before = this.#lock;
        let release = () => {};
        this.#lock = new Promise((resolve) => {
          release = resolve;
        });
        await before;
        if (signal.aborted) release();
        else {
          this.log.push('claim');
          signal.addEventListener('abort', () => {
            this.log.push('release');
            release();
          });
        }
        return [...this.records.values()];
      },
      put: async (record) => {
        if (this.putting === 'hangs') this.onHang?.();
        await this.#trouble(this.putting);
        await this.#hold();
        this.log.push(`put ${record.content}`);
        this.records.set(record.id, structuredClone(record));
      },
      delete: async (id) => {
        // As long as a write takes, so that the order of calls is kept.
        await undefined;
        await undefined;
        this.log.push(`delete ${this.#content(id)}`);
        this.records.delete(id);
      },
      clear: async () => {
        this.log.push('clear');
        this.records.clear();
      },
    };
    this.#storages.push(storage);
    return storage;
  }

  /** The page that has the outbox crashes, or is reloaded: its locks go, what it stored stays. */
  crash(): void {
    this.#lock = Promise.resolve();
    this.#storages.length = 0;
  }

  /** Takes a message out, by its content. */
  forget(content: string): void {
    for (const id of this.records.keys()) if (this.#content(id) === content) this.records.delete(id);
  }

  /** The user clears the site's data under the pages. */
  wipe(): void {
    this.records.clear();
    for (const storage of this.#storages) storage.emptied?.();
  }

  /** Contents, in typing order. */
  get contents(): string[] {
    return ([...this.records.values()] as OutboxRecord[]).sort((a, b) => a.seq - b.seq).map(({ content }) => content);
  }

  #content(id: string): string {
    return (this.records.get(id) as OutboxRecord | undefined)?.content ?? 'nothing';
  }

  #hold(): Promise<void> | undefined {
    return this.holds ? new Promise((resolve) => this.held.push(resolve)) : undefined;
  }

  #trouble(trouble: StorageTrouble): Promise<void> | undefined {
    if (trouble === 'fails') return Promise.reject(new DOMException('The disk is full', 'QuotaExceededError'));
    return trouble === 'hangs' ? new Promise(() => {}) : undefined;
  }
}
