import { ChatClient } from '../client/chat-client.js';
import { indexedDbOutbox } from '../client/indexed-db-outbox.js';
import type { ChatClientOptions } from '../client/options.js';
import type { HeartbeatSeconds } from '../protocol/index.js';
import { ChatSession } from '../store/chat-session.js';
import type { WindowConfiguration } from './window-configuration.js';

interface SharedSessionOptions extends Omit<ChatClientOptions, 'clock' | 'random' | 'WebSocket' | 'storage'> {
  /** Keeps apart several chats of one page that use the same server and user. */
  readonly appId: string;
  /** Whether what waits may be kept on the device. */
  readonly isKept: boolean;
}

/** A session that somebody uses. */
export interface SessionLease {
  readonly session: ChatSession;
  /** Whoever leased it connects it: it was never connected, or rested here since, or was refused and there is a new token. */
  readonly isToConnect: boolean;
  connect(): void;
  /** The last one to let go disconnects, a task later: an element that is only moved in the document keeps its session. */
  release(): void;
}

interface Shared {
  readonly session: ChatSession;
  /** Asked at each login; that of the window which came last, since its token is the freshest. */
  getToken: NonNullable<ChatClientOptions['getToken']>;
  leases: number;
  /**
   * Was disconnected here, for want of windows: the next one connects it. Not so after a kick-out or the page's own
   * `disconnect()`, however often windows come and go.
   */
  resting: boolean;
}

const shared = new Map<string, Shared>();
const ofClients = new WeakMap<ChatClient, ChatSession>();
const noToken = () => '';

/** Windows with the same server, app and user on one page share one client: the server allows one session a user. */
function leaseSession({ appId, isKept, ...options }: SharedSessionOptions): SessionLease {
  const key = JSON.stringify([options.serverUrl, appId, options.userId]);
  let entry = shared.get(key);
  let hasNewToken = false;
  if (entry) {
    hasNewToken = options.getToken !== undefined && options.getToken !== entry.getToken;
    entry.getToken = options.getToken ?? entry.getToken;
  } else {
    const storage = isKept ? indexedDbOutbox(key) : undefined;
    const created: Shared = {
      session: new ChatSession(new ChatClient({ ...options, storage, getToken: () => created.getToken() })),
      getToken: options.getToken ?? noToken,
      leases: 0,
      resting: false,
    };
    entry = created;
    shared.set(key, entry);
  }
  const used = entry;
  const { session } = used;
  const { state } = session.client;
  const reason = state.name === 'disconnected' ? state.reason : '';
  const isToConnect = used.resting || reason === 'idle' || (hasNewToken && reason === 'refused');
  used.leases += 1;
  let released = false;
  const release = () => {
    if (released) return;
    released = true;
    used.leases -= 1;
    setTimeout(() => {
      if (used.leases > 0 || shared.get(key) !== used) return;
      // What was ended on purpose stays ended, when the window comes back too.
      if (session.client.state.name === 'disconnected') return;
      session.client.disconnect();
      used.resting = true;
      // What still waits for its delivery waits for the next window of this user.
      if (session.client.pending > 0) return;
      shared.delete(key);
      session.close();
    });
  };
  const connect = () => {
    used.resting = false;
    session.client.connect();
  };
  return { session, isToConnect, connect, release };
}

/** The session that a checked configuration asks for; undefined where a store is shown without any. */
export function leaseFor(configuration: WindowConfiguration): SessionLease | undefined {
  const { client, serverUrl, userId, appId, getToken, extra, history } = configuration;
  if (client) return sessionOf(client);
  if (!serverUrl || !userId) return undefined;
  return leaseSession({
    ...{ serverUrl, appId, userId, getToken, extra },
    heartbeat: configuration.heartbeat as HeartbeatSeconds,
    giveUpAfterMs: configuration.giveUpAfter * 1_000,
    isKept: history !== 'none',
  });
}

/** The session of a client that the page made itself. It is never disconnected from here. */
function sessionOf(client: ChatClient): SessionLease {
  let session = ofClients.get(client);
  if (!session) {
    session = new ChatSession(client);
    ofClients.set(client, session);
  }
  return { session, isToConnect: false, connect: () => client.connect(), release: () => {} };
}
