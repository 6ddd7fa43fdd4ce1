import { css } from 'lit';

export const composerToolsStyles = css`
  :host {
    display: block;
    flex: none;
    margin-inline: -4px;
    font-size: 14px;
    line-height: 20px;
  }
  .open {
    position: relative;
    display: grid;
    place-items: center;
    width: 34px;
    height: 34px;
    margin: 0;
    padding: 0;
    border: 1px solid transparent;
    border-radius: var(--_radius);
    background: none;
    color: var(--_muted);
    cursor: pointer;
  }
  .open:is(:hover, [aria-expanded='true']) {
    background: var(--_field);
    color: var(--_foreground);
  }
  .open:focus-visible {
    outline-offset: -1px;
  }
  svg {
    width: 24px;
    height: 24px;
    fill: none;
    stroke: currentcolor;
    stroke-width: 1.7;
    stroke-linecap: round;
    stroke-linejoin: round;
  }
  .box {
    position: absolute;
    z-index: 4;
    inset-block-end: calc(100% + 4px);
    inset-inline-end: 8px;
    display: flex;
    width: min(360px, calc(100% - 16px));
    height: 300px;
    overflow: hidden;
    container-type: size;
    border: 1px solid var(--_border);
    border-radius: 12px;
    background: var(--_surface);
    color: var(--_foreground);
    box-shadow: 0 4px 20px rgb(0 0 0 / 22%);
  }
  .box:focus-visible {
    outline-offset: -2px;
  }
  chat-emoji {
    flex: 1;
    min-width: 0;
  }
  .middle {
    display: flex;
    flex: 1;
    flex-direction: column;
    align-items: center;
    justify-content: center;
    gap: 10px;
    padding: 16px;
    overflow: auto;
    color: var(--_muted);
    text-align: center;
  }
  p {
    margin: 0;
  }
  @media (pointer: coarse) {
    /* A finger needs more than what is to be seen, and room between that and the next button. */
    :host {
      margin-inline: 0;
    }
    .open::after {
      position: absolute;
      inset: -6px;
      content: '';
    }
    .button {
      min-height: 44px;
    }
  }
  @media (prefers-reduced-motion: no-preference) {
    .box {
      animation: rise 120ms ease-out;
    }
    @keyframes rise {
      from {
        opacity: 0;
        transform: translateY(8px);
      }
    }
  }
`;

/** For the composer around the tools: the box stands on it. And what a field may do without for a moment. */
export const composerStyles = css`
  :host {
    position: relative;
  }
  textarea::placeholder {
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: nowrap;
  }
  textarea:focus-visible,
  input:focus-visible {
    outline-offset: -1px;
  }
  p {
    margin: 0;
    padding: 0 18px 8px;
    color: var(--_muted);
    font-size: 12px;
    line-height: 16px;
  }
  p.over {
    color: var(--_on-warning);
  }
`;
