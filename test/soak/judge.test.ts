import { describe, expect, it } from 'vitest';
import { detachedNodes, type HeapSnapshot } from './detached-nodes.js';
import { judge } from './judge.js';
import { slope } from './slope.js';
import type { SoakResult, SoakSample } from './soak.js';

const fine = { typed: 9, lost: 0, shownTwice: 0, outOfOrder: 0, accepted: 9, missed: 0, announcedTwice: 0 };

/** A sample each minute, with a heap that grows by so many MB an hour. */
function samples(
  minutes: number,
  mbPerHour: number,
  more: (i: number) => Partial<SoakSample> = () => ({}),
): SoakSample[] {
  return Array.from({ length: minutes }, (_, i) => {
    const heapBytes = 5e6 + (mbPerHour * 1e6 * i) / 60;
    return { minute: i, faults: i, heapBytes, nodes: 400, listeners: 70, timers: 2 + (i % 2), sockets: 1, ...more(i) };
  });
}

const result = (part: Partial<SoakResult>): SoakResult => ({
  samples: samples(10, 0),
  faults: new Map(),
  ledger: fine,
  detached: new Map(),
  ...part,
});

const missed = (part: Partial<SoakResult>, minutes = 10): readonly string[] => judge(result(part), minutes).missed;

describe('the judge of a soak', () => {
  it('is content with what stays as it is', () => {
    expect(missed({})).toEqual([]);
    expect(missed({ samples: samples(60, 0.4) }, 60)).toEqual([]);
  });

  it('looks at the growth of a short run, and at the slope of a long one after it is warm', () => {
    expect(missed({ samples: samples(10, 7) })).toEqual([]);
    expect(missed({ samples: samples(10, 12) })).toEqual(['Heap, growth: 1.400 MB']);
    expect(missed({ samples: samples(60, 0.6) }, 60)).toEqual([expect.stringContaining('0.600 MB/h')]);
    const filling = samples(60, 0, (i) => ({ heapBytes: 5e6 + 2e5 * Math.min(i, 10) }));
    expect(missed({ samples: filling }, 60)).toEqual([]);
    expect(missed({ samples: samples(5, 0) }, 60)).toHaveLength(1);
  });

  it('looks at what else a page can be left with', () => {
    expect(missed({ samples: samples(10, 0, (i) => ({ nodes: 400 + 10 * i })) })).toEqual([
      expect.stringContaining('nodes'),
    ]);
    expect(missed({ samples: samples(10, 0, (i) => ({ listeners: 70 + i })) })).toEqual([
      expect.stringContaining('listeners'),
    ]);
    expect(missed({ samples: samples(10, 0, (i) => ({ timers: i })) })).toEqual([expect.stringContaining('timers')]);
    expect(missed({ samples: samples(10, 0, (i) => ({ sockets: i })) })).toEqual([expect.stringContaining('sockets')]);
    expect(missed({ detached: new Map([['<p>', 2]]) })).toEqual(['Nodes held outside of the document: 2 × <p>']);
  });

  it.each([
    { lost: 1 },
    { shownTwice: 1 },
    { outOfOrder: 1 },
    { typed: 0 },
    { missed: 1 },
    { announcedTwice: 1 },
    { accepted: 0 },
  ])('looks at the messages: %o', (part) => {
    expect(missed({ ledger: { ...fine, ...part } })).toHaveLength(1);
  });
});

describe('the slope', () => {
  it('is that of the line that fits best', () => {
    const points = [1, 2, 3, 4].map((x) => ({ x, y: 7 - 2 * x }));
    expect(slope(points)).toBeCloseTo(-2);
    expect(
      slope([
        { x: 0, y: 0 },
        { x: 1, y: 2 },
        { x: 2, y: 1 },
      ]),
    ).toBeCloseTo(0.5);
    expect(slope([{ x: 1, y: 1 }])).toBe(0);
  });
});

describe('nodes held outside of the document', () => {
  /** Objects with their state (0 unknown, 1 in the document, 2 detached) and children. */
  function snapshot(
    objects: readonly (readonly [name: string, state: number, children: readonly number[]])[],
  ): HeapSnapshot {
    const meta = {
      node_fields: ['type', 'name', 'edge_count', 'detachedness'],
      edge_fields: ['type', 'name_or_index', 'to_node'],
      edge_types: [['property', 'element']] as const,
    };
    const edges = objects.flatMap(([, , children]) => children.flatMap((child) => [1, 0, 4 * child]));
    const nodes = objects.flatMap(([, state, { length }], i) => [0, i, length, state]);
    return { snapshot: { meta }, nodes, edges, strings: objects.map(([name]) => name) };
  }

  it('are counted by name, templates and what is in them left out', () => {
    const found = detachedNodes(
      snapshot([
        ['Window', 0, [1, 2, 3]],
        ['<div>', 1, []],
        ['<p>', 2, [5]],
        ['<template>', 2, [4]],
        ['DocumentFragment', 2, [6]],
        ['<p>', 2, []],
        ['<b>', 2, []],
      ]),
    );
    expect([...found]).toEqual([['<p>', 2]]);
  });

  it('cannot be counted in a snapshot of another form', () => {
    const {
      snapshot: { meta },
      ...rest
    } = snapshot([]);
    const other = { ...rest, snapshot: { meta: { ...meta, node_fields: ['type', 'name', 'edge_count'] } } };
    expect(() => detachedNodes(other)).toThrow('"detachedness"');
  });
});
