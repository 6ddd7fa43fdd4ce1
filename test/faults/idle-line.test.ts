import { afterEach, expect, it } from 'vitest';
import type { HeartbeatSeconds } from '../../src/client/index.js';
import { StillTown } from './still-town.js';

/** What proxies and routers grant to a connection that says nothing. */
const IDLE_MS = 30_000;

let town: StillTown;
afterEach(() => town.close());

async function idle(heartbeat: HeartbeatSeconds): Promise<number> {
  town = await StillTown.open(heartbeat);
  town.alice.proxy.idleCut(IDLE_MS);
  await town.pass(5 * 60_000, 500);
  return town.gateway.journal.logins('alice').length;
}

it.each([3, 5, 10, 15, 30] as const)(
  'N17: a heartbeat of %i s keeps a line that is cut when idle for 30 s',
  async (mode) => {
    expect(await idle(mode)).toBe(1);
    expect(town.alice.isConnected).toBe(true);
    expect(town.alice.proxy.journal.filter(({ what }) => what === 'kill')).toEqual([]);
  },
);

it('N17: a slower one loses it, and logs in again (so that the others show something)', async () => {
  expect(await idle(120)).toBeGreaterThan(3);
});
