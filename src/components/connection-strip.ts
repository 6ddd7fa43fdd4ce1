import { css, html, LitElement, nothing, type PropertyValues } from 'lit';
import { property, state } from 'lit/decorators.js';
import type { ConnectionState } from '../client/state.js';
import { en } from '../locales/en.js';
import type { Strings } from '../locales/strings.js';
import { buttons } from './buttons.styles.js';
import { define } from './element-names.js';
import { ConnectRequestEvent } from './request-events.js';
import { theme } from './theme.js';
import { visuallyHidden } from './visually-hidden.styles.js';

/** Shorter troubles pass without a word. */
const PATIENCE_MS = 2_000;

/**
 * The strip that slides in over the list, moving nothing, when the connection has been troubled for 2 s, or ended.
 *
 * @fires connect-request - the person wants the connection back
 * @csspart strip - the strip
 * @csspart action - its button
 */
export class ConnectionStrip extends LitElement {
  static override styles = [
    theme,
    visuallyHidden,
    buttons,
    css`
      :host {
        display: block;
        position: relative;
        z-index: 2;
        height: 0;
      }
      .clip {
        height: 40px;
        overflow: hidden;
        pointer-events: none;
      }
      .strip {
        display: flex;
        align-items: center;
        justify-content: center;
        gap: 8px;
        height: 40px;
        padding: 0 12px;
        background: var(--_warning);
        color: var(--_on-warning);
        font-size: 14px;
        line-height: 18px;
        transform: translateY(-100%);
        visibility: hidden;
        transition:
          transform 250ms ease-in-out,
          visibility 250ms;
      }
      .shown .strip {
        transform: none;
        visibility: visible;
        pointer-events: auto;
      }
      .spinner {
        flex: none;
        width: 16px;
        height: 16px;
        border: 2px solid currentcolor;
        border-block-start: 0;
        border-radius: 50%;
        animation: turn 0.9s linear infinite;
      }
      @keyframes turn {
        to {
          transform: rotate(1turn);
        }
      }
      @media (forced-colors: active) {
        .strip {
          border-block-end: 1px solid;
        }
      }
    `,
  ];

  /** Where the connection stands. Default: nothing is said. */
  @property({ attribute: false }) connection: ConnectionState | undefined;
  /** Its texts. Default: English. */
  @property({ attribute: false }) strings: Strings = en;
  @state() private shown = false;
  #patience: ReturnType<typeof setTimeout> | undefined;

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#stopWaiting();
  }

  override connectedCallback(): void {
    super.connectedCallback();
    if (this.connection) this.#judge();
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (!changed.has('connection')) return;
    // What has ended is over: the trouble of a new beginning counts from there.
    if (changed.get('connection')?.name === 'disconnected') this.shown = false;
    this.#judge();
  }

  protected override render() {
    const { strings, connection, shown } = this;
    const ended = connection?.name === 'disconnected';
    const text = shown ? (ended ? strings.closed : strings.trouble) : '';
    // The words stand in a region of their own, which is there before they are: only then are they read out.
    return html`<div class="visually-hidden" role="status">${text}</div>
      <div class="clip ${shown ? 'shown' : ''}">
        <div part="strip" class="strip">
          ${shown && !ended ? html`<span class="spinner"></span>` : nothing}
          <span aria-hidden="true">${text}</span>
          ${
            shown && ended
              ? html`<button
                part="action"
                class="button"
                type="button"
                @click=${() => this.dispatchEvent(new ConnectRequestEvent())}
              >
                ${strings.connect}
              </button>`
              : nothing
          }
        </div>
      </div>`;
  }

  #judge(): void {
    const { connection } = this;
    if (connection?.name === 'connecting') {
      // Attempts come and go; the trouble counts from the first of them.
      this.#patience ??= setTimeout(() => {
        this.shown = true;
      }, PATIENCE_MS);
      return;
    }
    this.#stopWaiting();
    this.shown =
      connection?.name === 'disconnected' && (connection.reason === 'closed' || connection.reason === 'lost');
  }

  #stopWaiting(): void {
    clearTimeout(this.#patience);
    this.#patience = undefined;
  }
}

define('connection-strip', ConnectionStrip);
