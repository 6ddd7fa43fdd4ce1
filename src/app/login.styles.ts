import { css } from 'lit';

export const loginStyles = css`
  label {
    margin-block-end: 4px;
    font-size: 14px;
    font-weight: 500;
  }
  input {
    width: 100%;
    min-width: 0;
    height: 48px;
    margin: 0;
    padding: 0 12px;
    border: 1px solid var(--_muted);
    border-radius: var(--_radius);
    background: var(--_field);
    color: inherit;
    font: inherit;
    /* iOS zooms into a field whose text is smaller. */
    font-size: 16px;
    appearance: none;
  }
  input:focus-visible {
    outline-offset: 0;
  }
  input[aria-invalid] {
    border-color: var(--_on-warning);
  }
  .secret {
    display: flex;
    position: relative;
  }
  /* Whatever is typed has its own direction; where it begins is that of the language. */
  .secret input {
    padding-right: 52px;
  }
  [dir='rtl'] input {
    text-align: right;
  }
  [dir='rtl'] .secret input {
    padding: 0 12px 0 52px;
  }
  /* Edge has a button of its own. */
  input::-ms-reveal {
    display: none;
  }
  .secret button {
    position: absolute;
    inset: 2px 2px auto auto;
  }
  [dir='rtl'] .secret button {
    inset: 2px auto auto 2px;
  }
  .hint {
    min-height: 20px;
    margin: 4px 0 10px;
    color: var(--_muted);
    font-size: 13px;
    line-height: 20px;
  }
  .wrong {
    color: var(--_on-warning);
  }
`;
