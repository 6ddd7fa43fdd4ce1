import { html } from 'lit';

/** Ours, in the colours of the theme. */
export const mark = () => html`<svg part="logo" class="logo" viewBox="0 0 64 64" aria-hidden="true">
  <rect width="64" height="64" rx="16" fill="var(--_accent)" />
  <path
    d="M14 22a8 8 0 0 1 8-8h20a8 8 0 0 1 8 8v13a8 8 0 0 1-8 8H29l-9 8a1 1 0 0 1-1.7-.7V43A8 8 0 0 1 14 35z"
    fill="#fff"
  />
  <path d="M23 30q3-7 6 0t6 0 6 0" fill="none" stroke="#06301c" stroke-width="3.5" stroke-linecap="round" />
</svg>`;

const icon = (path: string, mirrors = false) =>
  html`<svg class=${mirrors ? 'icon mirrors' : 'icon'} viewBox="0 0 24 24" aria-hidden="true"><path d=${path} /></svg>`;

export const line = () => icon('M4 17h16M4 17l4-4m-4 4 4 4M20 7H4m16 0-4-4m4 4-4 4');
export const device = () =>
  icon('M7 2.5h10a1 1 0 0 1 1 1v17a1 1 0 0 1-1 1H7a1 1 0 0 1-1-1v-17a1 1 0 0 1 1-1zM11 18.5h2');
export const bell = () => icon('M6 17V11a6 6 0 0 1 12 0v6l2 2H4zM10 21.5h4');
export const lock = () => icon('M6 11h12v10H6zM8.5 11V7.5a3.5 3.5 0 0 1 7 0V11');
export const eye = () =>
  icon('M2 12s3.5-6.5 10-6.5S22 12 22 12s-3.5 6.5-10 6.5S2 12 2 12zM12 9a3 3 0 1 1 0 6 3 3 0 0 1 0-6z');
export const eyeClosed = () =>
  icon(
    'M3 3l18 18M9.9 5.700A10 10 0 0 1 12 5.5c6.5 0 10 6.5 10 6.5s-1 1.9-3 3.600M6 7.5C3.400 9.300 2 12 2 12s3.5 6.5 10 6.5a10 10 0 0 0 4-.8',
  );
export const way = () => icon('M14 4H5v16h9M10 12h11m0 0-4-4m4 4-4 4', true);
