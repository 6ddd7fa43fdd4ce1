import { css, html, LitElement, nothing } from 'lit';
import { property } from 'lit/decorators.js';
import type { ConnectionState } from '../client/state.js';
import { en } from '../locales/en.js';
import type { Strings } from '../locales/strings.js';
import { theme } from './theme.js';

/**
 * The bar above a conversation.
 *
 * @slot - beside the heading
 * @csspart header - the bar
 * @csspart heading - the title
 * @csspart user - the user's id
 * @csspart bell - the button that asks for the permission to show notifications
 */
export class ChatTitleBar extends LitElement {
  static override styles = [
    theme,
    css`
      :host {
        display: block;
        flex: none;
      }
      header {
        display: flex;
        align-items: center;
        gap: 8px;
        height: 58px;
        padding: 0 16px;
        border-block-end: 1px solid var(--_border);
        background: var(--_surface);
        color: var(--_foreground);
      }
      h2 {
        min-width: 0;
        margin: 0;
        overflow: hidden;
        font-size: 22px;
        font-weight: 500;
        line-height: 30px;
        text-overflow: ellipsis;
        white-space: nowrap;
        unicode-bidi: plaintext;
      }
      .end {
        display: flex;
        flex: none;
        align-items: center;
        gap: 6px;
        margin-inline-start: auto;
        font-size: 13px;
      }
      bdi {
        color: var(--_muted);
      }
    `,
  ];

  /** The title. */
  @property() heading = '';
  /** Where the connection stands; there is no light without it. */
  @property({ attribute: false }) connection: ConnectionState | undefined;
  /** Heartbeats sent so far. */
  @property({ attribute: false }) beats = 0;
  /** The user's own id; not shown if empty. */
  @property({ attribute: false }) user = '';
  /** Whether notifications may be asked for. The button is to be seen until that is answered; its code comes on demand. */
  @property({ attribute: false }) bell = false;
  /** Its texts. Default: English. */
  @property({ attribute: false }) strings: Strings = en;

  protected override render() {
    const { strings, connection, user } = this;
    const name = connection?.name ?? 'disconnected';
    return html`<header part="header">
      <h2 part="heading">${this.heading}</h2>
      <slot></slot>
      <div class="end">
        ${
          this.bell ? html`<notification-bell label=${strings.notify} exportparts="bell"></notification-bell>` : nothing
        }
        ${
          connection
            ? html`<status-light
              ?connected=${name === 'connected'}
              .beats=${this.beats}
              .label=${strings[name]}
              exportparts="light"
            ></status-light>`
            : nothing
        }
        ${user ? html`<bdi part="user" title=${strings.userId(user)}>UID: ${middleEllipsis(user)}</bdi>` : nothing}
      </div>
    </header>`;
  }
}

/** Ids differ at both ends; six characters fill the 42 px of the original. */
function middleEllipsis(text: string): string {
  const letters = [...text];
  return letters.length <= 7 ? text : `${letters.slice(0, 3).join('')}…${letters.slice(-3).join('')}`;
}
