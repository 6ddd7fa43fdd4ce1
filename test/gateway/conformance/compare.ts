import type { TraceEvent } from './scenario.js';

/** Something that came from the server during a replay. */
export type Arrival = Pick<TraceEvent, 't' | 'peer' | 'dir' | 'frame' | 'code' | 'reason'>;

export interface Tolerance {
  /** By how many milliseconds the server may answer earlier or later than the recorded one did. */
  readonly ms: number;
  /**
   * `recorded`: retransmissions come when the recorded ones came. `window`: the server's scan has another phase, so they
   * come at any moment from 2 to 7 seconds after the first copy.
   */
  readonly retransmission: 'recorded' | 'window';
}

type Action = { readonly recorded: number; readonly actual: number };

const WINDOW_MS = [2_000, 7_000] as const;
/** The recorder stopped at once after the last event, so the answers to the last keepalives are missing. */
const CUT_OFF_MS = 100;

/** Compares a recording with a replay, socket by socket. `actions` are what the clients did, with both times. */
export function compare(
  events: readonly TraceEvent[],
  arrivals: readonly Arrival[],
  actions: readonly Action[],
  tolerance: Tolerance,
): string[] {
  const names = new Set([...events, ...arrivals].map(({ peer }) => peer));
  const expected = events.filter(({ dir }) => dir === 'received' || dir === 'closed' || dir === 'pong');
  const byWindow = tolerance.retransmission === 'window';
  const late = (list: readonly Arrival[]): Arrival[] => (byWindow ? retransmissions(list, events) : []);
  const [lateExpected, lateActual] = [late(expected), late(arrivals)];
  const inOrder = [...names].flatMap((peer) => {
    const mine = (list: readonly Arrival[], without: readonly Arrival[]): Arrival[] =>
      list.filter((event) => event.peer === peer && !without.includes(event));
    const found = withoutCutOff(peer, events, mine(arrivals, lateActual));
    return compareSocket(peer, mine(expected, lateExpected), found, actions, tolerance);
  });
  return [...inOrder, ...compareWindows(lateExpected, lateActual, arrivals, tolerance)];
}

function compareSocket(
  peer: string,
  expected: readonly Arrival[],
  found: readonly Arrival[],
  actions: readonly Action[],
  { ms }: Tolerance,
): string[] {
  const differences: string[] = [];
  for (let i = 0; i < Math.max(expected.length, found.length); i++) {
    const [wanted, got] = [expected[i], found[i]];
    if (!wanted || !got || describe(wanted) !== describe(got)) {
      differences.push(`${peer}, event ${i + 1}: expected ${describe(wanted)}, got ${describe(got)}`);
      break;
    }
    // The recorded moment, counted from what the clients last did before it.
    const cause = actions.filter(({ recorded }) => recorded <= wanted.t).at(-1) ?? { recorded: 0, actual: 0 };
    const error = got.t - cause.actual - (wanted.t - cause.recorded);
    if (Math.abs(error) > ms) {
      differences.push(
        `${peer}, event ${i + 1}: expected ${describe(wanted)} at ${wanted.t} ms, ${Math.round(error)} ms off`,
      );
    }
  }
  return differences;
}

/** Copies that no sender sent: more of a fingerprint than frames sent with it. */
function retransmissions(list: readonly Arrival[], events: readonly TraceEvent[]): Arrival[] {
  return list.filter((arrival, index) => {
    const fp = fingerprint(arrival);
    if (fp === undefined) return false;
    const copies = list.slice(0, index + 1).filter((other) => fingerprint(other) === fp).length;
    const sent = events.filter(({ dir, frame }) => dir === 'sent' && frame?.includes(`"fp":"${fp}"`)).length;
    return copies > Math.max(1, sent);
  });
}

function compareWindows(
  expected: readonly Arrival[],
  found: readonly Arrival[],
  arrivals: readonly Arrival[],
  { ms }: Tolerance,
): string[] {
  const list = (copies: readonly Arrival[]): string =>
    copies.map((copy) => `${copy.peer} ${describe(copy)}`).join('; ');
  if (list(expected) !== list(found)) {
    return [`retransmissions: expected ${list(expected) || 'none'}, got ${list(found) || 'none'}`];
  }
  return found.flatMap((copy) => {
    const first = arrivals.find((other) => fingerprint(other) === fingerprint(copy));
    const age = copy.t - (first?.t ?? 0);
    const isInTime = age >= WINDOW_MS[0] - ms && age <= WINDOW_MS[1] + ms;
    return isInTime
      ? []
      : [`${copy.peer}: expected a retransmission after 2 to 7 s, got it after ${Math.round(age)} ms`];
  });
}

function withoutCutOff(peer: string, events: readonly TraceEvent[], found: readonly Arrival[]): readonly Arrival[] {
  const mine = events.filter((event) => event.peer === peer);
  const end = events.at(-1)?.t ?? 0;
  const isLast = ({ dir, frame, t }: TraceEvent): boolean =>
    dir === 'sent' && /"type":1,/.test(frame ?? '') && t > end - CUT_OFF_MS;
  const first = mine.findIndex(isLast);
  const isAnswered = first === -1 || mine.slice(first).some(({ dir }) => dir === 'received');
  return !isAnswered && /"type":51,/.test(found.at(-1)?.frame ?? '') ? found.slice(0, -1) : found;
}

function fingerprint({ dir, frame }: Arrival): string | undefined {
  return dir === 'received' ? /"type":2,.*"fp":"([^"]+)"/s.exec(frame ?? '')?.[1] : undefined;
}

/** Text that is equal where two events are: times that the server takes from its clock have no value of their own. */
function describe(event: Arrival | undefined): string {
  if (!event) return 'nothing';
  if (event.dir === 'closed') return `close ${event.code} "${event.reason}"`;
  if (event.dir === 'pong') return 'pong';
  const text = (event.frame ?? '')
    .replace(/(\\"firstLoginTime\\":)\d{13}\b/, '$1<time>')
    .replace(/("sm":)\d{13}(?=}$)/, '$1<time>');
  return text.length > 2_000 ? `${text.slice(0, 200)}… (${text.length} characters, sum ${sum(text)})` : text;
}

function sum(text: string): number {
  let hash = 0;
  for (const char of text) hash = (hash * 31 + (char.codePointAt(0) ?? 0)) | 0;
  return hash;
}
