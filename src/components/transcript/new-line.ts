import { css, html, LitElement } from 'lit';
import { property } from 'lit/decorators.js';
import { type Message, MessageType } from '../../client/message.js';
import { define } from '../element-names.js';

/** Id of the row that is the line. */
export const LINE = 'new-line';

/**
 * The line above the first message that nobody has looked at.
 *
 * @csspart new-line - its text
 */
export class NewLine extends LitElement {
  static override styles = css`
    :host {
      display: flex;
      align-items: center;
      gap: 10px;
      width: 100%;
      padding: 0 16px var(--_gap);
      color: var(--_on-warning);
      font-size: 12px;
      line-height: 16px;
    }
    :host::before,
    :host::after {
      content: '';
      flex: 1;
      border-block-start: 1px solid;
      opacity: 0.5;
    }
  `;

  @property() text = '';

  override connectedCallback(): void {
    super.connectedCallback();
    this.setAttribute('role', 'separator');
  }

  protected override willUpdate(): void {
    this.setAttribute('aria-label', this.text);
  }

  protected override render() {
    return html`<span part="new-line">${this.text}</span>`;
  }
}

/** Puts the line above this message. Without it, nothing changes. */
export function withLine(messages: readonly Message[], id: string | undefined): readonly Message[] {
  const at = id === undefined ? -1 : messages.findIndex((message) => message.id === id);
  if (at < 0) return messages;
  // As late as what stands above it: whether a time line is due must not depend on it.
  const { sentAt = 0 } = messages[at - 1] ?? messages[at] ?? {};
  const line: Message = {
    id: LINE,
    type: MessageType.system,
    content: '',
    from: '',
    to: '',
    sentAt,
    status: 'note',
  };
  return [...messages.slice(0, at), line, ...messages.slice(at)];
}

define('new-line', NewLine);

declare global {
  interface HTMLElementTagNameMap {
    'new-line': NewLine;
  }
}
