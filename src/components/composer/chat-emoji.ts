import { html, LitElement, nothing, type PropertyValues } from 'lit';
import { property, state } from 'lit/decorators.js';
import { onDemandEn } from '../../locales/on-demand-en.js';
import type { Strings } from '../../locales/strings.js';
import { define } from '../element-names.js';
import { theme } from '../theme.js';
import { visuallyHidden } from '../visually-hidden.styles.js';
import { CELL_PX, chatEmojiStyles } from './chat-emoji.styles.js';
import { EmojiChoiceEvent } from './emoji-choice-event.js';
import { type Emoji, toned } from './emoji-data.js';
import type { EmojiMemory } from './emoji-memory.js';
import { move, type Row, rowAt, rowsOf } from './emoji-rows.js';
import { type Section, sectionsOf } from './emoji-sections.js';

export { emojiFor } from './emoji-support.js';

/** One that has skin tones, to show them by. */
const HAND: Emoji = { emoji: '✋', version: 0, skins: 1, label: '', words: [] };
/** Px above and below the view for which rows are drawn. */
const MARGIN_PX = 2 * CELL_PX;

/**
 * Emoji to choose from: a search, skin tones, and a grid of which only what is in view is in the document.
 *
 * @fires emoji-choice - {@link EmojiChoiceEvent}
 */
export class ChatEmoji extends LitElement {
  static override styles = [theme, visuallyHidden, chatEmojiStyles];

  @property({ attribute: false }) groups: readonly (readonly Emoji[])[] = [];
  @property({ attribute: false }) strings: Strings | undefined;
  @property({ attribute: false }) memory: EmojiMemory | undefined;

  @state() query = '';
  @state() private columns = 8;
  @state() private top = 0;
  @state() private height = 0;
  /** Index of the emoji on which the keys are. */
  @state() private at = 0;

  #sections: readonly Section[] = [];
  #rows: readonly Row[] = [];
  #isInGrid = false;
  readonly #resized = new ResizeObserver(() => this.#measure());

  override focus(): void {
    this.renderRoot.querySelector('input')?.focus({ preventScroll: true });
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#resized.disconnect();
  }

  protected override willUpdate(changed: PropertyValues): void {
    if (!['groups', 'strings', 'query', 'columns'].some((name) => changed.has(name))) return;
    // What was chosen goes to the front when the box is opened the next time: nothing moves under the finger.
    if (changed.has('groups') || changed.has('strings') || changed.has('query')) this.#sections = sectionsOf(this);
    this.#rows = rowsOf(this.#sections, this.columns);
  }

  protected override firstUpdated(): void {
    const grid = this.#grid;
    if (grid) this.#resized.observe(grid);
    this.#measure();
  }

  protected override updated(changed: PropertyValues): void {
    const grid = this.#grid;
    if (!grid) return;
    if (changed.has('query')) grid.scrollTop = this.top = 0;
    const drawn = this.#drawn;
    const [first, last, end] = [drawn[0], drawn.at(-1), this.#rows.at(-1)];
    grid.style.setProperty('--_columns', `${this.columns}`);
    this.#space('.before', first?.top ?? 0);
    this.#space('.after', end && last ? end.top + end.height - last.top - last.height : 0);
    // Rows are used again for others: the focus stays on its emoji, and where that is scrolled away the keys go on from there.
    if (!this.#isInGrid || indexOf(this.shadowRoot?.activeElement) === this.at) return;
    const cell = this.renderRoot.querySelector<HTMLElement>(`[data-at="${this.at}"]`);
    (cell ?? grid).focus({ preventScroll: true });
  }

  protected override render() {
    const { query, memory, at } = this;
    const strings = { ...onDemandEn, ...this.strings };
    const tone = memory?.tone ?? 0;
    const found = query ? (this.#sections[0]?.emoji.length ?? 0) : -1;
    const drawn = this.#drawn;
    // Tab finds the grid, wherever it is scrolled to.
    const stop = rowAt(drawn, at) ? at : drawn.find(({ emoji }) => emoji.length > 0)?.first;
    return html`<div class="top">
        <input
          type="text"
          role="searchbox"
          dir=${query ? 'auto' : (strings.direction ?? 'ltr')}
          aria-label=${strings.searchEmoji}
          placeholder=${strings.searchEmoji}
          enterkeyhint="done"
          autocomplete="off"
          autocapitalize="off"
          spellcheck="false"
          @input=${this.#typed}
          @keydown=${this.#searchKey}
        />
        <select aria-label=${strings.skinTone} title=${strings.skinTone} @change=${this.#colour}>
          ${strings.skinTones.map(
            (name, n) => html`<option value=${n} ?selected=${n === tone}>${toned(HAND, n)} ${name}</option>`,
          )}
        </select>
      </div>
      ${query ? nothing : this.#tabs()}
      <div
        class="grid"
        role="grid"
        tabindex="-1"
        aria-label=${strings.chooseEmoji}
        aria-rowcount=${this.#rows.length}
        ?hidden=${found === 0}
        @scroll=${this.#scrolled}
        @click=${this.#pressed}
        @keydown=${this.#gridKey}
        @focusin=${this.#focused}
        @focusout=${this.#blurred}
      ><div class="before" role="presentation"></div>${drawn.map(
        (row) =>
          html`<div role="row" class=${row.name ? 'heading' : ''} aria-rowindex=${this.#rows.indexOf(row) + 1}>${
            row.name
              ? html`<span role="rowheader" dir="auto">${row.name}</span>`
              : row.emoji.map(
                  (emoji, n) =>
                    html`<span
                    role="gridcell"
                    tabindex=${row.first + n === stop ? 0 : -1}
                    data-at=${row.first + n}
                    aria-label=${emoji.label}
                    title=${emoji.label}
                    >${toned(emoji, tone)}</span
                  >`,
                )
          }</div>`,
      )}<div class="after" role="presentation"></div></div>
      ${found === 0 ? html`<p class="none">${strings.noEmoji}</p>` : nothing}
      <div class="visually-hidden" role="status">${
        found < 0 ? '' : found === 0 ? strings.noEmoji : strings.emojiFound(found)
      }</div>`;
  }

  #tabs() {
    const strings = { ...onDemandEn, ...this.strings };
    const current = this.#rows.find(({ top, height }) => top + height > this.top)?.section ?? 0;
    return html`<div class="tabs" role="toolbar" aria-label=${strings.chooseEmoji} @keydown=${this.#tabKey}>${this.#sections.map(
      ({ name, sign }, n) =>
        html`<button
          type="button"
          aria-label=${name}
          title=${name}
          aria-pressed=${n === current ? 'true' : 'false'}
          tabindex=${n === current ? 0 : -1}
          @click=${() => this.#goTo(n)}
        >${sign}</button>`,
    )}</div>`;
  }

  get #grid(): HTMLElement | null {
    return this.renderRoot.querySelector<HTMLElement>('.grid');
  }

  get #drawn(): readonly Row[] {
    const [from, to] = [this.top - MARGIN_PX, this.top + this.height + MARGIN_PX];
    return this.#rows.filter(({ top, height }) => top + height > from && top < to);
  }

  #space(place: string, px: number): void {
    const space = this.renderRoot.querySelector<HTMLElement>(place);
    if (space) space.style.height = `${px}px`;
  }

  #measure(): void {
    const grid = this.#grid;
    if (!grid?.clientHeight) return;
    this.height = grid.clientHeight;
    const { paddingInlineStart, paddingInlineEnd } = getComputedStyle(grid);
    const width = grid.clientWidth - Number.parseFloat(paddingInlineStart) - Number.parseFloat(paddingInlineEnd);
    this.columns = Math.max(1, Math.floor(width / CELL_PX));
  }

  #emojiAt(index: number): Emoji | undefined {
    const row = rowAt(this.#rows, index);
    return row?.emoji[index - row.first];
  }

  #take(emoji: Emoji | undefined): void {
    if (!emoji) return;
    this.memory?.chose(emoji.emoji);
    this.dispatchEvent(new EmojiChoiceEvent(toned(emoji, this.memory?.tone ?? 0)));
  }

  /** Puts the keys on an emoji, and that into view. */
  #stepTo(index: number): void {
    const [row, grid] = [rowAt(this.#rows, index), this.#grid];
    if (!row || !grid) return;
    this.at = index;
    // The name of a group is seen with its first row.
    const above = this.#rows[this.#rows.indexOf(row) - 1];
    const top = above?.name ? above.top : row.top;
    const to = Math.max(row.top + row.height - grid.clientHeight, Math.min(grid.scrollTop, top));
    if (to !== grid.scrollTop) grid.scrollTop = this.top = to;
    this.#isInGrid = true;
    this.requestUpdate();
  }

  #goTo(section: number): void {
    const row = this.#rows.find((each) => each.section === section);
    const grid = this.#grid;
    if (row && grid) grid.scrollTop = this.top = row.top;
  }

  readonly #typed = (event: Event) => {
    // It is not the text of the chat that changes.
    event.stopPropagation();
    this.query = (event.target as HTMLInputElement).value.trim();
    this.at = 0;
  };

  readonly #searchKey = (event: KeyboardEvent) => {
    if (event.isComposing || event.keyCode === 229) return;
    if (event.key === 'ArrowDown') this.#stepTo(this.at);
    else if (event.key === 'Enter') this.#take(this.query ? this.#emojiAt(0) : undefined);
    else return;
    event.preventDefault();
  };

  readonly #colour = (event: Event) => {
    this.memory?.colour(Number((event.target as HTMLSelectElement).value));
    this.requestUpdate();
  };

  readonly #tabKey = (event: KeyboardEvent) => {
    const tabs = [...this.renderRoot.querySelectorAll<HTMLElement>('.tabs button')];
    const at = tabs.findIndex((tab) => tab.matches(':focus'));
    const step = this.#isRightToLeft ? -1 : 1;
    const to = { ArrowRight: at + step, ArrowLeft: at - step, Home: 0, End: tabs.length - 1 }[event.key];
    if (to === undefined) return;
    event.preventDefault();
    const next = Math.max(0, Math.min(to, tabs.length - 1));
    tabs[next]?.focus();
    this.#goTo(next);
  };

  get #isRightToLeft(): boolean {
    return this.strings?.direction === 'rtl';
  }

  readonly #gridKey = (event: KeyboardEvent) => {
    if (event.altKey || event.metaKey) return;
    if (event.key === 'Enter' || event.key === ' ') {
      event.preventDefault();
      this.#take(this.#emojiAt(this.at));
      return;
    }
    const page = Math.max(1, Math.floor(this.height / CELL_PX) - 1);
    const to = move(this.#rows, this.at, event, this.#isRightToLeft, page);
    if (to === undefined) return;
    event.preventDefault();
    if (to < 0) this.focus();
    else this.#stepTo(to);
  };

  readonly #scrolled = () => {
    this.top = this.#grid?.scrollTop ?? 0;
  };

  readonly #pressed = ({ target }: Event) => {
    const at = indexOf(target);
    if (at !== undefined) this.#take(this.#emojiAt(at));
  };

  readonly #focused = ({ target }: Event) => {
    this.#isInGrid = true;
    this.at = indexOf(target) ?? this.at;
  };

  readonly #blurred = ({ relatedTarget }: FocusEvent) => {
    // Without another target the row may just have been taken away.
    this.#isInGrid = relatedTarget === null && this.#isInGrid;
  };
}

function indexOf(target: EventTarget | null | undefined): number | undefined {
  const at = (target as HTMLElement | null | undefined)?.dataset['at'];
  return at === undefined ? undefined : Number(at);
}

define('chat-emoji', ChatEmoji);

declare global {
  interface HTMLElementTagNameMap {
    'chat-emoji': ChatEmoji;
  }
}
