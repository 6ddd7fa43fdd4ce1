import { css, html, LitElement } from 'lit';
import { property } from 'lit/decorators.js';
import type { Message } from '../../client/message.js';
import { linkTokens } from './links.js';

/**
 * The text of a message, with links. Text bindings only: markup in it is shown as it was typed.
 *
 * @csspart link - a link
 */
export class TextBubble extends LitElement {
  static override styles = css`
    :host {
      display: block;
      overflow: hidden;
      white-space: pre-wrap;
      overflow-wrap: anywhere;
      unicode-bidi: plaintext;
      text-align: start;
    }
    a {
      color: var(--_link);
      text-underline-offset: 2px;
    }
  `;

  @property({ attribute: false }) message: Message | undefined;

  protected override render() {
    return linkTokens(this.message?.content ?? '').map((token) =>
      token.kind === 'text'
        ? token.text
        : html`<a part="link" href=${token.href} target="_blank" rel="noopener noreferrer nofollow ugc"
            >${token.text}</a
          >`,
    );
  }
}
