/** A growing sequence of numbers whose running sums are known in O(log n): a Fenwick tree. */
export class PrefixSums {
  #length = 0;
  #values = new Float64Array(64);
  /** `#tree[i]` is the sum of the `lowestBit(i)` values that end with value `i - 1`. */
  #tree = new Float64Array(65);

  get length(): number {
    return this.#length;
  }

  get total(): number {
    return this.before(this.#length);
  }

  /** The value at `index`; 0 outside the sequence. */
  at(index: number): number {
    return index < this.#length ? (this.#values[index] ?? 0) : 0;
  }

  /** The sum of the first `count` values. */
  before(count: number): number {
    let sum = 0;
    for (let node = Math.min(count, this.#length); node > 0; node -= lowestBit(node)) sum += this.#tree[node] ?? 0;
    return sum;
  }

  push(value: number): void {
    const node = this.#length + 1;
    this.#reserve(node);
    this.#values[node - 1] = value;
    this.#tree[node] = value + this.before(node - 1) - this.before(node - lowestBit(node));
    this.#length = node;
  }

  set(index: number, value: number): void {
    const difference = value - this.at(index);
    this.#values[index] = value;
    for (let node = index + 1; node <= this.#length; node += lowestBit(node)) {
      this.#tree[node] = (this.#tree[node] ?? 0) + difference;
    }
  }

  /** Replaces the whole sequence, in O(n). */
  assign(length: number, value: (index: number) => number): void {
    this.#reserve(length);
    this.#length = length;
    this.#tree.fill(0);
    for (let node = 1; node <= length; node++) {
      const own = value(node - 1);
      this.#values[node - 1] = own;
      const sum = (this.#tree[node] ?? 0) + own;
      this.#tree[node] = sum;
      const parent = node + lowestBit(node);
      if (parent <= length) this.#tree[parent] = (this.#tree[parent] ?? 0) + sum;
    }
  }

  /** Index of the last value that starts at or before `sum`, the values laid end to end from 0; -1 when there are none. */
  indexAt(sum: number): number {
    let index = 0;
    let rest = sum;
    for (let step = 2 ** Math.floor(Math.log2(this.#length || 1)); step >= 1; step /= 2) {
      const next = index + step;
      const value = this.#tree[next] ?? 0;
      if (next > this.#length || value > rest) continue;
      index = next;
      rest -= value;
    }
    return Math.min(index, this.#length - 1);
  }

  #reserve(length: number): void {
    if (length <= this.#values.length) return;
    const capacity = Math.max(length, 2 * this.#values.length);
    const values = new Float64Array(capacity);
    values.set(this.#values);
    this.#values = values;
    const tree = new Float64Array(capacity + 1);
    tree.set(this.#tree);
    this.#tree = tree;
  }
}

function lowestBit(node: number): number {
  return node & -node;
}
