import { drawTerms, FAULT_NAMES, type FaultKindName, type FaultTerms } from './fault-kinds.js';
import { between, seeded, shuffled } from './seeded.js';

/** Which of a pair's two users. */
export type Side = 'a' | 'b';

/** One fault that is to come, on the line of one user. */
export interface FaultEvent extends FaultTerms {
  /** Number in the schedule, from 1. */
  readonly n: number;
  readonly kind: FaultKindName;
  readonly pair: number;
  readonly side: Side;
  /** Not before this time, ms from the start; the line's earlier faults must be over, and its user be online. */
  readonly at: number;
}

export interface ScheduleOptions {
  readonly seed: number;
  readonly pairs: number;
  /** Events of each kind. */
  readonly perKind: number;
  /** Calm at the beginning, ms. */
  readonly calmMs: number;
}

/** The faults of a run, in the order of their times. The same options give the same schedule. */
export function schedule({ seed, pairs, perKind, calmMs }: ScheduleOptions): FaultEvent[] {
  const random = seeded(seed);
  const sides: { pair: number; side: Side; free: number }[] = [];
  for (let pair = 0; pair < pairs; pair++) {
    for (const side of ['a', 'b'] as const) sides.push({ pair, side, free: calmMs });
  }
  const lines = shuffled(random, sides);
  const deck = shuffled(
    random,
    FAULT_NAMES.flatMap((kind) => Array.from({ length: perKind }, () => kind)),
  );
  const events = deck.map((kind, i) => {
    const line = lines[i % lines.length];
    if (!line) throw new RangeError(`pairs: expected at least 1, got ${pairs}`);
    const terms = drawTerms(kind, random);
    const at = line.free + between(random, 500, 4_000);
    line.free = at + terms.forMs + 1_500;
    return { ...terms, kind, pair: line.pair, side: line.side, at };
  });
  return events.sort((a, b) => a.at - b.at).map((event, i) => ({ n: i + 1, ...event }));
}
