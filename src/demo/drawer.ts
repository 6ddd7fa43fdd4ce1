import type { DemoTexts } from './texts.js';

/** The drawer "What if…": each button asks the gateway for one fault, for this user. */
export function drawer(texts: DemoTexts, user: () => string): void {
  const element = document.querySelector<HTMLElement>('#drawer');
  const opener = document.getElementById('what-if');
  const outcome = document.getElementById('outcome');
  if (!element || !opener || !outcome) return;

  const show = (open: boolean) => {
    element.hidden = !open;
    opener.setAttribute('aria-expanded', String(open));
    if (open) element.querySelector('button')?.focus();
    else opener.focus();
  };
  opener.addEventListener('click', () => show(element.hidden === true));
  document.getElementById('close')?.addEventListener('click', () => show(false));
  document.addEventListener('keydown', (event) => {
    if (event.key === 'Escape' && !element.hidden) show(false);
  });

  const ask = async (fault: string) => {
    const query = new URLSearchParams({ user: user(), fault });
    try {
      const response = await fetch(`/gateway/fault?${query}`, { method: 'POST' });
      outcome.textContent = response.ok ? texts.done : texts.failed;
    } catch {
      outcome.textContent = texts.failed;
    }
  };
  const buttons = Object.entries(texts.faults).map(([fault, label]) => {
    const button = Object.assign(document.createElement('button'), { type: 'button', textContent: label });
    button.addEventListener('click', () => void ask(fault));
    return button;
  });
  document.getElementById('faults')?.append(...buttons);
}
