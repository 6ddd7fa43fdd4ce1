import { css, html, LitElement } from 'lit';
import { property } from 'lit/decorators.js';
import type { Message } from '../../client/message.js';
import type { Strings } from '../../locales/strings.js';

/**
 * A line in the middle of the transcript. The client's own lines are grey pills; system messages of a peer or of the server
 * have a dashed frame and the sender's name, a look that the content cannot change.
 *
 * @csspart system - the line
 */
export class SystemBubble extends LitElement {
  static override styles = css`
    :host {
      display: block;
      text-align: center;
    }
    span {
      display: inline-block;
      max-width: 100%;
      padding: 5px 15px;
      border: 1px solid transparent;
      border-radius: 12px;
      background: var(--_pill);
      color: var(--_muted);
      font-size: 13px;
      line-height: 18px;
      white-space: pre-wrap;
      overflow: hidden;
      overflow-wrap: anywhere;
      unicode-bidi: plaintext;
    }
    :host([foreign]) span {
      border: 1px dashed var(--_muted);
      background: none;
      text-align: start;
    }
    b {
      display: block;
      font-size: 11px;
      font-weight: 500;
      line-height: 16px;
    }
  `;

  /** What is shown; nothing without one. */
  @property({ attribute: false }) message: Message | undefined;
  /** Its texts; nothing is shown without them. */
  @property({ attribute: false }) strings: Strings | undefined;
  /** The name of whoever sent it. Without one it is a line of the client itself. */
  @property({ attribute: false }) sender: string | undefined;

  protected override willUpdate(): void {
    this.toggleAttribute('foreign', this.sender !== undefined);
  }

  protected override render() {
    const { message, strings, sender } = this;
    if (!message || !strings) return undefined;
    if (sender !== undefined) {
      return html`<span part="system"><b>${strings.systemLine(sender)}</b>${message.content}</span>`;
    }
    const known = Object.hasOwn(strings.notes, message.content);
    return html`<span part="system">${known ? strings.notes[message.content] : message.content}</span>`;
  }
}
