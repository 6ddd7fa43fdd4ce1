import { beforeEach, describe, expect, it } from 'vitest';
import { FakeClock } from '../support/fake-clock.js';
import { CorePeer } from './core-peer.js';
import { FrameType } from './frames.js';
import { Gateway } from './gateway.js';
import type { Journal } from './journal.js';

let gateway: Gateway;
let journal: Journal;

beforeEach(() => {
  gateway = new Gateway({ clock: new FakeClock(1_000), journalCapacity: 100 });
  journal = gateway.journal;
});

describe('the journal', () => {
  it('tells what happened on each socket, in order', () => {
    const alice = new CorePeer(gateway).login('alice');
    alice.send({ type: FrameType.logout });
    const lines = [...journal].map(({ t, socket, user, dir, frame, code, by }) => [
      t,
      socket,
      user,
      dir,
      frame?.type ?? code,
      by,
    ]);
    expect(lines).toEqual([
      [1_000, 1, null, 'open', undefined, undefined],
      [1_000, 1, 'alice', 'in', 0, undefined],
      [1_000, 1, 'alice', 'out', 50, undefined],
      [1_000, 1, 'alice', 'in', 3, undefined],
      [1_000, 1, 'alice', 'close', 1000, 'server'],
    ]);
  });

  it('finds frames by user, direction, type, fingerprint and content, and the logins of an id', () => {
    const bob = new CorePeer(gateway).login('bob');
    new CorePeer(gateway).login('alice').say('bob', 'hello', 'fp-1').say('bob', 'there', 'fp-2');
    bob.login('robert');
    expect(journal.frames({ user: 'bob', dir: 'out', type: 2 }).map(({ fp }) => fp)).toEqual(['fp-1', 'fp-2']);
    expect(journal.frames({ dir: 'in', content: 'there' })).toHaveLength(1);
    expect(journal.filter({ fp: 'fp-1' }).map(({ dir }) => dir)).toEqual(['in', 'out']);
    expect(journal.frames({ from: 'bob', to: 'alice', type: 4 })).toHaveLength(2);
    expect(journal.logins('bob')).toHaveLength(1);
    expect(journal.logins('robert')).toHaveLength(1);
  });

  it('keeps what was malformed as text', () => {
    const handlers = gateway.accept({ send() {}, close() {}, terminate() {} });
    handlers.onText('{oops');
    expect(journal.filter({ dir: 'in' })).toMatchObject([{ text: '{oops' }]);
    expect(journal.frames()).toEqual([]);
  });

  it('waits for what is to come, and finds at once what is there', async () => {
    const future = journal.waitFor({ user: 'alice', dir: 'out', type: FrameType.loginResponse });
    new CorePeer(gateway).login('alice');
    const entry = await future;
    expect(await journal.waitFor((other) => other.n === entry.n)).toBe(entry);
    const later = journal.waitFor({ user: 'alice', type: FrameType.loginResponse, after: journal.last });
    new CorePeer(gateway).login('alice');
    expect((await later).socket).toBe(2);
  });

  it('drops the oldest entries past its capacity and keeps their numbers', () => {
    for (let i = 0; i < 200; i++) new CorePeer(gateway);
    expect(journal.length).toBeLessThanOrEqual(110);
    expect(journal.at(-1)?.n).toBe(199);
    expect(journal.last).toBe(199);
  });
});
