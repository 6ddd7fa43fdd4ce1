import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { HeightMap } from '../../../src/components/list/height-map.js';

interface Item {
  readonly key: string;
  readonly length: number;
}

const estimate = (item: Item, width: number) => 10 + item.length + (width % 7);

/** The same, written down without any thought of speed. */
class Model {
  items: Item[] = [];
  width = 0;
  measured = new Map<string, number>();

  height(index: number): number {
    const item = this.items[index];
    if (!item) return 0;
    return Math.ceil(this.measured.get(item.key) ?? estimate(item, this.width));
  }

  top(index: number): number {
    return this.items.slice(0, index).reduce((sum, _, at) => sum + this.height(at), 0);
  }

  setItems(items: Item[]): void {
    this.items = items;
    const keys = new Set(items.map(({ key }) => key));
    this.measured = new Map([...this.measured].filter(([key]) => keys.has(key)));
  }
}

type Step =
  | { readonly do: 'append' | 'prepend' | 'insert' | 'remove'; readonly at: number; readonly count: number }
  | { readonly do: 'measure'; readonly at: number; readonly height: number }
  | { readonly do: 'width'; readonly width: number };

const place = { at: fc.nat(50), count: fc.integer({ min: 1, max: 12 }) };
const step: fc.Arbitrary<Step> = fc.oneof(
  fc.record({
    do: fc.constantFrom('append' as const, 'prepend' as const, 'insert' as const, 'remove' as const),
    ...place,
  }),
  fc.record({
    do: fc.constant('measure' as const),
    at: fc.nat(50),
    height: fc.integer({ min: 1, max: 3000 }).map((n) => n / 4),
  }),
  fc.record({ do: fc.constant('width' as const), width: fc.integer({ min: 1, max: 20 }) }),
);

function changed(items: readonly Item[], step: Extract<Step, { at: number; count: number }>, added: Item[]): Item[] {
  const at = items.length === 0 ? 0 : step.at % items.length;
  if (step.do === 'append') return [...items, ...added];
  if (step.do === 'prepend') return [...added, ...items];
  if (step.do === 'insert') return items.toSpliced(at, 0, ...added);
  return items.toSpliced(at, step.count);
}

describe('HeightMap', () => {
  it('has the heights and positions of a naive list after any changes', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 40 }), (steps) => {
        const rows = new HeightMap<Item>(({ key }) => key, estimate);
        const model = new Model();
        let made = 0;
        for (const step of steps) {
          if (step.do === 'measure') {
            const item = model.items[step.at];
            const moved = item !== undefined && model.measured.get(item.key) !== step.height;
            expect(rows.measure(step.at, step.height)).toBe(moved);
            if (item) model.measured.set(item.key, step.height);
          } else if (step.do === 'width') {
            if (step.width !== model.width) model.measured.clear();
            model.width = step.width;
            rows.setWidth(step.width);
          } else {
            const added = Array.from({ length: step.count }, () => ({ key: `k${made++}`, length: made % 50 }));
            const items = changed(model.items, step, added);
            model.setItems(items);
            rows.setItems(items);
          }
          expect(rows.count).toBe(model.items.length);
          expect(rows.measuredCount, 'heights of dropped keys are forgotten').toBe(model.measured.size);
          for (let index = 0; index <= model.items.length; index++) {
            expect(rows.top(index)).toBe(model.top(index));
            expect(rows.height(index)).toBe(model.height(index));
            if (index < model.items.length) {
              expect(rows.indexAt(rows.top(index))).toBe(index);
              expect(rows.indexAt(rows.top(index) + rows.height(index) - 1)).toBe(index);
              expect(rows.inset(index)).toBeGreaterThanOrEqual(0);
              expect(rows.inset(index)).toBeLessThan(1);
            }
          }
          expect(rows.total).toBe(model.top(model.items.length));
        }
      }),
    );
  });

  it('tells an append, no change of keys, and anything else apart', () => {
    const rows = new HeightMap<Item>(({ key }) => key, estimate);
    const item = (key: string) => ({ key, length: 1 });
    expect(rows.setItems([item('a'), item('b')])).toBe('append');
    expect(rows.setItems([item('a'), item('b')])).toBe('same');
    expect(rows.setItems([item('a'), item('b'), item('c')])).toBe('append');
    expect(rows.setItems([item('a'), item('x'), item('c')])).toBe('rebuild');
    expect(rows.setItems([item('a')])).toBe('rebuild');
    expect(rows.setItems([])).toBe('rebuild');
  });

  it('asks for an estimate once, so that rows not seen yet never move', () => {
    let asked = 0;
    const rows = new HeightMap<Item>(
      ({ key }) => key,
      () => 50 + asked++,
    );
    const items = Array.from({ length: 10 }, (_, index) => ({ key: `k${index}`, length: 1 }));
    rows.setItems(items);
    const before = rows.height(7);
    rows.measure(2, 400);
    rows.setItems([...items, { key: 'new', length: 1 }]);
    expect(rows.height(7)).toBe(before);
    expect(asked).toBe(11);
  });

  it('keeps a row within its slot, and ends it where the slot ends', () => {
    const rows = new HeightMap<Item>(({ key }) => key, estimate);
    rows.setItems([
      { key: 'a', length: 1 },
      { key: 'b', length: 1 },
    ]);
    rows.measure(0, 20.3);
    rows.measure(1, 40);
    expect([rows.height(0), rows.top(1), rows.inset(1)]).toEqual([21, 21, 0]);
    expect(rows.inset(0) + 20.3).toBeCloseTo(21, 9);
  });
});
