import { expect, it } from 'vitest';
import { CorePeer } from '../gateway/core-peer.js';
import { Gateway } from '../gateway/gateway.js';
import { FakeClock } from '../support/fake-clock.js';
import { Ledger } from './ledger.js';

it('keeps account of what was typed, accepted and announced', () => {
  const gateway = new Gateway({ clock: new FakeClock() });
  const ledger = new Ledger(gateway, 'page', 'other');
  const page = new CorePeer(gateway).login('page');
  const type = (id: string) => ledger.note({ id, direction: 'out' });
  for (const id of ['a', 'b', 'b', 'c', 'd']) type(id);
  page.say('other', 'nobody there', 'a');
  const other = new CorePeer(gateway).login('other');
  page.say('other', 'late', 'c').say('other', 'early', 'b').say('other', 'again', 'c');
  other.say('page', 'one', 'x').say('page', 'two', 'y').say('page', 'three', 'z');
  for (const id of ['x', 'x', 'z']) ledger.note({ id, direction: 'in' });
  expect(ledger.close()).toEqual({
    typed: 4,
    lost: 2,
    shownTwice: 1,
    outOfOrder: 1,
    accepted: 3,
    missed: 1,
    announcedTwice: 1,
  });
});
