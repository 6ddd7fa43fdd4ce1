import { parseArgs } from 'node:util';
import { WebSocket } from 'ws';
import { ChatClient, type SocketConstructor } from '../../src/client/index.js';
import { Gateway } from '../gateway/gateway.js';
import { hostClock } from '../gateway/host-clock.js';
import { listen } from '../gateway/node-host.js';
import { FaultProxy } from './fault-proxy.js';
import { seeded } from './seeded.js';
import { table } from './table.js';
import { pause, until } from './until.js';

/** One kind of outage, and how soon after it the chat must be back (G4). */
interface Kind {
  readonly name: string;
  readonly trials: number;
  /** How long the line is down, ms, by a random number. */
  readonly downMs: (random: number) => number;
  readonly begin: (proxy: FaultProxy) => void;
  readonly end: (proxy: FaultProxy) => unknown;
  /** Whether something tells the client that the line is back. */
  readonly nudged: boolean;
  readonly goals: Readonly<Record<string, number>>;
}

const cut = (proxy: FaultProxy) => {
  proxy.reset();
  proxy.refuse('destroyed');
};
const HOLES_MS = [1_000, 3_000, 7_000];

const KINDS: readonly Kind[] = [
  {
    name: 'reset and refused, 0-10 s',
    trials: 200,
    downMs: (random) => random * 10_000,
    begin: cut,
    end: (proxy) => proxy.accept(),
    nudged: false,
    goals: { p50: 1_300, p95: 3_000, max: 3_500 },
  },
  {
    name: 'black hole, 1, 3, 7 s',
    trials: 60,
    downMs: (random) => HOLES_MS[Math.floor(random * HOLES_MS.length)] ?? 0,
    begin: (proxy) => proxy.hold(),
    end: (proxy) => proxy.release(),
    nudged: false,
    goals: { p95: 6_000 },
  },
  {
    name: 'the same cut, with a nudge',
    trials: 60,
    downMs: (random) => random * 10_000,
    begin: cut,
    end: (proxy) => proxy.accept(),
    nudged: true,
    goals: { p95: 500 },
  },
  {
    name: 'reset and refused, 2 min',
    trials: 40,
    downMs: () => 120_000,
    begin: cut,
    end: (proxy) => proxy.accept(),
    nudged: false,
    goals: { p95: 30_000 },
  },
];

/** So many at the same time: more of them would measure this machine. */
const AT_ONCE = 50;
const LIMIT_MS = 60_000;

/**
 * `npm run test:recovery -- [--seed N]`: how long after the end of an outage the client is logged in and a message that was typed
 * in it is delivered. @returns the exit code
 */
export async function run(args: readonly string[]): Promise<number> {
  const { values } = parseArgs({ args: [...args], options: { seed: { type: 'string', default: '1' } } });
  const seed = Number(values.seed);
  const gateway = new Gateway({ clock: hostClock, offlineStore: true, journalCapacity: 1_000 });
  const { port, close } = await listen(gateway);
  let missed = 0;
  const rows: string[][] = [];
  for (const [k, kind] of KINDS.entries()) {
    const times: number[] = [];
    for (let first = 0; first < kind.trials; first += AT_ONCE) {
      const wave = Array.from({ length: Math.min(AT_ONCE, kind.trials - first) }, (_, n) =>
        trial(kind, port, seeded(seed, k, first + n), `user ${k} ${first + n}`),
      );
      times.push(...(await Promise.all(wave)));
    }
    times.sort((a, b) => a - b);
    const found = { p50: at(times, 0.5), p95: at(times, 0.95), max: at(times, 1) };
    const goals = Object.entries(kind.goals);
    for (const [name, goal] of goals) if (found[name as keyof typeof found] > goal) missed += 1;
    const seconds = (ms: number) => `${(ms / 1_000).toFixed(2)} s`;
    const wanted = goals.map(([name, goal]) => `${name} ≤ ${goal / 1_000} s`).join(', ');
    rows.push([kind.name, String(kind.trials), seconds(found.p50), seconds(found.p95), seconds(found.max), wanted]);
  }
  await close();
  console.log(table(['outage', 'trials', 'p50', 'p95', 'max', 'goal'], rows));
  console.log(`\nRecovery: ${missed === 0 ? 'every goal met' : `${missed} goals missed`}; seed ${seed}`);
  return missed === 0 ? 0 : 1;
}

async function trial(kind: Kind, port: number, random: () => number, userId: string): Promise<number> {
  const proxy = await FaultProxy.open({ port, random });
  const client = new ChatClient({
    serverUrl: proxy.url(),
    userId,
    random,
    WebSocket: WebSocket as unknown as SocketConstructor,
  });
  const isOnline = () => client.state.name === 'connected';
  client.connect();
  if (!(await until(isOnline, LIMIT_MS))) throw new Error('Expected to be connected before the outage');
  // Heartbeats and outages meet at any moment.
  await pause(random() * 5_000);
  kind.begin(proxy);
  client.send('typed in the outage', { to: 'somebody' });
  await pause(kind.downMs(random()));
  await kind.end(proxy);
  const start = performance.now();
  if (kind.nudged) client.nudge();
  const isBack = await until(() => isOnline() && client.pending === 0, LIMIT_MS);
  const ms = isBack ? performance.now() - start : Number.POSITIVE_INFINITY;
  client.disconnect();
  await proxy.close();
  return ms;
}

function at(sorted: readonly number[], share: number): number {
  return sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? 0;
}
