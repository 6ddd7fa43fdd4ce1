import { css, html, LitElement } from 'lit';
import { property } from 'lit/decorators.js';
import type { Message } from '../../client/message.js';
import type { linkTokens } from './links.js';

/** Most messages have none of this, and need nobody who looks for links. */
const MAY_HAVE_LINKS = /[.:@]|\d{3}/;

let findLinks: typeof linkTokens | undefined;
let loading: Promise<void> | undefined;

/** Looking for links is a tenth of the code, and comes when a text first asks for it. Without it links are plain text. */
function loadLinks(): Promise<void> {
  loading ??= import('./links.js').then(
    (links) => {
      findLinks = links.linkTokens;
    },
    // The next text tries again.
    () => {
      loading = undefined;
    },
  );
  return loading;
}

/**
 * The text of a message, with links. Text bindings only: markup in it is shown as it was typed.
 *
 * @csspart link - a link
 */
export class TextBubble extends LitElement {
  static override styles = css`
    :host {
      display: block;
      overflow: hidden;
      white-space: pre-wrap;
      overflow-wrap: anywhere;
      unicode-bidi: plaintext;
      text-align: start;
    }
    a {
      color: var(--_link);
      text-underline-offset: 2px;
    }
  `;

  @property({ attribute: false }) message: Message | undefined;

  protected override render() {
    const content = this.message?.content ?? '';
    if (!MAY_HAVE_LINKS.test(content)) return content;
    if (!findLinks) {
      void loadLinks().then(() => findLinks && this.requestUpdate());
      return content;
    }
    return findLinks(content).map((token) =>
      token.kind === 'text'
        ? token.text
        : html`<a part="link" href=${token.href} target="_blank" rel="noopener noreferrer nofollow ugc"
            >${token.text}</a
          >`,
    );
  }
}
