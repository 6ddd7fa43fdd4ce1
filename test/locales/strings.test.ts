import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { strings as ar } from '../../src/locales/ar.js';
import { strings as de } from '../../src/locales/de.js';
import { en as core } from '../../src/locales/en.js';
import { strings as es } from '../../src/locales/es.js';
import { strings as fr } from '../../src/locales/fr.js';
import { strings as he } from '../../src/locales/he.js';
import { strings as ja } from '../../src/locales/ja.js';
import { strings as ko } from '../../src/locales/ko.js';
import { onDemandEn } from '../../src/locales/on-demand-en.js';
import { strings as ptBR } from '../../src/locales/pt-BR.js';
import { strings as ru } from '../../src/locales/ru.js';
import type { Strings } from '../../src/locales/strings.js';
import { strings as zhCN } from '../../src/locales/zh-CN.js';
import { strings as zhTW } from '../../src/locales/zh-TW.js';

/** What comes on demand brings its English along. */
const en = { ...core, ...onDemandEn };

/** Each text under its path, functions with a placeholder as their argument. */
function textsOf(strings: Strings): Map<string, string> {
  const texts = new Map<string, string>();
  const visit = (path: string, value: unknown): void => {
    if (typeof value === 'function') texts.set(path, value(...PLACEHOLDERS.slice(0, value.length)));
    else if (typeof value === 'object' && value !== null) {
      for (const [key, inner] of Object.entries(value)) visit(`${path}.${key}`, inner);
    } else texts.set(path, String(value));
  };
  // Not a text, and tested with the times.
  const { times: _, ...all } = strings;
  for (const [key, value] of Object.entries(all)) visit(key, value);
  return texts;
}

const PLACEHOLDERS = ['41', '42'];
const others: [string, Strings][] = [
  ...([
    ['zh-CN', zhCN],
    ['zh-TW', zhTW],
    ['ja', ja],
    ['ko', ko],
    ['de', de],
    ['fr', fr],
    ['es', es],
  ] as const),
  ...([
    ['pt-BR', ptBR],
    ['ru', ru],
    ['ar', ar],
    ['he', he],
  ] as const),
].map(([tag, strings]) => [tag, strings]);
const languages: [string, Strings][] = [['en', en], ...others];
/** Letters that a language is written in; those with Latin ones of their own are told from English by their words. */
const scripts: Readonly<Record<string, RegExp>> = {
  ...{ 'zh-CN': /\p{Script=Han}/u, 'zh-TW': /\p{Script=Han}/u, ko: /\p{Script=Hangul}/u, ru: /\p{Script=Cyrillic}/u },
  ja: /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]/u,
  ...{ ar: /\p{Script=Arabic}/u, he: /\p{Script=Hebrew}/u },
};

/** The texts that may be the same in all languages. */
const international = ['direction', 'userId'];
/** Of these a language may have no letters of its own. */
const WITHOUT_LETTERS = ['said', 'ofTime'];
/** Words that a language has in common with English. */
const LOANS: Readonly<Record<string, readonly string[]>> = {
  ...{ de: ['heading', 'said', 'position', 'pause'], es: ['heading', 'said'], 'pt-BR': ['said'] },
  fr: ['listLabel', 'kinds.1', 'kinds.20', 'image', 'composerLabel', 'pause', 'position'],
  ...{ ko: ['said'], ru: ['said'], ar: ['said'], he: ['said'] },
};

describe.each(languages)('%s', (tag, strings) => {
  test('names itself', () => {
    expect(strings.locale).toBe(tag);
    expect(Intl.getCanonicalLocales(strings.locale)).toEqual([tag]);
    expect(['ltr', 'rtl']).toContain(strings.direction);
  });

  test('has no empty text, and none with blanks at its ends', () => {
    for (const [path, text] of textsOf(strings)) {
      expect(text.trim(), path).not.toBe('');
      expect(text.trim(), path).toBe(text);
    }
  });

  test('every function gives a text with all its arguments', () => {
    for (const [path, value] of Object.entries(strings) as [string, unknown][]) {
      if (typeof value !== 'function') continue;
      expect(value.length, path).toBeGreaterThan(0);
      const text = value(...PLACEHOLDERS.slice(0, value.length));
      expect(text, path).toEqual(expect.any(String));
      for (const argument of PLACEHOLDERS.slice(0, value.length)) expect(text, path).toContain(argument);
    }
  });

  test('counts messages from one on, with the digits of the language', () => {
    const digits = new Intl.NumberFormat(tag);
    for (const count of [1, 2, 3, 11, 100, 1_234]) {
      // "100" in Arabic is one word, and its text names the number all the same.
      expect(strings.newMessages(count)).toContain(tag === 'en' || tag === 'zh-CN' ? `${count}` : digits.format(count));
    }
  });

  test('has a note of every name', () => {
    expect(Object.keys(strings.notes)).toEqual(Object.keys(en.notes));
  });
});

test('English has a singular', () => {
  expect([en.newMessages(1), en.newMessages(2)]).toEqual(['1 new message', '2 new messages']);
});

test.each([
  ['de', 1, '1 neue Nachricht'],
  ['de', 2, '2 neue Nachrichten'],
  ['fr', 0, '0 nouveau message'],
  ['ru', 1, '1 новое сообщение'],
  ['ru', 3, '3 новых сообщения'],
  ['ru', 11, '11 новых сообщений'],
  ['ru', 21, '21 новое сообщение'],
  ['ja', 5, '新着メッセージ 5件'],
])('%s: %i messages', (tag, count, expected) => {
  expect(others.find(([each]) => each === tag)?.[1].newMessages(count)).toBe(expected);
});

describe.each(others)('%s', (tag, strings) => {
  test('has all texts of English and no others', () => {
    const [english, own] = [textsOf(en), textsOf(strings)];
    expect([...own.keys()].sort()).toEqual([...english.keys()].sort());
  });

  test('was translated', () => {
    const [english, own] = [textsOf(en), textsOf(strings)];
    const script = scripts[tag];
    const same = [...english].filter(([path, text]) => own.get(path) === text).map(([path]) => path);
    const latin = [...own].filter(([, text]) => script && !script.test(text)).map(([path]) => path);
    expect(same.filter((path) => !international.includes(path) && !LOANS[tag]?.includes(path))).toEqual([]);
    expect(
      latin.filter((path) => !international.includes(path) && path !== 'locale' && !WITHOUT_LETTERS.includes(path)),
    ).toEqual([]);
  });
});

test('English is written in Latin letters', () => {
  expect([...textsOf(en)].filter(([, text]) => /[^\p{Script=Latin}\p{Script=Common}]/u.test(text))).toEqual([]);
});

test('no text that the sources do not use, and no note that nobody writes', () => {
  const sources = sourcesOf('../../src/components').join('\n');
  /** `strings.name`, also of `this.#texts`, or taken out of either, or of what comes on demand, by its name. */
  const isUsed = (name: string) =>
    new RegExp(`(?:strings|#texts)\\??\\.${name}\\b`).test(sources) ||
    new RegExp(
      `\\{[^{}]*\\b${name}\\b[^{}]*\\} = (?:(?:this\\.)?(?:strings|#texts)|\\{ \\.\\.\\.onDemandEn, \\.\\.\\.this\\.strings \\});`,
    ).test(sources);
  // The states of a connection, looked up by their names.
  const states = sources.includes('strings[name]') ? ['connected', 'connecting', 'disconnected'] : [];
  expect(Object.keys(en).filter((name) => !isUsed(name) && !states.includes(name))).toEqual([]);
  expect(isUsed('nonsense')).toBe(false);

  const store = sourcesOf('../../src/store').join('\n');
  expect(Object.keys(en.notes).filter((name) => !store.includes(`'${name}'`))).toEqual([]);
});

function sourcesOf(folder: string): string[] {
  const root = fileURLToPath(new URL(folder, import.meta.url));
  const files = readdirSync(root, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.ts'));
  return files.map((name) => readFileSync(`${root}/${name}`, 'utf8'));
}
