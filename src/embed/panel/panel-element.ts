import { make } from '../make.js';

/** The panel, closed, and the button that says of itself that it opens one. */
export function panelElement(button: HTMLButtonElement): HTMLDivElement {
  const element = Object.assign(make('div', 'panel'), { id: 'panel', hidden: true, tabIndex: -1 });
  element.setAttribute('role', 'dialog');
  button.setAttribute('aria-haspopup', 'dialog');
  button.setAttribute('aria-controls', 'panel');
  button.setAttribute('aria-expanded', 'false');
  return element;
}
