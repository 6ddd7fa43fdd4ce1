import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { PrefixSums } from '../../../src/components/list/prefix-sums.js';

const values = fc.array(fc.nat(500), { maxLength: 200 });

/** Index of the last value that starts at or before `sum`. */
function indexOf(model: readonly number[], sum: number): number {
  let before = 0;
  let index = -1;
  for (const [at, value] of model.entries()) {
    if (at > 0 && before > sum) break;
    index = at;
    before += value;
  }
  return index;
}

describe('PrefixSums', () => {
  it('agrees with plain addition, however it came to be', () => {
    fc.assert(
      fc.property(values, values, fc.array(fc.tuple(fc.nat(399), fc.nat(500))), (assigned, pushed, changes) => {
        const model = [...assigned, ...pushed];
        const sums = new PrefixSums();
        sums.assign(assigned.length, (index) => assigned[index] ?? 0);
        for (const value of pushed) sums.push(value);
        for (const [at, value] of changes) {
          if (at >= model.length) continue;
          model[at] = value;
          sums.set(at, value);
        }
        expect(sums.length).toBe(model.length);
        let before = 0;
        for (const [index, value] of model.entries()) {
          expect(sums.before(index)).toBe(before);
          expect(sums.at(index)).toBe(value);
          before += value;
        }
        expect(sums.total).toBe(before);
        for (const sum of [0, 1, before / 3, before / 2, before - 1, before, before + 1000]) {
          if (sum >= 0) expect(sums.indexAt(sum)).toBe(indexOf(model, sum));
        }
      }),
    );
  });

  it('can be assigned anew, shorter or longer', () => {
    const sums = new PrefixSums();
    sums.assign(500, () => 3);
    sums.assign(2, () => 5);
    expect([sums.length, sums.total, sums.at(2), sums.indexAt(99)]).toEqual([2, 10, 0, 1]);
    sums.push(7);
    expect([sums.total, sums.before(2), sums.indexAt(10)]).toEqual([17, 10, 2]);
  });

  it('has no index when it is empty', () => {
    expect(new PrefixSums().indexAt(0)).toBe(-1);
  });
});
