import { expect, test, vi } from 'vitest';
import type { ChatErrorEvent } from '../../src/components/window-events.js';

const NAMES = [
  ...['text-bubble', 'system-bubble', 'message-bubble', 'message-list', 'message-composer'],
  ...['status-light', 'chat-title-bar', 'chat-window'],
];

// The page has an element of its own under one of our names, before our script comes.
const theirs = class extends HTMLElement {};
customElements.define('status-light', theirs);
const defined = vi.spyOn(customElements, 'define');
await import('../../src/define.js');
const { ChatWindow } = await import('../../src/components/chat-window.js');

/** Loads the module anew, as a second copy of the package on the page would. */
async function loadCopy() {
  vi.resetModules();
  return import('../../src/components/element-names.js');
}

const newElement = () => class extends HTMLElement {};

test('every element is defined, parts before the whole, but for a name that is taken', () => {
  expect(defined.mock.calls.map(([name]) => name)).toEqual(NAMES.filter((name) => name !== 'status-light'));
  expect(customElements.get('status-light')).toBe(theirs);
  expect(customElements.get('chat-window')).toBe(ChatWindow);
});

test('L10: a window with a part that is somebody else’s says so, in itself and by a chat-error', async () => {
  const window = new ChatWindow();
  const errors: string[] = [];
  window.addEventListener('chat-error', (event) => errors.push((event as ChatErrorEvent).error.message));
  document.body.append(window);
  await window.updateComplete;
  expect(errors).toEqual(['<status-light>: expected a tag name that the page leaves free, got "its own element"']);
  expect(window.shadowRoot?.querySelector('[part=problem]')?.textContent).toContain(errors[0]);
});

test('L10: a second copy on the page is quiet and leaves the elements of the first', async () => {
  const [one, two] = [await loadCopy(), await loadCopy()];
  const ours = newElement();
  one.define('l10-ours', ours);
  two.define('l10-ours', newElement());
  one.define('l10-ours', newElement());
  expect(customElements.get('l10-ours')).toBe(ours);
  expect([one.takenName(), two.takenName()]).toEqual([undefined, undefined]);
});

test('L10: elements of somebody else stay theirs, and the first of them is told', async () => {
  const { define, takenName } = await loadCopy();
  const others = ['l10-first', 'l10-second'].map((name) => {
    const other = newElement();
    customElements.define(name, other);
    return other;
  });
  define('l10-free', newElement());
  expect(takenName()).toBeUndefined();
  define('l10-first', newElement());
  define('l10-second', newElement());
  expect(takenName()).toBe('l10-first');
  expect([customElements.get('l10-first'), customElements.get('l10-second')]).toEqual(others);
});
