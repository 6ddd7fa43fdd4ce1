import { css } from '../plain-css.js';

/** Where the panel is the whole screen: phones, in either position. The same stands in the style sheet. */
export const FULL_SCREEN = '(max-width: 480px), (max-height: 480px) and (pointer: coarse)';

export const panelStyles = css`
  .button {
    cursor: pointer;
    -webkit-tap-highlight-color: transparent;
    touch-action: manipulation;
    transition: scale 0.15s;
  }
  .button:hover {
    scale: 1.05;
  }
  .button:focus-visible {
    outline: 3px solid Highlight;
    outline-offset: 3px;
  }
  .badge:not(:empty) {
    padding: 0 6px;
  }
  @media print {
    :host {
      display: none !important;
    }
  }
  @media (forced-colors: active) {
    .button,
    .badge,
    .panel,
    .preview {
      border: 2px solid ButtonText;
    }
  }
  .panel,
  .preview {
    --surface: #fff;
    --text: #1d2129;
    --muted: #5f6570;
    --line: #dbdbdb;
    position: fixed;
    right: calc(var(--chat-launcher-offset-x, 20px) + env(safe-area-inset-right));
    bottom: calc(
      var(--chat-launcher-offset-y, 20px) + var(--chat-launcher-size, 56px) + 12px + env(safe-area-inset-bottom)
    );
    box-sizing: border-box;
    border: 1px solid var(--chat-border, var(--line));
    border-radius: 14px;
    background: var(--chat-surface, var(--surface));
    color: var(--chat-foreground, var(--text));
    font: 15px/1.5 var(--chat-font, system-ui, sans-serif);
    text-align: start;
    box-shadow: 0 8px 40px rgb(0 0 0 / 22%);
  }
  :host([theme='dark']) :is(.panel, .preview) {
    --surface: #1d2126;
    --text: #e8eaed;
    --muted: #a3aab4;
    --line: #343a42;
  }
  @media (prefers-color-scheme: dark) {
    :host(:not([theme='light'])) :is(.panel, .preview) {
      --surface: #1d2126;
      --text: #e8eaed;
      --muted: #a3aab4;
      --line: #343a42;
    }
  }
  :host([position='left']) :is(.panel, .preview) {
    right: auto;
    left: calc(var(--chat-launcher-offset-x, 20px) + env(safe-area-inset-left));
  }
  .panel {
    display: block;
    width: min(var(--chat-panel-width, 380px), 100vw - 2 * var(--chat-launcher-offset-x, 20px));
    height: min(
      var(--chat-panel-height, 640px),
      100dvh - var(--chat-launcher-offset-y, 20px) - var(--chat-launcher-size, 56px) - 24px
    );
    overflow: hidden;
    outline: none;
    transform-origin: right bottom;
    transition:
      opacity 0.16s,
      transform 0.16s,
      display 0.16s allow-discrete;
  }
  :host([position='left']) .panel {
    transform-origin: left bottom;
  }
  .panel[hidden] {
    display: none;
    opacity: 0;
    transform: translateY(12px) scale(0.98);
  }
  @starting-style {
    .panel {
      opacity: 0;
      transform: translateY(12px) scale(0.98);
    }
  }
  .panel:focus-visible {
    box-shadow:
      inset 0 0 0 2px Highlight,
      0 8px 40px rgb(0 0 0 / 22%);
  }
  button {
    font: inherit;
    color: inherit;
    cursor: pointer;
    -webkit-tap-highlight-color: transparent;
  }
  .close,
  .dismiss {
    flex: none;
    width: 36px;
    height: 36px;
    padding: 6px;
    border: 0;
    border-radius: 50%;
    background: none;
  }
  :is(.close, .dismiss):hover {
    background: rgb(128 128 128 / 18%);
  }
  svg {
    stroke-linejoin: round;
  }
  .close svg {
    width: 100%;
  }
  chat-window .close {
    order: 1;
    margin-inline-end: -8px;
  }
  :is(.agree, .decline, .close, .dismiss, .said):focus-visible {
    outline: 2px solid Highlight;
    outline-offset: 1px;
  }
  .consent {
    display: flex;
    flex-direction: column;
    box-sizing: border-box;
    height: 100%;
    padding: 16px 24px max(24px, env(safe-area-inset-bottom));
    overflow: auto;
  }
  .consent .close {
    align-self: end;
    margin-inline-end: -12px;
  }
  .consent h2 {
    margin: auto 0 8px;
    font-size: 22px;
    line-height: 1.3;
    font-weight: 600;
  }
  .consent p {
    margin: 0 0 12px;
    overflow-wrap: anywhere;
  }
  .consent .quiet {
    color: var(--chat-muted, var(--muted));
  }
  .agree,
  .decline {
    min-height: 44px;
    margin-top: 8px;
    padding: 8px 16px;
    border: 1px solid transparent;
    border-radius: 10px;
    font-weight: 500;
  }
  .agree {
    margin-top: auto;
    background: var(--chat-launcher-background, var(--chat-accent, var(--brand, #00de7a)));
    color: var(--chat-launcher-foreground, var(--chat-on-accent, var(--on-brand, #06301c)));
  }
  .decline {
    border-color: var(--chat-border, var(--line));
    background: none;
  }
  .preview {
    display: flex;
    align-items: start;
    gap: 4px;
    max-width: min(300px, 100vw - 2 * var(--chat-launcher-offset-x, 20px));
    padding: 4px 6px 4px 4px;
    animation: rise 0.2s;
  }
  /* It stays where a screen reader listens to it. */
  .preview:empty {
    padding: 0;
    border: 0;
    background: none;
    box-shadow: none;
  }
  @keyframes rise {
    from {
      opacity: 0;
      transform: translateY(8px);
    }
  }
  .said {
    min-width: 0;
    min-height: 36px;
    padding: 6px 12px;
    border: 0;
    border-radius: 10px;
    background: none;
    text-align: start;
  }
  .said span {
    display: -webkit-box;
    overflow: hidden;
    overflow-wrap: anywhere;
    unicode-bidi: plaintext;
    -webkit-box-orient: vertical;
    -webkit-line-clamp: 3;
  }
  .said strong {
    display: block;
    font-size: 13px;
    font-weight: 500;
    color: var(--chat-muted, var(--muted));
  }
  @media (max-width: 480px), (max-height: 480px) and (pointer: coarse) {
    .button[aria-expanded='true'] {
      visibility: hidden;
    }
    .panel {
      inset: 0 !important;
      width: 100%;
      height: 100dvh;
      border: 0;
      border-radius: 0;
      padding: env(safe-area-inset-top) env(safe-area-inset-right) 0 env(safe-area-inset-left);
    }
  }
  @media (prefers-reduced-motion: reduce) {
    .button,
    .panel,
    .preview {
      transition: none;
      animation: none;
    }
  }
`;
