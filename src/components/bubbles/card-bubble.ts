import { css, html, LitElement, nothing } from 'lit';
import { property } from 'lit/decorators.js';
import type { Strings } from '../../locales/strings.js';
import { actionButtons, actionStyles } from './action-buttons.js';
import { richBubbleStyles } from './rich-bubble.styles.js';
import type { CardContent } from './rich-content.js';

/**
 * A card: a picture, a title, a text, and buttons that send a text or lead somewhere.
 *
 * @csspart card - the card
 * @csspart image - its picture
 * @csspart reply - a button
 */
export class CardBubble extends LitElement {
  static override styles = [
    richBubbleStyles,
    actionStyles,
    css`
      image-bubble {
        margin-block-end: 10px;
      }
      p {
        white-space: pre-wrap;
      }
      .title {
        font-weight: 600;
      }
    `,
  ];

  /** What is shown; nothing without one. */
  @property({ attribute: false }) card: CardContent | undefined;
  /** Its texts; nothing is shown without them. */
  @property({ attribute: false }) strings: Strings | undefined;
  /** Hosts beside the page's own from which its picture or sound is loaded. Default: none. */
  @property({ attribute: false }) hosts = '';
  /** Sends what was chosen. Default: nobody does. */
  @property({ attribute: false }) send: ((text: string) => void) | undefined;

  protected override render() {
    const { card, strings, hosts, send } = this;
    if (!card) return undefined;
    const { title, text, image, buttons } = card;
    return html`<div part="card">
      ${
        image
          ? html`<image-bubble
            .image=${image}
            .strings=${strings}
            .hosts=${hosts}
            exportparts="image, link"
          ></image-bubble>`
          : nothing
      }
      <p class="title">${title}</p>
      ${text ? html`<p>${text}</p>` : nothing}
      ${buttons.length > 0 ? actionButtons(buttons, send) : nothing}
    </div>`;
  }
}
