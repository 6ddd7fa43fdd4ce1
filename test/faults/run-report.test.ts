import { describe, expect, it } from 'vitest';
import { drawTerms, FAULT_NAMES, type FaultKindName } from './fault-kinds.js';
import { report } from './run-report.js';
import { Story } from './story.js';

/** Faults that harm bytes; the others end connections. */
const OF_BYTES = FAULT_NAMES.filter((name) => /^N[24-9] /.test(name));

function hits(kind: FaultKindName, impeded: number): number | undefined {
  const story = new Story().client('alice', { what: 'typed', fp: 'one', to: 'bob', content: 'hello' });
  const event = { ...drawTerms(kind, () => 0), kind, n: 1, pair: 0, side: 'a', at: 0 } as const;
  const record = { event, from: 5, struckAt: 5, to: 50, impeded };
  const { rows } = report([{ pair: 0, evidence: story.evidence(), lines: [], faults: [record] }]);
  return rows.find((row) => row.kind === kind)?.hits;
}

describe('G1: a hit', () => {
  it.each(OF_BYTES)('of %s is one that did something to bytes', (kind) => {
    expect(hits(kind, 0)).toBe(0);
    expect(hits(kind, 1)).toBe(1);
  });

  it.each(FAULT_NAMES.filter((name) => !OF_BYTES.includes(name)))('of %s is one that ended a connection', (kind) => {
    expect(hits(kind, 1)).toBe(0);
  });
});
