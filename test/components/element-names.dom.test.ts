import { afterEach, expect, test, vi } from 'vitest';
import type { ChatErrorEvent } from '../../src/components/window-events.js';

const NAMES = [
  ...['text-bubble', 'system-bubble', 'unknown-bubble', 'message-bubble', 'message-list', 'message-composer'],
  ...['connection-strip', 'session-ended', 'status-light', 'chat-title-bar', 'chat-window'],
];

/** One page: a registry of names of its own. */
function newPage(): Map<string, CustomElementConstructor> {
  const names = new Map<string, CustomElementConstructor>();
  vi.spyOn(customElements, 'get').mockImplementation((name) => names.get(name));
  vi.spyOn(customElements, 'define').mockImplementation((name, element) => {
    if (names.has(name)) throw new DOMException(`"${name}" has already been defined`, 'NotSupportedError');
    names.set(name, element);
  });
  return names;
}

/** Loads a copy of the package, as a second script on the page would. */
async function loadCopy() {
  vi.resetModules();
  // Of the second copy of Lit, its development build.
  vi.spyOn(console, 'warn').mockImplementation(() => {});
  await import('../../src/define.js');
  return import('../../src/components/element-names.js');
}

afterEach(() => {
  vi.restoreAllMocks();
});

test('every element is defined, and no name is taken by anybody', async () => {
  const page = newPage();
  const { takenName } = await loadCopy();
  expect([...page.keys()]).toEqual(NAMES);
  expect(takenName()).toBeUndefined();
});

test('L10: a second copy on the page is quiet and leaves the elements of the first', async () => {
  const page = newPage();
  await loadCopy();
  const first = new Map(page);
  const { takenName } = await loadCopy();
  expect(page).toEqual(first);
  expect(takenName()).toBeUndefined();
});

test.each(NAMES)('L10: a %s of somebody else stays theirs, and is told', async (name) => {
  const page = newPage();
  const theirs = class extends HTMLElement {};
  page.set(name, theirs);
  const { takenName } = await loadCopy();
  expect(page.get(name)).toBe(theirs);
  expect(page.size).toBe(NAMES.length);
  expect(takenName()).toBe(name);
});

test('a window with a part that is somebody else’s says so, in itself and by a chat-error', async () => {
  vi.resetModules();
  customElements.define('status-light', class extends HTMLElement {});
  await import('../../src/define.js');
  const { ChatWindow } = await import('../../src/components/chat-window.js');
  const window = new ChatWindow();
  const errors: string[] = [];
  window.addEventListener('chat-error', (event) => errors.push((event as ChatErrorEvent).error.message));
  document.body.append(window);
  await window.updateComplete;
  expect(errors).toEqual(['<status-light>: expected a tag name that the page leaves free, got "its own element"']);
  expect(window.shadowRoot?.querySelector('[part=problem]')?.textContent).toContain(errors[0]);
});
