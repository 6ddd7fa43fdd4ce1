import { css, unsafeCSS } from 'lit';
import { EMOJI_FONT } from './emoji-support.js';

export const CELL_PX = 40;
export const HEADING_PX = 28;

export const chatEmojiStyles = css`
  :host {
    display: flex;
    flex-direction: column;
    min-height: 0;
  }
  .top {
    display: flex;
    flex: none;
    gap: 6px;
    padding: 8px 8px 4px;
  }
  input,
  select {
    height: 34px;
    margin: 0;
    border: 1px solid transparent;
    border-radius: var(--_radius);
    background: var(--_field);
    color: inherit;
    font: inherit;
    font-size: 14px;
    appearance: none;
  }
  input {
    flex: 1;
    min-width: 0;
    padding: 6px 10px;
  }
  ::placeholder {
    color: var(--_muted);
    opacity: 1;
  }
  select {
    width: 40px;
    padding: 0 9px;
    overflow: hidden;
    font-family: ${unsafeCSS(EMOJI_FONT)};
    font-size: 18px;
    white-space: nowrap;
    text-overflow: clip;
    cursor: pointer;
  }
  option {
    background: var(--_surface);
    color: var(--_foreground);
  }
  .tabs {
    display: flex;
    flex: none;
    padding: 0 8px 2px;
    border-block-end: 1px solid var(--_border);
  }
  .tabs button {
    flex: 1;
    min-width: 0;
    height: 30px;
    padding: 0;
    border: 0;
    border-block-end: 2px solid transparent;
    background: none;
    color: var(--_foreground);
    font: 16px/1 ${unsafeCSS(EMOJI_FONT)};
    cursor: pointer;
    filter: grayscale(1);
    opacity: 0.75;
  }
  .tabs button:is(:hover, :focus-visible, [aria-pressed='true']) {
    filter: none;
    opacity: 1;
  }
  .tabs [aria-pressed='true'] {
    border-block-end-color: var(--_link);
  }
  input:focus-visible,
  select:focus-visible,
  .tabs button:focus-visible {
    outline-offset: -1px;
  }
  .grid {
    flex: 1;
    min-height: 0;
    padding: 0 8px;
    overflow: hidden auto;
    overflow-anchor: none;
    overscroll-behavior: contain;
    scrollbar-width: thin;
  }
  [role='row'] {
    display: flex;
    height: ${unsafeCSS(`${CELL_PX}px`)};
  }
  .heading {
    height: ${unsafeCSS(`${HEADING_PX}px`)};
    align-items: end;
    padding: 0 2px 4px;
    color: var(--_muted);
    font-size: 12px;
    line-height: 16px;
  }
  .heading span {
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: nowrap;
  }
  [role='gridcell'] {
    display: grid;
    flex: none;
    place-items: center;
    width: calc(100% / var(--_columns));
    border-radius: 8px;
    font: 24px/1 ${unsafeCSS(EMOJI_FONT)};
    cursor: pointer;
    user-select: none;
    -webkit-user-select: none;
    -webkit-tap-highlight-color: transparent;
  }
  [role='gridcell']:is(:hover, :focus-visible) {
    background: var(--_field);
  }
  [role='gridcell']:focus-visible {
    outline-offset: -2px;
  }
  .none {
    flex: 1;
    margin: 0;
    padding: 24px 16px;
    color: var(--_muted);
    text-align: center;
  }
  @media (pointer: coarse) {
    /* iOS zooms into a field whose text is smaller than this. */
    input {
      font-size: 16px;
    }
    input,
    select {
      height: 40px;
    }
    select {
      width: 44px;
    }
    .tabs button {
      height: 36px;
    }
  }
  /* In a very small window all that there is belongs to the emoji. */
  @container (max-height: 200px) {
    .tabs {
      display: none;
    }
  }
  @media (forced-colors: active) {
    .tabs button {
      filter: none;
    }
  }
`;
