import { html, LitElement, nothing } from 'lit';
import { state } from 'lit/decorators.js';
import type { Message } from '../../client/message.js';
import { ownDocument } from '../../client/own-document.js';
import { onDemandEn } from '../../locales/on-demand-en.js';
import { define } from '../element-names.js';
import { blurField } from '../keyboard.js';
import type { MessageList } from '../message-list.js';
import { MessageRequestEvent } from '../request-events.js';
import { theme } from '../theme.js';
import { visuallyHidden } from '../visually-hidden.styles.js';
import { onDayChange } from './day-change.js';
import { actionsButton, type Jump, jumpButton } from './list-buttons.js';
import { listStyles, listToolsStyles } from './list-tools.styles.js';
import { onLongPress } from './long-press.js';
import { actionsFor, copyText, textOf } from './message-actions.js';
import type { MenuChoiceEvent, MenuPlace } from './message-menu.js';
import './message-menu.js';
import { LINE, withLine } from './new-line.js';
import { labelOf, partsOf, selectContent } from './row-content.js';
import { RowKeys } from './row-keys.js';
import { Unread } from './unread.js';

const TOAST_MS = 2_500;
const ENTER_MS = 160;
/** Size of the button that opens the menu. */
const BUTTON_PX = 24;

/**
 * What a list has beside its messages: keys, the menu of a message, the line above what is new, and the button that leads there.
 *
 * @csspart jump - the button to the new messages, or to the end
 * @csspart actions - the button that opens the menu of a message
 * @csspart toast - what is said of what was done
 */
export class ListTools extends LitElement {
  static override styles = [theme, visuallyHidden, listToolsStyles];

  /** The message whose menu is open. */
  @state() private chosen:
    | { readonly row: HTMLElement; readonly message: Message; readonly place: MenuPlace }
    | undefined;
  /** The row under the mouse. */
  @state() private hovered: HTMLElement | undefined;
  @state() private said = '';

  #list: MessageList | undefined;
  #unread: Unread | undefined;
  #keys: RowKeys | undefined;
  #line: {
    readonly messages: readonly Message[];
    readonly id: string | undefined;
    readonly items: readonly Message[];
  } = { messages: [], id: undefined, items: [] };
  #connected = new AbortController();
  #timer: ReturnType<typeof setTimeout> | undefined;
  #shown: Jump | undefined;

  override connectedCallback(): void {
    super.connectedCallback();
    const { host } = this.getRootNode() as ShadowRoot;
    const list = host as MessageList;
    const { scroller } = list;
    if (!scroller) return;
    if (!this.#list) {
      this.#list = list;
      this.#unread = new Unread(list);
      list.tools = this;
      list.addController(this);
      const { styleSheet } = listStyles;
      if (styleSheet) (list.renderRoot as ShadowRoot).adoptedStyleSheets.push(styleSheet);
      list.requestUpdate();
    }
    this.#connected = new AbortController();
    const { signal } = this.#connected;
    const open = (row: HTMLElement) => this.#open(row);
    this.#keys = new RowKeys(
      list,
      scroller,
      {
        entered: (row) => this.#name(row),
        left: (row) => row.removeAttribute('aria-label'),
        mounted: (row) => void this.#enter(row),
        open,
        copy: (row) => this.#copy(row),
      },
      signal,
    );
    const pressed = (event: PointerEvent) => {
      const row = this.#keys?.rowOf(event);
      return row && row.dataset['selectable'] === undefined ? () => this.#open(row, event) : undefined;
    };
    onLongPress(scroller, pressed, signal);
    // A touch puts the keyboard of a phone away.
    const away = ({ pointerType }: PointerEvent) => {
      if (pointerType === 'touch') blurField(list.getRootNode() as Document | ShadowRoot);
    };
    scroller.addEventListener('pointerdown', away, { signal });
    // Rows that are not in the document are drawn anew when they come.
    onDayChange(() => {
      for (const row of list.rows) if (row instanceof LitElement) row.requestUpdate();
    }, signal);
    scroller.addEventListener('pointermove', (event) => this.#hover(event), { signal });
    scroller.addEventListener('scroll', () => this.hovered && this.requestUpdate(), { signal });
    const leave = () => {
      this.hovered = undefined;
    };
    list.addEventListener('pointerleave', leave, { signal });
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#connected.abort();
    clearTimeout(this.#timer);
    this.chosen = this.hovered = undefined;
    this.said = '';
  }

  /** The list is about to be drawn. */
  hostUpdate(): void {
    const [list, unread] = [this.#list, this.#unread];
    if (!list || !unread) return;
    unread.update();
    const { messages } = list;
    const id = unread.line;
    // The same array as long as nothing in it changes.
    if (messages !== this.#line.messages || id !== this.#line.id)
      this.#line = { messages, id, items: withLine(messages, id) };
    list.items = this.#line.items;
    const { chosen } = this;
    const message = chosen && messages.find((each) => each.id === chosen.message.id);
    if (chosen && message !== chosen.message) this.chosen = message && { ...chosen, message };
    this.requestUpdate();
  }

  /** The message that has the focus may have another status now: its row is drawn by the next frame. */
  hostUpdated(): void {
    const row = this.#list?.rows.find((each) => each.hasAttribute('aria-label'));
    if (row) requestAnimationFrame(() => row.hasAttribute('aria-label') && this.#name(row));
  }

  /** What the list shows in a row of the tools. */
  row({ id }: Message): unknown {
    if (id !== LINE) return undefined;
    return html`<new-line .text=${this.#strings.newLine} exportparts="new-line"></new-line>`;
  }

  /** Another part of the list is in view. */
  viewChanged(): void {
    this.#unread?.look();
    const { count, isAbove } = this.#jump ?? {};
    if (count !== this.#shown?.count || isAbove !== this.#shown?.isAbove) this.requestUpdate();
  }

  protected override render() {
    const { chosen, hovered } = this;
    const strings = this.#strings;
    const jump = this.#jump;
    this.#shown = jump;
    return html`${jump ? jumpButton(jump, this.#list?.strings, () => this.#goToNew()) : nothing}${
      hovered?.isConnected && !chosen ? actionsButton(strings.messageActions, () => this.#open(hovered)) : nothing
    }${
      chosen
        ? html`<message-menu
            .actions=${actionsFor(chosen.message)}
            .strings=${strings}
            .place=${chosen.place}
            exportparts="menu"
            @menu-choice=${(event: MenuChoiceEvent) => this.#choose(event)}
          ></message-menu>`
        : nothing
    }
    <div role="status" part="toast" class="toast">${this.said}</div>`;
  }

  protected override updated(): void {
    const button = this.renderRoot.querySelector<HTMLElement>('.actions');
    if (!button || !this.hovered?.isConnected) return;
    const { left, top } = this.#cornerOf(this.hovered);
    button.style.left = `${left}px`;
    button.style.top = `${top}px`;
  }

  get #jump(): Jump | undefined {
    const [list, unread] = [this.#list, this.#unread];
    if (!list || !unread) return undefined;
    const isAbove = unread.above > 0;
    const count = isAbove ? unread.above : unread.below.length;
    const isFar = !list.view.atEnd && list.distanceToEnd > (list.scroller?.clientHeight ?? 0);
    return count > 0 || isFar ? { count, isAbove } : undefined;
  }

  #goToNew(): void {
    const [list, unread] = [this.#list, this.#unread];
    if (!list || !unread) return;
    const [first] = unread.below;
    const isLined = list.items.some(({ id }) => id === LINE);
    if (unread.above === 0 && first === undefined) list.scrollToEnd();
    else list.scrollToMessage(isLined && (unread.above > 0 || first === unread.line) ? LINE : (first ?? LINE));
    unread.below = [];
    unread.above = 0;
    this.requestUpdate();
    // The button is about to go; focus must not fall out of the chat with it.
    list.focus();
  }

  get #strings() {
    return { ...onDemandEn, ...this.#list?.strings };
  }

  #messageOf(row: HTMLElement): Message | undefined {
    const id = this.#list?.idOf(row);
    return this.#list?.messages.find((message) => message.id === id);
  }

  #hover(event: PointerEvent): void {
    if (event.pointerType !== 'mouse') return;
    const row = this.#keys?.rowOf(event);
    if (!row || row === this.hovered) return;
    const message = this.#messageOf(row);
    this.hovered = message && actionsFor(message).length > 0 ? row : undefined;
  }

  /** Where the button that opens the menu stands: on the upper edge of the bubble, towards the middle of the list. */
  #cornerOf(row: HTMLElement): { readonly left: number; readonly top: number } {
    const own = this.getBoundingClientRect();
    const bubble = partsOf(row).bubble.getBoundingClientRect();
    const isAtRight = bubble.left + bubble.right > own.left + own.right;
    const left = (isAtRight ? bubble.left + 6 : bubble.right - BUTTON_PX - 6) - own.left;
    const top = Math.max(0, bubble.top - own.top - BUTTON_PX / 2);
    return { left, top };
  }

  /** @param at where it was asked for; default: at the message's corner */
  #open(row: HTMLElement | undefined, at?: PointerEvent): void {
    const message = row && this.#messageOf(row);
    if (!row || !message || actionsFor(message).length === 0) return;
    const own = this.getBoundingClientRect();
    const { left, top } = this.#cornerOf(row);
    const place = at ? { x: at.clientX - own.left, y: at.clientY - own.top } : { x: left, y: top + BUTTON_PX };
    this.chosen = { row, message, place };
    this.hovered = undefined;
  }

  #choose({ action }: MenuChoiceEvent): void {
    const { chosen } = this;
    this.chosen = undefined;
    if (!chosen) return;
    const { row, message } = chosen;
    // The menu goes, and the focus must not fall out of the chat with it.
    if (row.isConnected) row.focus({ preventScroll: true });
    else this.#list?.focus();
    if (!action) return;
    if (action.name === 'copy') void this.#copy(row);
    else if (action.name === 'select') selectContent(row, this.#connected.signal);
    else row.dispatchEvent(new MessageRequestEvent(action.name, message.id));
  }

  async #copy(row: HTMLElement): Promise<void> {
    const message = this.#messageOf(row);
    const text = message ? textOf(message) : '';
    if (text === '') return;
    const isDone = await copyText(text, this.renderRoot);
    // The old way takes the focus for a moment; whoever went elsewhere meanwhile stays there.
    const isHere = ownDocument.activeElement === ownDocument.body || this.#list?.matches(':focus-within');
    if (row.isConnected && isHere) row.focus({ preventScroll: true });
    clearTimeout(this.#timer);
    const strings = this.#strings;
    this.said = isDone ? strings.copied : strings.notCopied;
    this.#timer = setTimeout(() => {
      this.said = '';
    }, TOAST_MS);
  }

  /** A message that has just come enters: it is to be read at once all the same. */
  async #enter(row: HTMLElement): Promise<void> {
    // Once: the row may leave the document, and come again.
    const isNew = this.#unread?.arrived.delete(this.#list?.idOf(row) ?? '');
    if (!isNew || !(row instanceof LitElement) || matchMedia('(prefers-reduced-motion: reduce)').matches) return;
    await row.updateComplete;
    const { bubble } = partsOf(row);
    // Of what moves as a whole the list could not tell where it is.
    if (bubble === row) return;
    bubble.animate([{ opacity: 0.4, transform: 'translateY(6px)' }, {}], { duration: ENTER_MS, easing: 'ease-out' });
  }

  /** A row has a name for whoever reads the screen as long as it, or something in it, has the focus. */
  #name(row: HTMLElement): void {
    const message = this.#messageOf(row);
    if (message) row.setAttribute('aria-label', labelOf(row, message));
  }
}

define('list-tools', ListTools);

declare global {
  interface HTMLElementTagNameMap {
    'list-tools': ListTools;
  }
}
