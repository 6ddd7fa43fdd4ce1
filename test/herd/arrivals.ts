import type { ReconnectDelay } from '../../src/client/index.js';

/** A server that all its clients lose at the same moment. */
export interface Outage {
  readonly clients: number;
  /** Milliseconds until its port is open again. */
  readonly downMs: number;
  /** With which the clients were sent away; 1006 if the server died without a word. */
  readonly closeCode: number;
  /** The policy of the clients. */
  readonly delay: ReconnectDelay;
  readonly random: () => number;
}

/**
 * When each client reaches the server, in milliseconds after its port opened, sorted. Attempts before that are refused at
 * once, as by a host that is up: of all outages it is the one that keeps a crowd closest together.
 */
export function arrivals({ clients, downMs, closeCode, delay, random }: Outage): Float64Array {
  const times = new Float64Array(clients);
  for (let client = 0; client < clients; client++) {
    let now = 0;
    let previousMs = 0;
    for (let attempt = 1; attempt === 1 || now < downMs; attempt++) {
      const code = attempt === 1 ? closeCode : 1006;
      previousMs = delay({ attempt, previousMs, outageMs: now, closeCode: code, random: random() });
      now += previousMs;
    }
    times[client] = now - downMs;
  }
  return times.sort();
}

/** The largest share of all arrivals that falls into any span of `windowMs`, wherever that begins. */
export function largestShare(sorted: Float64Array, windowMs: number): number {
  let most = 0;
  let first = 0;
  for (const [last, at] of sorted.entries()) {
    while (at - (sorted[first] ?? at) >= windowMs) first++;
    most = Math.max(most, last - first + 1);
  }
  return most / sorted.length;
}

/** The time by which a share of all has arrived. */
export function arrivedBy(sorted: Float64Array, share: number): number {
  return sorted[Math.ceil(share * sorted.length) - 1] ?? 0;
}
