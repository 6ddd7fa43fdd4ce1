import { css, html, LitElement, nothing } from 'lit';
import { property } from 'lit/decorators.js';
import { actionButtons, actionStyles } from './action-buttons.js';
import { richBubbleStyles } from './rich-bubble.styles.js';
import type { QuickRepliesContent } from './rich-content.js';
import { focusTranscript, windowAround } from './window-around.js';

/**
 * A question with answers to choose from. A press sends the answer's text; the choice is over when anything has been said
 * after the question.
 *
 * @csspart reply - an answer
 */
export class QuickReplies extends LitElement {
  static override styles = [
    richBubbleStyles,
    actionStyles,
    css`
      p {
        white-space: pre-wrap;
      }
      p:empty {
        display: none;
      }
    `,
  ];

  /** What is shown; nothing without one. */
  @property({ attribute: false }) question: QuickRepliesContent | undefined;
  /** Whether a choice is still open. */
  @property({ attribute: false }) isOpen = false;
  /** Sends what was chosen. Default: nobody does. */
  @property({ attribute: false }) send: ((text: string) => void) | undefined;

  #hadFocus = false;

  protected override willUpdate(): void {
    this.#hadFocus = this.shadowRoot?.activeElement !== null;
  }

  protected override updated(): void {
    if (this.#hadFocus && !this.isOpen) focusTranscript(windowAround(this));
  }

  protected override render() {
    const { question, isOpen, send } = this;
    if (!question) return undefined;
    return html`<p>${question.text}</p>${isOpen ? actionButtons(question.replies, send) : nothing}`;
  }
}
