import { parseArgs } from 'node:util';
import { WebSocket } from 'ws';
import { ChatClient, type SocketConstructor } from '../../src/client/index.js';
import { ChatSession } from '../../src/store/chat-session.js';
import { FrameType } from '../gateway/frames.js';
import { Gateway } from '../gateway/gateway.js';
import { hostClock } from '../gateway/host-clock.js';
import { listen } from '../gateway/node-host.js';
import { FaultProxy } from './fault-proxy.js';
import type { Direction } from './lane.js';
import { seeded } from './seeded.js';
import { table } from './table.js';
import { until } from './until.js';

const AT_ONCE = 50;
const LIMIT_MS = 60_000;
// Long enough for 2,000 bytes in each direction.
const TEXTS = ['one', 'two', 'three'].map((text) => `${text} ${'and so on '.repeat(40)}`);

type Way = Direction | 'both';

/**
 * `npm run test:cuts -- [--upto 2000] [--step 1]`: a session whose connection is cut after exactly k bytes, for each k (N10), while
 * both sides write. Judged by the gateway's journal and by what is shown. @returns the exit code
 */
export async function run(args: readonly string[]): Promise<number> {
  const { values } = parseArgs({
    args: [...args],
    options: { upto: { type: 'string', default: '2000' }, step: { type: 'string', default: '1' } },
  });
  const { rows, faults } = await sweepCuts({ upto: Number(values.upto), step: Number(values.step) });
  console.log(table(['counted', 'cuts', 'that hit', 'lost', 'duplicated', 'out of order'], rows));
  for (const fault of faults.slice(0, 20)) console.log(fault);
  const sum = (column: number) => rows.reduce((all, row) => all + Number(row[column]), 0);
  console.log(`\nCuts: ${sum(1)} sessions, ${sum(2)} cut, ${faults.length} with a fault`);
  return faults.length === 0 ? 0 : 1;
}

/** A row for each way of counting, and a sentence for each session in which something went wrong. */
export async function sweepCuts({ upto, step }: { upto: number; step: number }) {
  const gateway = new Gateway({ clock: hostClock, offlineStore: true, heartbeat: 3, journalCapacity: 1_000_000 });
  const { port, close } = await listen(gateway);
  const rows: (string | number)[][] = [];
  const faults: string[] = [];
  for (const way of ['both', 'up', 'down'] as const) {
    const sum = { cuts: 0, hit: 0, lost: 0, duplicated: 0, disordered: 0 };
    for (let first = 1; first <= upto; first += AT_ONCE * step) {
      const ks = Array.from({ length: AT_ONCE }, (_, n) => first + n * step).filter((k) => k <= upto);
      for (const found of await Promise.all(ks.map((k) => session(gateway, port, k, way)))) {
        sum.cuts += 1;
        for (const name of ['hit', 'lost', 'duplicated', 'disordered'] as const) sum[name] += Number(found[name]);
        if (found.lost || found.duplicated || found.disordered) faults.push(`${way}, ${found.k} bytes: ${found.what}`);
      }
    }
    rows.push([way === 'both' ? 'up and down' : way, ...Object.values(sum)]);
  }
  await close();
  return { rows, faults };
}

async function session(gateway: Gateway, port: number, k: number, way: Way) {
  const [alice, bob] = [`alice ${way} ${k}`, `bob ${way} ${k}`];
  const proxy = await FaultProxy.open({ port, random: seeded(k) });
  proxy.cutNext(k, way);
  const client = (userId: string, serverUrl: string) =>
    new ChatClient({
      serverUrl,
      userId,
      heartbeat: 3,
      random: seeded(k, userId.length),
      WebSocket: WebSocket as unknown as SocketConstructor,
    });
  const a = client(alice, proxy.url());
  const b = client(bob, `ws://127.0.0.1:${port}/websocket`);
  const shown = new ChatSession(a).conversation(bob);
  shown.loadHistory = ({ userId, peerId, after, since, limit }) =>
    gateway.history({ user: userId, peer: peerId, limit, ...(after && { after: after.id }), ...(since && { since }) });
  const read: string[] = [];
  b.addEventListener('message', ({ message }) => read.push(message.content));
  b.connect();
  a.connect();
  for (const text of TEXTS) {
    a.send(text, { to: bob });
    b.send(text, { to: alice });
  }
  const inbound = () =>
    shown.store.messages.filter(({ status }) => status === 'received').map(({ content }) => content);
  const isDone = () => a.pending + b.pending === 0 && read.length >= 3 && inbound().length >= 3;
  await until(isDone, LIMIT_MS);
  const hit = proxy.journal.some(({ what, detail }) => what === 'kill' && detail === 'cut');
  a.disconnect();
  b.disconnect();
  await proxy.close();
  const written = gateway.journal.frames({ user: alice, dir: 'in', type: FrameType.data });
  const first = [...new Set(written.map(({ fp }) => fp))];
  const order = first.map((fp) => written.find((frame) => frame.fp === fp)?.dataContent);
  const complete = (texts: readonly unknown[]) => TEXTS.every((text) => texts.includes(text));
  return {
    k,
    hit,
    lost: !complete(read) || !complete(inbound()),
    duplicated: read.length > 3 || inbound().length > 3 || first.length > 3,
    disordered: order.join() !== TEXTS.join(),
    what: JSON.stringify({ read, shown: inbound(), order }),
  };
}
