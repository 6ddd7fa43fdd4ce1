import type { HarmonyChat } from '../embed/api.js';
import { AGENT, address, dressPage, parameters, type Tea, texts } from './shop-texts.js';

const peer = parameters.get('peer') === AGENT ? AGENT : 'support';
const theme = parameters.get('theme');
/** Goes along from page to page of the shop. */
const along = peer === AGENT ? { peer } : {};

/** Says to the chat what the page's address says. The script may come later: then the calls wait for it. */
function tellChat(): void {
  const waiting: unknown[][] = [];
  window.HarmonyChat ??= Object.assign((...call: unknown[]) => waiting.push(call), {
    q: waiting,
  }) as unknown as HarmonyChat;
  void window.HarmonyChat('update', {
    peerId: peer,
    peerName: texts.title,
    heading: texts.title,
    locale: texts.locale,
    theme: theme === 'light' || theme === 'dark' ? theme : 'auto',
    extra: JSON.stringify({ peer, locale: texts.locale }),
  });
}

function link(text: string, href: string): HTMLAnchorElement {
  return Object.assign(document.createElement('a'), { textContent: text, href });
}

/** Who answers here, and how that is changed. */
function tellWhoAnswers(): void {
  const isAgent = peer === AGENT;
  const tea = parameters.get('tea');
  const here = { ...(tea ? { tea } : {}), ...(isAgent ? {} : { peer: AGENT }) };
  const page = tea ? 'shop-tea.html' : 'shop.html';
  const agentPage = Object.assign(link(texts.agentPage, address('agent.html')), { target: '_blank' });
  document
    .getElementById('answers')
    ?.append(
      isAgent ? texts.byPerson : texts.byRobot,
      ' ',
      link(isAgent ? texts.toRobot : texts.toPerson, address(page, here)),
      ' ',
      agentPage,
    );
}

/** A tin of this tea; its colours are in the style sheet. */
function picture({ id, name }: Tea): HTMLElement {
  const tin = Object.assign(document.createElement('div'), { className: `tin ${id}` });
  tin.setAttribute('aria-hidden', 'true');
  tin.append(Object.assign(document.createElement('span'), { textContent: name }));
  return tin;
}

function card(tea: Tea): HTMLLIElement {
  const item = document.createElement('li');
  const name = document.createElement('h3');
  name.append(link(tea.name, address('shop-tea.html', { tea: tea.id, ...along })));
  const origin = Object.assign(document.createElement('p'), { textContent: tea.origin });
  const price = Object.assign(document.createElement('p'), { className: 'price', textContent: tea.price });
  item.append(picture(tea), name, origin, price);
  return item;
}

/** Shows the tea that the address names, or the first one. */
function showTea(product: HTMLElement): Tea | undefined {
  const tea = texts.teas.find(({ id }) => id === parameters.get('tea')) ?? texts.teas[0];
  if (!tea) return undefined;
  const shown = { ...tea, h1: tea.name, '.lead': tea.text };
  for (const [place, text] of Object.entries(shown)) {
    const element = product.querySelector(/^(h1|\.)/.test(place) ? place : `.${place}`);
    if (element) element.textContent = text;
  }
  product.querySelector('.picture')?.append(picture(tea));
  document.title = `${tea.name} · ${texts.title}`;
  return tea;
}

/** It holds a number of things, until the tab is closed. */
function basket(): void {
  const key = 'leafwater-basket';
  const show = (count: number) => {
    const output = document.getElementById('basket');
    if (output) output.textContent = String(count);
  };
  const count = () => Number(sessionStorage.getItem(key) ?? 0);
  show(count());
  document.getElementById('add')?.addEventListener('click', () => {
    sessionStorage.setItem(key, String(count() + 1));
    show(count());
  });
}

tellChat();
dressPage();
document.title = texts.title;
for (const anchor of document.querySelectorAll<HTMLAnchorElement>('a[href^="shop"]')) {
  anchor.href = address(anchor.getAttribute('href') ?? '', along);
}
tellWhoAnswers();
const product = document.getElementById('product');
const shown = product ? showTea(product) : undefined;
document.getElementById('list')?.append(...texts.teas.filter((tea) => tea !== shown).map(card));
basket();
