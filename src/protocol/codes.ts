/** Codes of the original. Applications use codes above 1024, {@link ErrorCode.applicationFirst} and up. */
export const ErrorCode = {
  ok: 0,
  notLoggedIn: 1,
  unknown: 2,
  sendFailed: 3,
  invalidFrame: 4,
  connectionBroken: 201,
  cannotConnect: 202,
  notInitialised: 203,
  noLocalNetwork: 204,
  noServerAddress: 205,
  /** The server's word for a frame that came before the login. */
  serverNotLoggedIn: 301,
  applicationFirst: 1025,
} as const;

/** Why the server ended the session. */
export const KickoutCode = {
  /** The kick-out could not be read; it counts all the same. Never on the wire. */
  unknown: -1,
  duplicateLogin: 1,
  byAdministrator: 2,
} as const;

/** The two sides of one heartbeat mode, in milliseconds. */
export interface HeartbeatMode {
  /** The client sends a keepalive this often. */
  readonly interval: number;
  /** The client takes the connection for dead when no answer came for this long. */
  readonly timeout: number;
  /** The server closes a session that sent nothing for this long. */
  readonly serverReadTimeout: number;
}

const mode = (interval: number, timeout: number, serverReadTimeout = timeout): HeartbeatMode =>
  Object.freeze({
    interval: interval * 1000,
    timeout: timeout * 1000,
    serverReadTimeout: serverReadTimeout * 1000,
  });

/** The names of the heartbeat modes: the client's interval in seconds. */
export type HeartbeatSeconds = 3 | 5 | 10 | 15 | 30 | 60 | 120;

/** The heartbeat modes by their name, the interval in seconds. Client and server must use the same one. */
export const HEARTBEAT_MODES: Readonly<Record<HeartbeatSeconds, HeartbeatMode>> = Object.freeze({
  3: mode(3, 5, 7),
  5: mode(5, 8, 11),
  10: mode(10, 15),
  15: mode(15, 20),
  30: mode(30, 35),
  60: mode(60, 65),
  120: mode(120, 125),
});
