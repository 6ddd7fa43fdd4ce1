import { css } from './plain-css.js';

/**
 * What is painted before anything else has come. Of the page nothing comes in but custom properties: `!important` in a shadow
 * tree is stronger than that of the page. Sizes are in px, since 1rem may be anything.
 */
export const launcherStyles = css`
  :host {
    all: initial !important;
    position: fixed !important;
    z-index: var(--chat-launcher-z-index, 2147483000) !important;
    right: calc(var(--chat-launcher-offset-x, 20px) + env(safe-area-inset-right)) !important;
    bottom: calc(var(--chat-launcher-offset-y, 20px) + env(safe-area-inset-bottom)) !important;
    width: var(--chat-launcher-size, 56px) !important;
    height: var(--chat-launcher-size, 56px) !important;
    direction: ltr !important;
  }
  :host([position='left']) {
    right: auto !important;
    left: calc(var(--chat-launcher-offset-x, 20px) + env(safe-area-inset-left)) !important;
  }
  :host([hidden]) {
    display: none !important;
  }
  .button {
    width: 100%;
    height: 100%;
    padding: 0;
    border: 0;
    border-radius: 50%;
    background: var(--chat-launcher-background, var(--chat-accent, var(--brand, #00de7a)));
    color: var(--chat-launcher-foreground, var(--chat-on-accent, var(--on-brand, #06301c)));
    box-shadow: 0 4px 16px #0004;
  }
  svg {
    display: block;
    width: 50%;
    margin: auto;
    fill: none;
    stroke: currentcolor;
    stroke-width: 2;
    stroke-linecap: round;
  }
  .busy svg {
    opacity: 0.5;
  }
  .badge {
    position: absolute;
    top: -4px;
    right: -4px;
    min-width: 22px;
    border-radius: 11px;
    background: #c00;
    color: #fff;
    font: 700 13px/22px system-ui;
  }
`;
