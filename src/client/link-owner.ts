import type { Packet } from '../protocol/index.js';
import type { ResyncReason } from './events.js';
import type { ConnectionState, KickoutState } from './state.js';

/** What a link tells its owner. */
export interface LinkOwner {
  state(state: ConnectionState, previous: ConnectionState): void;
  /** A login succeeded; comes before the state is `connected`. */
  resync(since: number | undefined, reason: ResyncReason): void;
  /** Comes after the state is `connected`, unless somebody has ended it meanwhile. */
  loggedIn(firstLoginTime: number, again: boolean, signal: AbortSignal): void;
  /** A frame of the session that is not about the session itself. */
  frame(packet: Packet): void;
  dropped(reason: string): void;
  heartbeat(type: 'ping' | 'pong'): void;
  /** Nothing can be written any more. Comes before the state changes. */
  down(closeCode: number): void;
  lost(closeCode: number, willReconnect: boolean): void;
  refused(code: number): void;
  kicked(kickout: KickoutState): void;
  failed(error: Error): void;
}
