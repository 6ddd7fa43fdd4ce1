import { PrefixSums } from './prefix-sums.js';

/** What a new array of items is to the present one: the same keys, the same keys and more at the end, or anything else. */
export type ItemsChange = 'same' | 'append' | 'rebuild';

/**
 * Heights and positions of all rows, in px. A measured height is kept by the item's key, so it follows the item wherever
 * it goes. A row not yet measured has an estimate that never changes: one that followed the average of the measured
 * rows would move the end of the list with every measurement.
 */
export class HeightMap<T> {
  readonly #key: (item: T) => string;
  readonly #estimate: (item: T, width: number) => number;
  #items: readonly T[] = [];
  #width = 0;
  /** Exact, that is fractional, heights. */
  #measured = new Map<string, number>();
  /** Whole pixels, so that no row ever starts between two of them. */
  readonly #slots = new PrefixSums();

  constructor(key: (item: T) => string, estimate: (item: T, width: number) => number) {
    this.#key = key;
    this.#estimate = estimate;
  }

  get items(): readonly T[] {
    return this.#items;
  }

  get count(): number {
    return this.#items.length;
  }

  get width(): number {
    return this.#width;
  }

  /** Height of all rows together. */
  get total(): number {
    return this.#slots.total;
  }

  /** Number of heights remembered. */
  get measuredCount(): number {
    return this.#measured.size;
  }

  keyOf(item: T): string {
    return this.#key(item);
  }

  keyAt(index: number): string | undefined {
    const item = this.#items[index];
    return item === undefined ? undefined : this.#key(item);
  }

  /** Position of a row's slot; of `count`, the end of the list. */
  top(index: number): number {
    return this.#slots.before(index);
  }

  /** Height of a row's slot: the row's own, rounded up. */
  height(index: number): number {
    return this.#slots.at(index);
  }

  /** How far below the top of its slot a row begins, so that it ends with its slot; less than 1. */
  inset(index: number): number {
    const exact = this.#measured.get(this.keyAt(index) ?? '');
    return exact === undefined ? 0 : this.height(index) - exact;
  }

  isMeasured(index: number): boolean {
    return this.#measured.has(this.keyAt(index) ?? '');
  }

  /** The row at position `y`; the nearest one outside the list; -1 in an empty list. */
  indexAt(y: number): number {
    return this.#slots.indexAt(y);
  }

  /** Notes a row's real height. Tells whether that moves anything. */
  measure(index: number, height: number): boolean {
    const key = this.keyAt(index);
    if (key === undefined || this.#measured.get(key) === height) return false;
    this.#measured.set(key, height);
    this.#slots.set(index, Math.ceil(height));
    return true;
  }

  /** Another width makes all measured heights wrong, so they become estimates again. */
  setWidth(width: number): boolean {
    if (width === this.#width) return false;
    this.#width = width;
    this.#measured.clear();
    this.#rebuild();
    return true;
  }

  compare(items: readonly T[]): ItemsChange {
    const old = this.#items;
    if (items.length < old.length) return 'rebuild';
    for (const [index, item] of old.entries()) {
      const next = items[index];
      // Identity first: almost all items are the same objects, and asking for their keys would cost.
      if (next !== item && next !== undefined && this.#key(next) !== this.#key(item)) return 'rebuild';
    }
    return items.length === old.length ? 'same' : 'append';
  }

  setItems(items: readonly T[]): ItemsChange {
    const change = this.compare(items);
    const known = this.#items.length;
    this.#items = items;
    if (change === 'append') for (const item of items.slice(known)) this.#slots.push(this.#slot(item));
    if (change === 'rebuild') {
      this.#forgetDropped();
      this.#rebuild();
    }
    return change;
  }

  #forgetDropped(): void {
    const measured = new Map<string, number>();
    for (const item of this.#items) {
      const key = this.#key(item);
      const height = this.#measured.get(key);
      if (height !== undefined) measured.set(key, height);
    }
    this.#measured = measured;
  }

  #rebuild(): void {
    const items = this.#items;
    this.#slots.assign(items.length, (index) => {
      const item = items[index];
      return item === undefined ? 0 : this.#slot(item);
    });
  }

  #slot(item: T): number {
    return Math.ceil(this.#measured.get(this.#key(item)) ?? Math.max(1, this.#estimate(item, this.#width)));
  }
}
