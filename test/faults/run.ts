import { parseArgs } from 'node:util';
import { runFaults } from './fault-run.js';
import { report } from './run-report.js';
export async function run(args: readonly string[]): Promise<number> {
  const t0 = performance.now();
  const runs = await runFaults({
    seed: 1,
    messages: Number(args[0] ?? 200),
    pairs: Number(args[1] ?? 8),
    perKind: Number(args[2] ?? 1),
    offlineStore: true,
    history: false,
    stretch: Number(args[3] ?? 1),
  });
  const r = report(runs);
  console.table(r.rows);
  console.log(r.violations.slice(0, 30), r.violations.length, r.own, r.inbound, r.inGaps, r.calm);
  console.log((performance.now() - t0) / 1000);
  return 0;
}
