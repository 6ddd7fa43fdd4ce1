import { css, LitElement } from 'lit';
import { property } from 'lit/decorators.js';
import { type Message, MessageType } from '../../client/message.js';
import { OnDemand } from '../../client/on-demand.js';
import type { Strings } from '../../locales/strings.js';
import { MAY_BE_LONG } from './long-text.js';
import type { BubbleSurroundings } from './message-types.js';

/** Draws what is more than plain text. */
export interface RichFile {
  readonly draw: (message: Message, strings: Strings, surroundings: BubbleSurroundings) => unknown;
}

/** Most messages have none of this: links, emoji, more lines than one, or so much text that it may be folded. */
const MAY_BE_RICH = /[.:@\n\r\u2028\u2029]|\u20e3|\d{3}|\p{Extended_Pictographic}|\p{RI}/u;

/** Looking for links is a tenth of the code, and comes when a text first asks for it. */
export const richText = new OnDemand<RichFile>(() => import('./rich-text.js'));

/** The elements of the other types come when the first such message is shown. */
export const richTypes = new OnDemand<RichFile>(() => import('./rich-types.js'));

/**
 * What a message holds. A text: with links, larger if it is nothing but a few emoji, folded if it is longer than 20 lines. Other
 * types: their own element. Until the file that does that has come, the content is plain text. Text bindings only: markup in
 * it is shown as it was typed.
 *
 * @csspart link - a link
 * @csspart more - the button that unfolds a long text
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
  `;

  /** What is shown; nothing without one. */
  @property({ attribute: false }) message: Message | undefined;
  /** Its texts; nothing is shown without them. */
  @property({ attribute: false }) strings: Strings | undefined;
  /** What a renderer may use beside message and texts. */
  @property({ attribute: false }) surroundings: BubbleSurroundings | undefined;

  readonly #redraw = () => this.requestUpdate();

  protected override render() {
    const { message, strings, surroundings } = this;
    if (!message || !strings || !surroundings) return undefined;
    const { content, type } = message;
    const isText = type === MessageType.unset || type === MessageType.text;
    if (isText && content.length < MAY_BE_LONG && !MAY_BE_RICH.test(content)) return content;
    const file = isText ? richText : richTypes;
    if (file.here) return file.here.draw(message, strings, surroundings);
    void file.want(this.#redraw);
    return content;
  }
}
