import fc from 'fast-check';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { seededRandom } from '../support/seeded-random.js';
import { type History, histories, play } from './model-commands.js';

afterEach(() => vi.restoreAllMocks());

/** The frames of a history, the ids of whose messages follow from the seed as all the rest does. */
async function frames(history: History, seed: number): Promise<string[]> {
  const random = seededRandom(seed);
  const digits = (count: number) =>
    Array.from({ length: count }, () => Math.floor(random() * 16).toString(16)).join('');
  vi.spyOn(crypto, 'randomUUID').mockImplementation(
    () => `${digits(8)}-${digits(4)}-4${digits(3)}-8${digits(3)}-${digits(12)}`,
  );
  const { journal } = await play(history);
  return journal;
}

describe('I18: the same seed and the same commands', () => {
  it.each([1, 2, 3])('write the same frames at the same times (seed %i)', async (seed) => {
    const all: string[] = [];
    for (const history of fc.sample(histories, { seed, numRuns: 100 })) {
      const first = await frames(history, seed);
      expect(await frames(history, seed)).toEqual(first);
      all.push(...first);
    }
    // Else the histories have shown nothing.
    expect(all.length).toBeGreaterThan(1_000);
  });
});
