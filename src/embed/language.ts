import { ownDocument } from '../client/own-document.js';

/** The language that a launcher speaks: its own, that of the page, or of the browser. A BCP 47 tag, or whatever stands there. */
export function languageOf(launcher: Element): string {
  return launcher.getAttribute('locale') || ownDocument.documentElement.lang || navigator.language;
}

/** Which of the texts by language are meant: where people of one do not read the other, by the script too. */
export function textsIn<Texts>(all: Readonly<Record<string, Texts>> & { readonly en: Texts }, tag: string): Texts {
  const [language = ''] = tag.toLowerCase().split('-');
  const name = /^zh-(hant|tw|hk|mo)/i.test(tag) ? 'zh-Hant' : language;
  return (Object.hasOwn(all, name) && all[name]) || all.en;
}
