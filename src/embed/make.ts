import { ownDocument } from '../client/own-document.js';

/** An element that is a part of the launcher, with what is in it: texts are texts. */
export function make<Tag extends keyof HTMLElementTagNameMap>(
  tag: Tag,
  part: string,
  ...contents: readonly (string | Node)[]
): HTMLElementTagNameMap[Tag] {
  const element = ownDocument.createElement(tag) as HTMLElementTagNameMap[Tag];
  if (part) element.className = part;
  if (part) element.setAttribute('part', part);
  element.append(...contents);
  return element;
}

/** A button that does this. */
export function button(part: string, pressed: () => void, ...contents: readonly (string | Node)[]): HTMLButtonElement {
  const element = make('button', part, ...contents);
  element.type = 'button';
  element.addEventListener('click', pressed);
  return element;
}
