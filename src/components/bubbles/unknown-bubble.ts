import { html, LitElement } from 'lit';
import { property } from 'lit/decorators.js';
import type { Message } from '../../client/message.js';
import type { Strings } from '../../locales/strings.js';

/** Longer contents are most likely not meant for reading (an encoded image, say). */
const READABLE = 500;

/** A message of a type that this window cannot show, or whose content is not of its type: it says so and gives it as text. */
export class UnknownBubble extends LitElement {
  /** What is shown; nothing without one. */
  @property({ attribute: false }) message: Message | undefined;
  /** Its texts; nothing is shown without them. */
  @property({ attribute: false }) strings: Strings | undefined;

  protected override render() {
    const { message, strings } = this;
    if (!message) return undefined;
    const content = message.content.length > READABLE ? `${message.content.slice(0, READABLE)}…` : message.content;
    return html`<em>${strings?.unknownType(message.type)}</em>
${content}`;
  }
}
