import type { ChatApp } from './chat-app.js';
import type { Flow } from './flow.js';

/**
 * Puts the focus where a screen begins: at the first field that is to be filled in, else at what names the screen. Somebody who
 * is elsewhere on the page stays there.
 */
export function focusScreen(app: ChatApp, before: Flow | undefined, flow: Flow): void {
  if (!isFree(app)) return;
  const { renderRoot } = app;
  if (flow.name === 'chat') {
    // Nobody has been anywhere yet.
    if (before) app.chat?.focus();
  } else if (flow.name === 'entering') {
    // The button that was pressed has gone; whoever is in a field stays there.
    const inside = app.shadowRoot?.activeElement;
    if (inside?.localName !== 'input') renderRoot.querySelector<HTMLElement>('[type=submit]')?.focus();
  } else if (flow.name === 'login') {
    const { account, trouble } = flow;
    // Somebody is typing.
    if (before?.name === 'login' && !trouble) return;
    const isAccount = !account || trouble?.kind === 'account' || trouble?.kind === 'reserved';
    const field = renderRoot.querySelector<HTMLInputElement>(isAccount ? '#account' : '#password');
    field?.focus();
    field?.select();
  } else renderRoot.querySelector<HTMLElement>('[data-focus]')?.focus();
}

/** Whether nothing on the page has the focus, or something in the app. */
function isFree(app: ChatApp): boolean {
  let focused = document.activeElement;
  while (focused?.shadowRoot && focused !== app) focused = focused.shadowRoot.activeElement;
  return !focused || focused === document.body || focused === app;
}
