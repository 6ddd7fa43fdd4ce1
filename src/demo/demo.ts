import { html } from 'lit';
import { messageTypes } from '../components/bubbles/message-types.js';
import type { HistoryMessage, HistoryRequest, MessageTypes } from '../index.js';
import '../define.js';
import { drawer } from './drawer.js';
import { chinese, english } from './texts.js';
import { dress, wardrobe } from './wardrobe.js';

const parameters = new URLSearchParams(location.search);
const locale = parameters.get('locale') ?? navigator.language;
const texts = locale.toLowerCase().startsWith('zh') ? chinese : english;

/** An id for each tab, so that the page opened twice makes two visitors. It is a credential: random, and never shown. */
function visitorId(): string {
  const key = 'harmonychat-demo-visitor';
  const known = sessionStorage.getItem(key);
  if (known) return known;
  const id = `visitor-${crypto.randomUUID()}`;
  sessionStorage.setItem(key, id);
  return id;
}

function server(heartbeat: string | null): string {
  const own = `${location.protocol === 'https:' ? 'wss:' : 'ws:'}//${location.host}/websocket`;
  const url = parameters.get('server') ?? own;
  if (heartbeat === null) return url;
  // The embedded gateway takes the read timeout of this session from the address.
  return `${url}${url.includes('?') ? '&' : '?'}heartbeat=${encodeURIComponent(heartbeat)}`;
}

/** The embedded gateway keeps what it accepted, as an application's own server would. */
async function loadHistory({ userId, peerId, limit, signal, ...where }: HistoryRequest): Promise<HistoryMessage[]> {
  const query = new URLSearchParams({ user: userId, peer: peerId, limit: String(limit) });
  const { after, since, before } = where;
  if (after) query.set('after', after.id);
  if (before) query.set('before', before.id);
  if (since !== undefined) query.set('since', String(since));
  const response = await fetch(`/gateway/history?${query}`, { signal });
  if (!response.ok) throw new Error(`The history answered ${response.status}`);
  return response.json();
}

/** A message type of this shop's own: the content is the number of an order. Beside it stands a question that a press asks. */
const shopTypes: MessageTypes = new Map([
  ...messageTypes,
  [
    1001,
    ({ content }, _strings, { send }) =>
      html`<strong>📦 ${texts.order(content)}</strong>
        <button type="button" part="reply" @click=${() => send(texts.askedForOrder(content))}>${texts.askForOrder}</button>`,
  ],
]);

/** What both the window and the app around it are told. */
function configure<Chat extends HTMLElementTagNameMap['chat-window' | 'chat-app']>(chat: Chat): Chat {
  const peer = parameters.get('peer') ?? 'support';
  const heartbeat = parameters.get('heartbeat');
  chat.serverUrl = server(heartbeat);
  chat.peerId = peer;
  if (peer === 'support') {
    chat.peerName = texts.supportName;
    chat.peerAvatar = '/logo.svg';
    chat.heading = 'HarmonyChat';
  } else chat.heading = peer;
  if (heartbeat !== null) chat.heartbeat = Number(heartbeat);
  if (parameters.has('locale')) chat.locale = locale;
  chat.loadHistory = loadHistory;
  chat.messageTypes = shopTypes;
  chat.extra = JSON.stringify({ peer, locale });
  chat.append(Object.assign(document.createElement('span'), { slot: 'badge', className: 'badge', textContent: 'WEB' }));
  return chat;
}

function openChat(): HTMLElementTagNameMap['chat-window'] {
  const user = parameters.get('user');
  const chat = document.createElement('chat-window');
  chat.userId = user ?? visitorId();
  chat.showUserId = user !== null;
  document.getElementById('stage')?.append(configure(chat));
  return chat;
}

/** The whole page is the app: nobody is known, and asked for consent. With `user` that is who is in. */
async function openApp(): Promise<void> {
  await import('../app/index.js');
  const app = configure(document.createElement('chat-app'));
  const user = parameters.get('user');
  if (user !== null) app.userId = user;
  dress(app, parameters);
  app.appName = 'HarmonyChat';
  app.setAttribute('consent', parameters.get('consent') ?? 'required');
  app.setAttribute('splash', parameters.get('splash') ?? 'on');
  document.body.replaceChildren(app);
}

function localise(): void {
  document.documentElement.lang = texts === chinese ? 'zh-CN' : 'en';
  for (const element of document.querySelectorAll<HTMLElement>('[data-text]')) {
    const text = texts[element.dataset['text'] as keyof typeof texts];
    if (typeof text === 'string') element.textContent = text;
  }
}

/** What the page's own address says, its links and its theme take over. */
function follow(): void {
  document.documentElement.dataset['theme'] = parameters.get('theme') ?? 'auto';
  for (const link of document.querySelectorAll<HTMLAnchorElement>('a[data-href]')) {
    const query = new URLSearchParams(parameters);
    for (const [key, value] of new URLSearchParams(link.dataset['href'])) query.set(key, value);
    link.href = `?${query}`;
  }
  const second = document.querySelector<HTMLAnchorElement>('#second');
  const [user, peer] = [parameters.get('user'), parameters.get('peer')];
  const otherSide = document.querySelector<HTMLAnchorElement>('#other-side');
  if (otherSide && user && peer && peer !== 'support') {
    const query = new URLSearchParams(parameters);
    query.set('user', peer);
    query.set('peer', user);
    otherSide.href = `?${query}`;
    otherSide.textContent = texts.otherSide(peer);
    otherSide.hidden = false;
  }
  if (second) second.href = `?user=alice&peer=bob&locale=${encodeURIComponent(locale)}`;
  const app = document.querySelector<HTMLAnchorElement>('#app');
  if (app) app.href = `?app&locale=${encodeURIComponent(locale)}`;
  const shop = document.querySelector<HTMLAnchorElement>('#shop');
  if (shop) shop.href = `shop.html?locale=${encodeURIComponent(locale)}`;
}

function openPage(): void {
  const chat = openChat();
  wardrobe(texts, chat, parameters, follow);
  const words = document.getElementById('words');
  words?.append(
    ...texts.words.map((word) => {
      const button = Object.assign(document.createElement('button'), { type: 'button', textContent: word });
      button.addEventListener('click', () => {
        chat.send(word);
        // On a narrow page the chat stands above the words.
        chat.scrollIntoView({ block: 'nearest' });
      });
      return button;
    }),
  );
  document.body.classList.toggle('talk', parameters.has('user'));
  drawer(texts, chat);
}

localise();
follow();
if (parameters.has('app')) void openApp();
else openPage();
