import { expect, it } from 'vitest';
import { sweepCuts } from './cuts.js';

/** Every number of bytes: `npm run test:cuts`. */
it('N10: a conversation survives a cut after any number of bytes', { timeout: 240_000 }, async () => {
  const { rows, faults } = await sweepCuts({ upto: 2_000, step: 97 });
  expect(faults).toEqual([]);
  expect(rows.map(([, cuts, hit]) => [cuts, hit])).toEqual([
    [21, 21],
    [21, 21],
    [21, 21],
  ]);
});
