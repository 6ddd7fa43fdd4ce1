import type { RangeChangedEvent } from '@lit-labs/virtualizer/events.js';
import { virtualize } from '@lit-labs/virtualizer/virtualize.js';
import { html, LitElement, nothing, type PropertyValues } from 'lit';
import { property } from 'lit/decorators.js';
import type { Message } from '../client/message.js';
import { OnDemand } from '../client/on-demand.js';
import type { OnDemandStrings } from '../locales/on-demand-strings.js';
import { appendedMessages } from './list/appended-messages.js';
import { type ChatLayout, chatLayout } from './list/chat-layout.js';
import type { VisibleRows } from './list/chat-layout-config.js';
import { EdgeReachedEvent } from './list/edge-reached-event.js';
import { estimateHeight } from './list/estimate.js';
import { messageListStyles } from './list/message-list.styles.js';
import type { ScrollBlock } from './list/scroll-position.js';
import { swept } from './list/swept.js';
import { theme } from './theme.js';
import type { ListTools } from './transcript/list-tools.js';

/** What the list itself says. What its tools say is English where it is not given. */
export interface MessageListStrings extends Partial<OnDemandStrings> {
  /** Name of the list, for screen readers. */
  readonly listLabel: string;
  /** Name of the arrow that is shown far from the end. */
  readonly jumpToLatest: string;
  /** Text of the button that leads to what came meanwhile. */
  readonly newMessages: (count: number) => string;
}

/** The list is "near its oldest message" when one of so many rows at its beginning is in view. */
const edgeRows = 20;

/** Nobody needs them to read: they come when the list is drawn. */
const tools = new OnDemand(() => import('./transcript/list-tools.js'));

/** An element that was drawn before it was defined wakes by itself. */
const wakes = () => {};

/**
 * A conversation of any length, of which only the rows in view and a few around them are in the document. It stays at its
 * end; away from the end nothing that can be seen moves, whatever is added, removed or grows. A message that comes at the
 * end alone and is higher than the list is shown from its beginning.
 *
 * @fires edge-reached - {@link EdgeReachedEvent}
 * @csspart messages - the scrolling list
 * @csspart jump - the button to the new messages, or to the end
 * @csspart new-line - the line above the first message that nobody has looked at
 * @csspart actions - the button that opens the menu of a message
 * @csspart menu - the menu of a message
 * @csspart toast - what is said of what was done
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

  /** Id of the first message that came while nobody looked: above it stands a line, until something is said. Default: none. */
  @property({ attribute: false }) newFrom: string | undefined;

  /** Where the reader is. */
  view: VisibleRows = { first: -1, last: -1, atEnd: true };
  /** What is shown: `messages`, and what the tools put between them. @internal */
  items: readonly Message[] = [];
  /** Once they have come. @internal */
  tools: ListTools | undefined;

  #layout: ChatLayout<Message> | undefined;
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
  get scroller(): HTMLElement | null {
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

  /** Px that are left to scroll down. */
  get distanceToEnd(): number {
    return this.#layout?.distanceToEnd ?? 0;
  }

  /** The rows in the document, in their order. */
  get rows(): readonly HTMLElement[] {
    const children = [...(this.scroller?.children ?? [])] as HTMLElement[];
    return children.filter((child) => !child.hasAttribute('virtualizer-sizer'));
  }

  /** Id of the message that a row shows. */
  idOf(row: HTMLElement): string | undefined {
    return this.#mounted[this.rows.indexOf(row)];
  }

  /**
   * Where the reader is: the first message in view, and px from the view's top to that message's end. Undefined at the end of
   * the list. `scrollToMessage(id, offset)` leads back.
   */
  get anchor(): { readonly id: string; readonly offset: number } | undefined {
    const layout = this.#layout;
    if (!layout || this.view.atEnd) return undefined;
    const { items } = layout;
    const { first } = this.view;
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
    if (!changed.has('messages')) return;
    this.items = this.messages;
    const previous = changed.get('messages');
    if (previous && this.hasUpdated) this.#messagesChanged(previous);
  }

  protected override firstUpdated(): void {
    // Before the virtualizer's own listener, which takes the rows out of the document.
    this.scroller?.addEventListener('rangeChanged', (event) => this.#keepFocus(event), { capture: true });
  }

  protected override render(): unknown {
    const { messages, items } = this;
    void tools.want(wakes);
    const last = messages.findLast(({ status }) => status !== 'note');
    return html`
      <div
        role="log"
        aria-live="off"
        aria-label=${this.strings?.listLabel ?? nothing}
        tabindex="0"
        part="messages"
        @scrollend=${() => this.#layout?.scrollEnded()}
      >${swept(
        virtualize({
          items: items as Message[], // the directive's type; it does not write to it
          // In the moment between a new array and its layout the virtualizer may ask for rows that are no longer there.
          keyFunction: (message: Message | undefined, index) => message?.id ?? index,
          renderItem: (message: Message | undefined, index) =>
            html`${message && (this.tools?.row(message) ?? this.renderMessage(message, items[index - 1], message === last))}`,
          scroller: true,
          layout: this.#layoutConfig,
        }),
      )}</div>
      <list-tools exportparts="jump, new-line, actions, menu, toast"></list-tools>
    `;
  }

  #messagesChanged(previous: readonly Message[]): void {
    this.#edgeReported = false;
    const appended = appendedMessages(previous, this.messages);
    if (appended.some(({ status }) => status === 'queued' || status === 'sending' || status === 'sent'))
      this.#layout?.followEnd();
  }

  #viewChanged(view: VisibleRows): void {
    this.view = view;
    this.tools?.viewChanged();
    if (view.first < 0 || view.first >= edgeRows || this.#edgeReported) return;
    this.#edgeReported = true;
    this.dispatchEvent(new EdgeReachedEvent());
  }

  /** A row that has the focus would take it along when it leaves the document; the next Tab would start anywhere. */
  #keepFocus({ first, last }: RangeChangedEvent): void {
    const focused = this.shadowRoot?.activeElement;
    const row = focused ? this.rows.find((each) => each.contains(focused)) : undefined;
    const id = row && this.idOf(row);
    this.#mounted = first < 0 ? [] : (this.#layout?.items.slice(first, last + 1).map((message) => message.id) ?? []);
    if (id !== undefined && !this.#mounted.includes(id)) this.focus();
  }
}
