import { css, html, LitElement, nothing } from 'lit';
import { property } from 'lit/decorators.js';
import type { ConnectionState } from '../client/state.js';
import { onDemandEn } from '../locales/on-demand-en.js';
import type { Strings } from '../locales/strings.js';
import { KickoutCode } from '../protocol/codes.js';
import { buttons } from './buttons.styles.js';
import { define } from './element-names.js';
import { ConnectRequestEvent } from './request-events.js';
import { theme } from './theme.js';

/**
 * Says that the server ended or refused the session, above the composer: transcript and draft stay readable. It does not take
 * the focus; a screen reader announces it.
 *
 * @slot more - more buttons
 * @fires connect-request - the person wants to go on here
 * @csspart ended - the box
 * @csspart action - its button
 */
export class SessionEnded extends LitElement {
  static override styles = [
    theme,
    buttons,
    css`
      :host {
        display: block;
        flex: none;
      }
      div {
        display: flex;
        flex-wrap: wrap;
        align-items: center;
        gap: 8px 12px;
        /* The server's reason may be long; transcript and draft stay in view. */
        max-height: clamp(104px, 28vh, 176px);
        padding: 12px 16px;
        overflow: auto;
        border-block-start: 1px solid var(--_border);
        background: var(--_warning);
        color: var(--_on-warning);
        font-size: 14px;
        line-height: 20px;
      }
      p {
        flex: 1 1 200px;
        margin: 0;
        overflow-wrap: anywhere;
      }
    `,
  ];

  /** Where the connection stands: shown if the server ended it. */
  @property({ attribute: false }) connection: ConnectionState | undefined;
  /** Default: English. */
  @property({ attribute: false }) strings: Partial<Strings> = {};

  protected override render() {
    const { connection } = this;
    const strings = { retry: 'Retry', ...onDemandEn, ...this.strings };
    if (connection?.name !== 'disconnected') return nothing;
    if (connection.reason === 'refused') return this.#box(strings.refused(connection.code), '', strings.retry);
    if (connection.reason === 'elsewhere') return this.#box(strings.openElsewhere, '', strings.useHere);
    if (connection.reason !== 'kicked') return nothing;
    const { code, detail } = connection.kickout;
    if (code === KickoutCode.duplicateLogin) return this.#box(strings.kickedElsewhere, '', strings.useHere);
    const text = code === KickoutCode.byAdministrator ? strings.kickedByAdministrator : strings.kickedOtherwise(code);
    return this.#box(text, detail ? strings.reason(detail) : '');
  }

  #box(text: string, detail: string, action?: string) {
    return html`<div part="ended" role="alertdialog" aria-labelledby="text">
      <p id="text">${text} ${detail}</p>
      ${
        action
          ? html`<button part="action" class="button primary" type="button" @click=${() => this.dispatchEvent(new ConnectRequestEvent())}>
            ${action}
          </button>`
          : nothing
      }
      <slot name="more"></slot>
    </div>`;
  }
}

define('session-ended', SessionEnded);
