import type { ChatWindow } from '../index.js';
import { statusText } from './status.js';
import type { DemoTexts } from './texts.js';

const REFRESH_MS = 500;

/**
 * The drawer "What if…": each button asks the gateway for one fault, for this user. Below, the client's own account of how it
 * fares, to be copied; and its detailed log, into the browser's console, while the box is ticked.
 */
export function drawer(texts: DemoTexts, chat: ChatWindow): void {
  const element = document.querySelector<HTMLElement>('#drawer');
  const opener = document.getElementById('what-if');
  const outcome = document.getElementById('outcome');
  const status = document.getElementById('status');
  if (!element || !opener || !outcome || !status) return;
  let refreshing: ReturnType<typeof setInterval> | undefined;
  const refresh = () => {
    const text = statusText(chat.status, texts);
    // Only what has changed: a selection, and the place of a reader, would be lost.
    if (status.textContent !== text) status.textContent = text;
  };

  const show = (open: boolean) => {
    element.hidden = !open;
    opener.setAttribute('aria-expanded', String(open));
    clearInterval(refreshing);
    if (open) {
      refresh();
      refreshing = setInterval(refresh, REFRESH_MS);
    }
    if (open) element.querySelector('button')?.focus();
    else opener.focus();
  };
  opener.addEventListener('click', () => show(element.hidden === true));
  document.getElementById('close')?.addEventListener('click', () => show(false));
  document.addEventListener('keydown', (event) => {
    if (event.key === 'Escape' && !element.hidden) show(false);
  });

  const ask = async (fault: string) => {
    const query = new URLSearchParams({ user: chat.userId ?? '', fault });
    try {
      const response = await fetch(`/gateway/fault?${query}`, { method: 'POST' });
      outcome.textContent = response.ok ? texts.done : texts.failed;
    } catch {
      outcome.textContent = texts.failed;
    }
  };
  const add = (place: string, faults: Readonly<Record<string, string>>) => {
    const buttons = Object.entries(faults).map(([fault, label]) => {
      const button = document.createElement('button');
      Object.assign(button, { type: 'button', textContent: label, className: fault });
      button.addEventListener('click', () => void ask(fault));
      return button;
    });
    document.getElementById(place)?.append(...buttons);
  };
  add('network', texts.networkFaults);
  add('server', texts.serverFaults);
  add('normal', { clear: texts.clear });

  document.getElementById('copy')?.addEventListener('click', () => {
    refresh();
    navigator.clipboard.writeText(status.textContent ?? '').then(
      () => {
        outcome.textContent = texts.copied;
      },
      () => getSelection()?.selectAllChildren(status),
    );
  });
  const log = document.querySelector<HTMLInputElement>('#log');
  log?.addEventListener('change', () => {
    chat.log = log.checked ? ({ event, detail }) => console.debug(event, detail) : undefined;
  });
}
