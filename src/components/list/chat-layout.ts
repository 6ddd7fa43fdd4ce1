import type { ChatLayoutConfig, VisibleRows } from './chat-layout-config.js';
import { HeightMap } from './height-map.js';
import { type ScrollBlock, ScrollPosition } from './scroll-position.js';
import { ScrollView } from './scroll-view.js';
import {
  type Layout,
  type LayoutConfig,
  type LayoutSink,
  type Measurements,
  measureRow,
} from './virtualizer-layout.js';

/** Rows are mounted this many px beyond either edge of the view. */
const overhang = 400;

const noRange = { first: -1, last: -1 };

/** The layout for a `virtualize` directive. Make it once for each list: another one would start anew. */
export function chatLayout<T>(config: ChatLayoutConfig<T>): LayoutConfig {
  return {
    type: class extends ChatLayout<T> {
      constructor(sink: LayoutSink) {
        super(sink, config);
      }
    },
  };
}

/**
 * Lays out a conversation for `@lit-labs/virtualizer` 2.1.1: exact heights by key, the reader's row held in place, the end
 * followed. It speaks the virtualizer's undocumented layout protocol, which is why package.json asks for that very version.
 *
 * Size and position of the view come from the scroller itself: the virtualizer reports the part of it that is inside the
 * window, which is less when the page around the chat is scrolled.
 */
export class ChatLayout<T> implements Layout {
  readonly measureChildren = measureRow;
  readonly direction = 'vertical';
  // Asked for by the protocol, and of no use here.
  pin = null;
  totalScrollSize = { width: 0, height: 0 };
  offsetWithinScroller = { left: 0, top: 0 };

  readonly #sink: LayoutSink;
  readonly #config: ChatLayoutConfig<T>;
  readonly #rows: HeightMap<T>;
  readonly #position: ScrollPosition<T>;
  readonly #view: ScrollView;
  #range = noRange;
  #visible: VisibleRows = { ...noRange, atEnd: true };
  #pending = false;
  #suspended = false;
  /** The next reflow is likely to happen in a ResizeObserver's callback. */
  #observed = false;
  #awaited: { readonly key: string; readonly block: ScrollBlock } | null = null;
  /** Index of an item that is shown from its top if it turns out to be higher than the view. */
  #arrival = -1;
  #frame = 0;

  constructor(sink: LayoutSink, config: ChatLayoutConfig<T>) {
    this.#sink = sink;
    this.#config = config;
    this.#rows = new HeightMap(config.key, config.estimate);
    this.#position = new ScrollPosition(this.#rows);
    this.#view = new ScrollView(config.scroller, () => this.#settle());
    config.onCreate(this);
  }

  get items(): T[] {
    return this.#rows.items as T[]; // the protocol's type; nobody writes to it
  }

  set items(items: T[]) {
    const rows = this.#rows;
    if (items === rows.items) return;
    this.#pull();
    if (this.#view.placed && this.#position.isAtEnd(this.#view.height)) this.#position.followEnd();
    const change = rows.compare(items);
    if (change === 'append') this.#noteArrival(items);
    this.#position.setItems(items, this.#view.height);
    if (change === 'rebuild') {
      this.#range = noRange;
      this.#arrival = -1;
    }
    if (this.#awaited) this.#jump(this.#awaited.key, this.#awaited.block);
    this.#awaited = null;
    this.#pending = true;
  }

  get viewportSize(): { width: number; height: number } {
    return { width: this.#view.width, height: this.#view.height };
  }

  set viewportSize(_: object) {
    this.#readSize();
  }

  get viewportScroll(): { left: number; top: number } {
    return { left: 0, top: this.#view.position };
  }

  set viewportScroll(_: object) {
    this.#pull();
    if (!this.#view.placed) return;
    if (this.#covers(this.#view.position, overhang / 2)) this.#announceView();
    else this.#pending = true;
  }

  unpin(): void {}

  getScrollIntoViewCoordinates({ index }: { index: number }): { top: number } {
    return { top: this.#rows.top(index) - this.#view.shift };
  }

  updateItemSizes(sizes: Measurements): void {
    if (this.#view.height === 0) return;
    for (const [index, { height }] of Object.entries(sizes)) {
      if (height > 0 && this.#rows.measure(Number(index), height)) this.#observed = true;
    }
    if (this.#observed) this.#pending = true;
  }

  reflowIfNeeded(force = false): void {
    // What is pending stays so until the list is shown.
    if ((force || this.#pending) && this.#view.height > 0) this.#reflow();
  }

  /** Px between the end of the view and the end of the list. */
  get distanceToEnd(): number {
    return this.#position.end(this.#view.height) - this.#view.position;
  }

  /** Follows the end from the next reflow on. */
  followEnd(): void {
    this.#position.followEnd();
    this.#awaited = null;
    this.#beginJump();
  }

  scrollToEnd(): void {
    this.followEnd();
    this.#trigger();
  }

  /** Shows the row of this key at once; if there is none yet, after the next change of the items; if there is none then, not. */
  scrollTo(key: string, block: ScrollBlock): void {
    this.#awaited = this.#jump(key, block) ? null : { key, block };
    if (!this.#awaited) this.#trigger();
  }

  /** To be called when the scroller says so; where browsers do not, a time without movement does. */
  scrollEnded(): void {
    this.#view.endScroll();
  }

  /** The list leaves the document: nothing may run any more. */
  suspend(): void {
    cancelAnimationFrame(this.#frame);
    this.#frame = 0;
    this.#suspended = true;
    this.#view.displace();
  }

  /** The list is back in the document, where its scroller has lost its position. */
  resume(): void {
    this.#suspended = false;
    this.#pending = true;
  }

  #jump(key: string, block: ScrollBlock): boolean {
    const index = this.#rows.items.findIndex((item) => this.#rows.keyOf(item) === key);
    if (index < 0) return false;
    this.#position.scrollTo(index, block);
    this.#beginJump();
    return true;
  }

  #beginJump(): void {
    this.#arrival = -1;
    this.#view.displace();
    this.#pending = true;
  }

  #trigger(): void {
    this.#pending = true;
    queueMicrotask(() => {
      if (this.#suspended) return;
      this.#readSize();
      this.#pull();
      this.reflowIfNeeded();
    });
  }

  #readSize(): void {
    if (!this.#view.resize()) return;
    this.#pull();
    this.#rows.setWidth(this.#view.width);
    this.#observed = true;
    this.#pending = true;
  }

  /**
   * The scroller's position can be newer than the last scroll event. Every change of the geometry begins with this: the
   * position was reached in the old geometry, and means another row in the new one.
   */
  #pull(): void {
    const from = this.#view.position;
    if (!this.#view.pull()) return;
    this.#position.scrolled(from, this.#view.position, this.#view.height);
    this.#arrival = -1;
    // The reader may have come to an end of the content that is not the end of the list.
    if (this.#view.shift !== 0) this.#pending = true;
  }

  #settle(): void {
    const resting = this.#position.resolve(this.#view.height);
    if (this.#view.shift !== 0 || this.#view.position !== resting) this.#trigger();
  }

  #noteArrival(items: readonly T[]): void {
    const { count } = this.#rows;
    const last = items.length - 1;
    // The line above it may have come with it.
    const isAlone = count > 0 && items.slice(count).findIndex(this.#config.readFromTop) === last - count;
    if (isAlone && this.#position.followsEnd) this.#arrival = last;
  }

  #reflow(): void {
    const { height } = this.#view;
    this.#pending = false;
    this.#placeArrival();
    const position = this.#position.resolve(height);
    this.#setRange(position);
    this.#observed = false;
    const stop = this.#position.followsEnd;
    this.#view.place(position, this.#rows.total, stop, () => this.#emit());
    this.#announceView();
  }

  #placeArrival(): void {
    if (this.#arrival < 0 || !this.#rows.isMeasured(this.#arrival)) return;
    if (this.#rows.height(this.#arrival) > this.#view.height) this.#position.scrollTo(this.#arrival, 'start');
    this.#arrival = -1;
  }

  #setRange(position: number): void {
    const first = this.#rows.indexAt(Math.max(0, position - overhang));
    const last = this.#rows.indexAt(position + this.#view.height + overhang);
    const now = this.#range;
    if (first === now.first && last === now.last) return;
    if (!this.#observed || now.first < 0 || first > now.last || last < now.first) {
      this.#range = { first, last };
      return;
    }
    // What a ResizeObserver's callback mounts or unmounts is observed too late for this frame, of which the browser tells
    // the page's error handler. So what nobody sees waits for the next frame.
    if (!this.#covers(position, 0)) this.#range = { first: Math.min(first, now.first), last: Math.max(last, now.last) };
    this.#frame ||= requestAnimationFrame(() => {
      this.#frame = 0;
      this.#trigger();
    });
  }

  #covers(position: number, beyond: number): boolean {
    const { first, last } = this.#range;
    const end = Math.min(position + this.#view.height + beyond, this.#rows.total);
    return first >= 0 && this.#rows.top(first) <= Math.max(0, position - beyond) && this.#rows.top(last + 1) >= end;
  }

  #emit(): void {
    const rows = this.#rows;
    // Fewer rows than the view can hold stand at its end.
    const lead = Math.max(0, this.#view.height - rows.total) - this.#view.shift;
    const childPositions = new Map<number, { left: number; top: number }>();
    for (let index = Math.max(0, this.#range.first); index <= this.#range.last; index++) {
      childPositions.set(index, { left: 0, top: lead + rows.top(index) + rows.inset(index) });
    }
    const { first: firstVisible, last: lastVisible } = this.#visibleRows();
    this.#sink({
      type: 'stateChanged',
      scrollSize: { width: 0, height: Math.max(1, rows.total - this.#view.shift) },
      range: { ...this.#range, firstVisible, lastVisible },
      childPositions,
    });
  }

  #visibleRows(): { first: number; last: number } {
    const top = Math.max(0, this.#view.position);
    return { first: this.#rows.indexAt(top), last: this.#rows.indexAt(top + this.#view.height - 1) };
  }

  #announceView(): void {
    const { first, last } = this.#visibleRows();
    const atEnd = this.#position.isAtEnd(this.#view.height);
    const old = this.#visible;
    if (first === old.first && last === old.last && atEnd === old.atEnd) return;
    this.#visible = { first, last, atEnd };
    this.#config.onViewChange(this.#visible);
  }
}
