import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { maxScrollHeight, restingShift } from '../../../src/components/list/resting-shift.js';

const viewport = 600;

describe('restingShift', () => {
  it('is 0 for every list that a browser can lay out', () => {
    fc.assert(
      fc.property(
        fc.nat(maxScrollHeight),
        fc.integer(),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (total, old, at) => {
          expect(restingShift(old, at * total, total, viewport)).toBe(0);
        },
      ),
    );
  });

  it('puts every position of a higher list into the content, with room to both sides or an end of the list', () => {
    const totals = fc.integer({ min: maxScrollHeight + 1, max: 10 * maxScrollHeight });
    fc.assert(
      fc.property(totals, fc.integer(), fc.double({ min: 0, max: 1, noNaN: true }), (total, old, at) => {
        const position = Math.round(at * (total - viewport));
        const shift = restingShift(old, position, total, viewport);
        const above = position - shift;
        const below = Math.min(maxScrollHeight, total - shift) - above - viewport;
        expect(above).toBeGreaterThanOrEqual(shift === 0 ? 0 : 100_000);
        expect(below).toBeGreaterThanOrEqual(shift === total - maxScrollHeight ? 0 : 100_000);
        // Settled is settled.
        expect(restingShift(shift, position, total, viewport)).toBe(shift);
      }),
    );
  });
});
