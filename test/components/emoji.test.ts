import { describe, expect, test } from 'vitest';
import { isFewEmoji } from '../../src/components/bubbles/emoji.js';

describe('nothing but a few emoji', () => {
  test.each([
    '😀',
    '👍🏽',
    '👩‍👩‍👧‍👦',
    '🏳️‍🌈',
    '🇨🇳',
    '🇨🇳🇮🇱',
    '1️⃣',
    '❤️',
    '🐻‍❄️',
    '🏴󠁧󠁢󠁳󠁣󠁴󠁿',
    '☺️',
    '🎉🎉',
    ' 😀 😀\n',
    '😀'.repeat(12),
  ])('%s', (text) => {
    expect(isFewEmoji(text)).toBe(true);
  });

  test.each([
    '',
    ' ',
    'a',
    '1',
    '#',
    '12',
    '©',
    '™',
    '😀!',
    'hi 😀',
    '你好',
    '😀\n😀',
    '😀\u2028😀',
    '😀'.repeat(13),
    '🇨',
    '\u200d',
    '\ufe0f',
  ])('not: %j', (text) => {
    expect(isFewEmoji(text)).toBe(false);
  });

  test('O3: text made to take long does not', () => {
    for (const piece of ['👩‍', '🇨', '1️⃣ ', '😀\ufe0f', '🏴󠁧', ' '])
      expect(isFewEmoji(`${piece.repeat(20_000)}!`)).toBe(false);
    for (const piece of ['👩‍', '🇨', '1️⃣ ', '😀\ufe0f', '🏴󠁧', ' '])
      expect(isFewEmoji(`${piece.repeat(20)}!`)).toBe(false);
  });
});
