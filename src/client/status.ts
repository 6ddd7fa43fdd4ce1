import type { Durability } from './events.js';
import type { ConnectionState } from './state.js';

/** How a client fares, as data: for a support page, a bug report, a monitor. Holds neither tokens nor what people write. */
export interface ClientStatus {
  readonly state: ConnectionState;
  /** Attempts of the present outage; 0 where there is none. */
  readonly attempt: number;
  /** Milliseconds until the next attempt; undefined where none is planned. */
  readonly nextTryInMs: number | undefined;
  /** When the server was last heard, ms since 1970; undefined if never. */
  readonly lastFrameAt: number | undefined;
  /** The last round trip measured, ms. */
  readonly roundTripMs: number | undefined;
  /** Logins that succeeded. */
  readonly logins: number;
  /** Copies of messages written since the beginning. */
  readonly retransmissions: number;
  /** Messages that wait for their acknowledgement or for a retry, and the bytes of their frames. */
  readonly pending: number;
  readonly pendingBytes: number;
  /** Where they are kept. */
  readonly durability: Durability;
  /** Frames and stored records that were dropped, by reason. */
  readonly drops: Readonly<Record<string, number>>;
}
