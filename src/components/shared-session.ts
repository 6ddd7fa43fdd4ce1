import { ChatClient } from '../client/chat-client.js';
import type { ChatClientOptions } from '../client/options.js';
import type { HeartbeatSeconds } from '../protocol/index.js';
import { ChatSession } from '../store/chat-session.js';
import type { WindowConfiguration } from './window-configuration.js';

interface SharedSessionOptions extends Omit<ChatClientOptions, 'clock' | 'random' | 'WebSocket'> {
  /** Keeps apart several chats of one page that use the same server and user. */
  readonly appId: string;
}

/** A session that somebody uses. */
export interface SessionLease {
  readonly session: ChatSession;
  /** Nobody has used the session yet, or not since it was disconnected here: whoever leased it connects it. */
  readonly first: boolean;
  /** The last one to let go disconnects, a task later: an element that is only moved in the document keeps its session. */
  release(): void;
}

interface Shared {
  readonly session: ChatSession;
  /** Asked at each login; that of the window which came last, since its token is the freshest. */
  getToken: NonNullable<ChatClientOptions['getToken']>;
  leases: number;
  /** Waits for somebody to connect it. Not so after a kick-out or the page's own disconnect(), however often a window moves. */
  resting: boolean;
}

const shared = new Map<string, Shared>();
const ofClients = new WeakMap<ChatClient, ChatSession>();
const noToken = () => '';

/** Windows with the same server, app and user on one page share one client: the server allows one session a user. */
function leaseSession({ appId, ...options }: SharedSessionOptions): SessionLease {
  const key = JSON.stringify([options.serverUrl, appId, options.userId]);
  let entry = shared.get(key);
  if (entry) entry.getToken = options.getToken ?? entry.getToken;
  else {
    const created: Shared = {
      session: new ChatSession(new ChatClient({ ...options, getToken: () => created.getToken() })),
      getToken: options.getToken ?? noToken,
      leases: 0,
      resting: true,
    };
    entry = created;
    shared.set(key, entry);
  }
  const used = entry;
  const { session } = used;
  const first = used.resting;
  used.resting = false;
  used.leases += 1;
  let released = false;
  const release = () => {
    if (released) return;
    released = true;
    used.leases -= 1;
    setTimeout(() => {
      if (used.leases > 0 || shared.get(key) !== used) return;
      session.client.disconnect();
      used.resting = true;
      // What still waits for its delivery waits for the next window of this user.
      if (session.client.pending > 0) return;
      shared.delete(key);
      session.close();
    });
  };
  return { session, first, release };
}

/** The session that a checked configuration asks for; undefined where a store is shown without any. */
export function leaseFor(configuration: WindowConfiguration): SessionLease | undefined {
  const { client, serverUrl, userId, heartbeat, appId, getToken, extra } = configuration;
  if (client) return sessionOf(client);
  if (!serverUrl || !userId) return undefined;
  return leaseSession({ serverUrl, appId, userId, heartbeat: heartbeat as HeartbeatSeconds, getToken, extra });
}

/** The session of a client that the page made itself. It is never disconnected from here. */
function sessionOf(client: ChatClient): SessionLease {
  let session = ofClients.get(client);
  if (!session) {
    session = new ChatSession(client);
    ofClients.set(client, session);
  }
  return { session, first: false, release: () => {} };
}
