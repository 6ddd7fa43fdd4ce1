import { css, html, LitElement, nothing, type PropertyValues } from 'lit';
import { property, state } from 'lit/decorators.js';
import type { Message } from '../../client/message.js';
import { onDemandEn } from '../../locales/on-demand-en.js';
import type { Strings } from '../../locales/strings.js';
import { define } from '../element-names.js';
import { isFewEmoji } from './emoji.js';
import { linkTokens } from './links.js';
import { MAY_BE_LONG } from './long-text.js';
import { outboundLink } from './outbound-link.js';
import { richBubbleStyles } from './rich-bubble.styles.js';
import type { RichFile } from './text-bubble.js';

const MOST_LINES = 20;

/** What was unfolded stays so, though its row comes and goes, and its message gets a new status: ids of the last ones. */
const unfolded = new Set<string>();
const MOST_UNFOLDED = 500;

/**
 * A text with links, larger if it is a few emoji, and if it has more than 20 lines folded, with a button for the rest.
 *
 * @csspart link - a link
 * @csspart more - the button
 */
export class RichText extends LitElement {
  static override styles = [
    richBubbleStyles,
    css`
      :host {
        white-space: pre-wrap;
      }
      .emoji {
        font-size: 32px;
        line-height: 40px;
      }
      .folded {
        display: -webkit-box;
        -webkit-box-orient: vertical;
        -webkit-line-clamp: 20;
        overflow: hidden;
      }
      button {
        display: block;
        min-height: 24px;
        margin-block-start: 8px;
        padding: 0;
        border: 0;
        background: none;
        color: var(--_link);
        text-decoration: underline;
        text-underline-offset: 2px;
      }
    `,
  ];

  @property({ attribute: false }) message: Message | undefined;
  @property({ attribute: false }) strings: Strings | undefined;
  /** There are more lines than are shown. */
  @state() private isCut = false;
  readonly #size = new ResizeObserver(() => this.#measure());

  override connectedCallback(): void {
    super.connectedCallback();
    this.requestUpdate();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#size.disconnect();
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has('message') && changed.get('message')?.content !== this.message?.content) this.isCut = false;
  }

  protected override render() {
    const { message, isUnfolded } = this;
    if (!message) return undefined;
    const { content } = message;
    if (isFewEmoji(content)) return html`<div class="emoji">${content}</div>`;
    const text = linkTokens(content).map((token) =>
      token.kind === 'text' ? token.text : outboundLink(token.href, token.text),
    );
    if (content.length < MAY_BE_LONG && content.split(/[\n\r\u2028\u2029]/, MOST_LINES + 1).length <= MOST_LINES)
      return text;
    const { showAll, showLess } = { ...onDemandEn, ...this.strings };
    return html`<div class=${isUnfolded ? 'whole' : 'folded'} @focusin=${this.#focused}>${text}</div
      >${
        this.isCut || isUnfolded
          ? html`<button type="button" part="more" aria-expanded=${isUnfolded} @click=${this.#toggle}
              >${isUnfolded ? showLess : showAll}</button
            >`
          : nothing
      }`;
  }

  protected override updated(): void {
    this.#size.disconnect();
    const { folded } = this;
    if (folded && this.isConnected) this.#size.observe(folded);
  }

  private get isUnfolded(): boolean {
    return this.message !== undefined && unfolded.has(this.message.id);
  }

  private get folded(): HTMLElement | null {
    return this.renderRoot.querySelector('.folded');
  }

  #measure(): void {
    const { folded } = this;
    if (folded) this.isCut = folded.scrollHeight > folded.clientHeight;
  }

  /** A link may be among the lines that are not shown; the browser would scroll there, and nobody back. */
  #focused(): void {
    if (this.isCut && !this.isUnfolded) this.#toggle();
  }

  #toggle(): void {
    const { id } = this.message ?? {};
    if (id !== undefined && !unfolded.delete(id)) unfolded.add(id);
    const [oldest] = unfolded;
    if (oldest !== undefined && unfolded.size > MOST_UNFOLDED) unfolded.delete(oldest);
    this.requestUpdate();
  }
}

define('rich-text', RichText);

export const draw: RichFile['draw'] = (message, strings) =>
  html`<rich-text .message=${message} .strings=${strings} exportparts="link, more"></rich-text>`;
