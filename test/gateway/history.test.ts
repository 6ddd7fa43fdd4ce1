import { beforeEach, describe, expect, it } from 'vitest';
import { FakeClock } from '../support/fake-clock.js';
import { CorePeer } from './core-peer.js';
import { Gateway } from './gateway.js';
import type { HistoryQuery } from './history.js';
import type { GatewayOptions } from './options.js';

let clock: FakeClock;
let gateway: Gateway;
let alice: CorePeer;

function start(options: Partial<GatewayOptions> = {}): void {
  clock = new FakeClock();
  gateway = new Gateway({ clock, heartbeat: 120, ...options });
  alice = new CorePeer(gateway).login('alice');
}

const contents = (query: Partial<HistoryQuery> = {}): string[] =>
  gateway.history({ user: 'alice', peer: 'bob', ...query }).map(({ content }) => content);

beforeEach(() => start());

describe('the history', () => {
  it('has what two users said to each other, oldest first, and of others nothing', () => {
    const bob = new CorePeer(gateway).login('bob');
    const carol = new CorePeer(gateway).login('carol');
    const at = clock.now();
    alice.say('bob', 'hello', 'fp-1', 7);
    clock.advance(1_500);
    bob.say('alice', 'hi', 'fp-2');
    carol.say('alice', 'me too', 'fp-3');
    carol.say('bob', 'and me', 'fp-4');
    const expected = [
      { id: 'fp-1', type: 7, content: 'hello', from: 'alice', to: 'bob', sentAt: at },
      { id: 'fp-2', type: 0, content: 'hi', from: 'bob', to: 'alice', sentAt: at + 1_500 },
    ];
    expect(gateway.history({ user: 'alice', peer: 'bob' })).toEqual(expected);
    expect(gateway.history({ user: 'bob', peer: 'alice' })).toEqual(expected);
  });

  it('lacks what was not accepted: the receiver away and nothing kept for them', () => {
    alice.say('bob', 'anybody?', 'fp-1');
    expect(gateway.send('bob', 'anybody?', { from: 'alice' })).toBe(false);
    expect(contents()).toEqual([]);
    new CorePeer(gateway).login('bob');
    alice.say('bob', 'anybody?', 'fp-1');
    expect(contents()).toEqual(['anybody?']);
  });

  it('has what the offline store keeps, once, from the moment it was accepted', () => {
    start({ offlineStore: true });
    const at = clock.now();
    alice.say('bob', 'for later', 'fp-1');
    clock.advance(20_000);
    new CorePeer(gateway).login('bob');
    clock.advance(10_000); // the retransmission
    expect(gateway.history({ user: 'bob', peer: 'alice' }).map(({ sentAt }) => sentAt)).toEqual([at]);
  });

  it('has each message once however often it is sent, and none without a fingerprint', () => {
    new CorePeer(gateway).login('bob');
    const at = clock.now();
    alice.say('bob', 'one', 'fp-1').say('bob', 'two', 'fp-2');
    clock.advance(20_000);
    alice.say('bob', 'one', 'fp-1').say('bob', 'unsafe');
    expect(contents()).toEqual(['one', 'two']);
    expect(contents({ since: at + 1 })).toEqual([]);
  });

  it('has what the server, a test or the robot says, and what is said to them', () => {
    start({ robot: true });
    gateway.send('alice', 'from the server');
    alice.say('0', 'to the server', 'fp-1').say('support', 'help', 'fp-2');
    clock.advance(2_000);
    expect(contents({ peer: '0' })).toEqual(['from the server', 'to the server']);
    expect(contents({ peer: 'support' })).toEqual(['help', ...alice.texts().slice(1)]);
    expect(alice.texts().length).toBeGreaterThan(1);
  });

  it('after an id: the oldest that came after it; an unknown id counts as none', () => {
    const bob = new CorePeer(gateway).login('bob');
    for (let i = 1; i <= 5; i++) (i % 2 === 0 ? alice : bob).say(i % 2 === 0 ? 'bob' : 'alice', `${i}`, `fp-${i}`);
    expect(contents({ after: 'fp-2' })).toEqual(['3', '4', '5']);
    expect(contents({ after: 'fp-2', limit: 2 })).toEqual(['3', '4']);
    expect(contents({ after: 'fp-5' })).toEqual([]);
    expect(contents({ after: 'fp-2', since: 0 })).toEqual(['3', '4', '5']);
    expect(contents({ after: 'nobody', limit: 2 })).toEqual(['4', '5']);
    expect(contents({ after: 'nobody', since: 0, limit: 2 })).toEqual(['1', '2']);
  });

  it('before an id: the newest that came before it; an unknown id counts as none', () => {
    new CorePeer(gateway).login('bob');
    for (let i = 1; i <= 5; i++) alice.say('bob', `${i}`, `fp-${i}`);
    expect(contents({ before: 'fp-4' })).toEqual(['1', '2', '3']);
    expect(contents({ before: 'fp-4', limit: 2 })).toEqual(['2', '3']);
    expect(contents({ before: 'fp-1' })).toEqual([]);
    expect(contents({ before: 'nobody', limit: 2 })).toEqual(['4', '5']);
  });

  it('since a time: the oldest accepted then or later; with neither the newest', () => {
    new CorePeer(gateway).login('bob');
    const at = clock.now();
    for (let i = 0; i < 60; i++) {
      alice.say('bob', `${i}`, `fp-${i}`);
      clock.advance(10);
    }
    expect(contents({ since: at + 570 })).toEqual(['57', '58', '59']);
    expect(contents({ since: at + 571, limit: 1 })).toEqual(['58']);
    expect(contents()).toEqual(Array.from({ length: 50 }, (_, i) => `${i + 10}`));
    expect(contents({ limit: 1 })).toEqual(['59']);
    expect(() => contents({ limit: 0 })).toThrow('limit: expected 1 or more, got 0');
  });

  it('tells whole milliseconds, which are found again, on a clock that has fractions', () => {
    const exact = new Gateway({ clock: { ...clock, now: () => 1_767_605_400_123.75 } });
    new CorePeer(exact).login('alice').say('0', 'hello', 'fp-1');
    const [message] = exact.history({ user: 'alice', peer: '0' });
    expect(message?.sentAt).toBe(1_767_605_400_123);
    expect(exact.history({ user: '0', peer: 'alice', since: 1_767_605_400_123.9 })).toEqual([message]);
  });

  it('survives a restart of the server, and keeps only so many', () => {
    start({ historyCapacity: 3 });
    new CorePeer(gateway).login('bob');
    for (let i = 1; i <= 4; i++) alice.say('bob', `${i}`, `fp-${i}`);
    gateway.stop();
    gateway.start();
    expect(contents()).toEqual(['2', '3', '4']);
  });
});
