import { en } from './en.js';
import type { Strings } from './strings.js';
import { zhCN } from './zh-CN.js';

/** The strings for a language tag: the closest there is, else English. Throws a `RangeError` for text that is no BCP 47 tag. */
export function stringsFor(tag: string): Strings {
  const { language, baseName } = new Intl.Locale(tag);
  const strings = language === 'zh' ? zhCN : en;
  // English as it is written in Australia keeps the dates of Australia; for a language that is missing, dates follow the words.
  return language === 'en' ? { ...strings, locale: baseName } : strings;
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
