import { afterEach, describe, expect, test, vi } from 'vitest';
import { strings as ar } from '../../src/locales/ar.js';
import { strings as de } from '../../src/locales/de.js';
import { en } from '../../src/locales/en.js';
import { strings as es } from '../../src/locales/es.js';
import { strings as fr } from '../../src/locales/fr.js';
import { strings as he } from '../../src/locales/he.js';
import { strings as ja } from '../../src/locales/ja.js';
import { strings as ko } from '../../src/locales/ko.js';
import { pageLanguage, stringsFor } from '../../src/locales/match.js';
import { strings as ptBR } from '../../src/locales/pt-BR.js';
import { strings as ru } from '../../src/locales/ru.js';
import { strings as zhCN } from '../../src/locales/zh-CN.js';
import { strings as zhTW } from '../../src/locales/zh-TW.js';

describe('the strings for a language tag: the closest there is', () => {
  test.each([
    ['zh-CN', zhCN, 'zh-CN'],
    ['zh', zhCN, 'zh-CN'],
    ['ZH-cn', zhCN, 'zh-CN'],
    ['zh-Hans', zhCN, 'zh-CN'],
    ['zh-Hans-SG', zhCN, 'zh-CN'],
    ['zh-TW', zhTW, 'zh-TW'],
    ['zh-HK', zhTW, 'zh-TW'],
    ['zh-Hant', zhTW, 'zh-TW'],
    ['zh-Hant-CN', zhTW, 'zh-TW'],
    ['cmn-CN', zhCN, 'zh-CN'],
    ['zh-CN-u-ca-chinese', zhCN, 'zh-CN'],
    ['en', en, 'en'],
    ['en-US', en, 'en-US'],
    ['en-au', en, 'en-AU'],
    ['EN-Latn-gb', en, 'en-Latn-GB'],
    ['en-US-u-hc-h23', en, 'en-US'],
    ['ja-JP', ja, 'ja'],
    ['ko', ko, 'ko'],
    ['de-AT', de, 'de'],
    ['fr', fr, 'fr'],
    ['es-419', es, 'es'],
    ['pt-PT', ptBR, 'pt-BR'],
    ['ru-UA', ru, 'ru'],
    ['ar-EG', ar, 'ar'],
    ['he', he, 'he'],
    ['iw', he, 'he'],
    ['nl', en, 'en'],
    ['constructor', undefined, ''],
    ['enm', en, 'en'],
    ['zha', en, 'en'],
    ['und', en, 'en'],
    ['x-klingon', undefined, ''],
    ['', undefined, ''],
    [' en', undefined, ''],
    ['e', undefined, ''],
    ['en_US', undefined, ''],
    ['zh-', undefined, ''],
    ['english language', undefined, ''],
    ['<b>', undefined, ''],
  ])('%j', async (tag, strings, locale) => {
    if (!strings) {
      expect(() => stringsFor(tag)).toThrow(RangeError);
      return;
    }
    expect(await stringsFor(tag)).toEqual({ ...strings, locale });
  });
});

test('English is there at once', () => {
  for (const tag of ['en', 'nl']) expect(stringsFor(tag)).toMatchObject({ send: en.send });
});

describe('the language of the page, or else of the browser', () => {
  afterEach(() => vi.unstubAllGlobals());

  test.each([
    ['zh-CN', 'en-US', 'zh-CN'],
    ['', 'zh-TW', 'zh-TW'],
    ['en-GB-u-hc-h12', 'zh-CN', 'en-GB'],
    ['Deutsch!', 'zh-CN', 'en'],
    ['', 'C_POSIX', 'en'],
    ['', '', 'en'],
  ])('page %j, browser %j: %s', (lang, language, expected) => {
    vi.stubGlobal('document', { documentElement: { lang } });
    vi.stubGlobal('navigator', { language });
    expect(pageLanguage()).toBe(expected);
    expect(() => stringsFor(pageLanguage())).not.toThrow();
  });

  test('English where there is neither', () => {
    vi.stubGlobal('document', undefined);
    vi.stubGlobal('navigator', undefined);
    expect(pageLanguage()).toBe('en');
  });
});
