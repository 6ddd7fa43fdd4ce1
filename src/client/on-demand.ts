/** A part that comes when it is first needed. One that did not come is asked for again. */
export class OnDemand<T> {
  /** Once it has come. */
  here: T | undefined;
  #coming: Promise<T> | undefined;

  constructor(readonly fetch: () => Promise<T>) {}

  /** However many wait for it, it is fetched once. */
  async load(): Promise<T> {
    if (this.here) return this.here;
    this.#coming ??= this.fetch();
    try {
      this.here ??= await this.#coming;
    } finally {
      this.#coming = undefined;
    }
    return this.here;
  }
}
