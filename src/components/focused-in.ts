/** What has the focus, below as many shadow roots as there are. */
export function focusedIn({ activeElement }: Pick<DocumentOrShadowRoot, 'activeElement'>): Element | null {
  const inner = activeElement?.shadowRoot;
  return inner?.activeElement ? focusedIn(inner) : activeElement;
}
