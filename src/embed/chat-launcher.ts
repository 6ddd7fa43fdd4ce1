import type { LitElement } from 'lit';
import { ownDocument } from '../client/own-document.js';
import type { ChatWindowOptions } from '../components/chat-window-options.js';
import type { SentMessage } from '../components/sent-message.js';
import { ChatErrorEvent } from '../components/window-events.js';
import { embedMemory } from './embed-memory.js';
import { iconOf } from './icon.js';
import { languageOf, textsIn } from './language.js';
import { launcherStyles } from './launcher.styles.js';
import { launcherTexts } from './launcher-texts.js';
import { loadPatiently } from './load-patiently.js';
import { button, make } from './make.js';
import type { Panel } from './panel/panel.js';
import { sheet } from './plain-css.js';
import { wearBrand } from './wear-brand.js';

/** On a server there is nothing to extend, and nobody to see it. */
const Base = (globalThis.HTMLElement ?? class {}) as typeof HTMLElement;

/** Of the looks that have one of their own. */
const ACCENTS: Readonly<Record<string, string>> = { messenger: '#0f7f54', neutral: '#3355c8' };
/** Whoever takes it out of the document again and again is not contradicted more often than that. */
const PUT_BACKS = 5;
const PUT_BACK_MS = 1_000;

/** What a `<chat-launcher>` takes for the window in its panel: properties of the same names, of which attributes are texts. */
export type LauncherOptions = Partial<Omit<ChatWindowOptions, keyof LitElement | 'language'>>;

/** The accessors are made in loops, in `launcher-properties.ts`. */
export interface ChatLauncher extends LauncherOptions {}

/**
 * A floating button that opens a chat: a `<chat-window>` in a panel, full screen on phones. The chat itself is loaded when
 * somebody is about to press it, connects when it is first opened, and stays connected while the panel is closed.
 *
 * It takes all attributes and properties of `<chat-window>`. Without `user-id` the visitor gets an id, which is kept on the
 * device, unless `history` is `none`. Any element of the page with `data-chat-open` opens it too.
 *
 * @attr {right | left} [position=right] - the corner: `right`, `left`
 * @attr {required | none} [consent=none] - `required`: nothing connects and nothing is stored before the visitor has agreed, in
 *   the panel or by `HarmonyChat('consent', true)`; `none`
 * @attr {open | load} [connect=open] - `open`: at the first opening, and on later pages of the same visit once they are idle, so
 *   that replies are not missed; `load`: on every page once it is idle
 * @attr {boolean} open - opens the panel with the page, without taking the focus
 * @fires chat-open - the panel is open
 * @fires chat-close - it is closed
 * @fires chat-error - the chat did not load; and all events of the window, which come through
 * @csspart button - the button
 * @csspart badge - the number of unread messages
 * @csspart preview - the last message, beside the button
 * @csspart said - what it says, a button that opens the panel
 * @csspart dismiss - the button that takes it away
 * @csspart panel - what opens
 * @csspart close - the button that closes it
 * @csspart consent - what is asked before anything is stored
 * @csspart agree - the button that agrees
 * @csspart decline - the one that does not
 * @cssprop [--chat-launcher-size=56px] - Width and height of the button.
 * @cssprop [--chat-launcher-offset-x=20px] - From the side of the page.
 * @cssprop [--chat-launcher-offset-y=20px] - From its bottom.
 * @cssprop [--chat-launcher-z-index=2147483000] - Above what it lies.
 * @cssprop [--chat-launcher-background] - Of the button. Default: the accent.
 * @cssprop [--chat-launcher-foreground] - Its sign. Default: what is on the accent.
 * @cssprop [--chat-panel-width=380px] - Of the panel, where it is not full screen.
 * @cssprop [--chat-panel-height=640px] - The same, if there is room.
 */
// biome-ignore lint/suspicious/noUnsafeDeclarationMerging: see above.
export class ChatLauncher extends Base {
  static readonly observedAttributes = ['locale', 'brand', 'look'];

  /** Taken out of the document, it comes back: a page that swaps its contents does not end a chat. Set by the script tag. @internal */
  keepsItself = false;
  /** @internal */
  isDestroyed: true | undefined;
  /** What a script has told it for the window, by the names of properties. @internal */
  readonly told = new Map<string, unknown>();
  /** Whether the page has said that the visitor agrees. @internal */
  hasAgreed: boolean | undefined;
  /** Once somebody was about to chat. @internal */
  panel: Panel | undefined;
  readonly #badge = make('span', 'badge');
  readonly #button = button('button', () => this.#try(this.toggle()), iconOf('chat'), this.#badge);
  readonly #root = this.attachShadow({ mode: 'open' });
  #life = new AbortController();
  #loading: Promise<Panel> | undefined;
  #unread = '';
  /** How often it was put back of late. */
  #putBacks = 0;

  constructor() {
    super();
    this.#root.adoptedStyleSheets.push(sheet(launcherStyles));
    this.#root.append(this.#button);
  }

  /** Whether the panel is open. */
  get isOpen(): boolean {
    return this.panel?.isOpen ?? false;
  }

  /** Opens the panel; the focus goes into it if that is what somebody has just pressed for. Rejects if the chat did not load. */
  async open(): Promise<void> {
    const by = navigator.userActivation?.isActive ? { opener: ownDocument.activeElement } : undefined;
    (await this.load()).open(by);
  }

  /** Closes it; the focus goes back to where it was. The chat stays connected. */
  async close(): Promise<void> {
    if (this.#loading) (await this.load()).close();
  }

  /** Opens it, or closes it. */
  toggle(): Promise<void> {
    return this.isOpen ? this.close() : this.open();
  }

  /** As `ChatWindow.identify()`. Before the chat has loaded it is noted: nobody is logged in who does not chat. */
  async identify(who: { userId: string; getToken?: () => string | Promise<string> }): Promise<void> {
    if (!who?.userId) throw new TypeError(`identify: expected { userId }, got ${who}`);
    this.panel?.identify(who);
    this.told.set('getToken', who.getToken);
    this.update({ userId: who.userId });
  }

  /** As `ChatWindow.logout()`. With `wipe` the visitor's id is forgotten too. */
  async logout(options?: { wipe?: boolean }): Promise<void> {
    if (this.#isKnown) await (await this.load()).logout(options);
  }

  /** Sends a text in the visitor's name. Rejects where their consent is required and was not given. */
  async send(text: string): Promise<SentMessage> {
    return (await this.load()).send(text);
  }

  /** The visitor agrees; or withdraws, and all that is kept of them is forgotten. */
  async consent(isGiven: boolean): Promise<void> {
    this.hasAgreed = isGiven;
    // Nothing is loaded to forget nothing.
    if (isGiven ? this.panel : this.#isKnown) await (await this.load()).consented();
  }

  /** Sets attributes and properties, by the names of properties. Undefined takes an attribute away. */
  update(options: Readonly<Record<string, unknown>>): void {
    for (const [name, value] of Object.entries(options)) {
      const attribute = name.replace(/[A-Z]/g, '-$&').toLowerCase();
      if (Object(value) === value || this.told.has(name) || name === 'extra') {
        this.told.set(name, value);
        this.panel?.changed(name);
      } else if (value === undefined || value === null || value === false) this.removeAttribute(attribute);
      else this.setAttribute(attribute, value === true ? '' : String(value));
    }
  }

  /** Loads the chat, without opening or connecting it. What fails is told by `chat-error`, and tried again at the next call. */
  load(): Promise<Panel> {
    this.#loading ??= this.#load();
    return this.#loading;
  }

  /** Leaves the chat, takes the launcher out of the document, and lets go of everything. */
  destroy(): void {
    // Nor does what is still loading open it.
    this.isDestroyed = true;
    this.keepsItself = false;
    this.panel?.destroy();
    this.remove();
  }

  connectedCallback(): void {
    this.#life.abort();
    this.#life = new AbortController();
    const { signal } = this.#life;
    this.#label();
    // The button, and what lies in the page with `data-chat-open`, wherever in it and whenever it comes.
    const opener = (event: Event) =>
      event.composedPath().find((at) => at === this || (at instanceof Element && at.hasAttribute('data-chat-open')));
    for (const type of ['pointerover', 'focusin']) {
      addEventListener(type, (event) => opener(event) && this.#try(this.load()), { signal, passive: true });
    }
    addEventListener(
      'click',
      (event) => {
        const by = opener(event);
        if (!by || by === this || event.defaultPrevented) return;
        event.preventDefault();
        this.#try(this.open());
      },
      { signal },
    );
    this.panel?.attached(signal);
    if (this.#loading) return;
    // What the page asks for by itself. Looked at once it has nothing else to do: while its storage is opened a page stands still.
    (globalThis.requestIdleCallback ?? setTimeout)(() => {
      const isAsked = this.hasAttribute('open') || this.getAttribute('connect') === 'load';
      if (signal.aborted || !(isAsked || embedMemory(this).visit.read())) return;
      this.#try(this.load().then((panel) => panel.resume()));
    });
  }

  disconnectedCallback(): void {
    this.#life.abort();
    const putBack = () => {
      if (this.isConnected || !this.keepsItself) return;
      this.#putBacks += 1;
      setTimeout(() => {
        this.#putBacks -= 1;
      }, PUT_BACK_MS);
      ownDocument.body?.append(this);
    };
    // After the change that took it out: a page that only moves it has put it somewhere by then.
    if (this.#putBacks < PUT_BACKS) queueMicrotask(putBack);
    else setTimeout(putBack, PUT_BACK_MS);
  }

  attributeChangedCallback(): void {
    this.#label();
  }

  /** Shows how many messages are unread, and says it. @internal */
  show(unread: string, said: string): void {
    this.#badge.textContent = unread;
    this.#unread = said;
    this.#label();
  }

  /** Whether there may be something of the visitor, on this page or on the device. */
  get #isKnown(): boolean {
    return Boolean(this.#loading || this.hasAttribute('user-id') || embedMemory(this).visitor.read());
  }

  /** What went wrong has been told by an event. */
  #try(work: Promise<unknown>): void {
    work.catch(() => {});
  }

  #label(): void {
    const [chat, retry] = textsIn(launcherTexts, languageOf(this));
    const more = this.#button.matches('.failed') ? retry : this.#unread;
    this.#button.title = more ? `${chat}: ${more}` : chat;
    this.#button.setAttribute('aria-label', this.#button.title);
    wearBrand(this.#button, this.getAttribute('brand') ?? ACCENTS[this.getAttribute('look') ?? '']);
  }

  async #load(): Promise<Panel> {
    const { classList } = this.#button;
    classList.remove('failed');
    classList.add('busy');
    this.show('', '');
    try {
      const { Panel } = await loadPatiently();
      this.panel = new Panel(this, this.#root, this.#button, this.#life.signal);
      return this.panel;
    } catch (error) {
      this.#loading = undefined;
      classList.add('failed');
      this.show('!', '');
      this.dispatchEvent(new ChatErrorEvent(error as Error));
      throw error;
    } finally {
      classList.remove('busy');
    }
  }
}
