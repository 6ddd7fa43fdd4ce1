import type { HeartbeatSeconds } from '../../src/client/index.js';
import { Gateway } from '../gateway/gateway.js';
import { type ListeningGateway, listen } from '../gateway/node-host.js';
import { FakeClock } from '../support/fake-clock.js';
import { seededRandom } from '../support/seeded-random.js';
import { FaultProxy } from './fault-proxy.js';
import { Party } from './party.js';

/** So many turns of the loop without any news: what was written to a local socket has arrived long ago. */
const QUIET_TURNS = 20;

/**
 * Two users, their lines and their server on real ports, in a time that stands still until a test moves it: minutes of a slow
 * line take a second, and how busy the machine is changes nothing.
 */
export class StillTown {
  readonly #server: ListeningGateway;

  private constructor(
    readonly clock: FakeClock,
    readonly gateway: Gateway,
    server: ListeningGateway,
    readonly alice: Party,
    readonly bob: Party,
  ) {
    this.#server = server;
  }

  static async open(heartbeat: HeartbeatSeconds): Promise<StillTown> {
    const clock = new FakeClock();
    const gateway = new Gateway({ clock, random: seededRandom(1), heartbeat });
    const server = await listen(gateway);
    const party = async (user: string, peer: string, seed: number) => {
      const random = seededRandom(seed);
      const proxy = await FaultProxy.open({ port: server.port, name: user, clock, random });
      return new Party({ user, peer, proxy, random, client: { clock, heartbeat } });
    };
    const town = new StillTown(clock, gateway, server, await party('alice', 'bob', 2), await party('bob', 'alice', 3));
    for (const { client } of town.both) client.connect();
    await town.pass(1_000);
    return town;
  }

  get both(): readonly [Party, Party] {
    return [this.alice, this.bob];
  }

  /** Moves time, in steps; after each everything that is on its way arrives. */
  async pass(ms: number, stepMs = 100): Promise<void> {
    await this.#quiet();
    for (let passed = 0; passed < ms; passed += stepMs) {
      await this.clock.advanceAsync(stepMs);
      await this.#quiet();
    }
  }

  async close(): Promise<void> {
    await Promise.all(this.both.map((party) => party.close()));
    await this.#server.close();
  }

  async #quiet(): Promise<void> {
    let before = '';
    for (let turns = 0; turns < QUIET_TURNS; turns++) {
      await new Promise(setImmediate);
      const now = this.#news();
      if (now !== before) turns = 0;
      before = now;
    }
  }

  /** Changes whenever something has happened anywhere. */
  #news(): string {
    const lines = this.both.flatMap(({ proxy, journal }) => [
      journal.entries.length,
      proxy.journal.length,
      ...proxy.connections.flatMap((each) =>
        (['up', 'down'] as const).map((way) => each.passed(way) + each.waiting(way)),
      ),
    ]);
    return [this.gateway.journal.last, this.clock.pending, ...lines].join();
  }
}
