import type { ResyncReason } from './events.js';

/** The server ended the session. */
export interface KickoutState {
  /** 1: the same user logged in elsewhere; 2: by an administrator; others are the application's; -1: unreadable. */
  readonly code: number;
  /** The server's own words, if it gave any. Show it as text. */
  readonly detail: string | undefined;
}

/** A session that another page of the browser began, and that is to go on here. */
export interface PastSession {
  /** What the server gave at its first login, ms since 1970; 0: there is none, a new one begins. */
  readonly firstLoginTime: number;
  /** When the server was last heard, ms since 1970. */
  readonly lastFrameAt: number | undefined;
  /** Why messages may be missing since then. Default: the connection was lost. */
  readonly reason?: ResyncReason | undefined;
}

/**
 * Where the connection stands, in one value. Every `disconnected` is final until `connect()` is called:
 * - `idle`: never connected; `closed`: by `disconnect()`; `lost`: and automatic reconnect is switched off;
 * - `refused`: the server refused the login with `code`;
 * - `kicked`: the server ended the session;
 * - `elsewhere`: another tab of this browser has the chat, and nothing tells the tabs of each other (only in a shared client);
 * - `misconfigured`: the browser refused to open the address at all, with `error`.
 *
 * `connecting` with `attempt` 0 is the first try, above 0 a reconnect; `retryInMs` is the wait before it.
 */
export type ConnectionState =
  | { readonly name: 'disconnected'; readonly reason: 'idle' | 'closed' | 'lost' | 'elsewhere' }
  | { readonly name: 'disconnected'; readonly reason: 'misconfigured'; readonly error: Error }
  | { readonly name: 'disconnected'; readonly reason: 'refused'; readonly code: number }
  | { readonly name: 'disconnected'; readonly reason: 'kicked'; readonly kickout: KickoutState }
  | { readonly name: 'connecting'; readonly attempt: number; readonly retryInMs: number }
  | { readonly name: 'connected' };
