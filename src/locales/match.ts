import { en } from './en.js';
import type { Strings } from './strings.js';

/** Languages that come on demand, by their code. */
const others = new Map([['zh', async () => (await import('./zh-CN.js')).zhCN]]);

/** Those that have come. */
const loaded = new Map<string, Strings>();

/**
 * The strings for a language tag: the closest there is, else English. A promise for those that are not there yet; it rejects
 * where they cannot be loaded.
 * @throws {RangeError} for text that is no BCP 47 tag
 */
export function stringsFor(tag: string): Strings | Promise<Strings> {
  const { language, baseName } = new Intl.Locale(tag);
  // English as it is written in Australia keeps the dates of Australia; for a language that is missing, dates follow the words.
  if (language === 'en') return { ...en, locale: baseName };
  const load = others.get(language);
  if (!load) return en;
  const keep = (strings: Strings) => {
    loaded.set(language, strings);
    return strings;
  };
  return loaded.get(language) ?? load().then(keep);
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
