import type { ChatClient } from '../client/chat-client.js';
import type { ChatClientOptions } from '../client/options.js';
import type { HeartbeatSeconds } from '../protocol/index.js';
import { ChatSession } from '../store/chat-session.js';
import { checkFact, type Fact, type Tabs } from '../store/facts.js';
import { loadDevice } from '../store/load-device.js';
import { browserTabs } from '../tabs/browser-tabs.js';
import type { ToldEvent } from '../tabs/news.js';
import { SharedClient } from '../tabs/shared-client.js';
import { storedMemory } from '../tabs/stored-memory.js';
import type { WindowConfiguration } from './window-configuration.js';

interface SharedSessionOptions extends Omit<ChatClientOptions, 'clock' | 'random' | 'WebSocket' | 'storage'> {
  /** Keeps apart several chats of one page that use the same server and user. */
  readonly appId: string;
  /** What is kept on the device, and for how long. */
  readonly history: string;
}

/** A session that somebody uses. */
export interface SessionLease {
  readonly session: ChatSession;
  /** Takes part, unless it does: connects where nobody has ended the session. */
  join(): void;
  /** Logs in anew. */
  connect(): void;
  /** Somebody else uses the chat from now on, in all tabs. */
  end(): void;
  /** The last one to let go leaves, a task later: an element that is only moved in the document keeps its session. */
  release(): void;
}

interface Shared {
  readonly session: ChatSession;
  readonly client: SharedClient;
  /** Asked at each login; that of the window which came last, since its token is the freshest. */
  getToken: NonNullable<ChatClientOptions['getToken']>;
  leases: number;
  /** Whether somebody else uses the chat now: nothing of it is to be found by whoever comes back. */
  isLeft: boolean;
}

const shared = new Map<string, Shared>();
const ofClients = new WeakMap<ChatClient, ChatSession>();
const noToken = () => '';

/** Windows with the same server, app and user on one page share one client: the server allows one session a user. */
function leaseSession({ appId, history, ...options }: SharedSessionOptions): SessionLease {
  const key = JSON.stringify([options.serverUrl, appId, options.userId]);
  let entry = shared.get(key);
  let hasNewToken = false;
  if (entry) {
    hasNewToken = options.getToken !== undefined && options.getToken !== entry.getToken;
    entry.getToken = options.getToken ?? entry.getToken;
  } else {
    const visit = storedMemory(`harmonychat visit ${key}`);
    const lifetime = history === 'device' ? history : 'session';
    const device = history === 'none' ? undefined : loadDevice(key, lifetime, visit);
    const tabs = browserTabs(key);
    const client = new SharedClient({
      ...options,
      ...tabs,
      // Nothing is nothing.
      memory: device && tabs.memory,
      stamp: device && tabs.stamp,
      storage: device?.outbox,
      keeper: device?.keeper,
      revise: device?.revise,
      getToken: () => created.getToken(),
    });
    const facts = tabsOf(client);
    const session = new ChatSession(client, facts, device?.archive);
    const forget = ({ fact }: Fact) => {
      if (fact !== 'wiped') return;
      visit.write(undefined);
      tabs.memory?.write(undefined);
    };
    facts.listen(forget, session.signal);
    const created: Shared = {
      session,
      client,
      getToken: options.getToken ?? noToken,
      leases: 0,
      isLeft: false,
    };
    entry = created;
    shared.set(key, entry);
  }
  const used = entry;
  const { session, client } = used;
  used.leases += 1;
  let released = false;
  const release = () => {
    if (released) return;
    released = true;
    used.leases -= 1;
    setTimeout(() => {
      if (used.leases > 0 || shared.get(key) !== used) return;
      // What was ended on purpose stays ended, when the window comes back too.
      const isOver = client.state.name === 'disconnected';
      client.leave();
      // What still waits for its delivery waits for the next window of this user.
      if (!used.isLeft && (isOver || client.pending > 0)) {
        void session.archive?.then((archive) => archive?.rest());
        return;
      }
      shared.delete(key);
      session.close();
      void session.archive?.then((archive) => archive?.close());
    });
  };
  const join = () => {
    client.join();
    const { state } = client;
    if (hasNewToken && state.name === 'disconnected' && state.reason === 'refused') client.connect();
    hasNewToken = false;
  };
  const end = () => {
    used.isLeft = true;
    session.end();
  };
  return { session, join, connect: () => client.connect(), end, release };
}

/** What concerns all tabs travels with the client's news. */
function tabsOf(client: SharedClient): Tabs {
  return {
    tell: (fact) => client.tell(fact),
    listen(listener, signal) {
      const told = ({ fact }: ToldEvent) => {
        const checked = checkFact(fact);
        if (checked) listener(checked);
      };
      client.addEventListener('told', told, { signal });
      client.addEventListener('expired', () => listener({ fact: 'over' }), { signal });
    },
  };
}

/** The session that a checked configuration asks for; undefined where a store is shown without any. */
export function leaseFor(configuration: WindowConfiguration): SessionLease | undefined {
  const { client, serverUrl, userId, appId, getToken, extra, history } = configuration;
  if (client) return sessionOf(client);
  if (!serverUrl || !userId) return undefined;
  return leaseSession({
    serverUrl,
    appId,
    userId,
    getToken,
    extra,
    heartbeat: configuration.heartbeat as HeartbeatSeconds,
    giveUpAfterMs: configuration.giveUpAfter * 1_000,
    history,
  });
}

/** The session of a client that the page made itself. It is never disconnected from here. */
function sessionOf(client: ChatClient): SessionLease {
  let session = ofClients.get(client);
  if (!session) {
    session = new ChatSession(client);
    ofClients.set(client, session);
  }
  return { session, join: () => {}, connect: () => client.connect(), end: () => {}, release: () => {} };
}
