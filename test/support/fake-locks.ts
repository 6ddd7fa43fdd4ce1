type Callback = (lock: Lock | null) => unknown;

interface Request {
  readonly name: string;
  readonly mode: LockMode;
  readonly grant: () => void;
  readonly refuse: (reason: unknown) => void;
}

/** The browser's Web Locks: exclusive and shared ones, in the order in which they were asked for. */
export class FakeLocks {
  /** What a request is refused with, if at all. */
  refusal: DOMException | undefined;
  readonly #held: Request[] = [];
  readonly #asked: Request[] = [];

  /** Names of the locks that are held, one for each holder. */
  get held(): string[] {
    return this.#held.map(({ name }) => name);
  }

  readonly request = (name: string, ...rest: [Callback] | [LockOptions, Callback]): Promise<unknown> => {
    const [{ mode = 'exclusive', ifAvailable = false, steal = false, signal }, callback] =
      rest.length === 1 ? [{} as LockOptions, rest[0]] : rest;
    if (this.refusal) return Promise.reject(this.refusal);
    if (signal && (ifAvailable || steal)) return Promise.reject(new DOMException('', 'NotSupportedError'));
    if (signal?.aborted) return Promise.reject(signal.reason);
    return new Promise((resolve, reject) => {
      const run = async (lock: Lock | null) => callback(lock);
      const grant = () => {
        this.#held.push(request);
        const done = run({ name, mode }).finally(() => this.#remove(this.#held, request));
        done.then(resolve, reject);
      };
      const request: Request = { name, mode, grant, refuse: reject };
      if (ifAvailable && !this.#isFree(request, this.#asked)) {
        run(null).then(resolve, reject);
        return;
      }
      if (steal) {
        for (const held of this.#held.filter((other) => other.name === name)) {
          held.refuse(new DOMException('The lock was stolen', 'AbortError'));
          this.#remove(this.#held, held);
        }
        this.#asked.unshift(request);
      } else this.#asked.push(request);
      signal?.addEventListener('abort', () => {
        // Once it is held, the signal has no say any more.
        if (!this.#remove(this.#asked, request)) return;
        reject(signal.reason);
      });
      queueMicrotask(() => this.#grant());
    });
  };

  #isFree({ name, mode }: Request, before: readonly Request[]): boolean {
    const held = this.#held.filter((other) => other.name === name);
    if (before.some((other) => other.name === name)) return false;
    return held.length === 0 || (mode === 'shared' && held.every((other) => other.mode === 'shared'));
  }

  #grant(): void {
    const free = this.#asked.find((request, i) => this.#isFree(request, this.#asked.slice(0, i)));
    if (!free) return;
    this.#asked.splice(this.#asked.indexOf(free), 1);
    free.grant();
    this.#grant();
  }

  #remove(list: Request[], request: Request): boolean {
    const at = list.indexOf(request);
    if (at < 0) return false;
    list.splice(at, 1);
    queueMicrotask(() => this.#grant());
    return true;
  }
}
