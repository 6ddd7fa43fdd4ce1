import { afterEach, beforeEach, expect, test } from 'vitest';
import { AttentionTitle } from '../../src/components/attention-title.js';

const title = AttentionTitle.of(document);
const [one, other] = [{}, {}];

beforeEach(() => {
  document.title = 'Shop';
});

afterEach(() => {
  for (const owner of [one, other]) title.set(owner, undefined);
});

/** The page changes its title, and who observes that has heard of it. */
async function page(text: string): Promise<string> {
  document.title = text;
  await new Promise((resolve) => setTimeout(resolve));
  return document.title;
}

test('begins with the number of unread messages, and is as before without', () => {
  const shown = [0, 1, 2, 99, 100, 12_345, 0].map((count) => {
    title.set(one, count);
    return document.title;
  });
  expect(shown).toEqual(['Shop', '(1) Shop', '(2) Shop', '(99) Shop', '(99+) Shop', '(99+) Shop', 'Shop']);
});

test('sessions add up, and each takes its own away', () => {
  title.set(one, 2);
  title.set(other, 3);
  expect(document.title).toBe('(5) Shop');
  title.set(one, undefined);
  expect(document.title).toBe('(3) Shop');
  title.set(other, undefined);
  expect(document.title).toBe('Shop');
});

test('is the same one for a second copy of the package', () => {
  expect(AttentionTitle.of(document)).toBe(title);
});

test('of a page that changes its own gets the number, and the page gets that one back', async () => {
  title.set(one, 2);
  expect(await page('News')).toBe('(2) News');
  title.set(one, 3);
  expect(document.title).toBe('(3) News');
  document.querySelector('title')?.replaceWith(Object.assign(document.createElement('title'), { text: 'Cart' }));
  expect(await page('Cart')).toBe('(3) Cart');
  title.set(one, 0);
  expect(document.title).toBe('Cart');
});

test('that begins with a number of its own keeps it', async () => {
  document.title = '(3) Mail';
  title.set(one, 3);
  expect(document.title).toBe('(3) (3) Mail');
  expect(await page('(4) Mail')).toBe('(3) (4) Mail');
  title.set(one, 0);
  expect(document.title).toBe('(4) Mail');
});

test('is never numbered twice when the page builds on what it reads', async () => {
  title.set(one, 2);
  expect(await page(`* ${document.title}`)).toBe('(2) * Shop');
  title.set(one, 1);
  expect(await page(`${document.title}!`)).toBe('(1) * Shop!');
  title.set(one, undefined);
  expect(document.title).toBe('* Shop!');
});

test('that the page read earlier and puts back is known again', async () => {
  title.set(one, 2);
  const saved = document.title;
  await page('Photo');
  title.set(one, 3);
  expect(await page(saved)).toBe('(3) Shop');
  title.set(one, 0);
  expect(await page(saved)).toBe('Shop');
});

test('of a page without one is the number alone, and then none', async () => {
  document.title = '';
  title.set(one, 2);
  expect(document.title).toBe('(2)');
  expect(await page('Shop (2)')).toBe('(2) Shop (2)');
  await page('');
  title.set(one, undefined);
  expect(document.title).toBe('');
});

test('gives way to a page that answers each time, and goes on with the next message', async () => {
  let answers = 0;
  const stubborn = new MutationObserver(() => {
    if (document.title !== 'Mine') document.title = 'Mine';
    answers += 1;
    if (answers > 1_000) stubborn.disconnect();
  });
  stubborn.observe(document.head, { subtree: true, childList: true });
  title.set(one, 2);
  expect(await page('Mine')).toBe('Mine');
  expect(answers).toBeLessThan(200);
  stubborn.disconnect();
  title.set(one, 3);
  expect(document.title).toBe('(3) Mine');
});

test('is let alone once the last has gone', async () => {
  title.set(one, 2);
  title.set(one, undefined);
  expect(await page('(2) Shop')).toBe('(2) Shop');
  // What it was before means nothing any more.
  title.set(one, 1);
  await page('News');
  expect(await page('(2) Shop')).toBe('(1) (2) Shop');
});

test('is not watched once the last has gone', async () => {
  let reads = 0;
  const other = {
    head: document.createElement('head'),
    get title() {
      reads += 1;
      return 'Shop';
    },
    set title(_: string) {},
  };
  const change = async () => {
    other.head.append('x');
    const before = reads;
    await new Promise((resolve) => setTimeout(resolve));
    return reads - before;
  };
  const others = AttentionTitle.of(other as never);
  others.set(one, 1);
  expect(await change()).toBeGreaterThan(0);
  others.set(one, undefined);
  expect(await change()).toBe(0);
});
