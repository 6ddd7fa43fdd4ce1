import type { Violation } from './evidence.js';
import { FAULT_NAMES, type FaultKindName } from './fault-kinds.js';
import type { FaultRecord } from './fault-play.js';
import type { PairRun } from './fault-run.js';
import { type Fate, wasUnderWay } from './message-fates.js';
import { DUPLICATED, judge, LOST, OUT_OF_ORDER } from './oracle.js';

/** A line of the table: what the faults of one kind did. */
export interface KindRow {
  /** `none`: violations before any fault. */
  readonly kind: FaultKindName | 'none';
  events: number;
  /** Events that did something, with messages under way. */
  hits: number;
  messages: number;
  bytesDropped: number;
  secondsDown: number;
  lost: number;
  duplicated: number;
  outOfOrder: number;
}

/** A violation, and whose. */
export interface PairViolation extends Violation {
  readonly pair: number;
}

export interface Report {
  readonly rows: readonly KindRow[];
  readonly violations: readonly PairViolation[];
  /** Messages typed: own ones of the first users of the pairs, and of the second ones, which are inbound to the first. */
  readonly own: number;
  readonly inbound: number;
  /** Messages lost in gaps that were announced; messages that the history brought. */
  readonly inGaps: number;
  readonly fromHistory: number;
  /** Messages whose whole way lay outside of the faults, and how often they were written on each half of it. */
  readonly calm: { readonly messages: number; readonly writes: number; readonly copies: number };
}

/** After a fault it takes the server so long to repeat what got no answer. */
const AFTERMATH_MS = 13_000;

/** Puts the journals of a run into figures. */
export function report(runs: readonly PairRun[]): Report {
  const rows = new Map<string, KindRow>([...FAULT_NAMES, 'none' as const].map((kind) => [kind, emptyRow(kind)]));
  const total = { own: 0, inbound: 0, inGaps: 0, fromHistory: 0, messages: 0, writes: 0, copies: 0 };
  const violations: PairViolation[] = [];
  for (const run of runs) {
    const verdict = judge(run.evidence);
    const fates = [...verdict.fates.values()];
    for (const violation of verdict.violations) violations.push({ ...violation, pair: run.pair });
    total.own += fates.filter(({ from }) => from.startsWith('a')).length;
    total.inbound += fates.filter(({ from }) => from.startsWith('b')).length;
    total.inGaps += verdict.inGaps.size;
    total.fromHistory += fates.filter(({ fromHistory }) => fromHistory).length;
    for (const record of run.faults) {
      const row = rows.get(record.event.kind);
      if (row) addEvent(row, record, run, fates);
    }
    for (const violation of verdict.violations) {
      const kind = blame(violation, run, verdict.fates);
      const column = columnOf(violation);
      const row = rows.get(kind);
      if (row && column) row[column] += 1;
    }
    for (const { writes, copies } of outside(run, fates)) {
      total.messages += 1;
      total.writes += writes;
      total.copies += copies.length;
    }
  }
  const { own, inbound, inGaps, fromHistory, ...calm } = total;
  const shown = [...rows.values()].filter(({ kind, lost, duplicated, outOfOrder }) => {
    return kind !== 'none' || lost + duplicated + outOfOrder > 0;
  });
  return { rows: shown, violations: violations.sort((a, b) => a.t - b.t), own, inbound, inGaps, fromHistory, calm };
}

function addEvent(row: KindRow, record: FaultRecord, run: PairRun, fates: readonly Fate[]): void {
  const { struckAt, to } = record;
  const [from, until] = reach(record, run);
  const user = userOf(record);
  const hit = fates.filter((fate) => wasUnderWay(fate, struckAt, to));
  row.events += 1;
  row.messages += hit.length;
  if (hit.length > 0 && didSomething(record, run)) row.hits += 1;
  for (const { line, t, what, bytes = 0 } of run.lines) {
    if (line === user && t >= from && t < until && what === 'close') row.bytesDropped += bytes;
  }
  row.secondsDown += downMs(run, user, from, until) / 1_000;
}

/** The fault that a violation is put down to: the first on that user's line that its message met, else the last before it. */
function blame(
  { user, t, fp }: Violation,
  { faults }: PairRun,
  fates: ReadonlyMap<string, Fate>,
): FaultKindName | 'none' {
  const fate = fp === undefined ? undefined : fates.get(fp);
  const line = faults.filter((record) => userOf(record) === user).sort((a, b) => a.from - b.from);
  const met = fate && line.find(({ to }) => to >= fate.typedAt);
  return (met ?? line.findLast(({ from }) => from <= t))?.event.kind ?? 'none';
}

/** The column in which a violation counts, if it has one. */
export function columnOf({ kind }: Violation): 'lost' | 'duplicated' | 'outOfOrder' | undefined {
  if (LOST.includes(kind)) return 'lost';
  if (DUPLICATED.includes(kind)) return 'duplicated';
  return OUT_OF_ORDER.includes(kind) ? 'outOfOrder' : undefined;
}

/** From a fault to the next one on the same line. */
function reach({ event, from }: FaultRecord, { faults }: PairRun): [from: number, until: number] {
  const later = faults.filter((other) => other.event.side === event.side && other.from > from);
  return [from, Math.min(Number.POSITIVE_INFINITY, ...later.map((other) => other.from))];
}

/** Whether a fault did harm: to a connection that ended, or to bytes that came late, in pieces or not at all. */
function didSomething({ event, struckAt, to, impeded }: FaultRecord, run: PairRun): boolean {
  const slack = 5;
  const within = (t: number) => t >= struckAt - slack && t <= to + slack;
  switch (event.kind) {
    case 'V11 restart':
    case 'V17 closed amid a queue':
      return run.evidence.server.some(({ dir, by, t, user }) => {
        return dir === 'close' && by === 'server' && within(t) && user === `${event.side}${run.pair}`;
      });
    case 'N1 refused':
    case 'N3 reset':
    case 'N3 half close':
    case 'N10 cut':
    case 'N11 flapping':
      return run.lines.some(({ line, what, t }) => line === userOf({ event }) && what === 'kill' && within(t));
    default:
      return impeded > 0;
  }
}

/** Time without a login between two moments. */
function downMs({ evidence }: PairRun, user: string, from: number, until: number): number {
  let down = 0;
  let since: number | undefined = 0;
  const entries = evidence.clients.get(user) ?? [];
  const overlap = (a: number, b: number) => Math.max(0, Math.min(b, until) - Math.max(a, from));
  for (const entry of entries) {
    if (entry.what !== 'state') continue;
    if (entry.state !== 'connected') since ??= entry.t;
    else if (since !== undefined) {
      down += overlap(since, entry.t);
      since = undefined;
    }
  }
  return down + (since === undefined ? 0 : overlap(since, entries.at(-1)?.t ?? since));
}

/** The messages that met no fault of either side, nor what follows one. */
function outside(run: PairRun, fates: readonly Fate[]): Fate[] {
  const troubled = run.faults.map(({ from, to }) => {
    const back = [...run.evidence.clients.values()].map((entries) => {
      return entries.find(({ t, ...entry }) => t >= to && entry.what === 'login')?.t ?? to;
    });
    return [from, Math.max(to, ...back.filter((t) => t < to + AFTERMATH_MS)) + AFTERMATH_MS] as const;
  });
  return fates.filter((fate) => troubled.every(([from, to]) => !wasUnderWay(fate, from, to)));
}

function userOf({ event }: Pick<FaultRecord, 'event'>): string {
  return `${event.side}${event.pair}`;
}

function emptyRow(kind: FaultKindName | 'none'): KindRow {
  return {
    kind,
    events: 0,
    hits: 0,
    messages: 0,
    bytesDropped: 0,
    secondsDown: 0,
    lost: 0,
    duplicated: 0,
    outOfOrder: 0,
  };
}
