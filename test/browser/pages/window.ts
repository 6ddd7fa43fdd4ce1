import { html } from 'lit';
import { ChatClient, type ChatWindow, type Message, MessageStore } from '../../../src/index.js';

/** What a window may be told besides its attributes. */
type Properties = Partial<Pick<ChatWindow, 'store' | 'messageTypes' | 'getToken' | 'client' | 'locale' | 'theme'>>;

/** Puts a window with these attributes at the end of the page. */
function open(attributes: Readonly<Record<string, string>>, properties: Properties = {}): ChatWindow {
  const chat = document.createElement('chat-window');
  for (const [name, value] of Object.entries(attributes)) chat.setAttribute(name, value);
  document.body.append(Object.assign(chat, properties));
  return chat;
}

/** Message number `n`: every third one's own, a minute apart, of one to thirty words. */
function message(n: number, change: Partial<Message> = {}): Message {
  const [from, to, status] = n % 3 === 0 ? ['me', 'bob', 'delivered' as const] : ['bob', 'me', 'received' as const];
  const content = `${n} ${'so many words, 文字也很多，'.repeat(n % 7)}`;
  return { id: `m${n}`, type: 0, content, from, to, sentAt: Date.UTC(2026, 0, 1) + n * 60_000, status, ...change };
}

function storeOf(...messages: readonly Message[]): MessageStore {
  const store = new MessageStore();
  store.append(...messages);
  return store;
}

/** All elements in and below this one, shadow roots included. */
function elementCount(root: Element | ShadowRoot): number {
  const inShadow = root instanceof Element && root.shadowRoot ? elementCount(root.shadowRoot) : 0;
  return [...root.children].reduce((sum, child) => sum + 1 + elementCount(child), inShadow);
}

/** After the next frame has been painted. */
function painted(): Promise<void> {
  return new Promise((resolve) => {
    requestAnimationFrame(() => {
      const { port1, port2 } = new MessageChannel();
      port1.onmessage = () => {
        port1.close();
        resolve();
      };
      port2.postMessage(null);
    });
  });
}

const windowPage = { ChatClient, elementCount, html, message, open, painted, storeOf };

declare global {
  interface Window {
    windowPage: typeof windowPage;
  }
}

window.windowPage = windowPage;
// A page with a chat that it has whenever it is loaded: its attributes are in the address.
if (location.search) open(Object.fromEntries(new URLSearchParams(location.search)));
