import { expect, test } from 'vitest';
import { fileSize, playingTime } from '../../src/components/bubbles/media-words.js';

test.each([
  [1, 'en', '1 byte'],
  [999, 'en', '999 bytes'],
  [1_000, 'en', '1 kB'],
  [1_536_000, 'en', '1.5 MB'],
  [12_345_678, 'en', '12 MB'],
  [999_999, 'en', '1 MB'],
  [5e12, 'en', '5 TB'],
  [5e15, 'en', '5,000 TB'],
  [1_536_000, 'de', '1,5 MB'],
  [1_536_000, 'zh-CN', '1.5 MB'],
])('%d bytes in %s are %s', (bytes, locale, expected) => {
  expect(fileSize(bytes, locale)).toBe(expected);
});

test.each([
  [0, '0:00'],
  [0.6, '0:01'],
  [65, '1:05'],
  [3_605, '1:00:05'],
  [Number.NaN, '0:00'],
  [Number.POSITIVE_INFINITY, '0:00'],
  [-3, '0:00'],
])('%d s are %s', (seconds, expected) => {
  expect(playingTime(seconds)).toBe(expected);
});
