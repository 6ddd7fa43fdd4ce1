import type { Direction } from './lane.js';

/** One thing that happened to a line or to one of its connections. */
export interface ProxyEntry {
  /** Monotonic time, ms. */
  readonly t: number;
  /** Name of the proxy: whose line it is. */
  readonly line: string;
  /**
   * - `fault` and `clear`: a fault began, or ended; `detail` says which;
   * - `accept`, `refuse`: a connection came in, or was turned away;
   * - `kill`: a fault ended a connection; `close`: it is gone, with the bytes that were lost with it.
   */
  readonly what: 'fault' | 'clear' | 'accept' | 'refuse' | 'kill' | 'close';
  /** Number of the connection, from 1 in the order of acceptance. */
  readonly connection?: number;
  readonly dir?: Direction | 'both';
  /** Bytes lost. */
  readonly bytes?: number;
  readonly detail?: string;
}
