import { beforeEach, describe, expect, it } from 'vitest';
import { FakeClock } from '../support/fake-clock.js';
import { CorePeer } from './core-peer.js';
import { type Frame, FrameType } from './frames.js';
import { Gateway } from './gateway.js';
import type { GatewayOptions } from './options.js';

let clock: FakeClock;
let gateway: Gateway;

function start(options: Partial<GatewayOptions> = {}): void {
  clock = new FakeClock();
  gateway = new Gateway({ clock, ...options });
}

const join = (userId: string, login = {}): CorePeer => new CorePeer(gateway).login(userId, login);

beforeEach(() => start());

describe('login', () => {
  it('waits for a verifier that takes its time, and so do the frames that follow', async () => {
    start({ verifier: ({ token }) => Promise.resolve(token === 'good' ? 0 : 1030) });
    const bob = join('bob', { token: 'good' }).keepAlive();
    const eve = join('eve', { token: 'bad' }).keepAlive();
    expect([bob.received, eve.received]).toEqual([[], []]);
    await clock.advanceAsync(0);
    expect(bob.received.map(({ type }) => type)).toEqual([FrameType.loginResponse, FrameType.keepAliveResponse]);
    expect(eve.received.map(({ dataContent }) => dataContent)).toEqual(['{"code":1030,"firstLoginTime":-1}']);
    expect(eve.closed).toEqual({ code: 1000, reason: 'Bye' });
  });

  it('as somebody else on a logged-in socket is let through, unless the hole is closed', () => {
    const verifier: GatewayOptions['verifier'] = ({ userId }) => (userId === 'mallory' ? 0 : 1027);
    start({ verifier });
    join('mallory').login('victim');
    expect(gateway.isOnline('victim')).toBe(true);

    start({ verifier, closeTakeoverHole: true });
    const mallory = join('mallory').login('victim');
    expect(gateway.isOnline('victim')).toBe(false);
    expect(mallory.received.at(-1)?.dataContent).toBe('{"code":1027,"firstLoginTime":-1}');
    expect(mallory.closed).toBeDefined();
  });

  it('asks the verifier once for a user who logs in twice on one socket, the hole closed or not', () => {
    let asked = 0;
    const verifier = (): number => {
      asked++;
      return 0;
    };
    start({ verifier, closeTakeoverHole: true });
    join('alice').login('alice');
    expect(asked).toBe(1);
  });

  it('with an earlier firstLoginTime is not registered before its kick-out: data in between gets error 301 (V5)', () => {
    const held = join('alice', { firstLoginTime: 2_000 });
    const late = join('alice', { firstLoginTime: 1_000 }).say('bob', 'too eager', 'fp-1');
    expect(late.received.map(({ type }) => type)).toEqual([
      FrameType.loginResponse,
      FrameType.kickOut,
      FrameType.error,
    ]);
    expect(held.closed).toBeUndefined();
    held.keepAlive();
    expect(held.ofType(FrameType.keepAliveResponse)).toHaveLength(1);
  });

  it('closes an eager client that was kicked while away even if it says nothing', () => {
    join('alice', { firstLoginTime: 2_000 });
    const late = join('alice', { firstLoginTime: 1_000 });
    clock.advance(1);
    expect(late.closed).toEqual({ code: 1000, reason: 'Bye' });
    expect(gateway.sessions()).toHaveLength(1);
  });

  it('N4 the end of a socket that was taken over does not log out its successor', () => {
    const zombie = join('alice', { firstLoginTime: 1_000 });
    join('alice', { firstLoginTime: 1_000 });
    zombie.disconnect();
    expect(gateway.isOnline('alice')).toBe(true);
  });

  it('calls onLogin after the response, with what the client said', () => {
    const extras: (string | null)[] = [];
    start({ onLogin: ({ extra, userId }, server) => extras.push(extra) && server.send(userId, 'welcome') });
    const alice = join('alice', { extra: '{"a":1}' });
    expect(extras).toEqual(['{"a":1}']);
    expect(alice.received.map(({ type }) => type)).toEqual([FrameType.loginResponse, FrameType.data]);
  });
});

describe('read timeout', () => {
  it.each([
    [3, 7],
    [5, 11],
    [10, 15],
    [15, 20],
    [30, 35],
    [60, 65],
    [120, 125],
  ])('in mode %i s is %i s, counted from the last frame, whatever it was (V15)', (heartbeat, timeout) => {
    const alice = new CorePeer(gateway, { heartbeat }).login('alice');
    clock.advance(timeout * 1_000 - 1);
    alice.send({ type: 99 });
    clock.advance(timeout * 1_000 - 1);
    expect(alice.closed).toBeUndefined();
    clock.advance(1);
    expect(alice.closed).toEqual({ code: 1000, reason: 'Bye' });
  });

  it('holds for a socket that never logs in', () => {
    const mute = new CorePeer(gateway);
    clock.advance(11_000);
    expect(mute.closed).toEqual({ code: 1000, reason: 'Bye' });
  });

  it('does not care for jumps of the wall clock', () => {
    const alice = join('alice');
    clock.jumpWall(3_600_000);
    clock.advance(10_999);
    expect(alice.closed).toBeUndefined();
  });

  it('refuses a mode that does not exist', () => {
    expect(() => new CorePeer(gateway, { heartbeat: 4 })).toThrow(
      'expected one of 3, 5, 10, 15, 30, 60, 120 seconds, got 4',
    );
  });
});

describe('messages', () => {
  it('for absent users are kept and delivered in order at login, each fingerprint once, if the store is on', () => {
    start({ offlineStore: true });
    const alice = join('alice').say('bob', 'one', 'fp-1').say('bob', 'one', 'fp-1').say('bob', 'two', 'fp-2');
    expect(alice.acknowledged()).toEqual(['fp-1', 'fp-1', 'fp-2']);
    expect(join('bob').texts()).toEqual(['one', 'two']);
    expect(join('bob').texts()).toEqual([]);
  });

  it('kept for absent users outlast a restart of the server, and are retransmitted like others', () => {
    start({ offlineStore: true });
    join('alice').say('bob', 'one', 'fp-1');
    gateway.stop();
    gateway.start();
    const bob = join('bob');
    clock.advance(5_000);
    expect(bob.texts()).toEqual(['one', 'one']);
  });

  it('to "0" reach the application once within ten minutes, and are acknowledged each time (N6)', () => {
    const heard: (string | null)[] = [];
    start({ onServerMessage: ({ dataContent }: Frame) => heard.push(dataContent) });
    const alice = join('alice').say('0', 'order', 'fp-1').say('0', 'order', 'fp-1');
    expect(heard).toEqual(['order']);
    expect(alice.acknowledged()).toEqual(['fp-1', 'fp-1']);
    const later = (ms: number): void => {
      clock.advance(ms);
      join('alice').say('0', 'order', 'fp-1');
    };
    later(599_999);
    expect(heard).toEqual(['order']);
    later(600_001);
    expect(heard).toEqual(['order', 'order']);
  });

  it('repeat bridge in their acknowledgement', () => {
    join('bob');
    const alice = join('alice').send({ type: 2, to: 'bob', fp: 'fp-1', QoS: true, bridge: true });
    expect(alice.received.at(-1)).toMatchObject({ type: 4, bridge: true });
  });

  it('longer than the limit in bytes, not in characters, close the socket', () => {
    join('bob');
    const alice = join('alice').say('bob', '语'.repeat(21_700), 'fp-1');
    expect(alice.closed).toBeUndefined();
    alice.say('bob', '语'.repeat(21_900), 'fp-2');
    expect(alice.closed).toEqual({ code: 1009, reason: 'Max frame length of 65536 has been exceeded.' });
  });

  it.each([
    'null',
    '1',
    '""',
    '{"type":{}}',
    '{"type":"x"}',
    '{"type":1.5}',
    '{"type":2,"dataContent":[]}',
    '{"type":0}',
    '',
  ])('malformed as %s close the socket without a reply', (text) => {
    const sent: string[] = [];
    const handlers = gateway.accept({
      send: (reply) => sent.push(reply),
      close: (code, reason) => sent.push(`${code} ${reason}`),
      terminate: () => {},
    });
    handlers.onText(text);
    expect(sent).toEqual(['1000 Bye']);
  });
});

describe('the one retransmission', () => {
  it.each([
    [3_001, 6_999],
    [2_999, 2_001],
  ])('of what was written %i ms after a scan comes %i ms later, skipping a scan within 2 s of it', (after, later) => {
    const bob = join('bob', { heartbeat: 15 });
    clock.advance(after);
    join('alice').say('bob', 'hello', 'fp-1');
    clock.advance(later - 1);
    bob.keepAlive();
    expect(bob.texts()).toEqual(['hello']);
    clock.advance(1);
    expect(bob.texts()).toEqual(['hello', 'hello']);
  });

  it('is awaited until the receiver acknowledges, or the scan after it gives up', () => {
    const bob = join('bob');
    const alice = join('alice').say('bob', 'one', 'fp-1').say('bob', 'two', 'fp-2').say('bob', 'unsafe');
    expect(gateway.unacknowledged).toBe(2);
    bob.acknowledge('fp-1');
    expect(gateway.unacknowledged).toBe(1);
    clock.advance(5_000);
    for (const peer of [alice, bob]) peer.keepAlive();
    expect(gateway.unacknowledged).toBe(1);
    clock.advance(5_000);
    expect(gateway.unacknowledged).toBe(0);
  });

  it('is used up although nobody was there to get it', () => {
    const bob = join('bob');
    join('alice').say('bob', 'hello', 'fp-1');
    bob.disconnect();
    clock.advance(5_000);
    const back = join('bob');
    clock.advance(10_000);
    expect(back.texts()).toEqual([]);
  });

  it('does not come for what was acknowledged, and leaves no timer behind', () => {
    const bob = join('bob');
    join('alice').say('bob', 'hello', 'fp-1');
    bob.acknowledge('fp-1').disconnect();
    const back = join('bob');
    clock.advance(10_000);
    expect(back.texts()).toEqual([]);
    gateway.stop();
    expect(clock.pending).toBe(0);
  });
});

describe('stop and start', () => {
  it('drops every connection, refuses new ones, and takes them again', () => {
    const alice = join('alice');
    gateway.stop();
    expect(alice.closed).toEqual({ code: 1006, reason: '' });
    expect([gateway.connections, gateway.sessions().length, clock.pending]).toEqual([0, 0, 0]);
    const refused = join('alice');
    expect(refused.closed).toEqual({ code: 1006, reason: '' });
    expect(refused.received).toEqual([]);
    gateway.start();
    expect(join('alice').received).toHaveLength(1);
    expect(gateway.connections).toBe(1);
  });

  it('counts the sockets that are open, logged in or not', async () => {
    const alice = join('alice');
    new CorePeer(gateway);
    expect([gateway.connections, gateway.sessions().length]).toEqual([2, 1]);
    alice.send({ type: FrameType.logout });
    await clock.advanceAsync(0);
    expect([gateway.connections, gateway.sessions().length]).toEqual([1, 0]);
  });
});
