import { expect, test } from 'vitest';
import { classic } from '../../src/components/look.js';
import { all } from '../../src/components/looks.js';
import { drawn, meanings, parts, reachable, theming } from './theming.js';

test('docs/THEMING.md is what `npm run theming` writes', async () => {
  await expect(theming()).toMatchFileSnapshot('../../docs/THEMING.md');
});

test('each property says what it is for', () => {
  expect([...meanings().keys()]).toEqual(Object.keys(classic));
});

test('each look has all properties, and no others', () => {
  for (const [name, look] of Object.entries(all)) expect(Object.keys(look), name).toEqual(Object.keys(classic));
});

test('each part is described, drawn, and within reach of the page', () => {
  const described = new Set(parts.map(({ name }) => name));
  expect([...described].sort()).toEqual([...drawn].sort());
  expect([...described].sort()).toEqual([...reachable].sort());
});
