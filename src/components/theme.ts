import { css } from 'lit';

const light = css`
  color-scheme: light;
  --_background: var(--chat-background, #f0f2f6);
  --_surface: var(--chat-surface, #fff);
  --_border: var(--chat-border, #dbdbdb);
  --_foreground: var(--chat-foreground, #1d2129);
  --_muted: var(--chat-muted, #5f6570);
  --_field: var(--chat-field, #f5f7fa);
  --_pill: var(--chat-pill, #e5e7ec);
  --_accent: var(--chat-accent, #00de7a);
  --_on-accent: var(--chat-on-accent, #06301c);
  --_link: var(--chat-link, #0b57d0);
  --_focus: var(--chat-focus, #0b57d0);
  --_bubble-in: var(--chat-bubble-in, #fff);
  --_on-bubble-in: var(--chat-on-bubble-in, #1d2129);
  --_bubble-out: var(--chat-bubble-out, #b3efb3);
  --_on-bubble-out: var(--chat-on-bubble-out, #10240f);
  --_avatar: var(--chat-avatar, #c3cbd8);
  --_on-avatar: var(--chat-on-avatar, #2b3340);
  --_danger: var(--chat-danger, #d02c36);
  --_on-danger: var(--chat-on-danger, #fff);
  --_danger-text: var(--chat-danger-text, #b32410);
  --_warning: var(--chat-warning, #fff0eb);
  --_on-warning: var(--chat-on-warning, #a93309);
`;

const dark = css`
  color-scheme: dark;
  --_background: var(--chat-background, #14171b);
  --_surface: var(--chat-surface, #1d2126);
  --_border: var(--chat-border, #343a42);
  --_foreground: var(--chat-foreground, #e8eaed);
  --_muted: var(--chat-muted, #a3aab4);
  --_field: var(--chat-field, #2a2f36);
  --_pill: var(--chat-pill, #262b31);
  --_accent: var(--chat-accent, #00c86e);
  --_on-accent: var(--chat-on-accent, #04210f);
  --_link: var(--chat-link, #a8ccff);
  --_focus: var(--chat-focus, #8ab8ff);
  --_bubble-in: var(--chat-bubble-in, #2a2f36);
  --_on-bubble-in: var(--chat-on-bubble-in, #e8eaed);
  --_bubble-out: var(--chat-bubble-out, #1f5a33);
  --_on-bubble-out: var(--chat-on-bubble-out, #eaf7ea);
  --_avatar: var(--chat-avatar, #444c57);
  --_on-avatar: var(--chat-on-avatar, #e8eaed);
  --_danger: var(--chat-danger, #e5565f);
  --_on-danger: var(--chat-on-danger, #1b0305);
  --_danger-text: var(--chat-danger-text, #ffa088);
  --_warning: var(--chat-warning, #3a211a);
  --_on-warning: var(--chat-on-warning, #ffab91);
`;

/**
 * The look as custom properties: what the page sets as `--chat-*`, else the default of the theme. Colours are the original's
 * where those reach the contrast of WCAG 2.2 AA, else their hue in another lightness. An element with a `theme` attribute
 * begins a theme; parts without one take over what surrounds them.
 */
export const theme = css`
  :host {
    box-sizing: border-box;
    font-family: var(--chat-font, system-ui, -apple-system, 'Segoe UI', Roboto, 'PingFang SC', 'Microsoft YaHei', 'Noto Sans', sans-serif);
    -webkit-text-size-adjust: 100%;
    --_radius: var(--chat-radius, 8px);
    --_gap: var(--chat-gap, 15px);
    --_text-size: var(--chat-text-size, 14px);
  }
  :host([hidden]) {
    display: none !important;
  }
  :host([theme]) {
    ${light}
  }
  :host([theme='dark']) {
    ${dark}
  }
  @media (prefers-color-scheme: dark) {
    :host([theme='auto']) {
      ${dark}
    }
  }
  *,
  *::before,
  *::after {
    box-sizing: border-box;
  }
  :focus-visible {
    outline: 2px solid var(--_focus);
    outline-offset: 2px;
  }
`;

/** Read by screen readers, seen by nobody. */
export const visuallyHidden = css`
  .visually-hidden {
    position: absolute;
    width: 1px;
    height: 1px;
    overflow: hidden;
    clip-path: inset(50%);
    white-space: nowrap;
  }
`;

/** The buttons of strips and dialogs. */
export const buttons = css`
  button {
    font: inherit;
    color: inherit;
    cursor: pointer;
  }
  .button {
    min-height: 32px;
    padding: 4px 14px;
    border: 1px solid currentcolor;
    border-radius: var(--_radius);
    background: none;
    font-size: 14px;
  }
  .button.primary {
    border-color: transparent;
    background: var(--_accent);
    color: var(--_on-accent);
    font-weight: 500;
  }
`;
