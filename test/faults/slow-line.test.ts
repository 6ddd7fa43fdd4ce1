import { afterEach, beforeEach, expect, it } from 'vitest';
import { StillTown } from './still-town.js';

const BYTES_PER_SECOND = 2_000;
const LARGE = 'x'.repeat(60_000);

let town: StillTown;
beforeEach(async () => {
  // The server itself waits longer for a frame than this one takes: 65 s.
  town = await StillTown.open(60);
});
afterEach(() => town.close());

it.each(['up', 'down'] as const)('N8: 60 kB over 2 kB/s %s arrive, once and in order', async (direction) => {
  const { alice, bob } = town;
  const texts = ['before', LARGE, 'after'];
  (direction === 'up' ? alice : bob).proxy.set(direction, { bytesPerSecond: BYTES_PER_SECOND });
  const outgoing = texts.map((text) => alice.client.send(text, { to: 'bob' }));
  await town.pass(25_000);
  const heard = () => bob.journal.entries.flatMap((entry) => (entry.what === 'message' ? entry.content : []));
  // The line is as slow as it should be.
  expect(heard()).toEqual(['before']);
  await town.pass(95_000);
  expect(heard()).toEqual(texts);
  expect(alice.client.pending).toBe(0);
  const read = town.gateway.journal.frames({ user: 'alice', dir: 'in', content: LARGE });
  expect(new Set(read.map(({ fp }) => fp))).toEqual(new Set([outgoing[1]?.id]));
  // The sender's line was slow, not dead.
  expect(town.gateway.journal.logins('alice')).toHaveLength(1);
});
