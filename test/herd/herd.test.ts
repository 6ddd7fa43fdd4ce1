import { describe, expect, it } from 'vitest';
import { backoff, type ReconnectDelay } from '../../src/client/index.js';
import { seededRandom } from '../support/seeded-random.js';
import { arrivals, arrivedBy, largestShare } from './arrivals.js';
import { BACK_MS, BACK_SHARE, herdGoals, samplingError, WINDOW_MS } from './goals.js';

const clients = 5_000;

const crowd = (downSeconds: number, closeCode: number, delay: ReconnectDelay) =>
  arrivals({ clients, downMs: downSeconds * 1_000, closeCode, delay, random: seededRandom(9) });

/** Which goals a policy misses. */
const missed = (delay: ReconnectDelay): string[] =>
  herdGoals
    .filter((goal) => {
      const times = crowd(goal.downSeconds, goal.closeCode, delay);
      const limit = goal.largestShare + samplingError(goal.largestShare, clients);
      return largestShare(times, WINDOW_MS) > limit || arrivedBy(times, BACK_SHARE) > BACK_MS;
    })
    .map(({ downSeconds, closeCode }) => `${downSeconds} s, ${closeCode}`);

describe('V18 G9: a crowd whose server was away', () => {
  it('returns spread out, and soon', () => {
    expect(missed(backoff)).toEqual([]);
  });

  it('would not with other policies: a fixed wait, doubled ones, waits too long', () => {
    const doubled: ReconnectDelay = ({ attempt, random }) => Math.min(20_000, 500 + random * 500 * 2 ** (attempt - 1));
    expect(missed(() => 3_000)).toHaveLength(herdGoals.length);
    expect(missed(doubled)).toEqual(expect.arrayContaining(['0 s, 1006', '2 s, 1006']));
    expect(missed(({ random }) => random * 120_000)).toHaveLength(herdGoals.length);
  });
});

describe('the measure of a crowd', () => {
  it('counts the fullest window wherever it begins, its end not included', () => {
    expect(largestShare(Float64Array.of(0, 90, 110, 180, 189, 500), 100)).toBe(4 / 6);
    expect(largestShare(Float64Array.of(0, 100, 200), 100)).toBe(1 / 3);
  });

  it('tells by when a share had arrived', () => {
    const times = Float64Array.from({ length: 200 }, (_, i) => i);
    expect([arrivedBy(times, 0.99), arrivedBy(times, 1)]).toEqual([197, 199]);
  });

  it('asks the policy as the client does: the waits add up to the outage', () => {
    const asked: unknown[] = [];
    const delay: ReconnectDelay = (context) => {
      asked.push(context);
      return 400;
    };
    expect([...arrivals({ clients: 1, downMs: 700, closeCode: 1012, delay, random: () => 0.5 })]).toEqual([100]);
    expect(asked).toEqual([
      { attempt: 1, previousMs: 0, outageMs: 0, closeCode: 1012, random: 0.5 },
      { attempt: 2, previousMs: 400, outageMs: 400, closeCode: 1006, random: 0.5 },
    ]);
  });
});
