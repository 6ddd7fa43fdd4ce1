import { html, nothing, type PropertyValues } from 'lit';
import { state } from 'lit/decorators.js';
import { buttons } from '../components/buttons.styles.js';
import type { ChatWindow } from '../components/chat-window.js';
import { ChatWindowOptions } from '../components/chat-window-options.js';
import { keepKeys } from '../components/keep-keys.js';
import { theme } from '../components/theme.js';
import { visuallyHidden } from '../components/visually-hidden.styles.js';
import type { ChatErrorEvent } from '../components/window-events.js';
import { PARTS } from '../components/window-parts.js';
import { AppMemory } from './app-memory.js';
import { type AppView, screen } from './app-screens.js';
import { chatAppStyles } from './chat-app.styles.js';
import { ChatAppOptions } from './chat-app-options.js';
import { accountOf, type Flow, type FlowEvent, firstStep, hasWindow, nextStep, type Rules } from './flow.js';
import { focusScreen } from './focus-screen.js';
import { way } from './icons.js';
import { loginStyles } from './login.styles.js';
import type { AppTexts } from './texts/app-texts.js';
import { textsFor } from './texts/texts-for.js';
import { LATE_MS, SHORT_SPLASH_MS, SPLASH_MS } from './times.js';

/** Of whoever logs in here, the page cannot say these. */
const OF_KNOWN_USERS = ['userId', 'getToken', 'client', 'store'];

/**
 * A whole app around a {@link ChatWindow}: splash, privacy notice, login, chat. What the configuration makes needless is left
 * out: the splash with `splash="off"`, the notice without `consent="required"`, the login where there is a `user-id`.
 *
 * It takes the window's attributes and properties and passes them on. What is typed as the password is the token of the login:
 * it is kept in memory as long as somebody is logged in, and nowhere else. Consent and the last account are remembered in
 * `localStorage`, for each `app-id`. The events of the window come through.
 *
 * @slot badge - beside the heading of the chat
 * @csspart splash - the first screen
 * @csspart logo - the picture
 * @csspart app-name - the app's name, on the splash
 * @csspart tagline - the line below it
 * @csspart screen - each of the others around the chat
 * @csspart notice - the privacy notice
 * @csspart login - the login
 * @csspart account - its field
 * @csspart password - its field
 * @csspart reveal - the button that shows the password
 * @csspart trouble - what went wrong with the login
 * @csspart late - what is asked when the server does not answer
 * @csspart primary - the button that leads on
 * @csspart secondary - the button beside it
 * @csspart log-out - the button in the bar of the chat
 */
export class ChatApp extends ChatAppOptions {
  static override styles = [theme, buttons, visuallyHidden, chatAppStyles, loginStyles];

  @state() private flow: Flow | undefined;
  /** In the language of the window; nothing is drawn before they have come. */
  @state() private words: AppTexts | undefined;
  @state() private isRevealed = false;

  #memory = new AppMemory('');
  #timer: ReturnType<typeof setTimeout> | undefined;
  /** What was typed at the last login, for as long as that lasts. */
  #secret = { password: '' };
  #wording: Promise<void> | undefined;

  /** The window, while there is one. */
  get chat(): ChatWindow | null {
    return this.renderRoot?.querySelector('chat-window') ?? null;
  }

  /** Ends the session, in all tabs, and leads back to the login. */
  logout(): void {
    this.#feed({ type: 'logout' });
  }

  override connectedCallback(): void {
    super.connectedCallback();
    if (this.hasUpdated) this.#wait();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    clearTimeout(this.#timer);
  }

  /** When it is drawn in its language. */
  protected override async getUpdateComplete(): Promise<boolean> {
    await super.getUpdateComplete();
    await this.#wording;
    return super.getUpdateComplete();
  }

  protected override willUpdate(changed: PropertyValues): void {
    // What is wrong with it the window says.
    if (!this.hasUpdated || changed.has('locale')) this.chooseLanguage();
    if (changed.has('language')) this.#wording = this.#word();
    if (!this.hasUpdated || changed.has('appId')) this.#memory = new AppMemory(this.appId);
    if (!this.flow) this.flow = firstStep(this.#rules);
    else if (['appId', 'consent', 'splash', 'userId', 'client'].some((name) => changed.has(name))) {
      this.#feed({ type: 'configured' });
    }
  }

  protected override updated(changed: PropertyValues): void {
    const { chat, flow } = this;
    if (chat) this.#passOn(chat);
    if (!flow || !this.words) return;
    const before: Flow | undefined = changed.get('flow');
    if (changed.has('words') && !changed.get('words')) this.#arrive(undefined, flow);
    else if (changed.has('flow') && before) this.#arrive(before, flow);
  }

  protected override render() {
    const { flow, language, words } = this;
    if (!flow || !language || !words) return nothing;
    const texts = { ...words, ...this.texts };
    const name = this.appName || this.heading || language.heading;
    const view: AppView = {
      texts,
      name,
      logo: this.logo,
      serverUrl: this.serverUrl ?? '',
      keeps: this.history !== 'none',
      notifies: this.notifications !== 'off',
      isRevealed: this.isRevealed,
      ask: (type) => this.#feed({ type }),
      submit: this.#submit,
      reveal: () => {
        this.isRevealed = !this.isRevealed;
      },
    };
    const said =
      flow.name === 'login' ? texts.loginTitle(name) : flow.name === 'chat' ? this.heading || this.peerName : '';
    return html`<div
      class="app"
      lang=${language.locale}
      dir=${language.direction}
      @keydown=${this.#key}
      @keypress=${keepKeys}
      @keyup=${keepKeys}
    >
      <p class="visually-hidden" role="status">${said}</p>
      ${screen(flow, view)}${hasWindow(flow) ? this.#window(flow, texts) : nothing}
    </div>`;
  }

  #window({ name }: Flow, texts: AppTexts) {
    return html`<chat-window
      ?hidden=${name !== 'chat'}
      ?token=${this.hasAttribute('token')}
      exportparts=${PARTS}
      @chat-status=${this.#look}
      @chat-error=${this.#failed}
    >
      <slot name="badge" slot="badge"></slot>
      <button
        part="log-out"
        class="bare out"
        slot="badge"
        type="button"
        title=${texts.logOut}
        aria-label=${texts.logOut}
        @click=${() => this.logout()}
      >
        ${way()}
      </button>
      <div class="ended" slot="ended">
        <button part="secondary" class="button" type="button" @click=${() => this.#feed({ type: 'again' })}>
          ${texts.logInAgain}
        </button>
        <button part="secondary" class="button" type="button" @click=${() => this.#feed({ type: 'leave' })}>
          ${texts.leave}
        </button>
      </div>
    </chat-window>`;
  }

  get #rules(): Rules {
    const { consent, account } = this.#memory;
    return {
      splash: this.splash !== 'off',
      // What is misspelt is no consent.
      asks: this.consent !== 'none' && !consent,
      isKnown: Boolean(this.userId || this.client),
      account,
    };
  }

  #feed(event: FlowEvent): void {
    const before = this.flow;
    if (!before) return;
    const after = nextStep(before, event, this.#rules);
    // Of a known user: there is nobody else to log in as.
    if (event.type === 'again' && after.name === 'chat') this.chat?.connect();
    if (after === before) return;
    this.flow = after;
    if (event.type === 'agree') this.#memory.keep({ consent: true });
    if (hasWindow(before)) {
      if (!hasWindow(after)) this.chat?.logout();
      if (!hasWindow(after) || accountOf(before) !== accountOf(after)) this.#forget();
    }
    if (before.name === 'entering' && after.name === 'chat') {
      this.#emptyField();
      if (this.history !== 'none') this.#memory.keep({ account: after.account });
    }
    if (after.name !== 'login') this.isRevealed = false;
  }

  /** The screen is there: what belongs to it begins. */
  #arrive(before: Flow | undefined, flow: Flow): void {
    const { chat } = this;
    this.#wait();
    if (chat && flow.name === 'entering') {
      if (before?.name !== 'entering') this.#enter(chat, flow.account);
      else if (!flow.late) chat.connect();
    }
    // It stays ended until somebody says otherwise, and hears nothing before it is drawn.
    if (chat && flow.name === 'chat' && before?.name === 'left') void chat.updateComplete.then(() => chat.connect());
    focusScreen(this, before, flow);
  }

  #wait(): void {
    clearTimeout(this.#timer);
    const { flow } = this;
    if (flow?.name === 'splash') {
      const isShort = matchMedia('(prefers-reduced-motion: reduce)').matches;
      this.#timer = setTimeout(() => this.#feed({ type: 'seen' }), isShort ? SHORT_SPLASH_MS : SPLASH_MS);
    } else if (flow?.name === 'entering' && !flow.late) {
      this.#timer = setTimeout(() => this.#feed({ type: 'late' }), LATE_MS);
    }
  }

  #enter(chat: ChatWindow, userId: string): void {
    const secret = this.#secret;
    chat.identify({ userId, getToken: () => secret.password });
    // Another window of the page may have the connection already.
    void chat.updateComplete.then(this.#look);
  }

  readonly #look = () => {
    const state = this.chat?.connectionState;
    if (state?.name === 'connected') this.#feed({ type: 'connected' });
    if (state?.name !== 'disconnected') return;
    if (state.reason === 'refused') this.#feed({ type: 'refused', code: state.code });
    if (state.reason === 'misconfigured') this.#feed({ type: 'broken', why: state.error.message });
  };

  readonly #failed = ({ error }: ChatErrorEvent) => {
    // By its name: the window may come from another file. In a wrong language it chats all the same.
    if (error.name !== 'ConfigurationError' || /^(locale|look|brand):/.test(error.message)) return;
    this.#feed({ type: 'broken', why: error.message });
  };

  readonly #submit = (event: SubmitEvent) => {
    event.preventDefault();
    const [account, password] = this.renderRoot.querySelectorAll('input');
    if (!account || !password) return;
    const { flow } = this;
    this.#feed({ type: 'submit', account: account.value, hasPassword: password.value !== '' });
    if (flow?.name === 'login' && this.flow?.name === 'entering') this.#secret = { password: password.value };
  };

  readonly #key = (event: KeyboardEvent) => {
    keepKeys(event);
    if (event.key !== 'Escape' || event.isComposing) return;
    const { flow } = this;
    if (flow?.name === 'splash') this.#feed({ type: 'seen' });
    if (flow?.name === 'privacy') this.#feed({ type: 'decline' });
    if (flow?.name === 'entering') this.#feed({ type: 'cancel' });
  };

  #forget(): void {
    this.#secret.password = '';
    this.#secret = { password: '' };
  }

  #emptyField(): void {
    const field = this.renderRoot.querySelector<HTMLInputElement>('#password');
    if (field) field.value = '';
  }

  async #word(): Promise<void> {
    const { language } = this;
    const words = language && (await textsFor(language.locale));
    if (words && language === this.language) this.words = words;
  }

  /** What the page says of the window. */
  #passOn(chat: ChatWindow): void {
    const isKnown = this.flow?.name === 'chat' && !this.flow.account;
    for (const [name, { state: isOwn }] of ChatWindowOptions.elementProperties) {
      if (isOwn || (!isKnown && OF_KNOWN_USERS.includes(String(name)))) continue;
      Reflect.set(chat, name, Reflect.get(this, name));
    }
  }
}
