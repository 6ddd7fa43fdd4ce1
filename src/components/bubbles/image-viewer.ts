import { css, html, LitElement } from 'lit';
import { property } from 'lit/decorators.js';
import { onDemandEn } from '../../locales/on-demand-en.js';
import type { Strings } from '../../locales/strings.js';
import { define } from '../element-names.js';
import type { ImageContent } from './rich-content.js';
import { focusTranscript, windowAround } from './window-around.js';
import { Zoom } from './zoom.js';

/** A picture in full size over the whole page, until it is closed: by its button, Escape, a press beside it, a swipe up or down. */
export class ImageViewer extends LitElement {
  static override styles = css`
    dialog {
      box-sizing: border-box;
      width: 100vw;
      max-width: none;
      height: 100dvh;
      max-height: none;
      margin: 0;
      padding: 0;
      border: 0;
      background: rgb(0 0 0 / 0.9);
      color: #fff;
      font: 14px/20px var(--chat-font, system-ui, sans-serif);
      overflow: hidden;
      overscroll-behavior: contain;
    }
    dialog::backdrop {
      background: none;
    }
    .stage {
      position: absolute;
      inset: 0;
      display: flex;
      align-items: center;
      justify-content: center;
      touch-action: none;
      user-select: none;
    }
    img {
      max-width: 100%;
      max-height: 100%;
      object-fit: contain;
      cursor: grab;
      will-change: transform;
    }
    .bar {
      position: absolute;
      inset: env(safe-area-inset-top) env(safe-area-inset-right) auto env(safe-area-inset-left);
      display: flex;
      align-items: center;
      gap: 4px;
      padding: 8px;
      background: linear-gradient(rgb(0 0 0 / 0.7), transparent);
    }
    .name {
      flex: 1;
      min-width: 0;
      padding-inline: 8px;
      overflow: hidden;
      text-overflow: ellipsis;
      white-space: nowrap;
    }
    button {
      flex: none;
      width: 44px;
      height: 44px;
      padding: 0;
      border: 1px solid transparent;
      border-radius: 22px;
      background: rgb(0 0 0 / 0.5);
      color: inherit;
      cursor: pointer;
    }
    svg {
      display: block;
      margin: auto;
      width: 20px;
      height: 20px;
      fill: none;
      stroke: currentcolor;
      stroke-width: 2;
      stroke-linecap: round;
    }
    button:focus-visible {
      outline: 2px solid #fff;
      outline-offset: -4px;
    }
    .failed {
      max-width: 80%;
      text-align: center;
    }
  `;

  @property({ attribute: false }) image: ImageContent | undefined;
  @property({ attribute: false }) strings: Strings | undefined;
  @property({ attribute: false }) hasFailed = false;
  opener: Element | undefined;
  around: Element | undefined;

  readonly #zoom = new Zoom({
    picture: () => this.renderRoot.querySelector('img'),
    dismiss: () => this.#dialog?.close(),
  });

  get #dialog(): HTMLDialogElement | null {
    return this.renderRoot.querySelector('dialog');
  }

  /** It does not outlive its window, nor go with it elsewhere. */
  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.remove();
  }

  protected override firstUpdated(): void {
    this.#dialog?.showModal();
  }

  protected override render() {
    const { image, hasFailed } = this;
    const strings = { ...onDemandEn, ...this.strings };
    const zoom = this.#zoom;
    const button = (label: string, path: string, press: () => void) =>
      html`<button type="button" aria-label=${label} title=${label} @click=${press}>
        <svg viewBox="0 0 20 20" aria-hidden="true"><path d=${path} /></svg>
      </button>`;
    return html`<dialog
      aria-label=${image?.name || strings.image}
      lang=${strings.locale ?? ''}
      dir=${strings.direction ?? 'ltr'}
      @keydown=${this.#keyPressed}
      @close=${this.#closed}
    >
      <div
        class="stage"
        @click=${this.#pressed}
        @dblclick=${zoom.toggle}
        @wheel=${zoom.wheel}
        @pointerdown=${zoom.down}
        @pointermove=${zoom.move}
        @pointerup=${zoom.up}
        @pointercancel=${zoom.up}
      >
        ${
          hasFailed
            ? html`<p class="failed" role="alert">${strings.imageFailed}</p>`
            : html`<img
              src=${image?.url ?? ''}
              alt=${image?.name || strings.image}
              draggable="false"
              referrerpolicy="no-referrer"
              @error=${() => {
                this.hasFailed = true;
              }}
            />`
        }
      </div>
      <div class="bar">
        <bdi class="name">${image?.name}</bdi>
        ${button(strings.zoomOut, 'M4 10h12', () => zoom.by(1 / 1.5))}
        ${button(strings.zoomIn, 'M4 10h12M10 4v12', () => zoom.by(1.5))}
        ${button(strings.close, 'M4 4l12 12M16 4L4 16', () => this.#dialog?.close())}
      </div>
    </dialog>`;
  }

  #closed(): void {
    this.remove();
    // The row with the button that opened it may have gone.
    if (!this.opener?.isConnected) focusTranscript(this.around);
  }

  /** Beside the picture. */
  #pressed({ currentTarget }: MouseEvent): void {
    if (this.#zoom.pressedOn === currentTarget) this.#dialog?.close();
  }

  #keyPressed(event: KeyboardEvent): void {
    // The shortcuts of the page below are not meant.
    event.stopPropagation();
    if (event.ctrlKey || event.metaKey || event.altKey || !this.#zoom.key(event.key)) return;
    event.preventDefault();
  }
}

define('image-viewer', ImageViewer);

/** Shows a picture in full size, in the window around this element. */
export function viewImage(element: Element, image: ImageContent, strings: Strings | undefined): void {
  const viewer = element.ownerDocument.createElement('image-viewer') as ImageViewer;
  // A row may go while it is looked at.
  const around = windowAround(element);
  const root = around.shadowRoot ?? around;
  // A second press, before the file of the viewer had come.
  if (root.querySelector('image-viewer')) return;
  Object.assign(viewer, { image, strings, opener: element, around });
  root.append(viewer);
}
