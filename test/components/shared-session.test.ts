import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { SessionLease } from '../../src/components/shared-session.js';
import type { WindowConfiguration } from '../../src/components/window-configuration.js';
import { PacketType } from '../../src/protocol/index.js';
import { kickedOut, loggedIn, refused } from '../client/server-frames.js';
import { FakeClock } from '../support/fake-clock.js';
import { type FakeSocket, fakeSockets } from '../support/fake-socket.js';

// The client takes the global WebSocket when it is loaded.
const clock = new FakeClock();
const { WebSocket, sockets } = fakeSockets(clock);
vi.stubGlobal('WebSocket', WebSocket);
const { leaseFor } = await import('../../src/components/shared-session.js');
const { ChatClient } = await import('../../src/client/chat-client.js');

let user = 0;
let used: SessionLease[] = [];

function lease(configuration: Partial<WindowConfiguration> = {}): SessionLease {
  const leased = leaseFor({
    serverUrl: 'wss://im.example.com/websocket',
    appId: '',
    userId: `user ${user}`,
    heartbeat: 5,
    giveUpAfter: Number.POSITIVE_INFINITY,
    history: 'session',
    getToken: undefined,
    extra: undefined,
    client: undefined,
    store: undefined,
    hasAttribute: () => false,
    ...configuration,
  });
  if (!leased) throw new Error('Expected a lease');
  used.push(leased);
  return leased;
}

/** What is done with a lease: the first one connects. Returns its socket, logged in. */
async function online({ session: { client }, connect }: SessionLease): Promise<FakeSocket> {
  const before = sockets.length;
  connect();
  // The token is asked for first.
  await clock.advanceAsync(0);
  const socket = sockets[before];
  if (!socket) throw new Error('Expected a socket');
  socket.open();
  socket.deliver(loggedIn(client.userId));
  return socket;
}

/** Whether taking part makes a connection. */
async function connects({ join }: SessionLease): Promise<boolean> {
  const before = sockets.length;
  join();
  await clock.advanceAsync(0);
  return sockets.length > before;
}

const task = () => vi.advanceTimersByTime(0);

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  user += 1;
});

afterEach(() => {
  for (const { session, release } of used) {
    release();
    session.client.disconnect();
  }
  used = [];
  task();
  vi.useRealTimers();
});

describe('one client', () => {
  test('for the same server, app and user; the first that takes part connects it', async () => {
    const [one, two] = [lease(), lease()];
    expect(two.session).toBe(one.session);
    expect([await connects(one), await connects(two)]).toEqual([true, false]);
    expect(one.session.client.userId).toBe(`user ${user}`);
  });

  test.each<[string, Partial<WindowConfiguration>]>([
    ['app-id', { appId: 'another' }],
    ['user-id', { userId: 'another' }],
    ['server-url', { serverUrl: 'wss://other.example.com/' }],
  ])('not for another %s', async (_, other) => {
    const [one, two] = [lease(), lease(other)];
    expect(two.session).not.toBe(one.session);
    expect(two.session.client).not.toBe(one.session.client);
    expect([await connects(one), await connects(two)]).toEqual([true, true]);
  });

  test('and no mistake, whatever is in the names', () => {
    const [one, two] = [lease({ appId: 'a","b', userId: 'c' }), lease({ appId: 'a', userId: 'b","c' })];
    expect(two.session).not.toBe(one.session);
  });
});

describe('letting go', () => {
  test('the last one disconnects, with a logout, a task later; a later window gets a new client', async () => {
    const [one, two] = [lease(), lease()];
    const socket = await online(one);
    const { client } = one.session;
    one.release();
    task();
    expect(client.state.name).toBe('connected');
    two.release();
    expect(client.state.name).toBe('connected');
    task();
    expect(client.state).toEqual({ name: 'disconnected', reason: 'closed' });
    expect(socket.sent(PacketType.logout)).toHaveLength(1);
    const three = lease();
    expect(three.session).not.toBe(one.session);
    expect(await connects(three)).toBe(true);
  });

  test('twice counts once', async () => {
    const [one, two] = [lease(), lease()];
    await online(one);
    one.release();
    one.release();
    task();
    expect(two.session.client.state.name).toBe('connected');
  });

  test('L9: taken again within the task (an element that is moved), the connection stays', async () => {
    const one = lease();
    const socket = await online(one);
    one.release();
    const two = lease();
    task();
    expect(two.session).toBe(one.session);
    expect(two.session.client.state.name).toBe('connected');
    expect(socket.abandoned).toBe(false);
    expect(await connects(two)).toBe(false);
  });

  test.each<[string, (socket: FakeSocket, lease: SessionLease) => void]>([
    ['a kick-out', (socket) => socket.deliver({ ...kickedOut(1), to: `user ${user}` })],
    ['disconnect()', (_, { session }) => session.client.disconnect()],
  ])('I10: nor is it connected by a move after %s', async (_, end) => {
    const one = lease();
    end(await online(one), one);
    const { state } = one.session.client;
    expect(state.name).toBe('disconnected');
    one.release();
    expect(await connects(lease())).toBe(false);
    task();
    expect(one.session.client.state).toBe(state);
  });

  test.each<[string, (socket: FakeSocket, lease: SessionLease) => void]>([
    ['a kick-out', (socket) => socket.deliver({ ...kickedOut(1), to: `user ${user}` })],
    ['disconnect()', (_, { session }) => session.client.disconnect()],
  ])('I10: nor when the window comes back long after %s', async (_, end) => {
    const one = lease();
    end(await online(one), one);
    const { state } = one.session.client;
    one.release();
    task();
    const two = lease();
    expect([two.session, await connects(two)]).toEqual([one.session, false]);
    expect(two.session.client.state).toBe(state);
  });

  test('V1: a refused user with a new token is connected', async () => {
    const one = lease({ getToken: () => 'old' });
    one.connect();
    await clock.advanceAsync(0);
    sockets.at(-1)?.open();
    sockets.at(-1)?.deliver(refused(1027));
    expect(one.session.client.state).toMatchObject({ reason: 'refused' });
    expect(await connects(lease())).toBe(false);
    expect(await connects(lease({ getToken: () => 'new' }))).toBe(true);
  });

  test('moved twice within the task, then removed: it disconnects', async () => {
    const one = lease();
    await online(one);
    one.release();
    const two = lease();
    two.release();
    const { client } = one.session;
    task();
    expect(client.state.name).toBe('disconnected');
    expect(lease().session).not.toBe(one.session);
  });

  test('I1: what still waits for its delivery waits for the next window of this user, and is delivered', async () => {
    const one = lease();
    await online(one);
    const { session } = one;
    const { id } = session.conversation('bob').send('hello');
    one.release();
    task();
    expect(session.client.state.name).toBe('disconnected');
    const two = lease();
    expect(two.session).toBe(session);
    expect(two.session.conversation('bob').store.get(id)?.status).toBe('queued');
    const socket = await online(two);
    expect(socket.sent(PacketType.data).map(({ packet }) => packet.fp)).toEqual([id]);
  });
});

describe('the token', () => {
  const tokenOf = (socket: FakeSocket) =>
    JSON.parse(socket.sent(PacketType.login)[0]?.packet.dataContent ?? '{}').loginToken;

  test('is empty without getToken', async () => {
    expect(tokenOf(await online(lease()))).toBe('');
  });

  test('comes from the latest getToken that a window gave', async () => {
    const one = lease({ getToken: () => 'first' });
    lease({ getToken: async () => 'second' });
    lease();
    expect(tokenOf(await online(one))).toBe('second');
  });

  test('that a later window brings is used at the next login', async () => {
    const one = lease();
    await online(one);
    lease({ getToken: () => 'later' });
    one.session.client.disconnect();
    expect(tokenOf(await online(one))).toBe('later');
  });
});

describe('a client of the page', () => {
  const own = () => new ChatClient({ serverUrl: 'wss://im.example.com/', userId: 'alice' });

  test('has one session, and neither is connected nor disconnected from here', async () => {
    const client = own();
    const [one, two] = [lease({ client }), lease({ client })];
    expect(two.session).toBe(one.session);
    expect(one.session.client).toBe(client);
    expect([await connects(one), await connects(two)]).toEqual([false, false]);
    await online(one);
    one.release();
    two.release();
    task();
    expect(client.state.name).toBe('connected');
    expect(lease({ client }).session).toBe(one.session);
  });

  test('is another than one made here for the same user', () => {
    expect(lease({ client: own() }).session).not.toBe(lease({ client: own() }).session);
  });
});

test('no session without a server, for a window that shows a store', () => {
  const store = {} as WindowConfiguration['store'];
  expect(() => lease({ serverUrl: undefined, store })).toThrow('Expected a lease');
});
