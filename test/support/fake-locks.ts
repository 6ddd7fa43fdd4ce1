/** The browser's Web Locks, as far as an outbox needs them: exclusive ones, in the order in which they were asked for. */
export class FakeLocks {
  /** What a request is refused with, if at all. */
  refusal: DOMException | undefined;
  readonly held: string[] = [];
  readonly #last = new Map<string, Promise<void>>();

  readonly request = (name: string, { signal }: { signal: AbortSignal }, hold: () => Promise<void>): Promise<void> => {
    if (this.refusal) return Promise.reject(this.refusal);
    const before = this.#last.get(name) ?? Promise.resolve();
    let begun = false;
    const done = before.then(async () => {
      if (signal.aborted) throw signal.reason;
      begun = true;
      this.held.push(name);
      await hold();
      this.held.splice(this.held.indexOf(name), 1);
    });
    this.#last.set(
      name,
      done.catch(() => {}),
    );
    // Once it is held, the signal has no say any more.
    const aborted = new Promise<never>((_, reject) => {
      signal.addEventListener('abort', () => !begun && reject(signal.reason));
    });
    return Promise.race([done, aborted]);
  };
}
