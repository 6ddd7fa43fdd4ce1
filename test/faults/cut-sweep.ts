import { FrameType } from '../gateway/frames.js';
import type { PairRun } from './fault-run.js';
import type { Direction, Ending } from './lane.js';
import { judge, type Verdict } from './oracle.js';
import { Pair } from './pair.js';
import { until } from './until.js';

/** Where a conversation is cut: after so many bytes of its first connection. */
export interface Cut {
  readonly bytes: number;
  readonly direction: Direction;
  readonly how: Ending;
}

export interface CutResult {
  readonly cut: Cut;
  readonly run: PairRun;
  readonly verdict: Verdict;
  /** Whether the cut came about. Without it the conversation shows nothing. */
  readonly wasCut: boolean;
}

/** On each side: half of it typed before the connection, half on it. More than 2,000 bytes each way. */
const MESSAGES = 8;
const SERVER_FORGETS_MS = 13_000;
/** A user who sees a gap that could not be filled asks for it again after so long. */
const ASK_AGAIN_MS = 1_000;
const PATIENCE_MS = 30_000;

/** The cuts after 1 to `most` bytes, every `step`th, in both directions, in order and not. */
export function cuts(most: number, step = 1): Cut[] {
  const all: Cut[] = [];
  for (let bytes = 1; bytes <= most; bytes += step) {
    for (const direction of ['up', 'down'] as const) {
      for (const how of ['end', 'reset'] as const) all.push({ bytes, direction, how });
    }
  }
  return all;
}

/** Whether a cut came about and did no harm. */
export function isGood({ verdict, wasCut }: CutResult): boolean {
  return wasCut && verdict.violations.length === 0 && verdict.inGaps.size === 0;
}

export interface SweepOptions {
  /** How many conversations at a time. */
  readonly parallel: number;
  /** How many times as fast the server's time runs: what got lost on its way it repeats after 2-7 s. Default 1. */
  readonly serverSpeed?: number;
  /** Whether gaps are filled from the server's history: then nothing depends on who is faster. Default false. */
  readonly history?: boolean;
}

/** Plays the cuts, and tells each result. */
export async function sweep(
  list: readonly Cut[],
  options: SweepOptions,
  done: (result: CutResult) => void,
): Promise<void> {
  const left = list.entries();
  const worker = async () => {
    for (const [n, cut] of left) done(await playCut(cut, n, options));
  };
  await Promise.all(Array.from({ length: options.parallel }, worker));
}

/** A conversation whose first user's line is cut once. */
async function playCut(cut: Cut, n: number, { serverSpeed = 1, history = false }: SweepOptions): Promise<CutResult> {
  const pair = await Pair.open({
    seed: cut.bytes,
    pair: n,
    offlineStore: true,
    history,
    serverSpeed,
    heartbeat: 120,
    line: { latencyMs: 0, jitterMs: 0 },
    reconnectDelay: ({ random }) => 20 * random,
  });
  const { a, b } = pair.parties;
  a.proxy.cutNext(cut.bytes, cut.direction, cut.how);
  for (const party of [a, b]) {
    party.type(MESSAGES / 2, 120);
    party.connect();
    void party.connected(PATIENCE_MS).then(() => party.type(MESSAGES / 2, 120));
  }
  // Online, too: what the history has filled already is announced as a gap only then.
  const isOver = () =>
    pair.both.every(({ shown, client, isConnected }) => shown === MESSAGES && client.pending === 0 && isConnected);
  const end = performance.now() + PATIENCE_MS;
  while (performance.now() < end && !(await until(isOver, ASK_AGAIN_MS, 10))) {
    for (const party of pair.both) party.fillGap();
  }
  // The server writes again what nobody has acknowledged, and that must not be shown again.
  const thanked = () =>
    new Set(pair.gateway.journal.frames({ dir: 'in', type: FrameType.received }).map(({ dataContent }) => dataContent));
  await until(() => thanked().size === 2 * MESSAGES, SERVER_FORGETS_MS / serverSpeed, 10);
  const run = { pair: n, evidence: pair.evidence(), lines: pair.lines(), faults: [] };
  const wasCut = a.proxy.journal.some(({ what, detail }) => what === 'kill' && detail === 'cut');
  await pair.close();
  return { cut, run, verdict: judge(run.evidence), wasCut };
}
