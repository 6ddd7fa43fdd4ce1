import type { MessageList } from '../message-list.js';
import { LINE } from './new-line.js';

const EDITABLE = 'input, textarea, select, [contenteditable]';

/** What is done with a message by the keyboard. */
export interface RowKeysOptions {
  /** The row, or something in it, has the focus. */
  readonly entered: (row: HTMLElement) => void;
  /** Nothing in it has the focus any more. */
  readonly left: (row: HTMLElement) => void;
  /** A row has come into the document. */
  readonly mounted: (row: HTMLElement) => void;
  readonly open: (row: HTMLElement) => void;
  readonly copy: (row: HTMLElement) => void;
}

/**
 * The keys of a transcript. It is one stop of the Tab key: the list itself, or the message to which the arrow keys led; behind
 * that come what can be pressed in this message, and then whatever follows the list.
 */
export class RowKeys {
  #current: HTMLElement | undefined;

  constructor(
    readonly list: MessageList,
    readonly scroller: HTMLElement,
    readonly options: RowKeysOptions,
    signal: AbortSignal,
  ) {
    // A host with a negative index takes all that is in it out of the order of the Tab key.
    const mounted = new MutationObserver(() => this.#rowsChanged());
    mounted.observe(scroller, { childList: true });
    signal.addEventListener('abort', () => mounted.disconnect());
    scroller.addEventListener('keydown', (event) => this.#keyPressed(event), { signal });
    scroller.addEventListener('focusin', (event) => this.#focused(event), { signal });
    // Not heard of where the focus goes from a row to something in it, or back.
    scroller.addEventListener('focusout', (event) => this.#left(event), { signal });
    this.#rowsChanged();
  }

  /** The row in which an event happened. */
  rowOf(event: Event): HTMLElement | undefined {
    const path = event.composedPath();
    const row = path[path.indexOf(this.scroller) - 1];
    return row instanceof HTMLElement && this.list.rows.includes(row) && row.localName !== LINE ? row : undefined;
  }

  #rowsChanged(): void {
    for (const row of this.list.rows) {
      if (row.localName === LINE || row.hasAttribute('tabindex')) continue;
      row.tabIndex = -1;
      row.setAttribute('role', 'article');
      this.options.mounted(row);
    }
    if (this.#current?.parentNode !== this.scroller) this.#choose(undefined);
  }

  #focused(event: Event): void {
    const row = this.rowOf(event);
    if (!row) return;
    this.#choose(row);
    this.options.entered(row);
  }

  #left(event: Event): void {
    const row = this.rowOf(event);
    if (row) this.options.left(row);
  }

  #choose(row: HTMLElement | undefined): void {
    if (this.#current && this.#current !== row) this.#current.tabIndex = -1;
    this.#current = row;
    if (row) row.tabIndex = 0;
    this.scroller.tabIndex = row ? -1 : 0;
  }

  #keyPressed(event: KeyboardEvent): void {
    const { key, ctrlKey, metaKey, altKey, shiftKey } = event;
    const [target] = event.composedPath();
    if (event.defaultPrevented || (target instanceof Element && target.closest(EDITABLE))) return;
    const row = target === this.scroller ? undefined : this.rowOf(event);
    const isOnRow = row !== undefined && target === row;
    if (isOnRow && (key === 'ContextMenu' || (key === 'F10' && shiftKey))) this.options.open(row);
    else if (
      isOnRow &&
      (key.toLowerCase() === 'c' || event.code === 'KeyC') &&
      (ctrlKey || metaKey) &&
      !shiftKey &&
      getSelection()?.isCollapsed !== false
    )
      this.options.copy(row);
    else if (ctrlKey || metaKey || altKey || shiftKey) return;
    else if (isOnRow && key === 'Enter') this.options.open(row);
    else if (key === 'ArrowUp' || key === 'ArrowDown') {
      if (!this.#move(row, key === 'ArrowDown')) return;
    } else if (key === 'End') this.list.scrollToEnd();
    else if (key === 'Home' && this.list.items[0]) this.list.scrollToMessage(this.list.items[0].id);
    else return;
    event.preventDefault();
  }

  /** To the next row. Returns false where the view is to scroll within this one. */
  #move(from: HTMLElement | undefined, isDown: boolean): boolean {
    const view = this.scroller.getBoundingClientRect();
    const rows = this.list.rows.filter(({ localName }) => localName !== LINE);
    const isIn = (row: HTMLElement) => {
      const { top, bottom } = row.getBoundingClientRect();
      return bottom > view.top + 1 && top < view.bottom - 1;
    };
    const start = from ?? this.#current;
    const at = start && isIn(start) ? rows.indexOf(start) : -1;
    const here = rows[at];
    if (here) {
      const { top, bottom } = here.getBoundingClientRect();
      if (isDown ? bottom > view.bottom + 1 : top < view.top - 1) return false;
    }
    const next = here ? rows[at + (isDown ? 1 : -1)] : isDown ? rows.find(isIn) : rows.findLast(isIn);
    if (next) this.#show(next, view, isDown);
    return true;
  }

  #show(row: HTMLElement, view: DOMRect, isDown: boolean): void {
    const { top, bottom, height } = row.getBoundingClientRect();
    const id = this.list.idOf(row);
    row.focus({ preventScroll: true });
    if (id === undefined || (top >= view.top && bottom <= view.bottom)) return;
    // Of one that is higher than the view, that end is shown at which the reader arrives.
    const isHigher = height > view.height;
    this.list.scrollToMessage(id, isHigher ? (isDown ? 'start' : 'end') : top < view.top ? 'start' : 'end');
  }
}
