import { expect, it } from 'vitest';
import { type CutResult, cuts, isGood, sweep } from './cut-sweep.js';

/** Every number of bytes: `npm run test:cuts`. */
it('N10: a conversation survives a cut after any number of bytes', { timeout: 240_000 }, async () => {
  const list = cuts(2_000, 37);
  const bad: unknown[] = [];
  let good = 0;
  await sweep(list, { parallel: 40, serverSpeed: 20, history: true }, (result: CutResult) => {
    if (isGood(result)) good += 1;
    else bad.push([result.cut, result.wasCut, result.verdict.violations, result.verdict.inGaps]);
  });
  expect(bad).toEqual([]);
  expect(good).toBe(list.length);
});
