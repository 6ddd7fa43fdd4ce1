import type { HeightMap } from './height-map.js';

/** Where a row asked for is put in the view; a number: its end so many px below the view's top. */
export type ScrollBlock = 'start' | 'center' | 'end' | number;

/**
 * One row held in place: the point of the row that is `row` of its height below its top edge stays `offset` px below the
 * point of the view that is `view` of its height below its top.
 */
interface Anchor {
  readonly index: number;
  readonly row: number;
  readonly view: number;
  readonly offset: number;
}

/** Scrolling down to this many px before the end counts as the end. */
const endThreshold = 24;

const share = { start: 0, center: 0.5, end: 1 } as const;

/**
 * Where the reader is: at the end, staying there whatever comes, or holding on to one row. All positions are px from the
 * top of the first row to the top of the view, `viewport` is the view's height.
 */
export class ScrollPosition<T> {
  readonly #rows: HeightMap<T>;
  /** `null`: at the end. */
  #anchor: Anchor | null = null;

  constructor(rows: HeightMap<T>) {
    this.#rows = rows;
  }

  get followsEnd(): boolean {
    return this.#anchor === null;
  }

  /** Largest position there is. */
  end(viewport: number): number {
    return Math.max(0, this.#rows.total - viewport);
  }

  /** Where the view belongs, by what is known of the rows now. */
  resolve(viewport: number): number {
    const end = this.end(viewport);
    const anchor = this.#anchor;
    if (!anchor) return end;
    return Math.max(0, Math.min(this.#point(anchor.index, anchor.row) - anchor.view * viewport - anchor.offset, end));
  }

  isAtEnd(viewport: number): boolean {
    return this.followsEnd || this.resolve(viewport) >= this.end(viewport);
  }

  followEnd(): void {
    this.#anchor = null;
  }

  scrollTo(index: number, block: ScrollBlock): void {
    if (block === 'end' && index === this.#rows.count - 1) this.#anchor = null;
    else if (typeof block === 'number') this.#anchor = { index, row: 1, view: 0, offset: block };
    else this.#anchor = { index, row: share[block], view: share[block], offset: 0 };
  }

  /**
   * Somebody scrolled. Upwards is away from the end, however little; only the end itself is the end then. (It is reached
   * upwards when the view grows and the browser pushes the position back.)
   */
  scrolled(from: number, to: number, viewport: number): void {
    const threshold = to > from ? endThreshold : 1;
    if (to >= this.end(viewport) - threshold) this.#anchor = null;
    else this.#hold(this.#firstTopInView(to, viewport), to, 0);
  }

  /** Takes new items, so that what can be seen stays where it is. */
  setItems(items: readonly T[], viewport: number): void {
    const rebuild = this.#rows.compare(items) === 'rebuild';
    const held = rebuild && this.#anchor ? this.#survivor(this.#anchor, items, viewport) : this.#anchor;
    this.#rows.setItems(items);
    this.#anchor = held;
  }

  #point(index: number, row: number): number {
    return this.#rows.top(index) + row * this.#rows.height(index);
  }

  /** A row cut off at the top may still grow there, unseen: the one below it is the better hold. */
  #firstTopInView(position: number, viewport: number): number {
    const index = this.#rows.indexAt(position);
    const next = index + 1;
    const better = this.#rows.top(index) < position && next < this.#rows.count;
    return better && this.#rows.top(next) < position + viewport ? next : index;
  }

  #hold(index: number, position: number, row: number): void {
    this.#anchor = { index, row, view: 0, offset: this.#point(index, row) - position };
  }

  /** What to hold on to among the new items; all positions are still those of the old ones. */
  #survivor(anchor: Anchor, items: readonly T[], viewport: number): Anchor | null {
    const rows = this.#rows;
    const newIndex = new Map(items.map((item, index) => [rows.keyOf(item), index]));
    const position = this.resolve(viewport);
    const find = (old: number) => newIndex.get(rows.keyAt(old) ?? '');

    let below = anchor.index;
    for (; below < rows.count && rows.top(below) < position + viewport; below++) {
      const index = find(below);
      if (index === undefined) continue;
      const before = items[index - 1];
      // The top part of a row (its time line) depends on the row before: it may come or go, the rest shall not move.
      const turned = rows.keyAt(below - 1) !== (before === undefined ? undefined : rows.keyOf(before));
      if (below === anchor.index && !turned) return { ...anchor, index };
      const row = turned && rows.isMeasured(below) ? 1 : 0;
      return { index, row, view: 0, offset: this.#point(below, row) - position };
    }
    for (let above = anchor.index - 1; above >= 0; above--) {
      const index = find(above);
      if (index !== undefined) return { index, row: 1, view: 0, offset: Math.max(0, rows.top(above + 1) - position) };
    }
    for (; below < rows.count; below++) {
      const index = find(below);
      if (index !== undefined) return { index, row: 0, view: 0, offset: 0 };
    }
    return null;
  }
}
