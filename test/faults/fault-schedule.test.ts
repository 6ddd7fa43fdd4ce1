import { describe, expect, it } from 'vitest';
import { FAULT_NAMES } from './fault-kinds.js';
import { schedule } from './fault-schedule.js';
import { between, oneOf, seeded, shuffled } from './seeded.js';

const options = { seed: 7, pairs: 40, perKind: 26, calmMs: 4_000 };

describe('the schedule of faults', () => {
  it('is the same for the same seed, and another for another', () => {
    expect(schedule(options)).toEqual(schedule(options));
    expect(schedule({ ...options, seed: 8 })).not.toEqual(schedule(options));
  });

  it('has 300 faults of 12 kinds or more, and each kind equally often', () => {
    const events = schedule(options);
    expect(FAULT_NAMES.length).toBeGreaterThanOrEqual(12);
    expect(events.length).toBeGreaterThanOrEqual(300);
    for (const kind of FAULT_NAMES) expect(events.filter((event) => event.kind === kind)).toHaveLength(26);
    for (const id of ['N2', 'N3', 'N4', 'N5', 'N6', 'N7', 'N8', 'N9', 'N10', 'N11', 'V11', 'V17']) {
      expect(FAULT_NAMES.some((name) => name.startsWith(`${id} `))).toBe(true);
    }
  });

  it('begins after the calm, on every line, and one line has one fault at a time', () => {
    const events = schedule(options);
    const free = new Map<string, number>();
    for (const { pair, side, at, forMs } of events) {
      const line = `${pair}${side}`;
      expect(at).toBeGreaterThanOrEqual(free.get(line) ?? options.calmMs);
      free.set(line, at + forMs);
    }
    expect(free.size).toBe(80);
    expect(events.map(({ n }) => n)).toEqual(events.map((_, i) => i + 1));
    expect(events.map(({ at }) => at)).toEqual(events.map(({ at }) => at).toSorted((a, b) => a - b));
  });

  it('has less for a smaller run', () => {
    expect(schedule({ ...options, pairs: 8, perKind: 1 })).toHaveLength(FAULT_NAMES.length);
  });
});

describe('random numbers from a seed', () => {
  it('are spread evenly over [0, 1)', () => {
    const random = seeded(1);
    const tenths = Array.from({ length: 10 }, () => 0);
    for (let i = 0; i < 10_000; i++) {
      const tenth = Math.floor(random() * 10);
      tenths[tenth] = (tenths[tenth] ?? 0) + 1;
    }
    expect(tenths).toHaveLength(10);
    for (const count of tenths) expect(Math.abs(count - 1_000)).toBeLessThan(120);
  });

  it('differ from seed to seed, also where several make one', () => {
    const firsts = new Set<number>();
    for (let i = 0; i < 50; i++) for (let k = 0; k < 50; k++) firsts.add(seeded(i, k)());
    expect(firsts.size).toBeGreaterThan(2_490);
  });

  it('make whole numbers, choices and orders', () => {
    const random = seeded(2);
    const numbers = Array.from({ length: 200 }, () => between(random, 3, 5));
    expect([...new Set(numbers)].toSorted()).toEqual([3, 4, 5]);
    expect(new Set(Array.from({ length: 100 }, () => oneOf(random, ['x', 'y']))).size).toBe(2);
    const order = shuffled(random, numbers);
    expect(order).not.toEqual(numbers);
    expect(order.toSorted()).toEqual(numbers.toSorted());
  });
});
