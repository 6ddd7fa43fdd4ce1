import { en } from './en.js';
import type { Strings } from './strings.js';

/**
 * The strings for a language tag: the closest there is, else English, which comes with the bundle. A promise for the others; it
 * rejects where they cannot be loaded.
 * @throws {RangeError} for text that is no BCP 47 tag
 */
export function stringsFor(tag: string): Strings | Promise<Strings> {
  const { language, baseName } = new Intl.Locale(tag);
  // English as it is written in Australia keeps the dates of Australia; for a language that is missing, dates follow the words.
  if (language === 'en') return { ...en, locale: baseName };
  return language === 'zh' ? import('./zh-CN.js').then(({ zhCN }) => zhCN) : en;
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
