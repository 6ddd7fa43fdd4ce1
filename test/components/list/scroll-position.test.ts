import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { HeightMap } from '../../../src/components/list/height-map.js';
import { ScrollPosition } from '../../../src/components/list/scroll-position.js';

const viewport = 300;

function setUp(keys: string, height = 100) {
  const rows = new HeightMap<string>(
    (item) => item,
    () => height,
  );
  const position = new ScrollPosition(rows);
  const set = (next: string) => position.setItems([...next], viewport);
  set(keys);
  for (let index = 0; index < rows.count; index++) rows.measure(index, height);
  /** Px from the top of the view to the top of a row. */
  const offset = (key: string) => rows.top(rows.items.indexOf(key)) - position.resolve(viewport);
  const scroll = (to: number) => position.scrolled(position.resolve(viewport), to, viewport);
  return { rows, position, set, offset, scroll };
}

describe('at the end', () => {
  it('stays there when rows come, grow and go', () => {
    const { rows, position, set } = setUp('abcdef');
    expect(position.resolve(viewport)).toBe(300);
    set('abcdefg');
    expect(position.resolve(viewport)).toBe(400);
    rows.measure(6, 180);
    expect(position.resolve(viewport)).toBe(480);
    set('ab');
    expect(position.resolve(viewport)).toBe(0);
    set('abcdefghi');
    expect(position.resolve(viewport)).toBe(600);
    expect(position.isAtEnd(viewport)).toBe(true);
  });

  it('is left by the least movement upwards', () => {
    const { position, set, scroll, offset } = setUp('abcdef');
    scroll(298);
    expect(position.followsEnd).toBe(false);
    const before = offset('d');
    set('abcdefg');
    expect(offset('d')).toBe(before);
  });

  it('is not left when the browser pushes the position back to the end', () => {
    const { position } = setUp('abcdef');
    position.scrolled(300, 200, 400);
    expect(position.followsEnd).toBe(true);
  });

  it('is reached again by scrolling down to 24 px before it', () => {
    const { position, scroll } = setUp('abcdef');
    scroll(100);
    scroll(275);
    expect(position.followsEnd).toBe(false);
    scroll(276);
    expect(position.followsEnd).toBe(true);
  });

  it('is followed in an empty list, and in one that has no message of the old one', () => {
    const { position, set, scroll } = setUp('abcdef');
    scroll(100);
    set('uvwxyz');
    expect(position.followsEnd).toBe(true);
    expect(position.resolve(viewport)).toBe(300);
    set('');
    expect(position.resolve(viewport)).toBe(0);
  });
});

describe('away from the end', () => {
  it('holds the first row that begins in view, so that the one cut off above it may grow', () => {
    const { rows, scroll, offset } = setUp('abcdefghij');
    scroll(150);
    rows.measure(1, 190);
    expect(offset('c')).toBe(50);
    rows.measure(0, 10);
    expect(offset('c')).toBe(50);
  });

  it('holds the beginning of a row higher than the view', () => {
    const { rows, scroll, offset } = setUp('abcdefghij');
    rows.measure(1, 900);
    scroll(300);
    rows.measure(0, 250);
    expect(offset('b')).toBe(-200);
  });

  it('keeps the lower edge of a row that gets another predecessor, until somebody scrolls', () => {
    const { rows, set, scroll, offset } = setUp('abcdefghij');
    scroll(0);
    set('xyabcdefghij');
    expect(offset('a')).toBe(0);
    // Its time line is gone.
    rows.measure(2, 70);
    expect(offset('b')).toBe(100);
    // A later page changes nothing for it.
    set('uvwxyabcdefghij');
    rows.measure(5, 90);
    expect(offset('b')).toBe(100);
    scroll(370);
    const before = offset('a');
    rows.measure(5, 100);
    expect(offset('a')).toBe(before);
  });

  it('holds the next row where it was when the held one is removed', () => {
    const { set, scroll, offset } = setUp('abcdefghij');
    scroll(150);
    set('abdefghij');
    expect(offset('d')).toBe(150);
  });

  it('shows what was above when everything in view is removed', () => {
    const { set, scroll, offset } = setUp('abcdefghijklmnop');
    scroll(450);
    set('abcdnop');
    expect(offset('d')).toBe(-100);
  });

  it('shows what was below when everything in view and above is removed', () => {
    const { set, scroll, offset } = setUp('abcdefghijklmnopqrs');
    scroll(450);
    set('mnopqrs');
    expect(offset('m')).toBe(0);
  });

  it('moves nothing in view, whatever is added and removed elsewhere', () => {
    const keys = fc.uniqueArray(fc.integer({ min: 0x4e00, max: 0x9fff }), { minLength: 20, maxLength: 40 });
    fc.assert(
      fc.property(keys, fc.nat(600), fc.array(fc.nat(19)), fc.nat(30), (codes, to, removed, added) => {
        const items = codes.map((code) => String.fromCharCode(code));
        const { rows, position, scroll, offset } = setUp(items.join(''));
        scroll(to);
        if (position.followsEnd) return;
        const seen = items.filter((key) => offset(key) > -100 && offset(key) < viewport);
        const first = seen[0] ?? '';
        const before = offset(first);
        const gone = new Set(removed.map((index) => items[index]).filter((key) => key && !seen.includes(key)));
        const page = Array.from({ length: added }, (_, index) => String.fromCharCode(0x100 + index));
        const next = [...page, ...items.filter((key) => !gone.has(key)), 'Y', 'Z'];
        position.setItems(next, viewport);
        // What is removed above may leave less than there is to scroll.
        if (rows.top(next.indexOf(first)) >= before) expect(offset(first)).toBe(before);
      }),
    );
  });
});

describe('a jump', () => {
  it.each([
    ['start', 0],
    ['center', 100],
    ['end', 200],
  ] as const)('to the %s holds while the rows are measured', (block, expected) => {
    const { rows, position, offset } = setUp('abcdefghijklmnop');
    position.scrollTo(8, block);
    for (const index of [5, 6, 7, 9, 10, 11]) rows.measure(index, 137);
    expect(offset('i')).toBe(expected);
  });

  it('to the end of the last row follows the end', () => {
    const { position, set } = setUp('abcdef');
    position.scrollTo(0, 'start');
    position.scrollTo(5, 'end');
    set('abcdefg');
    expect(position.resolve(viewport)).toBe(400);
  });

  it('does not go beyond the end', () => {
    const { position } = setUp('abcdef');
    position.scrollTo(5, 'start');
    expect(position.resolve(viewport)).toBe(300);
    expect(position.isAtEnd(viewport)).toBe(true);
  });
});
