import { describe, expect, test } from 'vitest';
import type { Emoji } from '../../../src/components/composer/emoji-data.js';
import { move, rowAt, rowsOf } from '../../../src/components/composer/emoji-rows.js';

const emoji = (count: number) =>
  Array.from({ length: count }, (_, n): Emoji => ({ emoji: `${n}`, version: 0, skins: 0, label: '', words: [] }));
/** 0 1 2 / 3 4, then 5 6 7 / 8 */
const rows = rowsOf(
  [
    { name: 'one', sign: '', emoji: emoji(5) },
    { name: 'two', sign: '', emoji: emoji(4) },
  ],
  3,
);
const to = (from: number, key: string, { ctrlKey = false, rtl = false } = {}) =>
  move(rows, from, { key, ctrlKey }, rtl, 2);

test('rows stand one below the other, each group under its name', () => {
  expect(rows.map(({ name, first, emoji: { length } }) => [name, first, length])).toEqual([
    ['one', 0, 0],
    ['', 0, 3],
    ['', 3, 2],
    ['two', 5, 0],
    ['', 5, 3],
    ['', 8, 1],
  ]);
  rows.forEach(({ top }, n) => {
    const before = rows[n - 1];
    expect(top).toBe(before ? before.top + before.height : 0);
  });
  expect([0, 4, 5, 8, 9].map((index) => rowAt(rows, index)?.first)).toEqual([0, 3, 5, 8, undefined]);
});

describe('keys', () => {
  test('left and right go on in the next line, and stop at the ends', () => {
    expect([to(2, 'ArrowRight'), to(3, 'ArrowLeft'), to(0, 'ArrowLeft'), to(8, 'ArrowRight')]).toEqual([3, 2, 0, 8]);
  });

  test('from right to left they are mirrored', () => {
    expect([to(2, 'ArrowLeft', { rtl: true }), to(3, 'ArrowRight', { rtl: true })]).toEqual([3, 2]);
  });

  test('up and down keep the column, over names, where the line is long enough', () => {
    expect([to(1, 'ArrowDown'), to(2, 'ArrowDown'), to(4, 'ArrowDown'), to(8, 'ArrowDown')]).toEqual([4, 4, 6, 8]);
    expect([to(6, 'ArrowUp'), to(7, 'ArrowUp'), to(8, 'ArrowUp')]).toEqual([4, 4, 5]);
  });

  test('up out of the first line leaves the grid', () => {
    expect([to(0, 'ArrowUp'), to(2, 'ArrowUp')]).toEqual([-1, -1]);
  });

  test('Home and End: the line, with Ctrl all; pages', () => {
    expect([to(4, 'Home'), to(6, 'End'), to(6, 'Home', { ctrlKey: true }), to(1, 'End', { ctrlKey: true })]).toEqual([
      3, 7, 0, 8,
    ]);
    expect([to(1, 'PageDown'), to(7, 'PageUp'), to(4, 'PageUp')]).toEqual([6, 2, 1]);
  });

  test('others are not the grid’s, and an empty grid has none', () => {
    expect([to(1, 'a'), to(1, 'Tab'), move([], 0, { key: 'ArrowDown', ctrlKey: false }, false, 1)]).toEqual([
      undefined,
      undefined,
      undefined,
    ]);
  });
});
