import { css } from 'lit';

export const messageComposerStyles = css`
  :host {
    display: block;
    flex: none;
    border-block-start: 1px solid var(--_border);
    background: var(--_surface);
    color: var(--_foreground);
    padding-block-end: env(safe-area-inset-bottom, 0);
  }
  form {
    display: flex;
    align-items: flex-end;
    gap: 8px;
    min-height: 53px;
    padding: 9.5px 8px;
  }
  textarea,
  input {
    min-width: 0;
    min-height: 34px;
    margin: 0;
    padding: 6px 10px;
    border: 1px solid transparent;
    border-radius: var(--_radius);
    background: var(--_field);
    color: inherit;
    font: inherit;
    font-size: 14px;
    line-height: 20px;
    resize: none;
    appearance: none;
  }
  textarea {
    flex: 1 1 auto;
    height: 34px;
    overflow-wrap: anywhere;
    scrollbar-width: thin;
  }
  .receiver {
    flex: none;
    width: 56px;
    padding-inline: 6px;
    font-size: 13px;
  }
  /* iOS zooms into a field whose text is smaller than this. */
  @media (pointer: coarse) {
    textarea,
    input {
      font-size: 16px;
    }
    .receiver {
      width: 76px;
      font-size: 16px;
    }
    .send::after {
      content: '';
      position: absolute;
      inset: -6px 0;
    }
  }
  ::placeholder {
    color: var(--_muted);
    opacity: 1;
    font-size: inherit;
  }
  .send {
    position: relative;
    flex: none;
    min-width: 44px;
    height: 34px;
    padding: 0 10px;
    border: 1px solid transparent;
    border-radius: var(--_radius);
    background: var(--_accent);
    color: var(--_on-accent);
    font: inherit;
    font-size: 14px;
    font-weight: 500;
    cursor: pointer;
  }
  .send:disabled {
    opacity: 0.5;
    cursor: default;
  }
  p:empty {
    display: none;
  }
`;
