import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { texts as english } from '../../src/app/texts/app-en.js';
import type { AppTexts } from '../../src/app/texts/app-texts.js';
import { textsFor } from '../../src/app/texts/texts-for.js';
import { stringsFor } from '../../src/locales/match.js';

/** Letters that a language is written in; the others are told from English by their words. */
const scripts: Readonly<Record<string, RegExp>> = {
  ...{ 'zh-CN': /\p{Script=Han}/u, 'zh-TW': /\p{Script=Han}/u, ko: /\p{Script=Hangul}/u, ru: /\p{Script=Cyrillic}/u },
  ja: /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]/u,
  ...{ ar: /\p{Script=Arabic}/u, he: /\p{Script=Hebrew}/u, de: /./u, fr: /./u, es: /./u, 'pt-BR': /./u },
};

/** Each text by its name, functions with a placeholder as their argument. */
function all(texts: AppTexts): [string, string][] {
  return Object.entries(texts).map(([name, text]) => [name, typeof text === 'function' ? text('4127') : text]);
}

test.each(Object.entries(scripts))('%s has all texts, and was translated', async (tag, script) => {
  const texts = await textsFor(tag);
  expect(Object.keys(texts)).toEqual(Object.keys(english));
  const own = new Map(all(texts));
  for (const [name, text] of all(english)) {
    expect(own.get(name), name).not.toBe(text);
    expect(own.get(name), name).toMatch(script);
    expect(own.get(name), name).toBe(own.get(name)?.trim());
    expect(own.get(name)?.includes('4127'), name).toBe(text.includes('4127'));
  }
});

test('every language of the window has texts of the app', async () => {
  expect(Object.keys(scripts)).toHaveLength(11);
  for (const tag of Object.keys(scripts)) {
    const { locale } = await stringsFor(tag);
    expect(locale).toBe(tag);
    expect(await textsFor(locale)).not.toBe(english);
  }
});

test('English for English, and for what there is none of', async () => {
  expect(await textsFor('en-AU')).toBe(english);
  expect(await textsFor('xx')).toBe(english);
});

test('the words of the original', async () => {
  const texts = await textsFor('zh-CN');
  expect(texts).toMatchObject({
    ...{ agree: '同意', decline: '取消', accountHint: '账号随意，唯一即可', logIn: '登录', loggingIn: '正在登录 ...' },
    loginLate: '登录超时，可能是网络故障或服务器无法连接，是否重试？',
    ...{ tryAgain: '重试！', cancelLogin: '取消', logInAgain: '重新登录', leave: '退出' },
  });
});

describe('the sources', () => {
  const folder = fileURLToPath(new URL('../../src/app', import.meta.url));
  const sources = readdirSync(folder).filter((name) => name.endsWith('.ts'));
  const code = sources.map((name) => readFileSync(`${folder}/${name}`, 'utf8')).join('\n');

  test.each(Object.keys(english))('use %s', (name) => {
    expect(code).toMatch(new RegExp(`texts\\.${name}\\b`));
  });
});
