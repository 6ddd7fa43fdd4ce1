import { en } from './en.js';
import type { Strings } from './strings.js';

/** What is loaded when it is wanted: by language, and script where people of one do not read the other. */
const languages: Readonly<Record<string, () => Promise<{ readonly strings: Strings }>>> = {
  'zh-Hans': () => import('./zh-CN.js'),
  'zh-Hant': () => import('./zh-TW.js'),
  ja: () => import('./ja.js'),
  ko: () => import('./ko.js'),
  de: () => import('./de.js'),
  fr: () => import('./fr.js'),
  es: () => import('./es.js'),
  pt: () => import('./pt-BR.js'),
  ru: () => import('./ru.js'),
  ar: () => import('./ar.js'),
  he: () => import('./he.js'),
};

/**
 * The strings for a language tag: the closest there is, else English, which comes with the bundle. A promise for the others; it
 * rejects where they cannot be loaded.
 * @throws {RangeError} for text that is no BCP 47 tag
 */
export function stringsFor(tag: string): Strings | Promise<Strings> {
  const locale = new Intl.Locale(tag);
  const { language, baseName } = locale;
  const load = languages[`${language}-${locale.maximize().script}`] ?? languages[language];
  // English as it is written in Australia keeps the dates of Australia; for a language that is missing, dates follow the words.
  return load ? load().then(({ strings }) => strings) : language === 'en' ? { ...en, locale: baseName } : en;
}

/** The language of the page, or else of the browser. */
export function pageLanguage(): string {
  const tag = globalThis.document?.documentElement.lang || globalThis.navigator?.language || 'en';
  try {
    return new Intl.Locale(tag).baseName;
  } catch {
    return 'en';
  }
}
