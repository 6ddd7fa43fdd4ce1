import { html, nothing } from 'lit';
import type { MessageListStrings } from '../message-list.js';

/** Where a press on the button of the list leads. */
export interface Jump {
  /** How many messages are new there; 0: none, it leads to the end. */
  readonly count: number;
  /** They begin above what is in view. */
  readonly isAbove: boolean;
}

/** The button to the new messages, or to the end. */
export function jumpButton({ count, isAbove }: Jump, strings: MessageListStrings | undefined, press: () => void) {
  return html`<button
    type="button"
    part="jump"
    class=${isAbove ? 'jump above' : 'jump'}
    aria-label=${(count === 0 && strings?.jumpToLatest) || nothing}
    @click=${press}
  >
    <svg viewBox="0 0 14 14" aria-hidden="true"><path d="M2 5l5 5 5-5" /></svg>
    ${count > 0 ? html`<span>${strings?.newMessages(count) ?? count}</span>` : nothing}
  </button>`;
}

/** The button that opens the menu of a message. Keys open it at the message itself. */
export function actionsButton(label: string, press: () => void) {
  return html`<button
    type="button"
    part="actions"
    class="actions"
    aria-haspopup="menu"
    tabindex="-1"
    aria-label=${label}
    title=${label}
    @click=${press}
  >
    <svg viewBox="0 0 14 14" aria-hidden="true">
      <circle cx="2.5" cy="7" r="1.4" />
      <circle cx="7" cy="7" r="1.4" />
      <circle cx="11.5" cy="7" r="1.4" />
    </svg>
  </button>`;
}
