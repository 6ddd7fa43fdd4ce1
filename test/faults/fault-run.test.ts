import { expect, it } from 'vitest';
import { FAULT_NAMES } from './fault-kinds.js';
import { runFaults } from './fault-run.js';
import { report } from './run-report.js';
import { trace } from './violation-trace.js';

/** The long form, with the table: `npm run test:faults`. */
it('G1: through a fault of every kind nothing is lost, shown twice or moved', { timeout: 240_000 }, async () => {
  const runs = await runFaults({
    seed: 2,
    messages: 200,
    pairs: 8,
    perKind: 1,
    stretch: 0.5,
    offlineStore: true,
    history: true,
  });
  const { violations, rows, own, inbound, inGaps } = report(runs);
  const first = runs.find(({ pair }) => pair === violations[0]?.pair);
  if (violations[0] && first) console.log(trace(violations[0], first).join('\n'));
  expect(violations).toEqual([]);
  expect(inGaps).toBe(0);
  expect(Math.min(own, inbound)).toBeGreaterThanOrEqual(200);
  expect(rows.map(({ kind, events }) => [kind, events])).toEqual(FAULT_NAMES.map((kind) => [kind, 1]));
  expect(rows.filter(({ hits }) => hits === 0)).toEqual([]);
});
