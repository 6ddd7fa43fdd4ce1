import { html, nothing } from 'lit';
import type { Flow, LoginTrouble } from './flow.js';
import { bell, device, eye, eyeClosed, line, lock, mark } from './icons.js';
import type { AppTexts } from './texts/app-texts.js';

/** All that is to be seen around the chat, and what may be asked for there. */
export interface AppView {
  readonly texts: AppTexts;
  /** The app's name. */
  readonly name: string;
  /** Address of the page's own picture; empty: ours. */
  readonly logo: string;
  /** Where the chat connects to. */
  readonly serverUrl: string;
  /** Whether anything but consent is kept on the device. */
  readonly keeps: boolean;
  /** Whether notifications may be asked for. */
  readonly notifies: boolean;
  /** Whether the password can be read. */
  readonly isRevealed: boolean;
  readonly ask: (type: 'seen' | 'typed' | 'agree' | 'decline' | 'reopen' | 'cancel' | 'again') => void;
  readonly submit: (event: SubmitEvent) => void;
  readonly reveal: () => void;
}

/** The screen of this step; nothing where the chat has all the room. */
export function screen(flow: Flow, view: AppView): unknown {
  switch (flow.name) {
    case 'splash':
      return splash(view);
    case 'privacy':
      return flow.declined ? declined(view) : privacy(view);
    case 'login':
    case 'entering':
      return login(flow, view);
    case 'left':
      return left(view);
    case 'chat':
      return nothing;
  }
}

function splash({ name, logo, texts, ask }: AppView) {
  return html`<button part="splash" class="splash" type="button" data-focus @click=${() => ask('seen')}>
    ${picture(logo)}
    <span part="app-name" class="name">${name}</span>
    <span part="tagline" class="quiet">${texts.tagline}</span>
  </button>`;
}

function privacy({ texts, name, serverUrl, keeps, notifies, ask }: AppView) {
  return html`<section part="screen notice" class="screen" aria-labelledby="title">
    <div class="card">
      <h1 id="title" tabindex="-1" data-focus>${texts.privacyTitle}</h1>
      <p>${texts.privacyLead(name)}</p>
      <ul>
        <li>${line()}<span>${texts.privacyServer(hostOf(serverUrl))}</span></li>
        ${keeps ? html`<li>${device()}<span>${texts.privacyDevice}</span></li>` : nothing}
        ${notifies ? html`<li>${bell()}<span>${texts.privacyNotifications}</span></li>` : nothing}
        <li>${lock()}<span>${texts.privacyPassword}</span></li>
      </ul>
      <div class="choice">
        <button part="secondary" class="button" type="button" @click=${() => ask('decline')}>${texts.decline}</button>
        <button part="primary" class="button primary" type="button" @click=${() => ask('agree')}>${texts.agree}</button>
      </div>
    </div>
  </section>`;
}

function declined({ texts, ask }: AppView) {
  return message(texts.declinedTitle, texts.declinedText, texts.reopen, () => ask('reopen'));
}

function left({ texts, ask }: AppView) {
  return message(texts.leftTitle, texts.leftText, texts.logInAgain, () => ask('again'));
}

function message(title: string, text: string, action: string, act: () => void) {
  return html`<section part="screen" class="screen" aria-labelledby="title">
    <div class="card">
      <h1 id="title" tabindex="-1" data-focus>${title}</h1>
      <p>${text}</p>
      <button part="primary" class="button primary" type="button" @click=${act}>${action}</button>
    </div>
  </section>`;
}

function login(flow: Extract<Flow, { name: 'login' | 'entering' }>, view: AppView) {
  const { texts, name, logo, isRevealed } = view;
  const isBusy = flow.name === 'entering';
  const trouble = flow.name === 'login' ? flow.trouble : undefined;
  const wrong = trouble && fieldTrouble(trouble, texts);
  const ofPassword = trouble?.kind === 'password';
  // What a browser sends by itself, if all else fails, is not in the address.
  return html`<section part="screen login" class="screen" aria-labelledby="title">
    <form
      class="card"
      method="post"
      novalidate
      aria-labelledby="title"
      aria-busy=${isBusy}
      @submit=${view.submit}
      @input=${() => view.ask('typed')}
    >
      ${picture(logo)}
      <h1 id="title" tabindex="-1">${texts.loginTitle(name)}</h1>
      <label for="account">${texts.account}</label>
      <input
        part="account"
        id="account"
        name="username"
        dir="auto"
        autocomplete="username"
        autocapitalize="none"
        autocorrect="off"
        spellcheck="false"
        enterkeyhint="next"
        required
        .value=${flow.account}
        ?readonly=${isBusy}
        aria-invalid=${wrong && !ofPassword ? 'true' : nothing}
        aria-describedby="account-hint"
      />
      <p id="account-hint" class=${wrong && !ofPassword ? 'hint wrong' : 'hint'}>
        ${(!ofPassword && wrong) || texts.accountHint}
      </p>
      <label for="password">${texts.password}</label>
      <div class="secret">
        <input
          part="password"
          id="password"
          name="password"
          dir="ltr"
          type=${isRevealed && !isBusy ? 'text' : 'password'}
          autocomplete="current-password"
          autocapitalize="none"
          autocorrect="off"
          spellcheck="false"
          enterkeyhint="go"
          required
          ?readonly=${isBusy}
          aria-invalid=${ofPassword ? 'true' : nothing}
          aria-describedby="password-hint"
        />
        <button
          part="reveal"
          class="bare"
          type="button"
          title=${isRevealed ? texts.hidePassword : texts.showPassword}
          aria-label=${isRevealed ? texts.hidePassword : texts.showPassword}
          @click=${view.reveal}
        >
          ${isRevealed ? eyeClosed() : eye()}
        </button>
      </div>
      <p id="password-hint" class="hint wrong">${ofPassword ? wrong : nothing}</p>
      ${trouble && !wrong ? html`<p part="trouble" class="box" role="alert">${told(trouble, texts)}</p>` : nothing}
      ${isBusy && flow.late ? late(view) : action(isBusy, texts)}
    </form>
  </section>`;
}

function action(isBusy: boolean, texts: AppTexts) {
  // One that is disabled would lose the focus.
  return html`<button part="primary" class="button primary" type="submit" aria-disabled=${isBusy}>
    ${isBusy ? html`<span class="ring"></span>${texts.loggingIn}` : texts.logIn}
  </button>`;
}

function late({ texts, ask }: AppView) {
  return html`<div part="late" class="box" role="alertdialog" aria-labelledby="late">
    <p id="late">${texts.loginLate}</p>
    <div class="choice">
      <button part="secondary" class="button" type="button" @click=${() => ask('cancel')}>${texts.cancelLogin}</button>
      <button part="primary" id="retry" class="button primary" type="submit">${texts.tryAgain}</button>
    </div>
  </div>`;
}

/** What is said at a field. */
function fieldTrouble({ kind }: LoginTrouble, texts: AppTexts): string {
  if (kind === 'account') return texts.accountMissing;
  if (kind === 'reserved') return texts.accountReserved;
  return kind === 'password' ? texts.passwordMissing : '';
}

/** What is said of the login as a whole. */
function told(trouble: LoginTrouble, texts: AppTexts): string {
  if (trouble.kind === 'refused') return texts.loginRefused(trouble.code);
  return trouble.kind === 'broken' ? trouble.why : '';
}

function picture(logo: string) {
  return logo ? html`<img part="logo" class="logo" src=${logo} alt="" />` : mark();
}

function hostOf(url: string): string {
  try {
    return new URL(url).host;
  } catch {
    return url;
  }
}
