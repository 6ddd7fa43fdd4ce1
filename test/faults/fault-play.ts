import { FrameType } from '../gateway/frames.js';
import type { FaultEvent } from './fault-schedule.js';
import type { Pair } from './pair.js';
import type { Party } from './party.js';
import { pause, until } from './until.js';

/** A fault as it was played. Monotonic times, ms. */
export interface FaultRecord {
  readonly event: FaultEvent;
  readonly from: number;
  /** When it struck: later than `from` for those that wait for their moment. */
  readonly struckAt: number;
  readonly to: number;
  /** Bytes on the line that it kept, made late or cut into pieces. */
  readonly impeded: number;
}

/** How long a fault waits until its user is online. */
const PATIENCE_MS = 30_000;

/** Plays one fault, with messages under way. Undefined if the user did not come online for it. */
export async function playFault(event: FaultEvent, pair: Pair): Promise<FaultRecord | undefined> {
  const me = pair.parties[event.side];
  const other = pair.parties[event.side === 'a' ? 'b' : 'a'];
  if (!(await me.connected(PATIENCE_MS))) return undefined;
  other.type(event.peerBurst);
  me.type(event.burst);
  if (event.burst > 0) await until(() => me.underWay > 0, 1_000, 1);
  const from = performance.now();
  const before = me.proxy.impeded;
  const struckAt = (await strike(event, me, pair)) ?? from;
  // What strikes late is over with it.
  const to = struckAt > from ? struckAt : performance.now();
  const impeded = me.proxy.impeded - before;
  me.restoreLine();
  return { event, from, struckAt, to, impeded };
}

/** Resolves when it is over; to the time when it struck, if that was not at once. */
async function strike(event: FaultEvent, me: Party, pair: Pair): Promise<number | undefined> {
  const { kind, forMs, direction, scope, kept, ending, amount } = event;
  const { proxy } = me;
  switch (kind) {
    case 'N1 refused':
      proxy.refuse('closed');
      proxy.reset();
      await pause(forMs);
      await proxy.accept();
      break;
    case 'N2 connect into a black hole':
      proxy.hold('both', 'future');
      proxy.reset();
      await pause(forMs);
      proxy.release('pass');
      break;
    case 'N3 reset':
      proxy.reset();
      break;
    case 'N3 half close':
      proxy.halfClose(direction === 'up' ? 'up' : 'down');
      break;
    case 'N4 half-open':
    case 'N4 stall':
    case 'N5 up lost':
    case 'N6 down lost':
      proxy.hold(direction, scope);
      await pause(forMs);
      proxy.release(kept);
      break;
    case 'N7 latency':
      proxy.set('both', { latencyMs: 1_000, jitterMs: 750 });
      await pause(forMs);
      break;
    case 'N8 bandwidth':
      proxy.set('both', { bytesPerSecond: amount });
      me.type(1, 6_000);
      await pause(forMs);
      break;
    case 'N9 slices':
      proxy.set('both', { sliceBytes: amount });
      await pause(forMs);
      break;
    case 'N10 cut': {
      const connection = proxy.connections.at(-1);
      proxy.cutAfter(amount, direction, ending);
      await until(() => !connection || !proxy.connections.includes(connection), 10_000);
      return proxy.journal.findLast(({ what, detail }) => what === 'kill' && detail === 'cut')?.t;
    }
    case 'N11 flapping':
      proxy.flap(amount, amount);
      await pause(forMs);
      proxy.endFlapping();
      break;
    case 'V11 restart':
      pair.gateway.faults.restart(forMs);
      await pause(forMs);
      break;
    case 'V17 closed amid a queue':
      return closeAmidQueue(event, me, pair);
  }
  return undefined;
}

/** Messages wait for a connection; when it is there, the server closes it somewhere among them. */
async function closeAmidQueue({ forMs, amount, code }: FaultEvent, me: Party, { gateway }: Pair): Promise<number> {
  me.proxy.refuse('destroyed');
  me.proxy.reset();
  me.type(amount);
  await pause(forMs);
  let left = Math.ceil(amount / 3);
  let closedAt: number | undefined;
  const unsubscribe = gateway.journal.subscribe(({ dir, user, frame, socket }) => {
    if (dir !== 'in' || user !== me.user || frame?.type !== FrameType.data) return;
    left -= 1;
    if (left !== 0) return;
    closedAt = performance.now();
    for (const session of gateway.socketsOf(me.user)) if (session.socket === socket) session.close(code, '');
  });
  await me.proxy.accept();
  await until(() => closedAt !== undefined, PATIENCE_MS);
  unsubscribe();
  return closedAt ?? performance.now();
}
