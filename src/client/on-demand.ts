/** A part that comes when it is first needed. One that did not come is asked for again. */
export class OnDemand<T> {
  /** Once it has come. */
  here: T | undefined;

  constructor(readonly fetch: () => Promise<T>) {}

  async load(): Promise<T> {
    this.here ??= await this.fetch();
    return this.here;
  }
}
