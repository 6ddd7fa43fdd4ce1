import type { ChatWindow } from '../index.js';
import type { DemoTexts } from './texts.js';

const LOOKS = ['classic', 'messenger', 'neutral'];
const THEMES = ['auto', 'light', 'dark'];
/** What the colour field begins with where there is no brand yet. */
const FIRST_COLOUR = '#7a3ff2';

/** Puts on what the page's address says. */
export function dress(chat: HTMLElement & Pick<ChatWindow, 'theme' | 'brand'>, parameters: URLSearchParams): void {
  const theme = parameters.get('theme');
  chat.theme = theme === 'light' || theme === 'dark' ? theme : 'auto';
  chat.setAttribute('look', parameters.get('look') ?? 'classic');
  chat.brand = parameters.get('brand') ?? '';
}

/** What the chat wears: its look, its theme, the colour of a brand. Each is in the page's address, so that it can be passed on. */
export function wardrobe(texts: DemoTexts, chat: ChatWindow, parameters: URLSearchParams, changed: () => void): void {
  const put = (name: string, value: string) => {
    if (value === '') parameters.delete(name);
    else parameters.set(name, value);
    history.replaceState(null, '', `?${parameters}`);
    wear();
    changed();
  };
  const wear = () => dress(chat, parameters);
  const choice = (name: string, values: readonly string[], title: string, labels: Readonly<Record<string, string>>) => {
    const now = parameters.get(name) ?? values[0];
    const group = document.createElement('fieldset');
    group.append(Object.assign(document.createElement('legend'), { textContent: title }));
    for (const value of values) {
      const label = document.createElement('label');
      const radio = Object.assign(document.createElement('input'), { type: 'radio', name, value });
      radio.checked = value === now;
      radio.addEventListener('change', () => put(name, value));
      label.append(radio, Object.assign(document.createElement('span'), { textContent: labels[value] ?? value }));
      group.append(label);
    }
    return group;
  };

  wear();
  const brand = document.createElement('div');
  brand.className = 'brand-colour';
  const label = document.createElement('label');
  const colour = Object.assign(document.createElement('input'), { type: 'color' });
  const given = parameters.get('brand') ?? '';
  colour.value = /^#[\da-f]{6}$/i.test(given) ? given : FIRST_COLOUR;
  const none = Object.assign(document.createElement('button'), {
    type: 'button',
    textContent: texts.noBrand,
    hidden: given === '',
  });
  colour.addEventListener('input', () => {
    none.hidden = false;
    put('brand', colour.value);
  });
  none.addEventListener('click', () => {
    put('brand', '');
    none.hidden = true;
    colour.focus();
  });
  label.append(Object.assign(document.createElement('span'), { textContent: texts.brand }), colour);
  brand.append(label, none);
  document
    .getElementById('wardrobe')
    ?.append(choice('look', LOOKS, texts.look, texts.looks), choice('theme', THEMES, texts.theme, texts.themes), brand);
}
