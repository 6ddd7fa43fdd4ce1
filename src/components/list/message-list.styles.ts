import { css } from 'lit';

export const messageListStyles = css`
  :host {
    display: flex;
    flex-direction: column;
    position: relative;
    min-block-size: 0;
    min-inline-size: 0;
    background: var(--_background);
    color: var(--_foreground);
  }

  /* The virtualizer sets a minimal height and the overflow inline. */
  [role='log'] {
    flex: 1 1 auto;
    min-height: 0 !important;
    overflow: hidden auto !important;
    overflow-anchor: none;
    overscroll-behavior: contain;
    scrollbar-width: thin;
    scrollbar-color: var(--_muted) transparent;
    scrollbar-gutter: stable;
  }

  [role='log']:focus-visible {
    outline-offset: -2px;
  }

  [role='log'] > :not([virtualizer-sizer]) {
    inline-size: 100%;
  }

  /* Its lower edge is the end of the content: an inherited line height must not move it. */
  [virtualizer-sizer] {
    block-size: 2px;
    line-height: 2px;
    overflow: hidden;
    white-space: nowrap;
  }

  @media (pointer: coarse) {
    [role='log'] {
      scrollbar-width: none;
      scrollbar-gutter: auto;
    }
  }

  button {
    position: absolute;
    inset-block-end: 12px;
    inset-inline: 0;
    display: flex;
    align-items: center;
    justify-content: center;
    gap: 6px;
    inline-size: fit-content;
    min-inline-size: 36px;
    max-inline-size: calc(100% - 24px);
    min-block-size: 36px;
    margin-inline: auto;
    padding: 4px 10px;
    border: 1px solid transparent;
    border-radius: 18px;
    background: var(--_surface);
    color: var(--_foreground);
    box-shadow: 0 1px 6px rgb(0 0 0 / 25%);
    font: inherit;
    font-size: 13px;
    line-height: 18px;
    cursor: pointer;
  }

  button svg {
    flex: none;
    inline-size: 14px;
    block-size: 14px;
    fill: none;
    stroke: currentcolor;
    stroke-width: 2;
    stroke-linecap: round;
    stroke-linejoin: round;
  }
`;
