import { describe, expect, it } from 'vitest';
import { HEARTBEAT_MODES, type HeartbeatSeconds, PacketType } from '../../src/protocol/index.js';
import { Gateway } from '../gateway/gateway.js';
import type { GatewayOptions } from '../gateway/options.js';
import { FakeClock } from '../support/fake-clock.js';
import { GatewayUser } from './gateway-user.js';

function town(options: Partial<GatewayOptions> = {}) {
  const clock = new FakeClock();
  const gateway = new Gateway({ clock, random: () => 0.25, ...options });
  return { clock, gateway, user: (id: string, own = {}) => new GatewayUser(gateway, clock, id, own) };
}

/** Two users, online. */
async function couple(options: Partial<GatewayOptions> = {}) {
  const { clock, gateway, user } = town(options);
  const alice = user('alice');
  const bob = user('bob', { random: () => 0.3 });
  alice.client.connect();
  bob.client.connect();
  await clock.advanceAsync(1_000);
  expect([alice.state, bob.state]).toEqual(['connected', 'connected']);
  return { clock, gateway, user, alice, bob };
}

describe('with the gateway', () => {
  it('two users talk, and each message is delivered', async () => {
    const { clock, gateway, alice, bob } = await couple();
    await alice.client.send('hello', { to: 'bob' }).delivered;
    await bob.client.send('你好 <b>&amp;</b>', { to: 'alice' }).delivered;
    await clock.advanceAsync(60_000);
    expect([alice.received, bob.received]).toEqual([['你好 <b>&amp;</b>'], ['hello']]);
    expect([...alice.outcome, ...bob.outcome].map(([, status]) => status)).toEqual(['delivered', 'delivered']);
    // Acknowledged by both clients: the server had no reason to write anything twice.
    expect(gateway.journal.filter({ dir: 'out', type: PacketType.data })).toHaveLength(2);
    expect([alice.client.drops.size, bob.client.drops.size]).toEqual([0, 0]);
  });

  it('F10: a message to oneself is delivered, and no second bubble', async () => {
    const { clock, alice } = await couple();
    await alice.client.send('note to self', { to: 'alice' }).delivered;
    await clock.advanceAsync(20_000);
    expect(alice.received).toEqual([]);
    expect(alice.outcome.get('note to self')).toBe('delivered');
  });

  it('a message to the server reaches its application, with its type', async () => {
    const heard: unknown[] = [];
    const onServerMessage: GatewayOptions['onServerMessage'] = (frame, gateway) => {
      heard.push([frame.dataContent, frame.typeu]);
      gateway.send(frame.from ?? '', 'noted');
    };
    const { clock, alice } = await couple({ onServerMessage });
    await alice.client.send('order 7', { to: '0', type: 1_001 }).delivered;
    await clock.advanceAsync(20_000);
    expect(heard).toEqual([['order 7', 1_001]]);
    expect(alice.received).toEqual(['noted']);
  });

  it('a receiver who is away for a day is told of by nobody: unconfirmed, kept, and delivered when they write', async () => {
    const { clock, alice, bob } = await couple();
    bob.client.disconnect();
    alice.client.send('are you there?', { to: 'bob' });
    await clock.advanceAsync(20_000);
    expect(alice.outcome.get('are you there?')).toBe('unconfirmed');
    await clock.advanceAsync(86_400_000);
    expect(alice.outcome.get('are you there?')).toBe('unconfirmed');
    bob.client.connect();
    await clock.advanceAsync(0);
    expect(bob.received).toEqual([]);
    await bob.client.send('I am', { to: 'alice' }).delivered;
    await clock.advanceAsync(0);
    expect(alice.outcome.get('are you there?')).toBe('delivered');
    expect(bob.received).toEqual(['are you there?']);
  });

  it('a receiver who is away and comes back without a word gets it within half an hour', async () => {
    const { clock, alice, bob } = await couple();
    bob.client.disconnect();
    alice.client.send('are you there?', { to: 'bob' });
    await clock.advanceAsync(86_400_000);
    bob.client.connect();
    await clock.advanceAsync(30 * 60_000);
    expect(bob.received).toEqual(['are you there?']);
    expect(alice.outcome.get('are you there?')).toBe('delivered');
  });

  it('V10: duplicates are shown once and acknowledged each time', async () => {
    const { clock, gateway, alice, bob } = await couple();
    gateway.faults.duplicate('bob');
    alice.client.send('twice', { to: 'bob' });
    await clock.advanceAsync(20_000);
    expect(bob.received).toEqual(['twice']);
    expect(gateway.journal.filter({ user: 'bob', dir: 'in', type: PacketType.ack })).toHaveLength(2);
  });

  it('V4: a second login kicks the first, and it stays kicked', async () => {
    const { clock, gateway, user, alice, bob } = await couple();
    const elsewhere = user('alice');
    elsewhere.client.connect();
    await clock.advanceAsync(0);
    expect([alice.state, elsewhere.state]).toEqual(['kicked', 'connected']);
    await clock.advanceAsync(3_600_000);
    expect([alice.state, elsewhere.state]).toEqual(['kicked', 'connected']);
    expect(alice.sockets).toHaveLength(1);
    expect(gateway.journal.logins('alice')).toHaveLength(2);
    await bob.client.send('which of you?', { to: 'alice' }).delivered;
    await clock.advanceAsync(0);
    expect([alice.received, elsewhere.received]).toEqual([[], ['which of you?']]);
  });

  it('"use it here" takes the session back, and the other one stays kicked in its turn', async () => {
    const { clock, user, alice } = await couple();
    const elsewhere = user('alice');
    elsewhere.client.connect();
    await clock.advanceAsync(1_000);
    alice.client.connect();
    await clock.advanceAsync(600_000);
    expect([alice.state, elsewhere.state]).toEqual(['connected', 'kicked']);
    expect([alice.sockets.length, elsewhere.sockets.length]).toEqual([2, 1]);
  });

  it('V7, 0.4: where the close comes without the 54, one extra attempt is answered by it', async () => {
    const { clock, gateway, user, alice } = await couple();
    const elsewhere = user('alice');
    alice.socket.dead = true;
    elsewhere.client.connect();
    await clock.advanceAsync(0);
    expect([alice.state, elsewhere.state]).toEqual(['connecting', 'connected']);
    alice.client.send('typed meanwhile', { to: 'bob' });
    await clock.advanceAsync(600_000);
    expect([alice.state, elsewhere.state]).toEqual(['kicked', 'connected']);
    expect(alice.sockets).toHaveLength(2);
    expect(gateway.journal.logins('alice')).toHaveLength(3);
    // Flushed on the strength of the success that came before the kick-out, and not lost for it.
    expect(alice.outcome.get('typed meanwhile')).toBe('queued');
    expect(alice.client.pending).toBe(1);
  });

  it('V1: a refused login is final', async () => {
    const { clock, gateway, user } = town({ verifier: ({ userId }) => (userId === 'mallory' ? 1025 : 0) });
    const mallory = user('mallory');
    mallory.client.connect();
    await clock.advanceAsync(600_000);
    expect(mallory.client.state).toEqual({ name: 'disconnected', reason: 'refused', code: 1025 });
    expect(gateway.journal.logins('mallory')).toHaveLength(1);
  });

  it('V11, V17: while the gateway is away all that is typed waits, and is delivered once and in order', async () => {
    const { clock, gateway, alice, bob } = await couple();
    await alice.client.send('before', { to: 'bob' }).delivered;
    gateway.stop();
    const typed = Array.from({ length: 50 }, (_, n) => `message ${n}`);
    for (const text of typed) {
      alice.client.send(text, { to: 'bob' });
      await clock.advanceAsync(100);
    }
    expect([...alice.outcome.values()]).toEqual(['delivered', ...typed.map(() => 'queued')]);
    gateway.start();
    await clock.advanceAsync(30_000);
    expect(bob.received).toEqual(['before', ...typed]);
    expect([...alice.outcome.values()]).toEqual(['delivered', ...typed.map(() => 'delivered')]);
    expect(alice.client.pending).toBe(0);
    const ids = gateway.journal.frames({ dir: 'in', type: PacketType.data }).map(({ fp }) => fp);
    expect(new Set(ids).size).toBe(51);
  });

  it('N6: an acknowledgement that is lost costs a retransmission, and no second bubble', async () => {
    const { clock, gateway, alice, bob } = await couple();
    alice.client.send('hello', { to: 'bob' });
    // The frame is on its way already; what comes back is lost.
    alice.socket.dead = true;
    await clock.advanceAsync(5_000);
    expect(bob.received).toEqual(['hello']);
    expect(alice.outcome.get('hello')).toBe('sending');
    await clock.advanceAsync(30_000);
    expect(alice.outcome.get('hello')).toBe('delivered');
    expect(bob.received).toEqual(['hello']);
    const copies = gateway.journal.filter({ user: 'alice', dir: 'in', type: PacketType.data });
    expect(copies).toHaveLength(2);
    expect(new Set(copies.map(({ text }) => text)).size).toBe(1);
  });

  it('0.3: the own half-open session is taken over and kicks nobody; its late keepalive changes nothing', async () => {
    const { clock, gateway, alice, bob } = await couple();
    const old = alice.socket;
    old.dead = true;
    old.closing = 'never';
    await clock.advanceAsync(9_500);
    expect(alice.state).toBe('connected');
    expect(alice.sockets).toHaveLength(2);
    expect(gateway.connections).toBe(3);
    const lateKeepAlive = old.sent(PacketType.keepAlive)[0];
    if (!lateKeepAlive) throw new Error('Expected a keepalive on the half-open line');
    old.dead = false;
    old.onFrame?.(lateKeepAlive.packet, lateKeepAlive.text);
    await clock.advanceAsync(0);
    expect(alice.socket.abandoned).toBe(false);
    await clock.advanceAsync(60_000);
    expect(alice.state).toBe('connected');
    expect(alice.sockets).toHaveLength(2);
    await bob.client.send('still there?', { to: 'alice' }).delivered;
    await clock.advanceAsync(0);
    expect(alice.received).toEqual(['still there?']);
    expect(gateway.journal.filter({ dir: 'out', type: PacketType.kickout })).toEqual([]);
  });

  it('0.5: a new session of the user survives the 54 that goes to the own zombie', async () => {
    const { clock, gateway, alice } = await couple();
    const zombie = alice.socket;
    zombie.dead = true;
    zombie.closing = 'never';
    alice.client.disconnect();
    zombie.dead = false;
    alice.client.connect();
    await clock.advanceAsync(60_000);
    expect(gateway.journal.filter({ dir: 'out', type: PacketType.kickout })).toHaveLength(1);
    expect(alice.state).toBe('connected');
    expect(alice.sockets).toHaveLength(2);
  });

  it.each(Object.keys(HEARTBEAT_MODES).map((seconds) => Number(seconds) as HeartbeatSeconds))(
    'V15: a heartbeat of %i s holds the session for an hour',
    async (heartbeat) => {
      const { clock, gateway, user } = town({ heartbeat });
      const alice = user('alice', { heartbeat });
      alice.client.connect();
      await clock.advanceAsync(3_600_000);
      expect(alice.state).toBe('connected');
      expect(gateway.journal.logins('alice')).toHaveLength(1);
    },
  );

  it('disconnect() logs out: the server forgets the session at once', async () => {
    const { clock, gateway, alice } = await couple();
    alice.client.disconnect();
    await clock.advanceAsync(0);
    expect(gateway.isOnline('alice')).toBe(false);
    expect(gateway.journal.filter({ user: 'alice', dir: 'in', type: PacketType.logout })).toHaveLength(1);
  });
});
