import { ownDocument } from '../client/own-document.js';
import { define } from './element-names.js';

const SVG = 'http://www.w3.org/2000/svg';

const look = `
  :host {
    display: block;
    margin-inline-end: -4px;
  }
  :host([hidden]) {
    display: none;
  }
  button {
    display: grid;
    place-items: center;
    width: 44px;
    height: 44px;
    margin: 0;
    padding: 0;
    border: 0;
    border-radius: 50%;
    background: none;
    color: var(--_muted);
    cursor: pointer;
  }
  button:hover {
    background: var(--_field);
    color: var(--_foreground);
  }
  button:focus-visible {
    outline: 2px solid var(--_link);
    outline-offset: -4px;
  }
  svg {
    width: 22px;
    height: 22px;
    fill: none;
    stroke: currentcolor;
    stroke-width: 1.7;
    stroke-linecap: round;
    stroke-linejoin: round;
  }
`;

/**
 * A button that asks for the permission to show notifications. To be seen only while nobody has answered that, in a browser
 * that can show them. Not made with Lit, which would have to come a second time with what is loaded on demand.
 *
 * @csspart bell - the button
 */
export class NotificationBell extends HTMLElement {
  static readonly observedAttributes = ['label'];
  readonly #button = ownDocument.createElement('button');
  #connected = new AbortController();

  constructor() {
    super();
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(look);
    const root = this.attachShadow({ mode: 'open' });
    root.adoptedStyleSheets = [sheet];
    const icon = ownDocument.createElementNS(SVG, 'svg');
    icon.setAttribute('viewBox', '0 0 24 24');
    icon.setAttribute('aria-hidden', 'true');
    const shape = ownDocument.createElementNS(SVG, 'path');
    shape.setAttribute('d', 'M12 3v2M6.5 17v-6a5.5 6 0 0 1 11 0v6l1.5 1H5zM10 21h4');
    icon.append(shape);
    this.#button.type = 'button';
    this.#button.setAttribute('part', 'bell');
    this.#button.append(icon);
    this.#button.addEventListener('click', (event) => void this.#ask(event));
    root.append(this.#button);
  }

  attributeChangedCallback(_: string, __: string | null, label: string | null): void {
    this.#button.title = label ?? '';
    this.#button.setAttribute('aria-label', label ?? '');
  }

  connectedCallback(): void {
    this.#connected = new AbortController();
    this.#show(isToAsk());
    void this.#follow(this.#connected.signal);
  }

  disconnectedCallback(): void {
    this.#connected.abort();
  }

  /** The answer may be given elsewhere: in another tab, by another bell, in the browser's settings. */
  async #follow(signal: AbortSignal): Promise<void> {
    try {
      const permission = await navigator.permissions.query({ name: 'notifications' });
      if (!signal.aborted) permission.addEventListener('change', () => this.#show(isToAsk()), { signal });
    } catch {
      // Not every browser tells.
    }
  }

  async #ask({ isTrusted }: Event): Promise<void> {
    if (!isTrusted || navigator.userActivation?.isActive === false) return;
    try {
      // Whoever closes the question without an answer may be asked again.
      this.#show((await Notification.requestPermission()) === 'default');
    } catch {
      // Where the browser refuses to ask, nobody can answer.
      this.#show(false);
    }
  }

  #show(isShown: boolean): void {
    const isLost = !isShown && this.matches(':focus-within');
    this.hidden = !isShown;
    if (isLost) this.#giveFocus();
  }

  /** The focus stays in the chat: in the transcript, since a text field would open the keyboard of a phone. */
  #giveFocus(): void {
    for (let root = this.getRootNode(); root instanceof ShadowRoot; root = root.host.getRootNode()) {
      const next = root.querySelector<HTMLElement>('message-list, message-composer');
      next?.focus();
      if (next) return;
    }
  }
}

/** Whether notifications work here, and nobody has said yes or no. Constructed without permission, none is shown. */
function isToAsk(): boolean {
  try {
    return globalThis.Notification?.permission === 'default' && Boolean(new Notification(''));
  } catch {
    // Android knows those of service workers only.
    return false;
  }
}

/** The element's code comes on demand; the title bar has its place. */
export function defineNotificationBell(): void {
  if (!customElements.get('notification-bell')) define('notification-bell', NotificationBell);
}

declare global {
  interface HTMLElementTagNameMap {
    'notification-bell': NotificationBell;
  }
}
