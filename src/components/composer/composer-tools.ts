import { html, LitElement, nothing } from 'lit';
import { state } from 'lit/decorators.js';
import { ownDocument } from '../../client/own-document.js';
import { onDemandEn } from '../../locales/on-demand-en.js';
import { windowAround } from '../bubbles/window-around.js';
import { buttons } from '../buttons.styles.js';
import { define } from '../element-names.js';
import { leaveRoomForKeyboard } from '../keyboard.js';
import type { MessageComposer } from '../message-composer.js';
import { theme } from '../theme.js';
import { composerStyles, composerToolsStyles } from './composer-tools.styles.js';
import type { EmojiChoiceEvent } from './emoji-choice-event.js';
import type { Emoji } from './emoji-data.js';
import { EmojiMemory } from './emoji-memory.js';

/** The count of bytes is shown from here on: most people never come near the limit. */
const SHOW_BYTES_FROM = 0.8;
const MAX_FIELD_PX = 124;
const BOX_PX = 300;
/** Around the box. */
const MARGIN_PX = 8;

/**
 * What a composer has beside its field: the button with the emoji, the count of bytes near the limit, and a field that grows with
 * its text.
 *
 * The box with the emoji is closed by Escape, the button, a press beside it, Tab out of it, and by a choice; by touch it stays open
 * for the next one, and neither opens a keyboard nor takes one away that is typed on.
 *
 * @csspart emoji-button - the button that opens the emoji
 * @csspart emoji - the box with the emoji
 */
export class ComposerTools extends LitElement {
  static override styles = [theme, buttons, composerToolsStyles];

  @state() private isOpen = false;
  @state() private groups: readonly (readonly Emoji[])[] | undefined;
  @state() private hasFailed = false;

  #composer: MessageComposer | undefined;
  #opened = new AbortController();
  /** Whether the last press was that of a finger. */
  #isTouched = false;
  /** Whether the text is too long. */
  #isOver = false;
  /** Which language the groups are in. */
  #locale = '';

  readonly #memory = new EmojiMemory(() => {
    const { history } = windowAround(this) as Partial<Record<'history', string>>;
    // The visit of one tab is near enough to the visit.
    return history === 'none' ? undefined : history === 'device' ? localStorage : sessionStorage;
  });

  #life = new AbortController();

  override connectedCallback(): void {
    super.connectedCallback();
    const { host } = this.getRootNode() as ShadowRoot;
    const composer = host as MessageComposer;
    this.#life = new AbortController();
    const { parentElement } = composer;
    // What is around a composer on a page is the page's affair.
    if (parentElement && composer.getRootNode() instanceof ShadowRoot) {
      leaveRoomForKeyboard(parentElement, this.#life.signal);
    }
    if (this.#composer) return;
    this.#composer = composer;
    this.addEventListener('pointerdown', ({ pointerType }) => {
      this.#isTouched = pointerType === 'touch';
    });
    this.addEventListener('keydown', () => {
      this.#isTouched = false;
    });
    composer.tools = this;
    composer.addController(this);
    const { styleSheet } = composerStyles;
    if (styleSheet) (composer.renderRoot as ShadowRoot).adoptedStyleSheets.push(styleSheet);
    composer.requestUpdate();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#life.abort();
    this.#close();
  }

  /** What somebody chose is not to be known any more. */
  forget(): void {
    this.#memory.forget();
    this.#close();
  }

  /** The composer is about to be drawn. */
  hostUpdate(): void {
    const composer = this.#composer;
    if (!composer) return;
    if (composer.readonly) this.#close();
    const count = this.#bytesText(composer);
    composer.note = composer.hint || count;
    this.requestUpdate();
  }

  hostUpdated(): void {
    // The composer puts the text into its field after this.
    queueMicrotask(() => {
      this.#grow();
      this.#composer?.renderRoot.querySelector('p')?.classList.toggle('over', this.#isOver);
    });
  }

  protected override render() {
    const { isOpen, hasFailed, groups } = this;
    if (!this.#composer || this.#composer.readonly) return nothing;
    const strings = this.#strings;
    return html`<button
        type="button"
        part="emoji-button"
        class="open"
        aria-label=${strings.chooseEmoji}
        title=${strings.chooseEmoji}
        aria-haspopup="dialog"
        aria-expanded=${isOpen ? 'true' : 'false'}
        @click=${() => (isOpen ? this.#close() : this.#open())}
      >
        <svg viewBox="0 0 24 24" aria-hidden="true">
          <circle cx="12" cy="12" r="8.7" />
          <path d="M9 9.7v.4M15 9.7v.4M8.2 14a4.3 4.3 0 0 0 7.6 0" />
        </svg>
      </button>
      ${
        isOpen
          ? html`<div
              part="emoji"
              class="box"
              role="dialog"
              tabindex="-1"
              aria-label=${strings.chooseEmoji}
              @keydown=${this.#keyPressed}
              @focusout=${this.#left}
              @mousedown=${this.#keepFocus}
            >
              ${
                groups
                  ? html`<chat-emoji
                      .groups=${groups}
                      .strings=${this.#composer.strings}
                      .memory=${this.#memory}
                      @emoji-choice=${this.#chosen}
                    ></chat-emoji>`
                  : html`<div class="middle" role="status">
                      <p>${hasFailed ? strings.emojiFailed : strings.emojiLoading}</p>
                      ${
                        hasFailed
                          ? html`<button type="button" class="button" @click=${this.#load}>${strings.retry}</button>`
                          : nothing
                      }
                    </div>`
              }
            </div>`
          : nothing
      }`;
  }

  get #strings() {
    return { ...onDemandEn, ...this.#composer?.strings };
  }

  get #field(): HTMLTextAreaElement | null | undefined {
    return this.#composer?.renderRoot.querySelector('textarea');
  }

  get #box(): HTMLElement | null {
    return this.renderRoot.querySelector<HTMLElement>('.box');
  }

  #bytesText({ bytesOf, value, limit }: MessageComposer): string {
    const bytes = bytesOf(value);
    this.#isOver = bytes > limit;
    if (bytes < limit * SHOW_BYTES_FROM) return '';
    const strings = this.#strings;
    const number = new Intl.NumberFormat(strings.locale).format(Math.abs(limit - bytes));
    return this.#isOver ? strings.bytesOver(number) : strings.bytesLeft(number);
  }

  #grow(): void {
    const field = this.#field;
    if (!field) return;
    const { style, scrollHeight, value } = field;
    if (value === '') style.height = '';
    else if (scrollHeight > field.clientHeight || style.height !== '') {
      style.height = '0';
      // The height is that of the border box, which `scrollHeight` leaves out.
      const border = field.offsetHeight - field.clientHeight;
      style.height = `${Math.min(field.scrollHeight + border, MAX_FIELD_PX)}px`;
    }
  }

  #open(): void {
    const composer = this.#composer;
    if (!composer) return;
    this.isOpen = true;
    this.#memory.read();
    this.#opened = new AbortController();
    const { signal } = this.#opened;
    const pressed = (event: Event) => {
      if (!event.composedPath().includes(this)) this.#close();
    };
    ownDocument.addEventListener('pointerdown', pressed, { signal, capture: true });
    const resized = new ResizeObserver(() => this.#fit());
    for (const element of [composer, windowAround(this)]) resized.observe(element);
    signal.addEventListener('abort', () => resized.disconnect());
    void this.#load();
    void this.updateComplete.then(() => {
      this.#fit();
      this.#focusIn();
    });
  }

  #close(): void {
    this.#opened.abort();
    const hadFocus = this.#box?.matches(':focus-within');
    this.isOpen = false;
    // Before the box goes, and the focus with it.
    if (hadFocus) this.renderRoot.querySelector<HTMLElement>('.open')?.focus({ preventScroll: true });
  }

  /** The box stays within the window. */
  #fit(): void {
    const [box, composer] = [this.#box, this.#composer];
    if (!box || !composer) return;
    const around = windowAround(this);
    const top = around === composer ? 0 : Math.max(0, around.getBoundingClientRect().top);
    const room = composer.getBoundingClientRect().top - top - MARGIN_PX;
    box.style.height = `${Math.min(BOX_PX, room)}px`;
  }

  /** Whoever types searches at once. For a finger the emoji take the place of the keyboard, which the search would bring back. */
  #focusIn(): void {
    const search = this.#isTouched ? undefined : this.renderRoot.querySelector('chat-emoji');
    if (search) search.focus();
    else this.#box?.focus({ preventScroll: true });
  }

  readonly #load = async () => {
    const { locale = 'en' } = this.#strings;
    // The button that was pressed goes.
    if (this.hasFailed) this.#box?.focus({ preventScroll: true });
    this.hasFailed = false;
    if (this.groups && this.#locale === locale) return;
    this.groups = undefined;
    try {
      const { emojiFor } = await import('./chat-emoji.js');
      this.groups = await emojiFor(locale);
      this.#locale = locale;
    } catch {
      this.hasFailed = true;
    }
    await this.updateComplete;
    if (this.#box?.matches(':focus') && this.groups) this.#focusIn();
  };

  readonly #chosen = ({ emoji }: EmojiChoiceEvent) => {
    const field = this.#field;
    if (!field) return;
    field.setRangeText(emoji, field.selectionStart, field.selectionEnd, 'end');
    field.dispatchEvent(
      new InputEvent('input', { bubbles: true, composed: true, inputType: 'insertText', data: emoji }),
    );
    if (this.#isTouched) return;
    this.#close();
    field.focus({ preventScroll: true });
  };

  readonly #keyPressed = (event: KeyboardEvent) => {
    // A panel around the chat stays open, and the page has no part in what is typed here.
    if (event.key !== 'Tab') event.stopPropagation();
    if (event.key !== 'Escape' || event.isComposing) return;
    event.preventDefault();
    this.#close();
  };

  readonly #left = ({ relatedTarget }: FocusEvent) => {
    if (relatedTarget && !this.renderRoot.contains(relatedTarget as Node)) this.#close();
  };

  /** A press on what is no field leaves the focus, and the keyboard of a phone, where they are. */
  readonly #keepFocus = (event: MouseEvent) => {
    const [pressed] = event.composedPath() as Element[];
    if (!pressed?.matches('input, select, option')) event.preventDefault();
  };
}

define('composer-tools', ComposerTools);

declare global {
  interface HTMLElementTagNameMap {
    'composer-tools': ComposerTools;
  }
}
