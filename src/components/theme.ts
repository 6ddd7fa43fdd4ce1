import { css, unsafeCSS } from 'lit';
import { classic, sheetOf } from './look.js';

/**
 * The look as custom properties: what the page sets as `--chat-*`, else the default of the theme. An element with a `theme`
 * attribute begins a theme; parts without one take over what surrounds them.
 */
export const theme = css`
  :host {
    box-sizing: border-box;
    font-family: var(--chat-font, system-ui, sans-serif);
  }
  :host([hidden]) {
    display: none !important;
  }
  ${unsafeCSS(sheetOf(classic))}
  *,
  ::before,
  ::after {
    box-sizing: border-box;
  }
  @media (prefers-reduced-motion: reduce) {
    *,
    ::before,
    ::after {
      /* What waits for its time still does. */
      animation-duration: 0s !important;
      transition-duration: 0s !important;
    }
  }
  :focus-visible {
    outline: 2px solid var(--_link);
    outline-offset: 2px;
  }
`;
