import { css, html, LitElement, nothing } from 'lit';
import { property } from 'lit/decorators.js';
import { MessageType } from '../../client/message.js';
import type { Strings } from '../../locales/strings.js';
import { visuallyHidden } from '../visually-hidden.styles.js';
import { fileSize } from './media-words.js';
import { foreignHost, outboundLink } from './outbound-link.js';
import { richBubbleStyles } from './rich-bubble.styles.js';
import type { FileContent } from './rich-content.js';

/**
 * A file: its name, size and kind. A press opens it, or downloads it where it is of the page's own origin; nothing is loaded before.
 *
 * @csspart file - the link
 */
export class FileBubble extends LitElement {
  static override styles = [
    richBubbleStyles,
    visuallyHidden,
    css`
      a {
        position: relative;
        display: flex;
        align-items: center;
        gap: 12px;
        color: inherit;
        text-decoration: none;
      }
      a:hover .name {
        text-decoration: underline;
        text-underline-offset: 2px;
      }
      .kind {
        flex: none;
        display: flex;
        align-items: flex-end;
        justify-content: center;
        width: 36px;
        height: 44px;
        padding: 0 2px 6px;
        border: 1px solid currentcolor;
        border-radius: 4px 12px 4px 4px;
        font-size: 10px;
        font-weight: 600;
        line-height: 12px;
        overflow: hidden;
      }
      .text {
        min-width: 0;
      }
      .name {
        display: -webkit-box;
        -webkit-box-orient: vertical;
        -webkit-line-clamp: 2;
        overflow: hidden;
        overflow-wrap: anywhere;
      }
      .size {
        display: block;
        font-size: 12px;
        line-height: 16px;
      }
    `,
  ];

  /** What is shown; nothing without one. */
  @property({ attribute: false }) file: FileContent | undefined;
  /** Its texts; nothing is shown without them. */
  @property({ attribute: false }) strings: Strings | undefined;

  protected override render() {
    const { file } = this;
    if (!file) return undefined;
    const { kinds, locale } = this.strings ?? {};
    const name = file.name || new URL(file.url).host;
    // Who follows the link wants to know where it leads.
    const about = [file.bytes === undefined ? '' : fileSize(file.bytes, locale), foreignHost(file.url)]
      .filter(Boolean)
      .join(' · ');
    const content = html`<span class="visually-hidden">${kinds?.[MessageType.file]} </span>
      <span class="kind" aria-hidden="true">${extension(file.name)}</span>
      <span class="text"><bdi class="name">${name}</bdi>${about ? html`<bdi class="size">${about}</bdi>` : nothing}</span>`;
    return outboundLink(file.url, content, { part: 'file', download: file.name });
  }
}

/** What stands behind the last dot, if that is short enough to be one. */
function extension(name: string): string {
  return /\.([\p{L}\p{N}]{1,5})$/u.exec(name)?.[1]?.toUpperCase() ?? '';
}
