import { HEARTBEAT_MODES, type HeartbeatSeconds } from '../protocol/index.js';
import { backoff, type ReconnectDelay } from './backoff.js';
import { type Clock, systemClock } from './clock.js';
import type { SocketConstructor } from './connection.js';
import { ConfigurationError } from './errors.js';
import type { OutboxStorage } from './outbox-storage.js';
import { browserPage, type PageSignals } from './page-signals.js';

export interface ChatClientOptions {
  /** Address of the server's WebSocket: `wss://…`, or `ws://…` where the page is not served over https. */
  readonly serverUrl: string;
  /** The id to log in with. Not empty: the server would accept an empty one as a user. */
  readonly userId: string;
  /** Asked for a token at every login. Default: an empty token. No answer within 10 s counts as a failed attempt. */
  readonly getToken?: (() => string | Promise<string>) | undefined;
  /** Extra login data for the application behind the server, `extra` of the original SDK. Default: none. */
  readonly extra?: string | null | undefined;
  /** The server's heartbeat mode in seconds; must equal the server's setting. Default 5. */
  readonly heartbeat?: HeartbeatSeconds | undefined;
  /** Whether to reconnect by itself when the connection is lost. Default true. */
  readonly reconnect?: boolean | undefined;
  /** Gives the wait before each reconnect. Default {@link backoff}. */
  readonly reconnectDelay?: ReconnectDelay | undefined;
  /** Where messages on their way are kept. Default: in memory; with `indexedDbOutbox(scope)` they survive a reload. */
  readonly storage?: OutboxStorage | undefined;
  /** A message that nobody confirms fails by itself after so many milliseconds. Default: it is kept and sent again for ever. */
  readonly giveUpAfterMs?: number | undefined;
  /** The life of the page around: nudges after sleep, a network change, a frozen tab. Default: the browser's; null: none. */
  readonly page?: PageSignals | null | undefined;
  /** Time and chance; replaced in tests. Default: the system's. */
  readonly clock?: Clock | undefined;
  readonly random?: (() => number) | undefined;
  /** The WebSocket to use, for Node and tests. Default: the global one. */
  readonly WebSocket?: SocketConstructor | undefined;
}

type Filled = { readonly [K in keyof ChatClientOptions]-?: Exclude<ChatClientOptions[K], undefined> };

export interface CheckedOptions extends Omit<Filled, 'storage' | 'page'> {
  readonly storage: OutboxStorage | undefined;
  readonly page: PageSignals | undefined;
}

const NativeWebSocket: SocketConstructor | undefined = globalThis.WebSocket;

/** Fills in the defaults. Throws {@link ConfigurationError} for what cannot work. */
export function checkOptions(options: ChatClientOptions): CheckedOptions {
  const { serverUrl, userId, heartbeat = 5, getToken = () => '' } = options;
  if (!/^wss?:$/.test(protocolOf(serverUrl))) {
    throw new ConfigurationError('serverUrl', 'an address that starts with wss:// or ws://', serverUrl);
  }
  if (typeof userId !== 'string' || userId === '') throw new ConfigurationError('userId', 'a user id', userId);
  if (userId === '0' || userId === '-1') {
    throw new ConfigurationError('userId', 'an id other than "0" (the server) and "-1" (nobody)', userId);
  }
  if (!Object.hasOwn(HEARTBEAT_MODES, heartbeat)) {
    throw new ConfigurationError('heartbeat', `one of ${Object.keys(HEARTBEAT_MODES).join(', ')} (seconds)`, heartbeat);
  }
  if (typeof getToken !== 'function') throw new ConfigurationError('getToken', 'a function', getToken);
  const { giveUpAfterMs = Number.POSITIVE_INFINITY } = options;
  if (!(giveUpAfterMs >= 0)) throw new ConfigurationError('giveUpAfterMs', 'a number of milliseconds', giveUpAfterMs);
  const Socket = options.WebSocket ?? NativeWebSocket;
  if (!Socket) throw new ConfigurationError('WebSocket', 'a WebSocket, as there is no global one here', undefined);
  return {
    serverUrl,
    userId,
    getToken,
    heartbeat,
    extra: options.extra ?? null,
    reconnect: options.reconnect ?? true,
    reconnectDelay: options.reconnectDelay ?? backoff,
    storage: options.storage,
    giveUpAfterMs,
    page: options.page === null ? undefined : (options.page ?? browserPage()),
    clock: options.clock ?? systemClock,
    random: options.random ?? Math.random,
    WebSocket: Socket,
  };
}

function protocolOf(url: unknown): string {
  try {
    return new URL(String(url)).protocol;
  } catch {
    return '';
  }
}
