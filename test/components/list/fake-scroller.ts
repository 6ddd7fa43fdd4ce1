import { type ChatLayout, chatLayout } from '../../../src/components/list/chat-layout.js';
import type { LayoutSink } from '../../../src/components/list/virtualizer-layout.js';

type State = Extract<Parameters<LayoutSink>[0], { type: 'stateChanged' }>;

/** The virtualizer and the browser's scrolling, as a layout sees them; the estimate of every row is 100 px. */
export class FakeScroller {
  /** Times the layout has written the scroller's position. */
  writes = 0;
  atEnd = true;
  readonly layout: ChatLayout<string>;
  readonly box: { clientWidth: number; clientHeight: number; scrollHeight: number; scrollTop: number };
  #items: string[];
  #state: State | undefined;
  #heights = new Map<string, number>();

  constructor(items: string[], width = 400, height = 600) {
    this.#items = items;
    let scrollTop = 0;
    const scroller = this;
    this.box = {
      clientWidth: width,
      clientHeight: height,
      get scrollHeight(): number {
        return Math.max(this.clientHeight, Math.min(8_200_000, scroller.#state?.scrollSize.height ?? 0));
      },
      get scrollTop(): number {
        return scrollTop;
      },
      set scrollTop(top: number) {
        scroller.writes++;
        scrollTop = Math.max(0, Math.min(top, this.scrollHeight - this.clientHeight));
      },
    };
    let layout: ChatLayout<string> | undefined;
    const config = chatLayout<string>({
      key: (item) => item,
      estimate: () => 100,
      scroller: () => this.box,
      readFromTop: (item) => !item.startsWith('own'),
      onCreate: (created) => {
        layout = created;
      },
      onViewChange: (view) => {
        this.atEnd = view.atEnd;
      },
    });
    if (!('type' in config)) throw new Error('Expected a layout with a constructor');
    new config.type((message) => {
      if (message.type === 'stateChanged') this.#state = message;
    });
    if (!layout) throw new Error('Expected the layout to announce itself');
    this.layout = layout;
    this.update();
  }

  get items(): string[] {
    return this.#items;
  }

  set items(items: string[]) {
    this.#items = items;
    this.update();
  }

  get mounted(): string[] {
    const { first, last } = this.#range;
    return first < 0 ? [] : this.#items.slice(first, last + 1);
  }

  /** Px between the end of the view and the end of the list. */
  get gap(): number {
    return this.layout.distanceToEnd;
  }

  get position(): number {
    return this.layout.viewportScroll.top;
  }

  get #range(): { first: number; last: number } {
    return this.#state?.range ?? { first: -1, last: -1 };
  }

  /** What the virtualizer does on every occasion. */
  update(sizes?: Record<number, { width: number; height: number }>): void {
    const { layout } = this;
    layout.items = this.#items;
    layout.viewportSize = {};
    layout.viewportScroll = {};
    if (sizes) layout.updateItemSizes(sizes);
    layout.reflowIfNeeded();
  }

  /** The reader scrolls the content. */
  scroll(top: number): void {
    this.box.scrollTop = top;
    this.update();
  }

  resize(width: number, height: number): void {
    this.box.clientWidth = width;
    this.box.clientHeight = height;
    this.update();
  }

  /** A ResizeObserver reports all mounted rows. */
  measure(height: (key: string) => number): void {
    const { first } = this.#range;
    const sizes = this.mounted.map((key, index) => {
      if (this.box.clientHeight > 0) this.#heights.set(key, height(key));
      return [first + index, { width: 400, height: height(key) }] as const;
    });
    this.update(Object.fromEntries(sizes));
  }

  heightOf(key: string): number {
    return this.bottomOf(key) - this.top(key);
  }

  /** Px from the top of the view to a row's, as painted; to where it would be, of one that is not mounted. */
  offset(key: string): number {
    const painted = this.#state?.childPositions.get(this.#items.indexOf(key))?.top;
    return (painted ?? this.#contentTop(key)) - this.box.scrollTop;
  }

  top(key: string): number {
    return this.layout.getScrollIntoViewCoordinates({ index: this.#items.indexOf(key) }).top + this.#shift;
  }

  bottomOf(key: string): number {
    return this.layout.getScrollIntoViewCoordinates({ index: this.#items.indexOf(key) + 1 }).top + this.#shift;
  }

  get #shift(): number {
    return this.position - this.box.scrollTop;
  }

  #contentTop(key: string): number {
    return this.layout.getScrollIntoViewCoordinates({ index: this.#items.indexOf(key) }).top;
  }
}
