import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { backoff } from '../../src/client/index.js';
import { Scene } from './scene.js';

const chance = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true });
const first = { attempt: 1, previousMs: 0, outageMs: 0 } as const;

describe('I13: the law of the waits', () => {
  it('holds for the policy, for whatever came before', () => {
    const context = fc.record({
      attempt: fc.integer({ min: 1, max: 1_000 }),
      previousMs: fc.double({ min: 0, max: 30_000, noNaN: true }),
      outageMs: fc.integer({ min: 0, max: 7_200_000 }),
      closeCode: fc.constantFrom(1000, 1006, 1012, 1013, 4000),
      random: chance,
    });
    fc.assert(
      fc.property(context, (c) => {
        const wait = backoff(c);
        const low = c.attempt === 1 ? 0 : 500;
        const cap = c.outageMs < 20_000 ? 3_000 : 30_000;
        const restarting = c.closeCode === 1012 || c.closeCode === 1013;
        const high = c.attempt === 1 ? (restarting ? 10_000 : 1_000) : Math.min(cap, Math.max(500, 3 * c.previousMs));
        expect(wait).toBeGreaterThanOrEqual(low);
        expect(wait).toBeLessThanOrEqual(high);
      }),
      { numRuns: 1_000 },
    );
  });

  it('uses the whole of each range', () => {
    const waits = (context: { attempt: number; previousMs: number; outageMs: number }, closeCode = 1006) =>
      [0, 0.5, 1].map((random) => backoff({ ...context, closeCode, random }));
    expect(waits(first)).toEqual([0, 500, 1_000]);
    expect(waits(first, 1012)).toEqual([0, 5_000, 10_000]);
    expect(waits(first, 1013)).toEqual([0, 5_000, 10_000]);
    expect(waits({ attempt: 2, previousMs: 0, outageMs: 900 })).toEqual([500, 500, 500]);
    expect(waits({ attempt: 3, previousMs: 900, outageMs: 900 })).toEqual([500, 1_600, 2_700]);
    expect(waits({ attempt: 3, previousMs: 2_700, outageMs: 19_999 })).toEqual([500, 3_000, 3_000]);
    expect(waits({ attempt: 9, previousMs: 2_700, outageMs: 20_000 })).toEqual([500, 4_300, 8_100]);
    expect(waits({ attempt: 20, previousMs: 29_000, outageMs: 90_000 })).toEqual([500, 30_000, 30_000]);
  });

  it('V18: the second wait, alone, tends to the long end of its range', () => {
    const half = (attempt: number) => backoff({ attempt, previousMs: 900, outageMs: 0, closeCode: 1006, random: 0.5 });
    expect(half(2)).toBeCloseTo(500 + 0.5 ** 0.25 * 2_200);
    expect(half(3)).toBe(1_600);
  });

  it('holds for the client through whole outages, openings and short logins included', async () => {
    const attempts = fc.array(
      fc.record({
        random: chance,
        ends: fc.constantFrom('refused to connect', 'opened', 'logged in'),
        // Below the patience for a socket that does not open, and for a login that is not answered.
        afterMs: fc.integer({ min: 0, max: 3_999 }),
      }),
      { minLength: 1, maxLength: 25 },
    );
    await fc.assert(
      fc.asyncProperty(attempts, async (list) => {
        let random = 0.5;
        const scene = new Scene({ random: () => random });
        await scene.online();
        await scene.clock.advanceAsync(1_000);
        let since = scene.clock.monotonic();
        let previous = 0;
        let attempt = 0;
        // A login of 1 s does not end an outage that never was: this loss is the first of it.
        for (const { ends, afterMs, random: next } of [{ ends: '', afterMs: 0, random: 0.5 }, ...list]) {
          if (ends === 'opened' || ends === 'logged in') scene.socket.open();
          if (ends === 'logged in') scene.accept();
          await scene.clock.advanceAsync(afterMs);
          random = next;
          scene.socket.serverClose(1006);
          attempt += 1;
          if (attempt === 1) since = scene.clock.monotonic();
          const { state } = scene.client;
          if (state.name !== 'connecting') throw new Error(`Expected to be connecting, but ${scene.state}`);
          expect(state.attempt).toBe(attempt);
          const cap = scene.clock.monotonic() - since < 20_000 ? 3_000 : 30_000;
          expect(state.retryInMs).toBeGreaterThanOrEqual(attempt === 1 ? 0 : 500);
          expect(state.retryInMs).toBeLessThanOrEqual(
            attempt === 1 ? 1_000 : Math.min(cap, Math.max(500, 3 * previous)),
          );
          previous = state.retryInMs;
          await scene.clock.advanceAsync(state.retryInMs);
        }
      }),
      { numRuns: 100 },
    );
  });
});
