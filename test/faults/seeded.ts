import { seededRandom } from '../support/seeded-random.js';

/** Random numbers in [0, 1) that all these seeds decide together: a run's, a pair's, a user's. */
export function seeded(...seeds: readonly number[]): () => number {
  return seededRandom(seeds.reduce((mixed, seed) => seededRandom(mixed + seed)() * 2 ** 32, 0));
}

/** A whole number from `low` to `high`, both included. */
export function between(random: () => number, low: number, high: number): number {
  return low + Math.floor(random() * (high - low + 1));
}

/** One of a list that is not empty. */
export function oneOf<T>(random: () => number, list: readonly [T, ...T[]]): T {
  return list[Math.floor(random() * list.length)] ?? list[0];
}

/** The list in a random order. */
export function shuffled<T>(random: () => number, list: readonly T[]): T[] {
  return list
    .map((item) => ({ item, key: random() }))
    .sort((a, b) => a.key - b.key)
    .map(({ item }) => item);
}
