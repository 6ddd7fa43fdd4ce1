import { parseArgs } from 'node:util';
import { type FaultRunOptions, type PairRun, runFaults } from './fault-run.js';
import { columnOf, type KindRow, type Report, report } from './run-report.js';
import { table } from './table.js';
import { trace } from './violation-trace.js';

/** What a run must reach, G1. */
const GOALS = { own: 10_000, inbound: 10_000, pairs: 40, faults: 300, hitsOfEachKind: 20, writes: 1.05, minutes: 10 };
/** With so few messages outside of the faults, the writes of each say nothing. */
const LEAST_CALM = 200;

interface Seeded {
  readonly seed: number;
  readonly found: Report;
  readonly failures: readonly string[];
}

/**
 * `npm run test:faults -- [--seed N] [--seeds 3] [--messages 10000] [--pairs 40] [--per-kind 26] [--pair N]`
 *
 * Plays the faults of one seed after the other and judges them. `--pair` plays one pair alone, with the faults it had.
 * @returns the exit code
 */
export async function run(args: readonly string[]): Promise<number> {
  const { values } = parseArgs({
    args: [...args],
    options: {
      seed: { type: 'string', default: '1' },
      seeds: { type: 'string' },
      messages: { type: 'string', default: '10000' },
      pairs: { type: 'string', default: '40' },
      'per-kind': { type: 'string', default: '26' },
      pair: { type: 'string' },
    },
  });
  const first = Number(values.seed);
  const count = Number(values.seeds ?? (args.includes('--seed') || values.pair !== undefined ? 1 : 3));
  const results: Seeded[] = [];
  for (let seed = first; seed < first + count; seed++) {
    results.push(
      await runSeed({
        seed,
        messages: Number(values.messages),
        pairs: Number(values.pairs),
        perKind: Number(values['per-kind']),
        ...(values.pair !== undefined && { onlyPair: Number(values.pair) }),
        ...server(seed),
      }),
    );
  }
  console.log(summary(results));
  return results.every(({ failures }) => failures.length === 0) ? 0 : 1;
}

/** The seed decides the server, so that three seeds in a row are all the servers there are. */
function server(seed: number): { offlineStore: boolean; history: boolean } {
  return { offlineStore: seed % 3 !== 0, history: seed % 3 !== 1 };
}

async function runSeed(options: FaultRunOptions): Promise<Seeded> {
  const { seed, offlineStore, history, onlyPair } = options;
  const begin = performance.now();
  const runs = await runFaults(options);
  const minutes = (performance.now() - begin) / 60_000;
  const found = report(runs);
  const { messages, writes, copies } = found.calm;
  console.log(`\n## Seed ${seed}: ${describe(offlineStore, history)}\n`);
  console.log(faultTable(found.rows));
  console.log(`\n${found.own.toLocaleString('en')} own and ${found.inbound.toLocaleString('en')} inbound messages`);
  console.log(
    `${found.inGaps} messages are missing in gaps that were announced, ${found.fromHistory} came from the history`,
  );
  console.log(
    `Outside of faults: ${messages} messages, written ${ratio(writes, messages)} times to the server and ` +
      `${ratio(copies, messages)} times to the receiver`,
  );
  console.log(`Took ${minutes.toFixed(1)} min`);
  const failures = [
    ...violations(found, runs, options),
    ...(onlyPair === undefined ? missed(found, options, minutes) : []),
  ];
  for (const failure of failures) console.log(`FAILED: ${failure}`);
  return { seed, found, failures };
}

function describe(offlineStore: boolean, history: boolean): string {
  return `${offlineStore ? 'the server keeps messages for who is away' : 'the server keeps nothing'}, ${
    history ? 'gaps are filled from its history' : 'gaps are announced'
  }`;
}

function faultTable(rows: readonly KindRow[]): string {
  return table(
    ['Fault', 'Times', 'Hits', 'Messages', 'Bytes lost', 'Seconds down', 'Lost', 'Duplicated', 'Out of order'],
    rows.map(({ kind, events, hits, messages, bytesDropped, secondsDown, lost, duplicated, outOfOrder }) => {
      return [kind, events, hits, messages, bytesDropped, Math.round(secondsDown), lost, duplicated, outOfOrder];
    }),
  );
}

/** What was violated, with how to see it again. */
function violations({ violations: found }: Report, runs: readonly PairRun[], options: FaultRunOptions): string[] {
  const [first] = found;
  const run = runs.find(({ pair }) => pair === first?.pair);
  if (!first || !run) return [];
  for (const line of trace(first, run)) console.log(line);
  const { seed, messages, pairs, perKind } = options;
  const size = `--messages ${messages} --pairs ${pairs} --per-kind ${perKind}`;
  const kinds = new Map<string, number>();
  for (const { kind } of found) kinds.set(kind, (kinds.get(kind) ?? 0) + 1);
  const counts = [...kinds].map(([kind, times]) => `${kind}: ${times}`).join(', ');
  return [
    `${found.length} violations (${counts}). The journals around the first are above.`,
    `again: npm run test:faults -- --seed ${seed} ${size}`,
    `this pair alone: npm run test:faults -- --seed ${seed} ${size} --pair ${first.pair}`,
  ];
}

/** The goals that were not reached. */
function missed({ rows, own, inbound, calm }: Report, { pairs }: FaultRunOptions, minutes: number): string[] {
  const faults = rows.reduce((sum, { events }) => sum + events, 0);
  const atLeast = (what: string, value: number, goal: number) => {
    return value >= goal ? [] : [`${what}: expected at least ${goal}, got ${value}`];
  };
  const atMost = (what: string, value: number, goal: number) => {
    return value <= goal ? [] : [`${what}: expected at most ${goal}, got ${value.toFixed(3)}`];
  };
  return [
    ...atLeast('own messages', own, GOALS.own),
    ...atLeast('inbound messages', inbound, GOALS.inbound),
    ...atLeast('pairs', pairs, GOALS.pairs),
    ...atLeast('faults', faults, GOALS.faults),
    ...rows
      .filter(({ kind }) => kind !== 'none')
      .flatMap(({ kind, hits }) => atLeast(`hits of ${kind}`, hits, GOALS.hitsOfEachKind)),
    ...atLeast('messages outside of faults', calm.messages, LEAST_CALM),
    ...atMost('writes of a message outside of faults', calm.writes / Math.max(1, calm.messages), GOALS.writes),
    ...atMost('copies of a message outside of faults', calm.copies / Math.max(1, calm.messages), GOALS.writes),
    ...atMost('minutes', minutes, GOALS.minutes),
  ];
}

function summary(results: readonly Seeded[]): string {
  const sum = (value: (report: Report) => number) => results.reduce((all, { found }) => all + value(found), 0);
  const counted = (column: ReturnType<typeof columnOf>) =>
    sum(({ violations: all }) => all.filter((violation) => columnOf(violation) === column).length);
  const messages = sum(({ own, inbound }) => own + inbound).toLocaleString('en');
  const faults = sum(({ rows }) => rows.reduce((all, { events }) => all + events, 0)).toLocaleString('en');
  const others = counted(undefined);
  return (
    `\nSeeds ${results.map(({ seed }) => seed).join(', ')}: ${messages} messages, ${faults} faults, ${counted('lost')} lost, ` +
    `${counted('duplicated')} duplicated, ${counted('outOfOrder')} out of order${others > 0 ? `, ${others} other violations` : ''}`
  );
}

function ratio(value: number, of: number): string {
  return (value / Math.max(1, of)).toFixed(3);
}
