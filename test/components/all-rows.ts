import { LitElement } from 'lit';
import { property } from 'lit/decorators.js';
import type { Message } from '../../src/client/message.js';

/**
 * Stands in for `<message-list>` where there is no layout and so nothing to virtualize: it draws every row. Import it before
 * the elements are defined.
 */
export class AllRows extends LitElement {
  @property({ attribute: false }) messages: readonly Message[] = [];
  @property({ attribute: false }) renderMessage: (message: Message, previous: Message | undefined) => unknown = () =>
    '';
  /** Where the test says that the reader is. */
  anchor: { readonly id: string; readonly offset: number } | undefined;
  /** Where the reader was led, last. */
  shown: readonly [id: string, offset: number] | undefined;

  scrollToMessage(id: string, offset: number): void {
    this.shown = [id, offset];
  }

  protected override render(): unknown {
    return this.messages.map((message, i) => this.renderMessage(message, this.messages[i - 1]));
  }
}

// The mark of our own elements: without it the name counts as taken by somebody else.
Object.defineProperty(AllRows, Symbol.for('harmonychat-web'), { value: true });
customElements.define('message-list', AllRows);
