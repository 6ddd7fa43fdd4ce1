import { expect, test } from 'vitest';
import { emojiLines, wordLines } from '../../../emoji-words.js';
import { emojiOf } from '../../../src/components/composer/emoji-data.js';
import { search } from '../../../src/components/composer/emoji-search.js';

const all = emojiOf(
  [
    '🐈\t\t\tcat\tanimal,pet',
    '🐱\t\t\tcat face\tcat',
    '😹\t\t\tface with cat\tjoy',
    '🐶\t\t\tdog\tpet,location',
    '🏫\t\t\tschool\tcategory',
    '😺\t\t\tgrinning\tsmile cat,cats',
  ].join('\n'),
).flat();
const found = (query: string) => search(all, query).map(({ emoji }) => emoji);

test('names come first, then words, then beginnings, then what is inside', () => {
  expect(found('cat')).toEqual(['🐈', '🐱', '🏫', '😺', '😹', '🐶']);
});

test('all words of a query are hit', () => {
  expect(found('face joy')).toEqual(['😹']);
  expect(found('cat face')).toEqual(['🐱', '😹']);
  expect(found('face  nothing')).toEqual([]);
});

test('capitals and accents do not matter', () => {
  expect(found('  CÁT FACE ')).toEqual(['🐱', '😹']);
});

test('an emoji finds itself', () => {
  expect(found('🐶')).toEqual(['🐶']);
});

test.each([
  ['zh', '猫', '🐈️'],
  ['zh', 'cat', '🐈️'],
  ['zh', '生日', '🎂'],
  ['de', 'danke', '🙏'],
  ['ru', 'сердце', '❤️'],
  ['ja', 'ありがとう', '🙏'],
])('%s: %s', (locale, query, emoji) => {
  const hits = search(emojiOf(emojiLines(), wordLines(locale)).flat(), query).map((hit) => hit.emoji);
  expect(hits.slice(0, 30)).toContain(emoji);
});
