// Read from the prototype: an element with the name "currentScript" would be found first on the document itself.
const current = Reflect.get(Document.prototype, 'currentScript', document) as Element | null;

/** The tag by which this file was loaded. Without one that is known (a copy of the text, a module), the first one that names it. */
export const script = (current ?? document.querySelector('[src*="harmonychat."]')) as HTMLScriptElement | null;

/** Where the other files lie. */
export const scriptUrl = script?.src || location.href;
