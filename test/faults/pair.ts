import type { HeartbeatSeconds, ReconnectDelay } from '../../src/client/index.js';
import type { LoadHistory } from '../../src/store/history.js';
import { Gateway } from '../gateway/gateway.js';
import type { JournalEntry } from '../gateway/journal.js';
import { type ListeningGateway, listen } from '../gateway/node-host.js';
import { type Evidence, recordServer } from './evidence.js';
import { FaultProxy } from './fault-proxy.js';
import type { Side } from './fault-schedule.js';
import { Party, type PartyOptions } from './party.js';
import type { ProxyEntry } from './proxy-journal.js';
import { runClock } from './run-clock.js';
import { between, seeded } from './seeded.js';
import { pause } from './until.js';

export interface PairOptions {
  readonly seed: number;
  readonly pair: number;
  /** Whether the server keeps what is for somebody who is away. */
  readonly offlineStore: boolean;
  /** Whether the clients fill their gaps from the server's history. */
  readonly history: boolean;
  /** How many times as fast the server's time runs. Default 1. */
  readonly serverSpeed?: number;
  /** Of server and clients, in seconds. Default 3. */
  readonly heartbeat?: HeartbeatSeconds;
  /** What the lines are like when nothing is wrong with them. Default: 20 ms each way, 10 ms more or less. */
  readonly line?: PartyOptions['line'];
  /** Default: the client's own. */
  readonly reconnectDelay?: ReconnectDelay;
}

const ORDINARY = { latencyMs: 20, jitterMs: 10 };

/** Two users and their server, on real ports: what happens to them is nobody else's business, and can be replayed alone. */
export class Pair {
  readonly gateway: Gateway;
  readonly parties: Readonly<Record<Side, Party>>;
  readonly #server: ListeningGateway;
  readonly #journal: readonly JournalEntry[];
  readonly #history: boolean;

  private constructor(
    gateway: Gateway,
    server: ListeningGateway,
    lines: Readonly<Record<Side, FaultProxy>>,
    options: PairOptions,
  ) {
    const { seed, pair, history, heartbeat = 3, line = ORDINARY, reconnectDelay } = options;
    const party = (side: Side, peer: Side, n: number) => {
      const random = seeded(seed, pair, n);
      const loadHistory = history ? askHistory(gateway, seeded(seed, pair, n, 1)) : undefined;
      const users = { user: `${side}${pair}`, peer: `${peer}${pair}` };
      const client = { heartbeat, reconnectDelay };
      return new Party({ ...users, proxy: lines[side], random, line, client, loadHistory });
    };
    this.gateway = gateway;
    this.#server = server;
    this.#history = history;
    this.#journal = recordServer(gateway);
    this.parties = { a: party('a', 'b', 1), b: party('b', 'a', 2) };
  }

  static async open(options: PairOptions): Promise<Pair> {
    const { seed, pair, offlineStore, serverSpeed, heartbeat = 3 } = options;
    const gateway = new Gateway({
      clock: runClock(serverSpeed),
      random: seeded(seed, pair, 0),
      offlineStore,
      heartbeat,
    });
    const server = await listen(gateway);
    const line = (side: Side, n: number) =>
      FaultProxy.open({ port: server.port, name: `${side}${pair}`, random: seeded(seed, pair, n) });
    const [a, b] = await Promise.all([line('a', 3), line('b', 4)]);
    return new Pair(gateway, server, { a, b }, options);
  }

  get both(): readonly [Party, Party] {
    return [this.parties.a, this.parties.b];
  }

  /** The journals as they are now, with what is on both screens. */
  evidence(): Evidence {
    for (const party of this.both) party.look();
    const clients = new Map(this.both.map(({ user, journal }) => [user, [...journal.entries]]));
    return { clients, server: [...this.#journal], history: this.#history };
  }

  /** What happened to the lines. */
  lines(): ProxyEntry[] {
    return this.both.flatMap(({ proxy }) => proxy.journal);
  }

  async close(): Promise<void> {
    await Promise.all(this.both.map((party) => party.close()));
    await this.#server.close();
  }
}

/** The server's history as an application asks for it: somewhat slow, and every tenth time in vain. */
function askHistory(gateway: Gateway, random: () => number): LoadHistory {
  return async ({ userId, peerId, after, since, limit }) => {
    await pause(between(random, 20, 200));
    if (random() < 0.1) throw new Error('no history today');
    const from = after ? { after: after.id } : since === undefined ? {} : { since };
    return gateway.history({ user: userId, peer: peerId, limit, ...from });
  };
}
