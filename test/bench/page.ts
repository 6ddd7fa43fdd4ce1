import '../../src/index.js';
import type { Message } from '../../src/client/message.js';
import { MessageStore } from '../../src/store/message-store.js';

declare global {
  /** What `run.js` calls. */
  var bench: typeof steps;
}

const chats = new Map<number, { readonly element: Element; readonly store: MessageStore }>();

const steps = {
  /** Puts a chat with that many messages on the page, 380 × 640 px. Returns its number of elements. */
  async open(count: number): Promise<number> {
    const store = storeOf(count);
    const element = document.createElement('chat-window');
    Object.assign(element, { store, userId: 'alice', peerId: 'bob', heading: 'Bob' });
    element.style.cssText = 'position: absolute; top: 0; left: 0; display: block; width: 380px; height: 640px';
    document.body.append(element);
    await frames(20);
    chats.set(count, { element, store });
    return elementsOf(element);
  },

  /** Adds a message to the chat that was opened with `count`. Ends when all work for it is done. */
  async append(count: number): Promise<void> {
    const { element, store } = chatOf(count);
    const message = messageAt(store.size);
    store.append(message);
    await frames(3);
    if (!textOf(element).includes(message.content)) throw new Error(`"${message.content}" is not on the page`);
  },

  /** What a call and the frames it waits for cost when nothing happens. */
  async idle(count: number): Promise<void> {
    const { element } = chatOf(count);
    await frames(3);
    textOf(element);
  },

  /** Microseconds per message, the mean of many: one alone is shorter than a tick of the clock. */
  storeCosts(count: number): { readonly append: number; readonly update: number; readonly list: number } {
    const store = storeOf(count);
    const middle = messageAt(Math.floor(count / 2)).id;
    const update = (i: number) => store.update(middle, { status: i % 2 === 0 ? 'failed' : 'delivered' });
    const fresh = Array.from({ length: 1000 }, (_, i) => messageAt(count + i));
    return {
      append: microseconds((i) => store.append(...fresh.slice(i, i + 1))),
      update: microseconds(update),
      list: microseconds((i) => update(i) && store.messages),
    };
  },
};

globalThis.bench = steps;

function chatOf(count: number) {
  const chat = chats.get(count);
  if (!chat) throw new Error(`open(${count}) comes first`);
  return chat;
}

function storeOf(count: number): MessageStore {
  const store = new MessageStore();
  store.append(...Array.from({ length: count }, (_, i) => messageAt(i)));
  return store;
}

function messageAt(i: number): Message {
  const mine = i % 3 === 0;
  return {
    id: `message-${i}`,
    type: 0,
    content: `Message ${i}. ${'A few words more, as people write them. '.repeat((i * 7) % 5)}`,
    from: mine ? 'alice' : 'bob',
    to: mine ? 'bob' : 'alice',
    sentAt: Date.UTC(2026, 0, 1) + i * 20_000,
    status: mine ? 'delivered' : 'received',
  };
}

/** All elements inside, those in shadow roots included. */
function elementsOf(root: Element | ShadowRoot): number {
  let count = 0;
  for (const element of root.querySelectorAll('*'))
    count += 1 + (element.shadowRoot ? elementsOf(element.shadowRoot) : 0);
  return count + (root instanceof Element && root.shadowRoot ? elementsOf(root.shadowRoot) : 0);
}

function textOf(root: Element | ShadowRoot): string {
  const inside = [...root.querySelectorAll('*')].map(({ shadowRoot }) => (shadowRoot ? textOf(shadowRoot) : ''));
  const own = root instanceof Element && root.shadowRoot ? textOf(root.shadowRoot) : root.textContent;
  return `${own}${inside.join('')}`;
}

async function frames(count: number): Promise<void> {
  for (let i = 0; i < count; i++) await new Promise(requestAnimationFrame);
}

function microseconds(action: (i: number) => unknown): number {
  const start = performance.now();
  for (let i = 0; i < 1000; i++) action(i);
  return performance.now() - start;
}
