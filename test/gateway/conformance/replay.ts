import { type Arrival, compare, type Tolerance } from './compare.js';
import type { Driver, Peer } from './driver.js';
import { Fingerprints } from './fingerprints.js';
import type { Scenario, TraceEvent } from './scenario.js';

/** How long after the last recorded event nothing more may come; shorter than the server's earliest retransmission. */
const AFTERMATH_MS = 1_000;
/** A peer named "X again" is X on a new socket; its old one had been dropped this long before, which was not recorded. */
const DROPPED_BEFORE_MS = 250;

/**
 * Does what the clients of a recording did, at the times when they did it, and compares what the server does.
 * @returns The differences, each in a sentence; none if the server conforms.
 */
export async function replay(scenario: Scenario, driver: Driver, tolerance: Tolerance): Promise<string[]> {
  const start = driver.now();
  const elapsed = (): number => driver.now() - start;
  const peers = new Map<string, Peer>();
  const dropped = new Set<string>();
  const arrivals: Arrival[] = [];
  const actions: { readonly recorded: number; readonly actual: number }[] = [];
  const fingerprints = new Fingerprints(scenario);

  const open = async (name: string): Promise<void> => {
    const arrived = (what: Pick<Arrival, 'dir' | 'frame' | 'code' | 'reason'>): void => {
      if (!dropped.has(name)) arrivals.push({ t: elapsed(), peer: name, ...what });
    };
    const peer = await driver.open({
      onText: (text) => arrived({ dir: 'received', frame: fingerprints.toRecorded(name, text) }),
      onClose: (code, reason) => arrived({ dir: 'closed', code, reason }),
      onPong: () => arrived({ dir: 'pong' }),
    });
    peers.set(name, peer);
  };
  const drop = (name: string): void => {
    dropped.add(name);
    peers.get(name)?.terminate();
  };
  const act = async (event: TraceEvent): Promise<void> => {
    const peer = peers.get(event.peer);
    if (event.dir === 'opened') await open(event.peer);
    else if (event.dir === 'ping') peer?.ping();
    else if (event.binary !== undefined) peer?.sendBinary(bytesOf(event.binary));
    else if (event.frame !== undefined) peer?.send(fingerprints.toActual(event.frame));
    if (event.dir !== 'ping') actions.push({ recorded: event.t, actual: elapsed() });
  };

  for (const event of scenario.events) {
    const isAction = event.dir === 'opened' || event.dir === 'sent' || (event.dir === 'ping' && driver.hasPings);
    if (!isAction) continue;
    const [, former] = /^(.*) again$/.exec(event.peer) ?? [];
    if (event.dir === 'opened' && former !== undefined) {
      await driver.wait(Math.max(0, event.t - DROPPED_BEFORE_MS - elapsed()));
      drop(former);
    }
    await driver.wait(Math.max(0, event.t - elapsed()));
    await act(event);
  }
  const end = scenario.events.at(-1)?.t ?? 0;
  await driver.wait(Math.max(0, end - elapsed()) + AFTERMATH_MS);

  const recorded = driver.hasPings ? scenario.events : scenario.events.filter(({ dir }) => dir !== 'pong');
  const differences = compare(recorded, [...arrivals], actions, tolerance);
  acknowledgeAll(arrivals, peers, fingerprints);
  for (const name of peers.keys()) drop(name);
  return differences;
}

/** Lest the server retransmits to the next scenario what nobody acknowledged in this one. */
function acknowledgeAll(
  arrivals: readonly Arrival[],
  peers: ReadonlyMap<string, Peer>,
  fingerprints: Fingerprints,
): void {
  for (const { peer, frame } of arrivals) {
    const { QoS, fp, from, to } = JSON.parse(frame ?? '{}') as Record<'QoS' | 'fp' | 'from' | 'to', unknown>;
    if (QoS !== true || typeof fp !== 'string') continue;
    const ack = {
      type: 4,
      dataContent: fp,
      from: to,
      to: from,
      fp: null,
      QoS: false,
      typeu: -1,
      sm: -1,
      bridge: false,
    };
    peers.get(peer)?.send(fingerprints.toActual(JSON.stringify(ack)));
  }
}

function bytesOf(hex: string): Uint8Array {
  return Uint8Array.from(hex.match(/../g) ?? [], (byte) => Number.parseInt(byte, 16));
}
