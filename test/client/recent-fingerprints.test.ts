import { describe, expect, it } from 'vitest';
import { RecentFingerprints } from '../../src/client/recent-fingerprints.js';
import { FakeClock } from '../support/fake-clock.js';

const MINUTE = 60_000;

describe('RecentFingerprints', () => {
  it('I17: remembers each for ten minutes after its last sight, and no longer', () => {
    const clock = new FakeClock();
    const recent = new RecentFingerprints(clock);
    expect(recent.note('a')).toBe(false);
    clock.advance(6 * MINUTE);
    expect(recent.note('b')).toBe(false);
    expect(recent.note('a')).toBe(true);
    clock.advance(10 * MINUTE - 1);
    expect([recent.has('a'), recent.has('b')]).toEqual([true, true]);
    clock.advance(1);
    expect([recent.has('a'), recent.has('b')]).toEqual([false, false]);
    expect(recent.note('a')).toBe(false);
    expect(recent.size).toBe(1);
  });

  it('is bounded by what ten minutes bring, and forgets none of them early', () => {
    const clock = new FakeClock();
    const recent = new RecentFingerprints(clock);
    for (let second = 0; second < 3_600; second++) {
      recent.note(`${second}`);
      clock.advance(1_000);
    }
    expect(recent.size).toBe(600);
    for (let second = 3_001; second < 3_600; second++) expect(recent.has(`${second}`)).toBe(true);
  });
});
