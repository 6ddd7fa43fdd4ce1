import { parseArgs } from 'node:util';
import { type CutResult, cuts, isGood, sweep } from './cut-sweep.js';
import { columnOf } from './run-report.js';
import { table } from './table.js';
import { trace } from './violation-trace.js';

const MOST_BYTES = 2_000;

/**
 * `npm run test:cuts -- [--bytes N] [--step 1] [--parallel 40]`
 *
 * N10: a conversation is cut after every number of bytes from 1 to 2,000, in each direction, in order and by a reset. With
 * `--bytes` only there. Gaps are filled from the server's history, whose patience is a tenth of the usual.
 * @returns the exit code
 */
export async function run(args: readonly string[]): Promise<number> {
  const { values } = parseArgs({
    args: [...args],
    options: {
      bytes: { type: 'string' },
      step: { type: 'string', default: '1' },
      parallel: { type: 'string', default: '40' },
    },
  });
  const list = cuts(MOST_BYTES, Number(values.step)).filter(({ bytes }) => {
    return values.bytes === undefined || bytes === Number(values.bytes);
  });
  const begin = performance.now();
  const rows = new Map<
    string,
    [kind: string, cuts: number, messages: number, lost: number, twice: number, moved: number]
  >();
  let failures = 0;
  await sweep(list, { parallel: Number(values.parallel), serverSpeed: 10, history: true }, (result) => {
    const { cut, verdict, wasCut } = result;
    const kind = `${cut.direction}, ${cut.how === 'end' ? 'in order' : 'reset'}`;
    const row = rows.get(kind) ?? [kind, 0, 0, 0, 0, 0];
    rows.set(kind, row);
    row[1] += wasCut ? 1 : 0;
    row[2] += verdict.fates.size;
    row[3] += verdict.inGaps.size;
    for (const violation of verdict.violations) {
      const column = columnOf(violation);
      if (column === 'lost') row[3] += 1;
      else if (column === 'duplicated') row[4] += 1;
      else row[5] += 1;
    }
    if (isGood(result)) return;
    failures += 1;
    if (failures === 1) explain(result);
  });
  const all = [...rows.values()];
  const sum = (column: 1 | 2 | 3 | 4 | 5) => all.reduce((total, row) => total + row[column], 0).toLocaleString('en');
  console.log(table(['Cut', 'Cuts', 'Messages', 'Lost', 'Duplicated', 'Out of order'], all));
  console.log(`Took ${((performance.now() - begin) / 60_000).toFixed(1)} min`);
  console.log(`\n${sum(2)} messages, ${sum(1)} cuts, ${sum(3)} lost, ${sum(4)} duplicated, ${sum(5)} out of order`);
  return failures === 0 ? 0 : 1;
}

function explain({ cut, run, verdict, wasCut }: CutResult): void {
  const [first] = verdict.violations;
  console.log(
    `FAILED: cut ${cut.direction} after ${cut.bytes} bytes (${cut.how})${wasCut ? '' : ', which did not come about'}`,
  );
  if (verdict.inGaps.size > 0) console.log(`lost: ${[...verdict.inGaps].join(', ')}`);
  if (first) for (const line of trace({ ...first, pair: run.pair }, run)) console.log(line);
  console.log(`again: npm run test:cuts -- --bytes ${cut.bytes}`);
}
