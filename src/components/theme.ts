import { css, unsafeCSS } from 'lit';

/** Every colour of the interface: in the light theme, in the dark one. The page overrides each as `--chat-NAME`. */
export const colours: Readonly<Record<string, readonly [light: string, dark: string]>> = {
  background: ['#f0f2f6', '#14171b'],
  surface: ['#fff', '#1d2126'],
  border: ['#dbdbdb', '#343a42'],
  foreground: ['#1d2129', '#e8eaed'],
  muted: ['#5f6570', '#a3aab4'],
  field: ['#f5f7fa', '#2a2f36'],
  pill: ['#e5e7ec', '#262b31'],
  accent: ['#00de7a', '#00c86e'],
  'on-accent': ['#06301c', '#04210f'],
  link: ['#0b57d0', '#a8ccff'],
  'bubble-in': ['#fff', '#2a2f36'],
  'bubble-out': ['#b3efb3', '#1f5a33'],
  'on-bubble-out': ['#10240f', '#eaf7ea'],
  danger: ['#d02c36', '#d9434d'],
  warning: ['#fff0eb', '#3a211a'],
  'on-warning': ['#a93309', '#ffab91'],
};

/** Inside, the names begin with `--_`: what the page set, else the theme's own. */
const scheme = (name: 'light' | 'dark') =>
  unsafeCSS(
    Object.entries(colours).reduce(
      (sheet, [colour, [light, dark]]) =>
        `${sheet}--_${colour}:var(--chat-${colour},${name === 'light' ? light : dark});`,
      `color-scheme:${name};`,
    ),
  );
const light = scheme('light');
const dark = scheme('dark');

/**
 * The look as custom properties: what the page sets as `--chat-*`, else the default of the theme. Colours are the original's
 * where those reach the contrast of WCAG 2.2 AA, else their hue in another lightness. An element with a `theme` attribute
 * begins a theme; parts without one take over what surrounds them.
 */
export const theme = css`
  :host {
    box-sizing: border-box;
    font-family: var(--chat-font, system-ui, sans-serif);
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
    outline: 2px solid var(--_link);
    outline-offset: 2px;
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
