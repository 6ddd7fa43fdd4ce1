import type { LitElement } from 'lit';
import { afterEach } from 'vitest';
import '../../src/define.js';

/** Puts an element into the page and waits until it is drawn. After the test it is gone. */
export async function mount<T extends LitElement>(Element: new () => T, properties: Partial<T> = {}): Promise<T> {
  const element = Object.assign(new Element(), properties);
  document.body.append(element);
  await element.updateComplete;
  return element;
}

/** Changes properties and waits until that is drawn. */
export async function change<T extends LitElement>(element: T, properties: Partial<T>): Promise<void> {
  Object.assign(element, properties);
  await element.updateComplete;
}

/** One element of what another has drawn. */
export function inside<T extends HTMLElement = HTMLElement>(element: Element, selector: string): T {
  const found = element.shadowRoot?.querySelector<T>(selector);
  if (!found) throw new Error(`Expected ${selector} in <${element.localName}>, got ${element.shadowRoot?.innerHTML}`);
  return found;
}

/** What an element shows as text, blanks at the ends left out. */
export function textOf(element: Element): string {
  return (element.shadowRoot ?? element).textContent?.trim() ?? '';
}

/** Events of one type that come by, oldest first. */
export function heard<T extends Event>(element: EventTarget, type: string): T[] {
  const events: T[] = [];
  element.addEventListener(type, (event) => events.push(event as T));
  return events;
}

afterEach(() => {
  document.body.replaceChildren();
  sessionStorage.clear();
});
