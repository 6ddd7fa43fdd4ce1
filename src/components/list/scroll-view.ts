import { restingShift } from './resting-shift.js';

/** The scrolling element, as far as it is needed here. */
export type ScrollBox = Pick<HTMLElement, 'clientHeight' | 'clientWidth' | 'scrollHeight' | 'scrollTop'>;

/**
 * A scroll is over after so many ms without movement. Where the browser says when it is (`scrollend`), that is only for what it
 * may forget: on a busy machine a smooth scroll stands still for some time, and whoever writes its position ends it.
 */
const quietTime = 'onscrollend' in globalThis ? 5_000 : 200;

const noBox = { clientWidth: 0, clientHeight: 0 };

/**
 * The view that the scrolling element gives onto the list: its size, and its position in the list's own coordinates.
 *
 * The content can be shifted against the list, for two reasons: the list may be higher than a browser's content can be, and
 * writing the element's position would stop a scroll that is running, so that meanwhile the rows are moved instead.
 */
export class ScrollView {
  readonly #box: () => ScrollBox | null;
  readonly #onScrollEnd: () => void;
  #width = 0;
  #height = 0;
  /** The element's own position, as last written or read. */
  #scrollTop = 0;
  #shift = 0;
  #placed = false;
  #scrolling = false;
  #quietTimer: ReturnType<typeof setTimeout> | undefined;

  /** @param onScrollEnd called when a scroll of the reader's has ended */
  constructor(box: () => ScrollBox | null, onScrollEnd: () => void) {
    this.#box = box;
    this.#onScrollEnd = onScrollEnd;
  }

  get width(): number {
    return this.#width;
  }

  /** 0 while the view is not shown. */
  get height(): number {
    return this.#height;
  }

  /** Position of the view's top in the list. */
  get position(): number {
    return this.#scrollTop + this.#shift;
  }

  /** Positions in the list minus positions in the content. */
  get shift(): number {
    return this.#shift;
  }

  /** Whether the element's position means anything: not in a hidden or re-attached list, nor before a jump is done. */
  get placed(): boolean {
    return this.#placed;
  }

  /** Disregards the element's position until it has been written again. */
  displace(): void {
    clearTimeout(this.#quietTimer);
    this.#scrolling = false;
    this.#placed = false;
  }

  /** Reads the size; true when the view is shown in another one than before. */
  resize(): boolean {
    const { clientWidth: width, clientHeight: height } = this.#box() ?? noBox;
    if (width === 0 || height === 0) {
      this.#height = 0;
      this.displace();
      return false;
    }
    if (width === this.#width && height === this.#height) return false;
    this.#width = width;
    this.#height = height;
    return true;
  }

  /** Reads the position; true when somebody else has changed it, who may go on doing so. */
  pull(): boolean {
    const box = this.#box();
    // A hidden element reads 0, which is nobody's wish.
    if (!box || !this.#placed || box.clientHeight === 0) return false;
    const { scrollTop } = box;
    if (Math.abs(scrollTop - this.#scrollTop) < 1) return false;
    this.#scrollTop = scrollTop;
    this.#scrolling = true;
    clearTimeout(this.#quietTimer);
    this.#quietTimer = setTimeout(() => this.endScroll(), quietTime);
    return true;
  }

  endScroll(): void {
    clearTimeout(this.#quietTimer);
    if (!this.#scrolling) return;
    this.#scrolling = false;
    this.#onScrollEnd();
  }

  /**
   * Moves to a position in the list.
   *
   * @param total height of the list
   * @param stop whether to stop a scroll that is running
   * @param layOut puts the rows, and the content's height, where `shift` says
   */
  place(position: number, total: number, stop: boolean, layOut: () => void): void {
    const box = this.#box();
    if (!box) return;
    this.#shift =
      this.#scrolling && !stop && betweenEnds(box)
        ? position - box.scrollTop
        : restingShift(this.#shift, position, total, this.#height);
    this.#scrollTop = position - this.#shift;
    this.#placed = true;
    layOut();
    // Absolute: the virtualizer's own correction is relative, and wrong when the browser has pushed the position back.
    if (Math.abs(box.scrollTop - this.#scrollTop) >= 0.5) box.scrollTop = this.#scrollTop;
    this.#scrollTop = box.scrollTop;
  }
}

/** At an end of the content there is nothing left to scroll, so it may be the wrong end. */
function betweenEnds({ scrollTop, scrollHeight, clientHeight }: ScrollBox): boolean {
  return scrollTop > 1 && scrollTop < scrollHeight - clientHeight - 1;
}
