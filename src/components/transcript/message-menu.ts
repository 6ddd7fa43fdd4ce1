import { css, html, LitElement, nothing } from 'lit';
import { property, state } from 'lit/decorators.js';
import type { OnDemandStrings } from '../../locales/on-demand-strings.js';
import { define } from '../element-names.js';
import { theme } from '../theme.js';
import type { MessageAction } from './message-actions.js';

/** An action was chosen; undefined: the menu is left without one. */
export class MenuChoiceEvent extends Event {
  constructor(readonly action: MessageAction | undefined) {
    super('menu-choice');
  }
}

/** A corner of the menu, in px of what it stands in. */
export interface MenuPlace {
  readonly x: number;
  readonly y: number;
}

/** Px that stay free around it. */
const MARGIN = 8;

/**
 * The menu of a message. It takes the focus when it appears, the arrow keys move within it. What cannot be undone is asked for
 * once more.
 *
 * @fires menu-choice - something was chosen, or Escape, Tab or a press beside it left the menu
 * @csspart menu - the menu
 */
export class MessageMenu extends LitElement {
  static override styles = [
    theme,
    css`
      :host {
        position: absolute;
        inset: 0;
        z-index: 3;
        pointer-events: auto;
        font-size: 14px;
        line-height: 20px;
      }
      [role='menu'] {
        display: flex;
        flex-direction: column;
      }
      .box {
        position: absolute;
        min-width: 140px;
        max-width: min(260px, calc(100% - 16px));
        max-height: calc(100% - 16px);
        padding: 6px;
        overflow: hidden auto;
        overscroll-behavior: contain;
        border: 1px solid var(--_border);
        border-radius: 12px;
        background: var(--_surface);
        color: var(--_foreground);
        box-shadow: 0 4px 20px rgb(0 0 0 / 22%);
      }
      button {
        flex: none;
        min-height: 36px;
        padding: 6px 12px;
        border: 0;
        border-radius: 8px;
        background: none;
        color: inherit;
        font: inherit;
        text-align: start;
        overflow-wrap: anywhere;
        cursor: pointer;
      }
      button:is(:hover, :focus-visible) {
        background: var(--_field);
      }
      button:focus-visible {
        outline-offset: -2px;
      }
      .final {
        color: var(--_on-warning);
      }
      p {
        margin: 0;
        padding: 6px 12px;
        color: var(--_muted);
        font-size: 13px;
      }
      @media (pointer: coarse) {
        button {
          min-height: 44px;
        }
      }
      @media (prefers-reduced-motion: no-preference) {
        .box {
          animation: appear 120ms ease-out;
        }
        @keyframes appear {
          from {
            opacity: 0;
            transform: scale(0.96);
          }
        }
      }
    `,
  ];

  @property({ attribute: false }) actions: readonly MessageAction[] = [];
  @property({ attribute: false }) strings: OnDemandStrings | undefined;
  @property({ attribute: false }) place: MenuPlace = { x: 0, y: 0 };

  /** What was chosen and is asked for once more. */
  @state() private doubted: MessageAction | undefined;

  protected override firstUpdated(): void {
    this.addEventListener('pointerdown', (event) => {
      if (event.composedPath()[0] !== this) return;
      // What lies below is neither pressed nor focused.
      event.preventDefault();
      this.#choose(undefined);
    });
    // Nothing but the buttons is to take the focus: it goes back to the message.
    this.addEventListener('mousedown', (event) => {
      const [target] = event.composedPath();
      if (!(target instanceof HTMLButtonElement)) event.preventDefault();
    });
    this.addEventListener('keydown', this.#keyPressed);
    // A finger that opened it is still there: where it is lifted it presses nothing.
    this.addEventListener('contextmenu', (event) => event.preventDefault());
  }

  protected override updated(): void {
    const box = this.renderRoot.querySelector<HTMLElement>('.box');
    if (!box) return;
    const { x, y } = this.place;
    const fit = (at: number, size: number, room: number) => Math.max(MARGIN, Math.min(at, room - size - MARGIN));
    box.style.left = `${fit(x, box.offsetWidth, this.clientWidth)}px`;
    box.style.top = `${fit(y, box.offsetHeight, this.clientHeight)}px`;
    const items = this.#items;
    // Whoever presses twice keeps it.
    if (!items.some((item) => item.matches(':focus'))) items.at(this.doubted ? -1 : 0)?.focus();
  }

  protected override render() {
    const { strings, doubted } = this;
    if (!strings) return nothing;
    const doubt = strings.deleteSure;
    return html`<div class="box" part="menu">
      ${doubted ? html`<p aria-hidden="true">${doubt}</p>` : nothing}
      <div role="menu" aria-label=${doubted ? doubt : strings.messageActions}>${
        doubted
          ? html`${this.#item(strings.deleteForMe, () => this.#choose(doubted), 'final')}
${this.#item(strings.keepIt, () => this.#choose(undefined))}`
          : this.actions.map((action) =>
              this.#item(action.label(strings), () => this.#press(action), action.isFinal ? 'final' : ''),
            )
      }</div>
    </div>`;
  }

  #item(label: string, press: () => void, look = '') {
    return html`<button type="button" role="menuitem" tabindex="-1" class=${look} @click=${press}>${label}</button>`;
  }

  get #items(): HTMLElement[] {
    return [...this.renderRoot.querySelectorAll<HTMLElement>('[role=menuitem]')];
  }

  #press(action: MessageAction): void {
    if (action.isFinal) this.doubted = action;
    else this.#choose(action);
  }

  #choose(action: MessageAction | undefined): void {
    this.dispatchEvent(new MenuChoiceEvent(action));
  }

  readonly #keyPressed = (event: KeyboardEvent) => {
    const items = this.#items;
    const at = items.findIndex((item) => item.matches(':focus'));
    const { length } = items;
    const to = { ArrowDown: (at + 1) % length, ArrowUp: (at - 1 + length) % length, Home: 0, End: length - 1 }[
      event.key
    ];
    // Not for the page, nor for a panel around it.
    event.stopPropagation();
    if (to === undefined && event.key !== 'Escape' && event.key !== 'Tab') return;
    event.preventDefault();
    if (to === undefined) this.#choose(undefined);
    else items[to]?.focus();
  };
}

define('message-menu', MessageMenu);

declare global {
  interface HTMLElementTagNameMap {
    'message-menu': MessageMenu;
  }
}
