import { ownDocument } from '../client/own-document.js';

const PATHS = {
  chat: 'M4 6a3 3 0 0 1 3-3h10a3 3 0 0 1 3 3v8a3 3 0 0 1-3 3h-5l-5 4v-4a3 3 0 0 1-3-3zM8.5 10q1.75-3.5 3.5 0t3.5 0',
  close: 'M6 9l6 6 6-6',
};

/** A sign, drawn with lines. */
export function iconOf(name: keyof typeof PATHS): SVGElement {
  const make = (tag: string, attribute: string, value: string) => {
    const element = ownDocument.createElementNS('http://www.w3.org/2000/svg', tag) as SVGElement;
    element.setAttribute(attribute, value);
    return element;
  };
  const svg = make('svg', 'viewBox', '0 0 24 24');
  svg.append(make('path', 'd', PATHS[name]));
  return svg;
}
