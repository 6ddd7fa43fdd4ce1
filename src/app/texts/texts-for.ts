import { inTime } from '../../client/in-time.js';
import { texts as english } from './app-en.js';
import type { AppTexts } from './app-texts.js';

/** As the window's languages: each is loaded when it is wanted. */
const languages: Readonly<Record<string, () => Promise<{ readonly texts: AppTexts }>>> = {
  'zh-CN': () => import('./app-zh-CN.js'),
  'zh-TW': () => import('./app-zh-TW.js'),
  ja: () => import('./app-ja.js'),
  ko: () => import('./app-ko.js'),
  de: () => import('./app-de.js'),
  fr: () => import('./app-fr.js'),
  es: () => import('./app-es.js'),
  'pt-BR': () => import('./app-pt-BR.js'),
  ru: () => import('./app-ru.js'),
  ar: () => import('./app-ar.js'),
  he: () => import('./app-he.js'),
};

const PATIENCE_MS = 3_000;

/**
 * The app's texts beside those of the window that name themselves so. English where they do not come: rather that than nothing.
 */
export async function textsFor(locale: string): Promise<AppTexts> {
  const load = languages[locale];
  return (load && (await inTime(PATIENCE_MS, load())))?.texts ?? english;
}
