import { expect, test } from 'vitest';
import { PARTS } from '../../src/components/window-parts.js';
import { reachable } from '../components/theming.js';

test('the app hands on every part of the window', () => {
  expect(PARTS.split(',').sort()).toEqual([...reachable].sort());
});
