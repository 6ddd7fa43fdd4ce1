import { css } from 'lit';

export const listToolsStyles = css`
  :host {
    position: absolute;
    inset: 0;
    z-index: 1;
    overflow: hidden;
    pointer-events: none;
    font-size: 13px;
    line-height: 18px;
  }
  button {
    position: absolute;
    padding: 0;
    border: 1px solid transparent;
    background: var(--_surface);
    color: var(--_foreground);
    box-shadow: 0 1px 6px rgb(0 0 0 / 25%);
    font: inherit;
    pointer-events: auto;
    cursor: pointer;
  }
  svg {
    flex: none;
    width: 14px;
    height: 14px;
    fill: none;
    stroke: currentcolor;
    stroke-width: 2;
    stroke-linecap: round;
    stroke-linejoin: round;
  }
  .jump {
    inset-block-end: 12px;
    inset-inline: 0;
    display: flex;
    align-items: center;
    justify-content: center;
    gap: 6px;
    width: fit-content;
    min-width: 36px;
    max-width: calc(100% - 24px);
    min-height: 36px;
    margin-inline: auto;
    padding: 4px 10px;
    border-radius: 18px;
  }
  .jump.above {
    inset-block: 12px auto;
  }
  .jump.above svg {
    transform: rotate(180deg);
  }
  .actions {
    display: grid;
    place-items: center;
    width: 24px;
    height: 24px;
    border-radius: 50%;
  }
  .actions svg {
    fill: var(--_muted);
    stroke: none;
  }
  .actions:hover svg {
    fill: var(--_foreground);
  }
  @media (pointer: coarse) {
    .jump {
      min-width: 44px;
      min-height: 44px;
      border-radius: 22px;
    }
  }
  .toast {
    position: absolute;
    inset-block-end: 12px;
    inset-inline: 0;
    width: fit-content;
    max-width: calc(100% - 24px);
    margin-inline: auto;
    padding: 6px 14px;
    border: 1px solid transparent;
    border-radius: 16px;
    background: var(--_foreground);
    color: var(--_background);
  }
  .toast:empty {
    display: none;
  }
  @media (forced-colors: active) {
    svg {
      stroke: ButtonText;
    }
    .actions svg {
      fill: ButtonText;
    }
  }
`;

/** For the list around it: a finger that rests opens the menu, and marks nothing until that is asked for. */
export const listStyles = css`
  [role='log'] > :focus-visible {
    outline-offset: -2px;
  }
  [role='log'] > message-bubble:focus-visible {
    outline: none;
  }
  [role='log'] > message-bubble:focus-visible::part(bubble),
  [role='log'] > message-bubble:focus-visible::part(system) {
    outline: 2px solid var(--_link);
    outline-offset: 2px;
  }
  @media (pointer: coarse) {
    [role='log'] > :not([data-selectable]) {
      -webkit-touch-callout: none;
      -webkit-user-select: none;
      user-select: none;
    }
  }
`;
