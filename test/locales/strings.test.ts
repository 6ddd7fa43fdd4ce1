import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { en } from '../../src/locales/en.js';
import type { Strings } from '../../src/locales/strings.js';
import { zhCN } from '../../src/locales/zh-CN.js';

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
const languages: [string, Strings][] = [
  ['en', en],
  ['zh-CN', zhCN],
];

/** The texts that may be the same in both languages. */
const international = ['direction', 'userId'];

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

  test('counts messages from one on', () => {
    for (const count of [1, 2, 11, 100]) expect(strings.newMessages(count)).toContain(`${count}`);
  });

  test('has a note of every name', () => {
    expect(Object.keys(strings.notes)).toEqual(Object.keys(en.notes));
  });
});

test('English has a singular', () => {
  expect([en.newMessages(1), en.newMessages(2)]).toEqual(['1 new message', '2 new messages']);
});

test('both languages have the same texts, and none was left untranslated', () => {
  const [english, chinese] = [textsOf(en), textsOf(zhCN)];
  expect([...chinese.keys()]).toEqual([...english.keys()]);
  const same = [...english].filter(([path, text]) => chinese.get(path) === text).map(([path]) => path);
  expect(same).toEqual(international);
  const latin = [...chinese].filter(([path, text]) => path !== 'locale' && !/\p{Script=Han}/u.test(text));
  expect(latin.map(([path]) => path).filter((path) => path !== 'said')).toEqual(international);
  const han = [...english].filter(([, text]) => /\p{Script=Han}/u.test(text));
  expect(han).toEqual([]);
});

test('no text that the sources do not use, and no note that nobody writes', () => {
  const sources = sourcesOf('../../src/components').join('\n');
  /** `strings.name`, also of `this.#texts`, or taken out of either by its name. */
  const isUsed = (name: string) =>
    new RegExp(`(?:strings|#texts)\\??\\.${name}\\b`).test(sources) ||
    new RegExp(`\\{[^{}]*\\b${name}\\b[^{}]*\\} = (?:this\\.)?(?:strings|#texts);`).test(sources);
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
