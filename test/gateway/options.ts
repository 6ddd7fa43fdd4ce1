import type { Clock } from './clock.js';
import type { Frame } from './frames.js';
import type { Gateway } from './gateway.js';
import type { Login } from './login.js';

/** How a gateway behaves. Everything but the clock has a default. */
export interface GatewayOptions {
  readonly clock: Clock;
  /** Numbers in [0, 1) for fingerprints and the robot's delays. Default `Math.random`. */
  readonly random?: () => number;
  /** Shown where several gateways must be told apart. Default `gateway`. */
  readonly name?: string;
  /** The clients' heartbeat mode in seconds: 3, 5, 10, 15, 30, 60 or 120. Sets the read timeout. Default 5. */
  readonly heartbeat?: number;
  /** 0 lets a login in; any other code refuses it. Default: everybody is let in. */
  readonly verifier?: (login: Login) => number | Promise<number>;
  /** Writes the time into `sm` of every frame sent. Default false. */
  readonly serverTimestamp?: boolean;
  /** Whether (or for whom) messages to absent users are kept, acknowledged, and delivered at their login. Default false. */
  readonly offlineStore?: boolean | ((userId: string) => boolean);
  /** Asks the verifier also when a logged-in socket logs in as somebody else; the original does not. Default false. */
  readonly closeTakeoverHole?: boolean;
  /** Called after each successful login. */
  readonly onLogin?: (login: Login, gateway: Gateway) => void;
  /** Called for the first copy of each message to `"0"`. */
  readonly onServerMessage?: (frame: Frame, gateway: Gateway) => void;
  /** Whether the robot `support` is there. Default false. */
  readonly robot?: boolean;
  /** Where the robot's files lie (`robot.svg`, `hello.wav`, `price-list.csv`), with a slash at the end. Default `/`. */
  readonly robotFiles?: string;
  /** Entries that the journal keeps. Default 10,000. */
  readonly journalCapacity?: number;
  /** Messages that the history keeps. Default 10,000. */
  readonly historyCapacity?: number;
}

/** What a host may know of one socket. */
export interface AcceptOptions {
  /** Heartbeat mode in seconds for this socket alone. Default: the gateway's. */
  readonly heartbeat?: number;
}
