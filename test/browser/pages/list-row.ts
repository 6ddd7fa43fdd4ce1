import { css, html, LitElement, nothing } from 'lit';
import { property } from 'lit/decorators.js';
import type { Message } from '../../../src/client/message.js';

/** A row with what makes real ones hard: a time line that depends on the message before, and a line height of 20.3 px. */
export class ListRow extends LitElement {
  static override styles = css`
    :host {
      display: block;
      padding: 7px 12px 8px;
      font: 14px/1.45 sans-serif;
    }
    time {
      display: block;
      padding-block-end: 13px;
      text-align: center;
    }
    p {
      box-sizing: border-box;
      inline-size: fit-content;
      max-inline-size: 80%;
      margin: 0;
      padding: 14px 16px;
      background: #fff;
      overflow-wrap: anywhere;
      white-space: pre-wrap;
    }
  `;

  @property({ attribute: false }) message?: Message;
  @property({ attribute: false }) previous: Message | undefined;

  get bubble(): Element | null {
    return this.renderRoot.querySelector('p');
  }

  protected override render(): unknown {
    const { message, previous } = this;
    if (!message) return nothing;
    const pause = previous ? message.sentAt - previous.sentAt : Number.POSITIVE_INFINITY;
    const time = new Date(message.sentAt).toISOString();
    return html`
      ${pause > 120_000 ? html`<time>${time}</time>` : nothing}
      <p>${message.content} <button>Copy</button></p>
    `;
  }
}
