import { afterEach, expect, test, vi } from 'vitest';
import { EmojiMemory, forgetEmoji } from '../../../src/components/composer/emoji-memory.js';

const KEY = 'harmonychat emoji';

afterEach(() => {
  vi.restoreAllMocks();
  localStorage.clear();
});

function memory(isKept = true): EmojiMemory {
  const made = new EmojiMemory(() => (isKept ? localStorage : undefined));
  made.read();
  return made;
}

test('the latest comes first, once, and the next page knows', () => {
  const first = memory();
  for (const emoji of ['a', 'b', 'a']) first.chose(emoji);
  first.colour(3);
  const { recent, tone } = memory();
  expect([recent, tone]).toEqual([['a', 'b'], 3]);
});

test('24 at most', () => {
  const made = memory();
  for (let n = 0; n < 30; n++) made.chose(`${n}`);
  expect(made.recent).toHaveLength(24);
  expect(memory().recent).toEqual(made.recent);
});

test.each([
  ['nonsense', '{'],
  ['another shape', '{"recent":["a"]}'],
  ['nothing', 'null'],
])('what is stored is %s: nothing', (_, stored) => {
  localStorage.setItem(KEY, stored);
  expect(memory()).toMatchObject({ recent: [], tone: 0 });
});

test('what is no text, and a tone that there is not, are left out', () => {
  localStorage.setItem(KEY, JSON.stringify([9, 'a', 5, null, ['b'], 'a', 'c']));
  expect(memory()).toMatchObject({ recent: ['a', 'c'], tone: 0 });
  localStorage.setItem(KEY, JSON.stringify(['a', 'b']));
  expect(memory()).toMatchObject({ recent: ['b'], tone: 0 });
});

test('where nothing may be kept, it lives in the page only', () => {
  localStorage.setItem(KEY, '[2,"a"]');
  const made = memory(false);
  expect(made).toMatchObject({ recent: [], tone: 0 });
  made.chose('b');
  made.colour(1);
  made.read();
  expect(made).toMatchObject({ recent: ['b'], tone: 1 });
  expect(localStorage.getItem(KEY)).toBe('[2,"a"]');
});

test('without storage too', () => {
  vi.spyOn(globalThis, 'localStorage', 'get').mockImplementation(() => {
    throw new DOMException('denied', 'SecurityError');
  });
  const made = memory();
  made.chose('a');
  made.read();
  forgetEmoji();
  expect(made.recent).toEqual(['a']);
});

test('it can be forgotten, in the page and on the device', () => {
  const made = memory();
  made.chose('a');
  made.colour(2);
  made.forget();
  forgetEmoji();
  made.read();
  expect(made).toMatchObject({ recent: [], tone: 0 });
  expect(localStorage.length).toBe(0);
  sessionStorage.setItem(KEY, '[2,"a"]');
  forgetEmoji();
  expect(sessionStorage.getItem(KEY)).toBeNull();
});
