/** Marks the classes of this package, so that a second copy of it on the page is told from somebody else's element. */
const brand = Symbol.for('harmonychat-web');

const parts = [
  'message-list',
  'message-bubble',
  'text-bubble',
  'system-bubble',
  'unknown-bubble',
  'message-composer',
  'chat-title-bar',
  'connection-strip',
  'session-ended',
  'status-light',
] as const;

/** Defines an element if its name is free. */
export function define(name: string, element: CustomElementConstructor): void {
  if (customElements.get(name)) return;
  Object.defineProperty(element, brand, { value: true });
  customElements.define(name, element);
}

/** Whether the name belongs to this package, in this copy or another. */
export function isOurs(name: string): boolean {
  const element = customElements.get(name);
  return element !== undefined && brand in element;
}

/** The first of the window's parts whose name somebody else has taken. */
export function takenName(): string | undefined {
  return parts.find((name) => customElements.get(name) && !isOurs(name));
}
