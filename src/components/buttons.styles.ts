import { css } from 'lit';

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
