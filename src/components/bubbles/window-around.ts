/** The window in which an element is, however deep, or else the outermost of our elements around it. */
export function windowAround(element: Element): Element {
  let found = element;
  for (let root = element.getRootNode(); root instanceof ShadowRoot; root = found.getRootNode()) {
    found = root.host;
    if (found.localName === 'chat-window') break;
  }
  return found;
}

/** Puts the focus on the messages of a window: a button that had it goes away, and it must not fall out of the chat. */
export function focusTranscript(window: Element | undefined): void {
  window?.shadowRoot?.querySelector<HTMLElement>('message-list')?.focus();
}
