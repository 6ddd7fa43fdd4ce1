/** Marks the classes of this package, so that a second copy of it on the page is told from somebody else's element. */
const brand = Symbol.for('harmonychat-web');

const taken: string[] = [];

/** Defines an element if its name is free. A second copy of this package changes nothing. */
export function define(name: string, element: CustomElementConstructor): void {
  const present = customElements.get(name);
  if (!present) {
    Object.defineProperty(element, brand, { value: true });
    customElements.define(name, element);
  } else if (!(brand in present)) taken.push(name);
}

const ON_DEMAND = [
  ...['list-tools', 'message-menu', 'new-line', 'composer-tools', 'chat-emoji'],
  ...['session-ended', 'connection-strip', 'rich-text', 'image-bubble', 'voice-bubble', 'file-bubble'],
  ...['quick-replies', 'card-bubble', 'unknown-bubble', 'image-viewer'],
];

/** The first of our names that somebody else had defined before us. Without that part there is no chat. */
export function takenName(): string | undefined {
  const isTaken = (name: string) => !(brand in (customElements.get(name) ?? { [brand]: true }));
  return taken[0] ?? ON_DEMAND.find(isTaken);
}
