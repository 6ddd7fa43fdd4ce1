import type { Message } from '../../client/message.js';
import { ownDocument } from '../../client/own-document.js';

/** Characters that are read out; the rest is in the transcript. */
const LONGEST = 500;

/** The parts of a row. One that has no bubble is all bubble. */
export function partsOf(row: HTMLElement): { readonly bubble: Element } {
  return { bubble: row.shadowRoot?.querySelector('[part~=bubble]') ?? row };
}

/** What a row shows, for a screen reader: a name for the row as a whole. */
export function labelOf(row: HTMLElement, message: Message): string {
  const parts = [...textsIn(row.shadowRoot ?? row)].map((text) => text.trim()).filter(Boolean);
  return (parts.join(' ') || message.content).slice(0, LONGEST);
}

/** Texts as they are drawn, shadow trees included, and names of what is drawn without text. */
function* textsIn(node: Node): Generator<string> {
  for (const child of node.childNodes) {
    if (child.nodeType === Node.TEXT_NODE) yield child.nodeValue ?? '';
    if (!(child instanceof Element) || child.getAttribute('aria-hidden') === 'true') continue;
    const name = child.getAttribute('aria-label');
    if (name !== null) yield name;
    else yield* textsIn(child.shadowRoot ?? child);
  }
}

/**
 * Marks all that a message says, so that a part of it can be taken from there: a finger marks there what it likes, until nothing is
 * marked, or the signal is aborted.
 */
export function selectContent(row: HTMLElement, signal: AbortSignal): void {
  row.dataset['selectable'] = '';
  const look = () => {
    if (String(getSelection()) !== '') return;
    delete row.dataset['selectable'];
    ownDocument.removeEventListener('selectionchange', look);
  };
  let content: ParentNode = partsOf(row).bubble;
  for (let inner: ParentNode | null = content; inner; ) {
    content = inner;
    const deeper: Element | undefined = [...inner.children].findLast(({ shadowRoot }) => shadowRoot);
    inner = deeper?.shadowRoot ?? null;
  }
  const { childNodes } = content;
  getSelection()?.setBaseAndExtent(content, 0, content, childNodes.length);
  ownDocument.addEventListener('selectionchange', look, { signal });
}
