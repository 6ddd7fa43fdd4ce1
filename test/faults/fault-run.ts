import type { Evidence } from './evidence.js';
import { type FaultRecord, playFault } from './fault-play.js';
import { type FaultEvent, schedule } from './fault-schedule.js';
import { Pair } from './pair.js';
import type { Party } from './party.js';
import type { ProxyEntry } from './proxy-journal.js';
import { pause, until } from './until.js';

export interface FaultRunOptions {
  readonly seed: number;
  /** Messages on each side of all pairs together: own ones, and as many inbound ones. What faults have typed comes on top. */
  readonly messages: number;
  readonly pairs: number;
  /** Only this pair is played, with the faults that it has among all. */
  readonly onlyPair?: number;
  /** Faults of each kind. */
  readonly perKind: number;
  readonly offlineStore: boolean;
  readonly history: boolean;
  /** Everything lasts this many times as long. Default 1. */
  readonly stretch?: number;
}

/** What is known of one pair in the end. */
export interface PairRun {
  readonly pair: number;
  readonly evidence: Evidence;
  readonly lines: readonly ProxyEntry[];
  readonly faults: readonly FaultRecord[];
}

/** How long after the last fault everything may take to settle. */
const SETTLE_MS = 90_000;
/** The server repeats what was not acknowledged for this long at most, then forgets it. */
const SERVER_FORGETS_MS = 15_000;
/** Without an offline store only a login makes a client write again at once what somebody away did not get. */
const LOGIN_AGAIN_MS = 4_000;
/** A user who sees a gap that could not be filled asks for it again after so long. */
const ASK_AGAIN_MS = 2_500;
/** Calm before the first fault. */
const CALM_MS = 3_000;
/** Share of the messages that is typed after the last fault, and for how long. */
const CALM_SHARE = 0.1;
const CALM_END_MS = 6_000;

/** Plays the schedule of a seed to so many pairs, all at the same time, and gives back what the journals say. */
export function runFaults(options: FaultRunOptions): Promise<PairRun[]> {
  const { seed, pairs, perKind, onlyPair, stretch = 1 } = options;
  const events = schedule({ seed, pairs, perKind, calmMs: CALM_MS }).map((event) => {
    return { ...event, at: Math.round(event.at * stretch), forMs: Math.round(event.forMs * stretch) };
  });
  const span = Math.max(...events.map(({ at, forMs }) => at + forMs));
  const numbers = Array.from({ length: pairs }, (_, n) => n).filter((n) => onlyPair === undefined || n === onlyPair);
  return Promise.all(
    numbers.map((pair) => {
      const own = events.filter((event) => event.pair === pair);
      return runPair(pair, own, span, options);
    }),
  );
}

async function runPair(
  number: number,
  events: readonly FaultEvent[],
  span: number,
  { seed, pairs, messages, offlineStore, history, stretch = 1 }: FaultRunOptions,
): Promise<PairRun> {
  const pair = await Pair.open({ seed, pair: number, offlineStore, history });
  const start = performance.now();
  const share = Math.ceil(messages / pairs);
  const last = Math.ceil(share * CALM_SHARE);
  const faults: FaultRecord[] = [];
  const line = async (party: Party, own: readonly FaultEvent[]): Promise<void> => {
    party.connect();
    party.typeSteadily(share - last, span);
    for (const event of own) {
      await pause(start + event.at - performance.now());
      const record = await playFault(event, pair);
      if (record) faults.push(record);
    }
  };
  await Promise.all([
    line(
      pair.parties.a,
      events.filter(({ side }) => side === 'a'),
    ),
    line(
      pair.parties.b,
      events.filter(({ side }) => side === 'b'),
    ),
  ]);
  // Whoever is still away after its last fault would make this no calm.
  await Promise.all(pair.both.map((party) => until(() => party.isConnected && party.typed >= share - last, SETTLE_MS)));
  for (const party of pair.both) party.typeSteadily(last, CALM_END_MS * stretch);
  await until(() => pair.both.every(({ isIdle }) => isIdle), SETTLE_MS);
  await settle(pair, offlineStore);
  const run = { pair: number, evidence: pair.evidence(), lines: pair.lines(), faults };
  await pair.close();
  return run;
}

/** Waits until nothing more can come: every message has ended, or those that have not were given their time. */
async function settle(pair: Pair, offlineStore: boolean): Promise<void> {
  const end = performance.now() + SETTLE_MS;
  let nextLogin = performance.now() + LOGIN_AGAIN_MS;
  while (performance.now() < end && pair.both.some(({ client }) => client.pending > 0)) {
    await pause(50);
    if (offlineStore || performance.now() < nextLogin || !pair.both.every(({ isConnected }) => isConnected)) continue;
    for (const { client, proxy } of pair.both) if (client.pending > 0) proxy.reset();
    nextLogin = performance.now() + LOGIN_AGAIN_MS;
  }
  const forgets = performance.now() + SERVER_FORGETS_MS;
  while (performance.now() < forgets && !isComplete(pair)) {
    // Not more often: whoever asks again before the last page is there begins with the first.
    for (const party of pair.both) party.fillGap();
    await until(() => isComplete(pair), ASK_AGAIN_MS, 50);
  }
}

function isComplete(pair: Pair): boolean {
  return pair.both.every(({ shown, isConnected }, i) => isConnected && shown >= (pair.both[1 - i]?.typed ?? 0));
}
