// What `embed.html` runs: a window that fills the frame, for a page of another origin that may not look into it.
import { newId } from '../../client/new-id.js';
import type { ChatWindow } from '../../components/chat-window.js';
import type { ChatWindowEventMap } from '../../components/window-events.js';
import { WINDOW_ATTRIBUTES } from '../names.js';
import { Visitor } from '../panel/visitor.js';
import { type FrameEventMap, HELLO, HERE, OFFER, type ToFrame, toFrame } from './frame-messages.js';
import { loadParts } from './parts.js';

type Detail = FrameEventMap[keyof FrameEventMap];

/** The window's events as data: never more than a page has to know. */
const details: { readonly [Name in keyof ChatWindowEventMap]?: (event: ChatWindowEventMap[Name]) => Detail } = {
  'chat-ready': () => ({}),
  'chat-message': ({ message: { id, content }, direction, peerId }) => ({ id, content, direction, peerId }),
  'chat-delivery': ({ id, status }) => ({ id, status }),
  'chat-status': ({ state }) => ({ name: state.name, reason: state.name === 'disconnected' ? state.reason : '' }),
  'chat-unread': ({ peerId, count, total }) => ({ peerId, count, total }),
  'chat-kickout': ({ code }) => ({ code }),
  'chat-error': ({ error: { name, message } }) => ({ name, message }),
};

/** Which origins may embed it is said in the document of the frame, by whoever serves it: separated by spaces. None by default. */
const parents = (document.documentElement.dataset['parents'] ?? '').split(/\s+/).filter(Boolean);

/** Tells this document from one that is loaded later. */
const loaded = newId();

addEventListener('message', ({ source, origin, data, ports: [port] }) => {
  if (source !== parent || source === window || !parents.includes(origin)) return;
  if (data === HELLO) parent.postMessage(HERE + loaded, origin);
  if (data === OFFER && port) void serve(port);
});

let served: AbortController | undefined;

/** One page at a time: a parent that has loaded again comes with a port of its own. */
async function serve(port: MessagePort): Promise<void> {
  served?.abort();
  served = new AbortController();
  const { signal } = served;
  await loadParts();
  if (signal.aborted) return;
  const chat = document.createElement('chat-window');
  const tokens = new Map<number, (token: string | undefined) => void>();
  let asked = 0;
  signal.addEventListener('abort', () => {
    port.close();
    chat.remove();
  });
  const getToken = () =>
    new Promise<string>((resolve, reject) => {
      asked += 1;
      tokens.set(asked, (token) => (token === undefined ? reject(new Error('the page gave none')) : resolve(token)));
      port.postMessage({ kind: 'ask-token', id: asked });
    });
  for (const [name, detail] of Object.entries(details)) {
    chat.addEventListener(
      name,
      (event) =>
        port.postMessage({ kind: 'event', name: name.slice(5), detail: (detail as (event: Event) => Detail)(event) }),
      { signal },
    );
  }
  port.addEventListener(
    'message',
    async ({ data }) => {
      const told = toFrame(data);
      if (told?.kind === 'token') {
        tokens.get(told.id)?.(told.token);
        tokens.delete(told.id);
      }
      if (told?.kind !== 'call') return;
      const answer = await result(chat, told, getToken).then(
        (value) => ({ value, error: undefined }),
        (error: unknown) => ({ value: undefined, error: String(error) }),
      );
      port.postMessage({ kind: 'result', id: told.id, ...answer });
    },
    { signal },
  );
  port.start();
  document.body.replaceChildren(chat);
}

async function result(
  chat: ChatWindow,
  { name, value }: ToFrame & { kind: 'call' },
  getToken: () => Promise<string>,
): Promise<unknown> {
  const options = Object(value) as Readonly<Record<string, unknown>>;
  switch (name) {
    case 'update':
      for (const attribute of WINDOW_ATTRIBUTES) {
        if (!Object.hasOwn(options, attribute)) continue;
        if (typeof options[attribute] === 'string') chat.setAttribute(attribute, options[attribute]);
        else chat.removeAttribute(attribute);
      }
      if (!chat.userId) chat.userId = new Visitor(chat).id();
      return undefined;
    case 'identify': {
      const { userId, asks } = options;
      if (typeof userId !== 'string') throw new TypeError(`identify: expected { userId: "…" }, got ${typeof userId}`);
      return chat.identify({ userId, ...(asks === true && { getToken }) });
    }
    case 'logout':
      return chat.logout({ wipe: options['wipe'] === true });
    case 'send': {
      if (typeof value !== 'string') throw new TypeError(`send: expected a text, got ${typeof value}`);
      await chat.updateComplete;
      return chat.send(value).id;
    }
    default:
      return chat[name]();
  }
}
