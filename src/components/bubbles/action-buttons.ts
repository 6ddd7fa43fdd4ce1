import { css, html } from 'lit';
import { foreignHost, outboundLink } from './outbound-link.js';
import type { Action } from './rich-content.js';

export const actionStyles = css`
  .actions {
    display: flex;
    flex-wrap: wrap;
    gap: 8px;
    margin-block-start: 10px;
  }
  .action {
    display: inline-flex;
    align-items: center;
    gap: 6px;
    min-height: 32px;
    max-width: 100%;
    padding: 4px 14px;
    border: 1px solid currentcolor;
    border-radius: 16px;
    background: none;
    color: var(--_link);
    line-height: 20px;
    text-align: start;
    text-decoration: none;
    overflow-wrap: anywhere;
  }
  /* The name of a host is not broken where the title can be. */
  .action small {
    max-width: 100%;
    overflow-wrap: break-word;
  }
  .action:hover {
    text-decoration: underline;
    text-underline-offset: 2px;
  }
`;

/** Buttons that send a text, and links. */
export function actionButtons(actions: readonly Action[], send: ((text: string) => void) | undefined) {
  return html`<div class="actions">
    ${actions.map(({ title, text = title, url }) => {
      const label = html`<bdi>${title}</bdi>`;
      if (url === undefined)
        return html`<button type="button" part="reply" class="action" @click=${() => send?.(text)}>${label}</button>`;
      const host = foreignHost(url);
      return outboundLink(url, host ? html`${label}<small>${host}</small>` : label, {
        part: 'reply',
        className: 'action',
      });
    })}
  </div>`;
}
