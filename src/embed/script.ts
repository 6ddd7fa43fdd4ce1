import { ownDocument } from '../client/own-document.js';

/** The tag by which this file was loaded. Without one that is known (a copy of the text, a module), the first one that names it. */
export const script = (ownDocument.currentScript ??
  ownDocument.querySelector('[src*="harmonychat."]')) as HTMLScriptElement | null;

/** Where the other files lie. */
export const scriptUrl = script?.src || location.href;
