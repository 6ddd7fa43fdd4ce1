import { beforeEach, describe, expect, it } from 'vitest';
import { FakeClock } from '../support/fake-clock.js';
import { CorePeer } from './core-peer.js';
import { EVERYONE } from './faults.js';
import { FrameType } from './frames.js';
import { Gateway } from './gateway.js';

let clock: FakeClock;
let gateway: Gateway;
let alice: CorePeer;
let bob: CorePeer;

beforeEach(() => {
  clock = new FakeClock();
  gateway = new Gateway({ clock });
  alice = new CorePeer(gateway).login('alice');
  bob = new CorePeer(gateway).login('bob');
});

describe('faults', () => {
  it('N3 cut: drops the connections of one user, or of everyone', () => {
    gateway.faults.cut('alice');
    expect([alice.closed?.code, bob.closed?.code]).toEqual([1006, undefined]);
    expect(gateway.isOnline('alice')).toBe(false);
    gateway.faults.cut(EVERYONE);
    expect(bob.closed?.code).toBe(1006);
  });

  it('N4 half-open: nothing passes in either direction, and the server believes in its writes', () => {
    gateway.faults.halfOpen('bob');
    alice.say('bob', 'lost', 'fp-1');
    bob.say('alice', 'lost too', 'fp-2').keepAlive();
    expect(bob.texts()).toEqual([]);
    expect(bob.ofType(FrameType.keepAliveResponse)).toEqual([]);
    expect(alice.texts()).toEqual([]);
    expect(alice.acknowledged()).toEqual(['fp-1']);
  });

  it('N4 half-open: neither side learns of the end of the other', () => {
    gateway.faults.halfOpen('bob');
    bob.disconnect();
    expect(gateway.isOnline('bob')).toBe(true);
    gateway.faults.halfOpen('alice');
    clock.advance(11_000);
    expect(gateway.sessions()).toEqual([]);
    expect(alice.closed).toBeUndefined();
    expect(gateway.connections).toBe(1);
    gateway.faults.clear('alice');
    expect(alice.closed?.code).toBe(1006);
  });

  it('N4 half-open: a new socket of the user is whole, and takes over from the silent one', () => {
    gateway.faults.halfOpen('bob');
    const again = new CorePeer(gateway).login('bob');
    alice.say('bob', 'there you are', 'fp-1');
    expect(again.texts()).toEqual(['there you are']);
    expect(bob.ofType(FrameType.kickOut)).toEqual([]);
  });

  it('N4 half-open: after it ends things pass again, and a client that left meanwhile is noticed', () => {
    gateway.faults.halfOpen(EVERYONE);
    bob.disconnect();
    gateway.faults.clear(EVERYONE);
    expect(gateway.isOnline('bob')).toBe(false);
    alice.keepAlive();
    expect(alice.ofType(FrameType.keepAliveResponse)).toHaveLength(1);
  });

  it('N7 slow: frames come late in both directions, in order, also across the end of the fault', () => {
    gateway.faults.slow('bob', 2_000);
    alice.say('bob', 'one').say('bob', 'two');
    bob.say('alice', 'three');
    clock.advance(1_999);
    expect([bob.texts(), alice.texts()]).toEqual([[], []]);
    gateway.faults.clear('bob');
    alice.say('bob', 'four');
    expect(bob.texts()).toEqual([]);
    clock.advance(1);
    expect([bob.texts(), alice.texts()]).toEqual([['one', 'two', 'four'], ['three']]);
  });

  it('slow: the close comes after the frames before it', () => {
    gateway.faults.slow(EVERYONE, 100);
    gateway.kick('bob', 2, 'enough');
    expect(bob.closed).toBeUndefined();
    clock.advance(100);
    expect(bob.ofType(FrameType.kickOut)).toHaveLength(1);
    expect(bob.closed?.code).toBe(1000);
  });

  it('duplicate: each message to the user comes twice, its acknowledgements once', () => {
    gateway.faults.duplicate('bob');
    alice.say('bob', 'echo', 'fp-1');
    bob.say('alice', 'once', 'fp-2');
    expect(bob.texts()).toEqual(['echo', 'echo']);
    expect([alice.texts(), alice.acknowledged(), bob.acknowledged()]).toEqual([['once'], ['fp-1'], ['fp-2']]);
    gateway.faults.clear(EVERYONE);
    alice.say('bob', 'silence');
    expect(bob.texts()).toEqual(['echo', 'echo', 'silence']);
  });

  it('V8 lose-acks: the messages of the user arrive, the acknowledgements do not', () => {
    gateway.faults.loseAcks('alice');
    alice.say('bob', 'one', 'fp-1').keepAlive();
    bob.say('alice', 'two', 'fp-2');
    expect([alice.acknowledged(), bob.acknowledged()]).toEqual([[], ['fp-2']]);
    expect([alice.texts(), bob.texts()]).toEqual([['two'], ['one']]);
    expect(alice.ofType(FrameType.keepAliveResponse)).toHaveLength(1);
    gateway.faults.clear('alice');
    alice.say('bob', 'one', 'fp-1');
    expect(alice.acknowledged()).toEqual(['fp-1']);
  });

  it('N1 refuse: new sockets of the user are dropped at their login, present ones stay', () => {
    gateway.faults.refuse('alice');
    const refused = new CorePeer(gateway).login('alice');
    expect([refused.closed?.code, refused.received]).toEqual([1006, []]);
    expect(new CorePeer(gateway).login('carol').closed).toBeUndefined();
    alice.login('alice');
    bob.say('alice', 'still there?');
    expect(alice.texts()).toEqual(['still there?']);
    gateway.faults.clear('alice');
    expect(new CorePeer(gateway).login('alice').closed).toBeUndefined();
  });

  it('are cleared for one user, or for everyone', () => {
    const { faults } = gateway;
    const state = (user: string) => [faults.losesAcks(user), faults.isRefused(user), faults.failsHistory(user)];
    for (const user of ['alice', 'bob', EVERYONE]) {
      faults.loseAcks(user);
      faults.refuse(user);
      faults.failHistory(user);
    }
    faults.clear(EVERYONE);
    expect([state('alice'), state('bob')].flat()).not.toContain(true);
    for (const user of ['alice', 'bob']) faults.failHistory(user);
    faults.clear('alice');
    expect([state('alice')[2], state('bob')[2]]).toEqual([false, true]);
  });

  it('V4 kick: with code and reason', () => {
    gateway.faults.kick('alice', 2, 'because');
    expect(alice.received.at(-1)?.dataContent).toBe('{"code":2,"reason":"because"}');
    expect(alice.closed?.code).toBe(1000);
    expect(bob.closed).toBeUndefined();
  });

  it('restart: down for a while, then back, and never back after a stop', () => {
    gateway.faults.restart(3_000);
    expect([alice.closed?.code, bob.closed?.code]).toEqual([1006, 1006]);
    clock.advance(2_999);
    expect(gateway.running).toBe(false);
    clock.advance(1);
    expect(gateway.running).toBe(true);
    gateway.faults.restart(3_000);
    gateway.stop();
    clock.advance(10_000);
    expect([gateway.running, clock.pending]).toEqual([false, 0]);
  });
});
