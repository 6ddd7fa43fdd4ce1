import type { RangeChangedEvent } from '@lit-labs/virtualizer/events.js';
import { virtualize } from '@lit-labs/virtualizer/virtualize.js';
import { html, LitElement, nothing, type PropertyValues } from 'lit';
import { property, state } from 'lit/decorators.js';
import type { Message } from '../client/message.js';
import { appendedMessages } from './list/appended-messages.js';
import { type ChatLayout, chatLayout } from './list/chat-layout.js';
import type { VisibleRows } from './list/chat-layout-config.js';
import { EdgeReachedEvent } from './list/edge-reached-event.js';
import { estimateHeight } from './list/estimate.js';
import { messageListStyles } from './list/message-list.styles.js';
import type { ScrollBlock } from './list/scroll-position.js';
import { swept } from './list/swept.js';
import { theme } from './theme.js';

/** What the list itself says. */
export interface MessageListStrings {
  /** Name of the list, for screen readers. */
  readonly listLabel: string;
  /** Name of the arrow that is shown far from the end. */
  readonly jumpToLatest: string;
  /** Text of the button that leads to what came meanwhile. */
  readonly newMessages: (count: number) => string;
}

/** The list is "near its oldest message" when one of so many rows at its beginning is in view. */
const edgeRows = 20;

/**
 * A conversation of any length, of which only the rows in view and a few around them are in the document. It stays at its
 * end; away from the end nothing that can be seen moves, whatever is added, removed or grows. A message that comes at the
 * end alone and is higher than the list is shown from its beginning.
 *
 * @fires edge-reached - {@link EdgeReachedEvent}
 * @csspart messages - the scrolling list
 * @csspart jump - the button to the new messages, or to the end
 */
export class MessageList extends LitElement {
  static override styles = [theme, messageListStyles];

  /** A new array for every change; ids must be unique. Default: none. */
  @property({ attribute: false }) messages: readonly Message[] = [];

  /**
   * Template of one row: exactly one element, `display: block`, without margins, whose own padding and border never
   * change: a row that grows by those is not noticed. All that it shows must follow from these two messages, and from whether
   * anything was said after it. Default: the plain content.
   */
  @property({ attribute: false }) renderMessage: (
    message: Message,
    previous: Message | undefined,
    isLast: boolean,
  ) => unknown = (message) => html`<div>${message.content}</div>`;

  /** Default: none, and then the list and its button have no name. */
  @property({ attribute: false }) strings: MessageListStrings | undefined;

  /** Height in px of a row not seen yet, in a list of this width in px. Rather too small than too large. */
  @property({ attribute: false }) estimate: (message: Message, width: number) => number = estimateHeight;

  /** Ids of messages received while the reader was elsewhere, in order. */
  @state() private unread: readonly string[] = [];
  @state() private farFromEnd = false;

  #layout: ChatLayout<Message> | undefined;
  #view: VisibleRows = { first: -1, last: -1, atEnd: true };
  #mounted: readonly string[] = [];
  #edgeReported = false;

  readonly #layoutConfig = chatLayout<Message>({
    key: (message: Message) => message.id,
    estimate: (message: Message, width: number) => this.estimate(message, width),
    scroller: () => this.scroller,
    readFromTop: (message: Message) => message.status === 'received',
    onCreate: (layout: ChatLayout<Message>) => {
      this.#layout = layout;
    },
    onViewChange: (view: VisibleRows) => this.#viewChanged(view),
  });

  /** Null before the first rendering. */
  private get scroller(): HTMLElement | null {
    return this.renderRoot?.querySelector<HTMLElement>('[role=log]') ?? null;
  }

  /** Goes to the end and stays there. */
  scrollToEnd(): void {
    this.#layout?.scrollToEnd();
  }

  /**
   * Brings a message into view, at once. An id that is not in `messages` does nothing.
   *
   * @param block where in the view; default `start`, the top; a number: its end so many px below the top
   */
  scrollToMessage(id: string, block: ScrollBlock = 'start'): void {
    if (this.#layout) this.#layout.scrollTo(id, block);
    else void this.updateComplete.then(() => this.#layout?.scrollTo(id, block));
  }

  /**
   * Where the reader is: the first message in view, and px from the view's top to that message's end. Undefined at the end of
   * the list. `scrollToMessage(id, offset)` leads back.
   */
  get anchor(): { readonly id: string; readonly offset: number } | undefined {
    const layout = this.#layout;
    if (!layout || this.#view.atEnd) return undefined;
    const { items } = layout;
    const { first } = this.#view;
    const index = items.findIndex(({ status }, at) => at >= first && status !== 'note');
    const { id } = items[index] ?? {};
    const top = (row: number) => layout.getScrollIntoViewCoordinates({ index: row }).top;
    // By what is left below, which holds for a hidden list too.
    const offset = top(index + 1) - top(items.length) + layout.viewportSize.height + layout.distanceToEnd;
    return id === undefined ? undefined : { id, offset };
  }

  /** Puts the focus on the list, where the keys scroll. */
  override focus(): void {
    this.scroller?.focus({ preventScroll: true });
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.#layout?.resume();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#layout?.suspend();
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    const previous = changed.get('messages');
    if (previous && this.hasUpdated) this.#messagesChanged(previous);
  }

  protected override firstUpdated(): void {
    // Before the virtualizer's own listener, which takes the rows out of the document.
    this.scroller?.addEventListener('rangeChanged', (event) => this.#keepFocus(event), { capture: true });
  }

  protected override render(): unknown {
    const { messages } = this;
    const last = messages.findLast(({ status }) => status !== 'note');
    return html`
      <div
        role="log"
        aria-live="off"
        aria-label=${this.strings?.listLabel ?? nothing}
        tabindex="0"
        part="messages"
        @keydown=${this.#keyPressed}
        @scrollend=${() => this.#layout?.scrollEnded()}
      >${swept(
        virtualize({
          items: messages as Message[], // the directive's type; it does not write to it
          // In the moment between a new array and its layout the virtualizer may ask for rows that are no longer there.
          keyFunction: (message: Message | undefined, index) => message?.id ?? index,
          renderItem: (message: Message | undefined, index) =>
            html`${message && this.renderMessage(message, messages[index - 1], message === last)}`,
          scroller: true,
          layout: this.#layoutConfig,
        }),
      )}</div>
      ${this.#renderJump()}
    `;
  }

  #renderJump(): unknown {
    const count = this.unread.length;
    if (count === 0 && !this.farFromEnd) return nothing;
    const label = count === 0 ? this.strings?.jumpToLatest : nothing;
    return html`
      <button type="button" part="jump" aria-label=${label ?? nothing} @click=${this.#jump}>
        <svg viewBox="0 0 14 14" aria-hidden="true"><path d="M2 5l5 5 5-5" /></svg>
        ${count > 0 ? html`<span>${this.strings?.newMessages(count) ?? count}</span>` : nothing}
      </button>
    `;
  }

  #messagesChanged(previous: readonly Message[]): void {
    this.#edgeReported = false;
    const appended = appendedMessages(previous, this.messages);
    if (this.unread.length > 0) {
      const ids = new Set(this.messages.map(({ id }) => id));
      this.unread = this.unread.filter((id) => ids.has(id));
    }
    if (appended.some(({ status }) => status === 'queued' || status === 'sending' || status === 'sent')) {
      this.#layout?.followEnd();
      this.unread = [];
    } else if (!this.#view.atEnd) {
      const received = appended.filter(({ status }) => status === 'received').map(({ id }) => id);
      if (received.length > 0) this.unread = [...this.unread, ...received];
    }
  }

  #viewChanged(view: VisibleRows): void {
    this.#view = view;
    if (view.atEnd && this.unread.length > 0) this.unread = [];
    this.farFromEnd = !view.atEnd && (this.#layout?.distanceToEnd ?? 0) > (this.scroller?.clientHeight ?? 0);
    if (view.first < 0 || view.first >= edgeRows || this.#edgeReported) return;
    this.#edgeReported = true;
    this.dispatchEvent(new EdgeReachedEvent());
  }

  /** A row that has the focus would take it along when it leaves the document; the next Tab would start anywhere. */
  #keepFocus({ first, last }: RangeChangedEvent): void {
    const scroller = this.scroller;
    const focused = this.shadowRoot?.activeElement;
    const rows = [...(scroller?.children ?? [])].filter((child) => !child.hasAttribute('virtualizer-sizer'));
    const id = this.#mounted[rows.findIndex((row) => focused && row.contains(focused))];
    this.#mounted = first < 0 ? [] : (this.#layout?.items.slice(first, last + 1).map((message) => message.id) ?? []);
    if (id !== undefined && !this.#mounted.includes(id)) scroller?.focus({ preventScroll: true });
  }

  #keyPressed(event: KeyboardEvent): void {
    const modified = event.ctrlKey || event.altKey || event.metaKey || event.shiftKey;
    const target = event.composedPath()[0];
    if (event.defaultPrevented || modified || (target instanceof Element && target.closest(editable))) return;
    const oldest = this.messages[0];
    if (event.key === 'End') this.scrollToEnd();
    else if (event.key === 'Home' && oldest) this.scrollToMessage(oldest.id);
    else return;
    event.preventDefault();
  }

  #jump(): void {
    const [first] = this.unread;
    if (first === undefined) this.scrollToEnd();
    else this.scrollToMessage(first);
    this.unread = [];
    // The button is about to go; focus must not fall out of the chat with it.
    this.scroller?.focus({ preventScroll: true });
  }
}

const editable = 'input, textarea, select, [contenteditable]';
