import { css } from 'lit';

export const chatWindowStyles = css`
  :host {
    display: block;
    position: relative;
    width: 100%;
    height: 100%;
    min-height: 240px;
    overflow: hidden;
    background: var(--_background);
    color: var(--_foreground);
    font-size: 14px;
    line-height: 1.45;
    text-align: start;
  }
  .window {
    display: flex;
    flex-direction: column;
    height: 100%;
    min-height: inherit;
  }
  message-list {
    flex: 1 1 auto;
    min-height: 0;
  }
  .middle {
    display: flex;
    flex: 1 1 auto;
    flex-direction: column;
    align-items: center;
    justify-content: center;
    gap: 8px;
    min-height: 0;
    margin: 0;
    padding: 24px;
    overflow: auto;
    color: var(--_muted);
    text-align: center;
    overflow-wrap: anywhere;
  }
  .middle strong {
    color: var(--_foreground);
    font-size: 16px;
    font-weight: 500;
  }
  .middle p {
    max-width: 44ch;
    margin: 0;
  }
  .heard {
    position: absolute;
    z-index: 2;
    inset: 66px 12px auto;
    width: fit-content;
    max-width: calc(100% - 24px);
    margin: 0 auto;
    padding: 6px 16px;
    overflow: hidden;
    border: 1px solid var(--_border);
    border-radius: 18px;
    background: var(--_surface);
    color: var(--_foreground);
    font: inherit;
    text-overflow: ellipsis;
    white-space: nowrap;
    cursor: pointer;
    box-shadow: 0 2px 8px rgb(0 0 0 / 15%);
  }
`;
