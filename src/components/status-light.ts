import { css, html, LitElement, type PropertyValues } from 'lit';
import { property } from 'lit/decorators.js';
import { theme } from './theme.js';

const BREATH_MS = 500;

/**
 * A small light that tells the connection: green connected, red not, and a short yellow breath with each heartbeat.
 *
 * @csspart light - the circle
 * @cssprop [--chat-light-on=#00de7a] - Status light: connected.
 * @cssprop [--chat-light-beat=#f1f515] - Status light: during a heartbeat.
 * @cssprop [--chat-light-off=#ff8c6f] - Status light: not connected.
 */
export class StatusLight extends LitElement {
  static override styles = [
    theme,
    css`
      :host {
        display: inline-block;
        line-height: 0;
      }
      span {
        --_beat: var(--chat-light-beat, #f1f515);
        display: inline-block;
        position: relative;
        width: 12px;
        height: 12px;
        border: 1px solid #e0502f;
        border-radius: 50%;
        background: var(--chat-light-off, #ff8c6f);
      }
      :host([connected]) span {
        border-color: #008f50;
        background: var(--chat-light-on, #00de7a);
      }
      /* The breath is a light of its own: Chromium crashes where a background is animated, and changes later. */
      span::after {
        content: '';
        position: absolute;
        inset: -1px;
        border: 1px solid #d1d505;
        border-radius: 50%;
        background: var(--_beat);
        box-shadow: 0 0 6px 1px var(--_beat);
        opacity: 0;
      }
      /* There it is empty, unless it is green. */
      @media (forced-colors: active) {
        :host([connected]) span {
          forced-color-adjust: none;
        }
      }
    `,
  ];

  /** Whether the light is green. */
  @property({ type: Boolean, reflect: true }) connected = false;
  /** What the light means, in words, for screen readers and as a tooltip. */
  @property() label = '';
  /** Heartbeats so far: the light breathes each time it grows. */
  @property({ attribute: false }) beats = 0;

  protected override updated(changed: PropertyValues<this>): void {
    const before = changed.get('beats');
    if (!changed.has('beats') || before === undefined || this.beats <= before) return;
    const breath = { duration: BREATH_MS, pseudoElement: '::after' };
    this.renderRoot.querySelector('span')?.animate?.({ opacity: [1, 1] }, breath);
  }

  protected override render() {
    return html`<span part="light" role="img" aria-label=${this.label} title=${this.label}></span>`;
  }
}
