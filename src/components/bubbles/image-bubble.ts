import { css, html, LitElement, type PropertyValues } from 'lit';
import { property, state } from 'lit/decorators.js';
import { OnDemand } from '../../client/on-demand.js';
import { onDemandEn } from '../../locales/on-demand-en.js';
import type { Strings } from '../../locales/strings.js';
import { outboundLink } from './outbound-link.js';
import { richBubbleStyles } from './rich-bubble.styles.js';
import { type ImageContent, mayLoad } from './rich-content.js';

/** The largest picture in the transcript, in px. */
const WIDEST = 260;
const HIGHEST = 320;
/** Where nothing is known of its size. */
const UNKNOWN = { width: 200, height: 150 };

const viewer = new OnDemand(() => import('./image-viewer.js'));

/**
 * A picture. Its place is kept free before it has loaded, so nothing moves when it comes. A press opens it in full size. One
 * from elsewhere than the page's own origin or its `image-hosts` is a link: loading it would tell its host of the reader.
 *
 * @csspart image - the picture, or the button that opens it
 * @csspart link - the link to a picture that is not loaded here
 */
export class ImageBubble extends LitElement {
  static override styles = [
    richBubbleStyles,
    css`
      button {
        display: block;
        max-width: 100%;
        padding: 0;
        border: 0;
        border-radius: 6px;
        background: var(--_pill);
        cursor: zoom-in;
        overflow: hidden;
      }
      img {
        display: block;
        max-width: 100%;
        height: auto;
        object-fit: contain;
        color: var(--_foreground);
        font-size: 12px;
      }
    `,
  ];

  /** What is shown; nothing without one. */
  @property({ attribute: false }) image: ImageContent | undefined;
  /** Its texts; nothing is shown without them. */
  @property({ attribute: false }) strings: Strings | undefined;
  /** Hosts beside the page's own from which it is loaded. */
  @property({ attribute: false }) hosts = '';
  @state() private hasFailed = false;

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has('image') && changed.get('image')?.url !== this.image?.url) this.hasFailed = false;
  }

  protected override render() {
    const { image, hosts } = this;
    if (!image) return undefined;
    const strings = { ...onDemandEn, ...this.strings };
    const link = (text: string) => outboundLink(image.url, text);
    const src = image.thumbnail ?? image.url;
    if (!mayLoad(src, hosts) || !mayLoad(image.url, hosts))
      return link(strings.imageElsewhere(new URL(image.url).host));
    if (this.hasFailed) return html`<p>${strings.imageFailed}</p>${link(image.name || strings.image)}`;
    const { width, height } = fitted(image);
    return html`<button
      type="button"
      part="image"
      aria-haspopup="dialog"
      aria-label=${strings.openImage(image.name)}
      @click=${this.#open}
    >
      <img
        src=${src}
        width=${width}
        height=${height}
        alt=""
        loading="lazy"
        decoding="async"
        draggable="false"
        referrerpolicy="no-referrer"
        @error=${this.#failed}
      />
    </button>`;
  }

  protected override updated(): void {
    const picture = this.renderRoot.querySelector('img');
    if (!picture || !this.image) return;
    // Once it has loaded, the attributes alone would yield to its own shape, whatever that is.
    const { width, height } = fitted(this.image);
    picture.style.aspectRatio = `${width} / ${height}`;
  }

  #failed(): void {
    this.hasFailed = true;
  }

  async #open(): Promise<void> {
    const { image, strings } = this;
    if (!image) return;
    try {
      (await viewer.load()).viewImage(this, image, strings);
    } catch {
      // The file of the viewer did not come; the picture can be seen where it is.
      this.ownerDocument.defaultView?.open(image.url, '_blank', 'noopener,noreferrer');
    }
  }
}

function fitted({ width, height }: ImageContent): { readonly width: number; readonly height: number } {
  if (!width || !height) return UNKNOWN;
  const scale = Math.min(1, WIDEST / width, HIGHEST / height);
  return { width: Math.max(1, Math.round(width * scale)), height: Math.max(1, Math.round(height * scale)) };
}
