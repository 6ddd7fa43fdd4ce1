import { ownDocument } from '../../client/own-document.js';
import type { ChatWindow } from '../../components/chat-window.js';
import { focusedIn } from '../../components/focused-in.js';
import type { SentMessage } from '../../components/sent-message.js';
import type { ChatMessageEvent, ChatUnreadEvent } from '../../components/window-events.js';
import type { ChatLauncher } from '../chat-launcher.js';
import { iconOf } from '../icon.js';
import { languageOf, textsIn } from '../language.js';
import { defineProperties, upgradeProperties } from '../launcher-properties.js';
import { launcherTexts } from '../launcher-texts.js';
import { button as makeButton } from '../make.js';
import { sheet } from '../plain-css.js';
import { BackButton } from './back-button.js';
import { consentNotice, NOTICED } from './consent-notice.js';
import { FULL_SCREEN, panelStyles } from './panel.styles.js';
import { panelElement } from './panel-element.js';
import { type PanelTexts, panelTexts } from './panel-texts.js';
import { Preview } from './preview.js';
import { Visitor } from './visitor.js';
import { changeWindow, windowOf } from './window-of.js';

/** The panel of a launcher, which is loaded with the chat: what is asked before it, the window, and what is told while it is closed. */
export class Panel {
  readonly #element: HTMLDivElement;
  readonly #close = makeButton('close', () => this.close(), iconOf('close'));
  readonly #preview = new Preview(
    () => void this.host.open(),
    () => this.#preview.hide(),
  );
  #back: BackButton | undefined;
  readonly #visitor: Visitor;
  readonly #screen = matchMedia(FULL_SCREEN);
  #chat: ChatWindow | undefined;
  /** To which the focus returns. */
  #opener: Element | null = null;

  constructor(
    readonly host: ChatLauncher,
    readonly root: ShadowRoot,
    readonly button: HTMLButtonElement,
    signal: AbortSignal,
  ) {
    this.#visitor = new Visitor(host);
    root.adoptedStyleSheets.push(sheet(panelStyles));
    this.#close.slot = 'badge';
    this.#element = panelElement(button);
    root.append(this.#element, this.#preview.element);
    this.#element.addEventListener('keydown', (event) => this.#key(event));
    // As long as it moves out of sight it is seen.
    this.#element.addEventListener('transitionend', () => this.#look());
    const attributes = new MutationObserver((records) => {
      for (const { attributeName } of records) this.changed(attributeName ?? '');
    });
    attributes.observe(host, { attributes: true });
    // What a script tag made knows only what has to be known by then.
    defineProperties(Object.getPrototypeOf(host));
    upgradeProperties(host);
    if (host.hasAgreed) this.#visitor.agree();
    this.#dress();
    this.attached(signal);
    if (this.host.isDestroyed) this.destroy();
  }

  /** Listens to the page around it, as long as the launcher is in it. */
  attached(signal: AbortSignal): void {
    this.#back = new BackButton(() => this.#closed(), signal);
    // On the whole screen also when the focus has fallen out of it.
    addEventListener('keydown', (event) => this.#isWhole && this.#key(event), { signal });
    addEventListener('focusin', ({ target }) => this.#keepFocus(target), { signal });
    this.#screen.addEventListener('change', () => this.#fit(), { signal });
    this.#fit();
    // Of a launcher that is taken out, and not only moved, nobody sees the panel, and no key is for it.
    const left = () => this.host.isConnected || this.host.keepsItself || this.close();
    signal.addEventListener('abort', () => queueMicrotask(left));
  }

  get isOpen(): boolean {
    return !this.#element.hidden;
  }

  /** @param by somebody who pressed for it: the focus goes in, and back to the opener when it is closed */
  open(by?: { readonly opener: Element | null }): void {
    if (this.host.isDestroyed) return;
    this.#show();
    // Whoever has gone on to something else while it loaded is left there, as far as the document shows that.
    if (by && by.opener !== ownDocument.activeElement) by = undefined;
    if (by && !this.#element.contains(this.root.activeElement)) this.#opener = focusedIn({ activeElement: by.opener });
    if (!this.isOpen) {
      this.#element.hidden = false;
      this.button.setAttribute('aria-expanded', 'true');
      this.#preview.hide();
      this.#visitor.keepPanel(true);
      this.#fit();
      this.host.dispatchEvent(new Event('chat-open', { bubbles: true, composed: true }));
    }
    this.#look();
    if (by) void this.#focus();
  }

  close(): void {
    if (!this.isOpen) return;
    this.#back?.disarm();
    this.#closed();
  }

  /** Has the chat without opening it, on a later page of a visit; opens what was open, where that does not cover the page. */
  resume(): void {
    // Nobody else is logged in meanwhile, unless somebody presses for it.
    if (this.#visitor.isAwaited) return;
    if (this.host.hasAttribute('open')) this.open();
    if (!this.#visitor.hasConsent || this.isOpen) return;
    this.#show();
    if (this.#visitor.lastPanel?.isOpen && !this.#screen.matches) this.open();
    else this.#visitor.keepPanel(false); // So that the next page knows whom to wait for.
  }

  /** An attribute or a property has changed. */
  changed(name: string): void {
    const { host } = this;
    const chat = this.#chat;
    this.#dress();
    if (name === 'hidden') this.#fit();
    if (name === 'consent' && (this.isOpen || !this.#visitor.hasConsent)) this.#show();
    if (!chat && this.isOpen && NOTICED.includes(name)) this.#show();
    if (chat) changeWindow(host, chat, name, this.#visitor);
    if (name !== 'user-id' || !this.#visitor.lastPanel) return;
    if (chat) this.#visitor.keepPanel(this.isOpen);
    else this.resume();
  }

  identify(who: { userId: string; getToken?: () => string | Promise<string> }): void {
    this.#chat?.identify(who);
  }

  /** Ends the session; what an earlier page has kept of it too. */
  async logout({ wipe = false }: { wipe?: boolean } = {}): Promise<void> {
    const isOfEarlierPage = !this.#chat && this.#visitor.isKnown;
    if (isOfEarlierPage) {
      this.#have();
      // It asks for a token before it connects: so it never does.
      if (this.#chat) this.#chat.getToken = () => new Promise(() => {});
    }
    await this.#chat?.updateComplete;
    // Before that has come nothing of it can be forgotten.
    await this.#chat?.conversation?.loaded;
    this.#chat?.logout({ wipe });
    // Who has left is not logged in again by the next page.
    this.#visitor.forgetPanel();
    if (!wipe && !isOfEarlierPage) return;
    if (wipe) this.#visitor.forget();
    this.close();
    this.#drop();
  }

  async send(text: string): Promise<SentMessage> {
    if (typeof text !== 'string') throw new TypeError(`send: expected a text, got ${typeof text}`);
    this.#show();
    const chat = this.#chat;
    if (!chat) throw new Error("send: expected the visitor's consent, which is required here");
    await chat.updateComplete;
    return chat.send(text);
  }

  /** The visitor has agreed, or does so no more. */
  async consented(): Promise<void> {
    const hadFocus = this.#element.contains(this.root.activeElement);
    if (this.host.hasAgreed) this.#visitor.agree();
    else await this.logout({ wipe: true });
    if (this.isOpen) this.#visitor.keepPanel(true);
    if (this.isOpen) this.#show();
    else if (this.host.getAttribute('connect') === 'load') this.resume();
    if (hadFocus && this.isOpen) void this.#focus();
  }

  /** Lets go of everything, in the document and outside. */
  destroy(): void {
    this.close();
    this.#visitor.forgetPanel();
    this.#drop();
    this.#element.remove();
  }

  /** Puts what is to be seen into the panel: the window, or what is asked before there may be one. */
  #show(): void {
    const { host } = this;
    if (this.host.isDestroyed) return;
    if (this.#visitor.hasConsent) {
      this.#have();
      return;
    }
    this.#drop();
    this.#element.replaceChildren(
      consentNotice(this.#texts, {
        server: host.getAttribute('server-url') ?? '',
        keeps: this.#visitor.keeps,
        close: this.#close,
        answer: (agrees) => (agrees ? void host.consent(true) : this.close()),
      }),
    );
  }

  #have(): void {
    if (this.#chat || this.host.isDestroyed) return;
    const chat = windowOf(this.host, this.#visitor, this.#close);
    chat.addEventListener('chat-unread', ({ total }: ChatUnreadEvent) => this.#unread(total));
    chat.addEventListener('chat-message', (event: ChatMessageEvent) => this.#heard(event));
    this.#chat = chat;
    this.#element.replaceChildren(chat);
  }

  get #texts(): PanelTexts {
    return textsIn(panelTexts, languageOf(this.host));
  }

  get #isWhole(): boolean {
    return this.isOpen && this.#screen.matches && !this.host.hidden;
  }

  /** What follows from the attributes. */
  #dress(): void {
    const { host } = this;
    // The colour of the brand.
    this.#element.style.cssText = this.button.style.cssText;
    this.#close.title = this.#texts.close;
    this.#close.setAttribute('aria-label', this.#texts.close);
    const [chat] = textsIn(launcherTexts, languageOf(host));
    this.#element.setAttribute('aria-label', host.getAttribute('heading') || host.getAttribute('peer-name') || chat);
  }

  #unread(total: number): void {
    const strings = this.#chat?.language;
    const count = total > 99 ? '99+' : String(total || '');
    this.host.show(count, total > 0 && strings ? strings.newMessages(total) : '');
    if (total === 0) this.#preview.hide();
  }

  #heard({ message, direction }: ChatMessageEvent): void {
    const strings = this.#chat?.language;
    if (direction !== 'in' || this.isOpen || !strings) return;
    this.#preview.show(message, this.host.getAttribute('peer-name') ?? '', strings, this.#texts.dismiss);
  }

  #closed(): void {
    const hadFocus = this.root.activeElement && this.#element.contains(this.root.activeElement);
    this.#element.hidden = true;
    this.button.setAttribute('aria-expanded', 'false');
    // Whoever has logged out meanwhile has none.
    if (this.#visitor.lastPanel) this.#visitor.keepPanel(false);
    this.#look();
    if (hadFocus) {
      const opener = this.#opener?.isConnected && this.#opener !== ownDocument.body ? this.#opener : this.button;
      (opener as HTMLElement).focus({ preventScroll: true });
    }
    this.#opener = null;
    this.host.dispatchEvent(new Event('chat-close', { bubbles: true, composed: true }));
  }

  /** The window looks whether it can be seen: who sees it has read it, wherever the focus is. */
  #look(): void {
    this.#chat?.dispatchEvent(new Event('focusin'));
  }

  async #focus(): Promise<void> {
    this.#element.focus({ preventScroll: true });
    const chat = this.#chat;
    // On a phone a keyboard would cover what somebody came to read.
    if (!chat || matchMedia('(pointer: coarse)').matches) return;
    await chat.updateComplete;
    if (this.root.activeElement === this.#element) chat.focus();
  }

  /** On the whole screen it is all there is: the page behind it can be neither reached nor seen. */
  #fit(): void {
    this.#element.setAttribute('aria-modal', String(this.#isWhole));
    if (this.#isWhole) this.#back?.arm();
    else this.#back?.disarm();
  }

  /** Escape closes the panel, unless it closed something in it. */
  #key(event: KeyboardEvent): void {
    const isInDialog = event.composedPath().some((element) => element instanceof HTMLDialogElement && element.open);
    if (event.key !== 'Escape' || event.defaultPrevented || event.isComposing || isInDialog) return;
    event.preventDefault();
    event.stopPropagation();
    this.close();
  }

  #keepFocus(focused: EventTarget | null): void {
    if (!this.#isWhole || !(focused instanceof Element) || focused === this.host) return;
    // A dialog that the page opens lies above everything, and is where the focus belongs.
    if (!focused.closest(':modal')) this.#element.focus({ preventScroll: true });
  }

  #drop(): void {
    this.#chat?.remove();
    this.#chat = undefined;
    this.#preview.hide();
    this.host.show('', '');
  }
}
