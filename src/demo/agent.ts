import type { ChatWindow } from '../index.js';
import '../define.js';
import { AGENT, address, dressPage, texts } from './shop-texts.js';

/** Who has written so far, so that they are still there after a reload: the windows know what was said. */
const KEY = 'leafwater-visitors';
const serverUrl = `${location.protocol === 'https:' ? 'wss:' : 'ws:'}//${location.host}/websocket`;

/** Somebody who has written: their window, and what stands for them in the list. */
interface Visitor {
  readonly chat: ChatWindow;
  readonly button: HTMLButtonElement;
  readonly last: HTMLElement;
  readonly unread: HTMLElement;
}

const visitors = new Map<string, Visitor>();
const element = <Name extends keyof HTMLElementTagNameMap>(name: Name, className = '', text = '') =>
  Object.assign(document.createElement(name), { className, textContent: text });

/** All windows are of one user, and share a connection. One without a peer hears whoever writes first. */
function openWindow(): ChatWindow {
  const chat = element('chat-window');
  Object.assign(chat, { serverUrl, userId: AGENT, history: 'device', look: 'neutral', brand: '#2f6b46' });
  const theme = document.documentElement.dataset['theme'];
  chat.theme = theme === 'light' || theme === 'dark' ? theme : 'auto';
  chat.locale = texts.locale;
  chat.hidden = true;
  // Also of somebody who has no window yet; as each window may say it, once is enough.
  chat.addEventListener('chat-unread', ({ peerId, count }) => {
    const visitor = visitors.get(peerId) ?? welcome(peerId);
    visitor.unread.textContent = count > 0 ? String(count) : '';
    visitor.unread.ariaLabel = count > 0 ? texts.unread(count) : '';
    tellLast(visitor);
  });
  chat.addEventListener('chat-message', ({ peerId }) => {
    const visitor = visitors.get(peerId);
    if (visitor) tellLast(visitor);
  });
  document.getElementById('desk')?.append(chat);
  return chat;
}

// Windows take the theme from it.
dressPage();
let first: ChatWindow | undefined = openWindow();

/** Somebody who has not been here before. An id is a credential, and never shown: visitors have numbers. */
function welcome(peerId: string): Visitor {
  const name = texts.visitor(visitors.size + 1);
  const chat = first ?? openWindow();
  first = undefined;
  Object.assign(chat, { peerId, peerName: name, heading: name });
  const button = element('button');
  button.type = 'button';
  const visitor = { chat, button, last: element('span', 'last'), unread: element('span', 'unread') };
  visitor.unread.setAttribute('role', 'img');
  button.append(element('strong', '', name), visitor.unread, visitor.last);
  button.addEventListener('click', () => show(visitor));
  const item = element('li');
  item.append(button);
  document.getElementById('visitors')?.append(item);
  visitors.set(peerId, visitor);
  localStorage.setItem(KEY, JSON.stringify([...visitors.keys()]));
  document.getElementById('nobody')?.remove();
  void tellKept(visitor);
  if (visitors.size === 1) show(visitor);
  return visitor;
}

function show(chosen: Visitor): void {
  for (const visitor of visitors.values()) {
    visitor.chat.hidden = visitor !== chosen;
    visitor.button.ariaCurrent = String(visitor === chosen);
  }
  void chosen.chat.updateComplete.then(() => chosen.chat.focus());
}

function tellLast({ chat, last }: Visitor): void {
  last.textContent = chat.conversation?.store.messages.at(-1)?.content ?? '';
}

/** What the device knows of an earlier conversation comes a moment later. */
async function tellKept(visitor: Visitor): Promise<void> {
  await visitor.chat.updateComplete;
  await visitor.chat.conversation?.loaded;
  tellLast(visitor);
}

function openLinks(): void {
  const shop = new URL(address('shop.html', { peer: AGENT }), location.href);
  const another = new URL(shop);
  // What a page keeps belongs to its host; by its other name it is somebody else's.
  another.hostname = location.hostname === 'localhost' ? '127.0.0.1' : 'localhost';
  for (const [id, { href }] of Object.entries({ shop, another })) {
    document.getElementById(id)?.setAttribute('href', href);
  }
}

document.title = `${texts.title}: ${texts.visitors}`;
document.getElementById('visitors')?.setAttribute('aria-label', texts.visitors);
openLinks();
for (const peerId of JSON.parse(localStorage.getItem(KEY) ?? '[]') as string[]) welcome(peerId);
