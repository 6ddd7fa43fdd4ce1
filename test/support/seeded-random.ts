/** Numbers in [0, 1): the same seed gives the same numbers. */
export function seededRandom(seed: number): () => number {
  // Steps of the golden ratio, each stirred until its bits look independent of each other.
  let state = seed;
  return () => {
    state = (state + 0x9e3779b9) | 0;
    let bits = Math.imul(state ^ (state >>> 16), 0x21f0aaad);
    bits = Math.imul(bits ^ (bits >>> 15), 0x735a2d97);
    return ((bits ^ (bits >>> 15)) >>> 0) / 2 ** 32;
  };
}
