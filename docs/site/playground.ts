import { chinese, english } from '../../src/demo/texts.js';
import { camelCase } from '../../src/embed/names.js';
import type { ChatWindow, HistoryMessage, HistoryRequest, messageTypes } from '../../src/index.js';
import { control } from '../../test/gateway/control.js';
import { Gateway } from '../../test/gateway/gateway.js';
import { hostClock } from '../../test/gateway/host-clock.js';
import { portWebSocketFor } from '../../test/gateway/port-web-socket.js';
import { controls } from './controls.js';
import type { Language } from './documents.js';
import { playgroundTexts } from './playground-texts.js';
import { snippets } from './snippets.js';

/** Read when a session begins, so a change begins one. */
const PER_SESSION = ['heartbeat', 'history', 'give-up-after'];
/** With these the chat begins anew: while they are typed, nothing happens yet. */
const WHEN_COMPLETE = ['server-url', 'app-id', 'user-id', 'peer-id', ...PER_SESSION];
/** An element that is gone for as long as this lets go of its session. */
const ABSENCE_MS = 50;

const language: Language = document.documentElement.lang === 'zh-CN' ? 'zh-CN' : 'en';
const texts = playgroundTexts[language];
const said = language === 'en' ? english : chinese;

/** A server in the page: every address is its own, and no other can be reached. The longest heartbeat mode bears with all of them. */
const gateway = new Gateway({
  ...{ clock: hostClock, robot: true, offlineStore: true, heartbeat: 120 },
  robotFiles: new URL('./', location.href).pathname,
});

const byId = <E extends HTMLElement>(id: string): E => {
  const element = document.getElementById(id);
  if (!element) throw new Error(`expected an element #${id}`);
  // The page and this script are made for each other.
  return element as E;
};
const form = byId<HTMLFormElement>('attributes');
const isField = (element: Element): element is HTMLInputElement | HTMLSelectElement =>
  (element instanceof HTMLInputElement || element instanceof HTMLSelectElement) && element.name !== '';
const fields = [...form.elements].filter(isField);

const OUTCOME_MS = 5_000;
let forgetting: ReturnType<typeof setTimeout> | undefined;

/** Says how it went, for a while. */
function tell(outcome: string): void {
  byId('outcome').textContent = outcome;
  clearTimeout(forgetting);
  forgetting = setTimeout(() => byId('outcome').replaceChildren(), OUTCOME_MS);
}

/** What the form says of an attribute; null if it is to be left out. */
function attributeOf(field: HTMLInputElement | HTMLSelectElement): string | null {
  if (field instanceof HTMLInputElement && field.type === 'checkbox') return field.checked ? '' : null;
  const choices = controls[field.name];
  return field.value === '' || (Array.isArray(choices) && field.value === choices[0]) ? null : field.value;
}

/** Attributes that are not at their defaults. A window has none of those of the tag's button. */
function attributes(isTag: boolean): Map<string, string> {
  const taken = fields.filter((field) => isTag || !byId('of-tag').contains(field));
  return new Map(taken.map((field) => [field.name, attributeOf(field)] as const).filter(isPresent));
}
const isPresent = (entry: readonly [string, string | null]): entry is readonly [string, string] => entry[1] !== null;

/** Each tab has a server of its own; an address of its own keeps the chat from sharing one connection among them. */
function ownServer(address: string): string {
  const key = 'harmonychat-playground';
  const tab = sessionStorage.getItem(key) ?? crypto.randomUUID();
  sessionStorage.setItem(key, tab);
  return `${address}${address.includes('?') ? '&' : '?'}tab=${tab}`;
}

/** What each attribute is to be; undefined: it is to be none. */
function wanted(isTag: boolean): Map<string, string | undefined> {
  const given = attributes(isTag);
  const all = new Map(fields.map(({ name }) => [name, given.get(name)]));
  const server = given.get('server-url');
  return server === undefined ? all : all.set('server-url', ownServer(server));
}

function dress(chat: ChatWindow): void {
  for (const [name, value] of wanted(false)) {
    if (value === undefined) chat.removeAttribute(name);
    else if (chat.getAttribute(name) !== value) chat.setAttribute(name, value);
  }
}

async function loadHistory({ userId, peerId, limit, after, before, since }: HistoryRequest): Promise<HistoryMessage[]> {
  const query = new URLSearchParams({ user: userId, peer: peerId, limit: String(limit) });
  if (after) query.set('after', after.id);
  if (before) query.set('before', before.id);
  if (since !== undefined) query.set('since', String(since));
  const { status, body } = control(gateway, 'GET', new URL(`/gateway/history?${query}`, location.origin));
  if (status !== 200) throw new Error(`The history answered ${status}`);
  return body as HistoryMessage[];
}

/** What a chat of this page is told that is no attribute. */
const properties = (types: typeof messageTypes) => ({
  extra: JSON.stringify({ peer: 'support', locale: language }),
  loadHistory,
  messageTypes: new Map([...types, [1001, ({ content }: { content: string }) => texts.order(content)]]),
});

function newChat(types: typeof messageTypes): ChatWindow {
  const chat = Object.assign(document.createElement('chat-window'), properties(types));
  chat.addEventListener('chat-error', ({ error }) => {
    tell(error.message);
  });
  return chat;
}

/** The form in the address, so that it can be passed on and survives a reload; the other language takes it along. */
function remember(): void {
  const changed = fields.filter((field) =>
    field instanceof HTMLSelectElement
      ? field.selectedIndex !== 0
      : field.checked !== field.defaultChecked || field.value !== field.defaultValue,
  );
  const state = new URLSearchParams(changed.map((field) => [field.name, attributeOf(field) ?? '']));
  if (isTagChosen()) state.set('form', 'script');
  const hash = String(state);
  history.replaceState(null, '', `${location.pathname}${location.search}${hash && `#${hash}`}`);
  for (const link of document.querySelectorAll<HTMLAnchorElement>('a.language')) link.hash = location.hash;
}

function recall(): void {
  const state = new URLSearchParams(location.hash.slice(1));
  for (const field of fields) {
    const value = state.get(field.name);
    if (value === null) continue;
    if (field instanceof HTMLInputElement && field.type === 'checkbox') field.checked = true;
    else field.value = value;
  }
  for (const form of forms) form.checked = form.value === (state.get('form') ?? 'element');
}

const forms = [...document.querySelectorAll<HTMLInputElement>('input[name="form"]')];
const isTagChosen = () => forms.find(({ checked }) => checked)?.value === 'script';

/** Shows what was chosen, the element or the tag: as text to copy, and for use. */
function showForm(): void {
  const isTag = isTagChosen();
  const form: keyof typeof snippets = isTag ? 'script' : 'element';
  byId('snippet').textContent = snippets[form](attributes(isTag));
  byId('of-tag').hidden = !isTag;
  byId('stage').hidden = isTag;
  byId('tag-hint').hidden = !isTag;
  const options = [...wanted(isTag)].map(([name, value]) => [camelCase(name), value] as const);
  void window.HarmonyChat?.('update', Object.fromEntries(options));
  void window.HarmonyChat?.(isTag ? 'show' : 'hide');
}

/** The same conversation from its other end, by whose login the robot steps aside. */
function otherSide(chat: ChatWindow, types: typeof messageTypes): () => void {
  const stage = byId('other-side');
  const button = byId('answer');
  const show = (): void => {
    const other = newChat(types);
    for (const name of ['server-url', 'app-id', 'locale', 'theme', 'look', 'brand', 'heartbeat', 'history']) {
      const value = chat.getAttribute(name);
      if (value !== null) other.setAttribute(name, value);
    }
    Object.assign(other, { userId: chat.peerId, peerId: chat.userId ?? '', heading: texts.otherHeading });
    Object.assign(other, { unreadTitle: 'off', sound: 'off', extra: undefined });
    stage.replaceChildren(other);
  };
  button.addEventListener('click', () => {
    stage.hidden = !stage.hidden;
    button.setAttribute('aria-pressed', String(!stage.hidden));
    if (stage.hidden) stage.replaceChildren();
    else show();
  });
  return () => {
    if (!stage.hidden) show();
  };
}

async function open(): Promise<void> {
  Object.assign(globalThis, { WebSocket: portWebSocketFor(gateway) });
  // The file that ships, and only now: it takes the WebSocket that it finds.
  const address = new URL('harmonychat.bundle.js', location.href).href;
  const bundle: { messageTypes: typeof messageTypes } = await import(/* @vite-ignore */ address);
  const chat = newChat(bundle.messageTypes);
  const dressOther = otherSide(chat, bundle.messageTypes);
  const stage = byId('stage');
  const session = () => PER_SESSION.map((name) => chat.getAttribute(name)).join();
  const apply = (): void => {
    const before = session();
    dress(chat);
    showForm();
    remember();
    dressOther();
    if (!chat.isConnected || session() === before) return;
    // The panel has a part in the session, and would go on with it.
    if (document.querySelector('chat-launcher')?.panel) {
      location.reload();
      return;
    }
    chat.remove();
    setTimeout(() => stage.append(chat), ABSENCE_MS);
  };
  apply();
  stage.append(chat);
  void customElements.whenDefined('chat-launcher').then(() => {
    void window.HarmonyChat?.('update', properties(bundle.messageTypes));
    showForm();
  });

  /** That of the panel, where the tag was chosen. Without a user id it has one of its own. */
  const inUse = () =>
    (isTagChosen() && document.querySelector('chat-launcher')?.shadowRoot?.querySelector('chat-window')) || chat;

  const isComplete = ({ target }: Event) =>
    isField(target as Element) && WHEN_COMPLETE.includes((target as HTMLInputElement).name);
  form.addEventListener('input', (event) => {
    if (!isComplete(event)) apply();
  });
  form.addEventListener('change', (event) => {
    if (isComplete(event)) apply();
  });
  form.addEventListener('reset', () => setTimeout(apply));
  form.addEventListener('submit', (event) => event.preventDefault());
  for (const picker of form.querySelectorAll<HTMLInputElement>('input[type="color"]')) {
    picker.addEventListener('input', () => {
      byId<HTMLInputElement>(picker.dataset['for'] ?? '').value = picker.value;
    });
  }
  for (const button of document.querySelectorAll<HTMLElement>('[data-say]')) {
    button.addEventListener('click', () => {
      const word = button.dataset['say'] ?? '';
      if (!isTagChosen()) return chat.send(word);
      void window.HarmonyChat?.('open');
      return void window.HarmonyChat?.('send', word);
    });
  }
  for (const button of document.querySelectorAll<HTMLElement>('[data-fault]')) {
    button.addEventListener('click', () => {
      const query = new URLSearchParams({ user: inUse().userId ?? '', fault: button.dataset['fault'] ?? '' });
      const { status } = control(gateway, 'POST', new URL(`/gateway/fault?${query}`, location.origin));
      tell(status === 200 ? said.done : said.failed);
    });
  }
  for (const form of forms) {
    form.addEventListener('change', () => {
      showForm();
      remember();
    });
  }
  byId<HTMLInputElement>('attribute-open').addEventListener('change', ({ target }) => {
    if ((target as HTMLInputElement).checked) void window.HarmonyChat?.('open');
  });
  byId('copy').addEventListener('click', () => {
    const snippet = byId('snippet');
    navigator.clipboard.writeText(snippet.textContent ?? '').then(
      () => tell(texts.copied),
      () => {
        getSelection()?.selectAllChildren(snippet);
        tell(texts.notCopied);
      },
    );
  });
}

/** `?locale` chooses between the two pages. */
const locale = new URLSearchParams(location.search).get('locale');
const other = document.querySelector<HTMLAnchorElement>('a.language');
if (locale !== null && other && locale.toLowerCase().startsWith('zh') !== (language === 'zh-CN')) {
  location.replace(new URL(`${other.getAttribute('href')}${location.search}${location.hash}`, location.href));
} else {
  recall();
  void open();
}
