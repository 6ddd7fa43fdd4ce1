declare global {
  interface Window {
    /** Elements in the document and in every shadow root, in the order of the document. */
    deepQuery(selector: string): HTMLElement[];
    /** The text of a node, what is in its shadow root included, what is for screen readers alone left out. */
    deepText(node: Node): string;
  }
}

/** Runs in the page before everything else: gives it `deepQuery()` and `deepText()`. */
export function deepQuery(): void {
  const find = (root: ParentNode, selector: string): HTMLElement[] =>
    [...root.children].flatMap((child) => [
      ...(child instanceof HTMLElement && child.matches(selector) ? [child] : []),
      ...(child.shadowRoot ? find(child.shadowRoot, selector) : []),
      ...find(child, selector),
    ]);
  window.deepQuery = (selector) => find(document, selector);
  window.deepText = (node) => {
    if (node instanceof Text) return node.data;
    if (node instanceof Element && node.matches('.visually-hidden, style')) return '';
    const root = node instanceof Element && node.shadowRoot ? node.shadowRoot : node;
    return [...root.childNodes].map((child) => window.deepText(child)).join('');
  };
}
