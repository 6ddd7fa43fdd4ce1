import data from 'emojibase-data/en/data.json' with { type: 'json' };
import { describe, expect, test, vi } from 'vitest';
import { emojiLines, wordLines } from '../../../emoji-words.js';
import { type Emoji, emojiOf, loadEmoji, toned, wordsOf } from '../../../src/components/composer/emoji-data.js';
import { onDemandEn } from '../../../src/locales/on-demand-en.js';

const groups = emojiOf(emojiLines());
const named = (label: string) => groups.flat().find((emoji) => emoji.label === label) as Emoji;

describe('what the build writes', () => {
  test('has all emoji that have a group, in nine groups, and no parts of emoji', () => {
    const all = data.filter(({ group }) => group !== undefined && group !== 2).map(({ emoji }) => emoji);
    expect(groups.flat().map(({ emoji }) => emoji)).toEqual(all);
    expect(groups).toHaveLength(onDemandEn.emojiGroups.length);
    expect(groups.map(([first]) => first?.emoji)).toEqual(['😀', '👋', '🐵', '🍇', '🌍️', '🎃', '👓️', '🏧', '🏁']);
  });

  test('names versions that a system may lack, and those of skin tones', () => {
    expect(named('grinning face')).toMatchObject({ version: 0, skins: 0 });
    expect(named('waving hand')).toMatchObject({ version: 0, skins: 1 });
    expect(named('melting face')).toMatchObject({ version: 14, skins: 0 });
    expect(named('handshake')).toMatchObject({ version: 0, skins: 14 });
  });

  test('has a name in another language for each', () => {
    const chinese = emojiOf(emojiLines(), wordLines('zh')).flat();
    const wave = chinese.find(({ emoji }) => emoji === '👋');
    expect(wave?.label).toBe('挥手');
    expect(wave?.words).toEqual(expect.arrayContaining(['挥手', 'waving hand', '你好', 'hello']));
    expect(chinese.filter(({ label }) => !/\p{Script=Han}/u.test(label) && !/[A-Z]/.test(label))).toEqual([]);
  });
});

test('what is searched is in lower case and without accents', () => {
  const [[emoji] = []] = emojiOf('🥐\t\t\tCroissant\tPain', 'Crème brûlée,Déjeuner');
  expect(emoji).toEqual({
    ...{ emoji: '🥐', version: 0, skins: 0, label: 'Crème brûlée' },
    words: ['creme brulee', 'croissant', 'dejeuner', 'pain'],
  });
});

test('skin tones are those of the data, for each emoji that has some', () => {
  const all = new Map(groups.flat().map((emoji) => [emoji.emoji, emoji]));
  for (const { emoji, skins } of data) {
    const own = all.get(emoji);
    if (!own) continue;
    const single = [1, 2, 3, 4, 5].map((tone) => skins?.find((skin) => skin.tone === tone)?.emoji ?? emoji);
    expect(
      [1, 2, 3, 4, 5].map((tone) => toned(own, tone)),
      emoji,
    ).toEqual(single);
    expect(toned(own, 0)).toBe(emoji);
  }
});

describe('the language', () => {
  test.each(['zh-CN', 'zh-TW', 'zh-HK', 'ja', 'ko', 'de-AT', 'fr', 'es', 'pt-BR', 'ru'])('%s has names', (tag) => {
    expect(wordsOf(tag)).toEqual(expect.any(Function));
  });

  test('those who do not read each other have their own', async () => {
    const words = await Promise.all(['zh-CN', 'zh-TW', 'zh-Hant-HK'].map((tag) => wordsOf(tag)?.()));
    expect(words[0]?.words).toContain('挥手');
    expect(words[1]?.words).toContain('揮手');
    expect(words[2]).toBe(words[1]);
  });

  test.each(['ar', 'he', 'en-AU', 'tlh'])('%s is English', async (tag) => {
    expect(wordsOf(tag)).toBeUndefined();
    expect((await loadEmoji(tag))[0]?.[0]?.label).toBe('grinning face');
  });

  test('one that does not load is English, and is there the next time', async () => {
    vi.doMock('../../../src/components/composer/words/emoji-ko.js', () => {
      throw new Error('offline');
    });
    expect((await loadEmoji('ko'))[0]?.[0]?.label).toBe('grinning face');
    vi.doUnmock('../../../src/components/composer/words/emoji-ko.js');
    vi.resetModules();
    expect((await loadEmoji('ko'))[0]?.[0]?.label).toMatch(/\p{Script=Hangul}/u);
  });
});
