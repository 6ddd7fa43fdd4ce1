import type { ChatLayout } from './chat-layout.js';
import type { ScrollBox } from './scroll-view.js';

/** What the reader sees. */
export interface VisibleRows {
  /** Index of the first row in view; -1 in an empty list. */
  readonly first: number;
  readonly last: number;
  /** Whether the list stays at its end when something is appended. */
  readonly atEnd: boolean;
}

/** What a {@link ChatLayout} needs to know of its list. */
export interface ChatLayoutConfig<T> {
  readonly key: (item: T) => string;
  /** Height in px of a row not yet measured, in a list of this width in px. */
  readonly estimate: (item: T, width: number) => number;
  readonly scroller: () => ScrollBox | null;
  /** Whether an item that comes alone, and is higher than the view, is shown from its beginning instead of its end. */
  readonly readFromTop: (item: T) => boolean;
  readonly onCreate: (layout: ChatLayout<T>) => void;
  readonly onViewChange: (rows: VisibleRows) => void;
}
