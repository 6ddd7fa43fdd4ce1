import { setTimeout as wait } from 'node:timers/promises';
import { WebSocket } from 'ws';
import { ChatClient, type SocketConstructor } from '../../src/client/index.js';
import { FrameType } from '../gateway/frames.js';
import { Gateway } from '../gateway/gateway.js';
import { hostClock } from '../gateway/host-clock.js';
import { listen } from '../gateway/node-host.js';
import { seededRandom } from '../support/seeded-random.js';

/** So many connect at the same time at first, lest the system's queue of connections overflows. */
const GROUP = 200;
/** By then the server has written once more what it believes to be lost: copies would have arrived. */
const LATE_COPIES_MS = 8_000;

export interface RealHerdOptions {
  /** An even number: they talk two and two. */
  readonly clients: number;
  readonly downMs: number;
  /** What is not there by then, counted from the opening of the port, is lost. */
  readonly limitMs: number;
  readonly seed: number;
}

export interface RealHerdResult {
  /** Milliseconds from the opening of the port to the login of each client that came back, sorted. */
  readonly logins: Float64Array;
  /** Messages that were written, and that the server had not read when it died. */
  readonly underWay: number;
  /** Messages that no receiver announced. */
  readonly lost: number;
  /** Announcements beyond the first one of each message. */
  readonly duplicated: number;
  /** Messages whose sender was never told that they were delivered. */
  readonly unacknowledged: number;
}

/**
 * A crowd of real clients on real sockets, each with a message under way when the server dies, port and all. What the server
 * had read by then is told by its own journal, the rest by what the clients announced.
 */
export async function realHerd({ clients, downMs, limitMs, seed }: RealHerdOptions): Promise<RealHerdResult> {
  const logins = new Map<string, number>();
  const gateway = new Gateway({
    clock: hostClock,
    // A message whose receiver is not back yet is kept, as by any deployment that wants to lose nothing.
    offlineStore: true,
    heartbeat: 30,
    journalCapacity: 100 * clients,
    onLogin: ({ userId }) => logins.set(userId, hostClock.now()),
  });
  const first = await listen(gateway);
  const herd = new Herd(first.url, clients, seed);
  for (let i = 0; i < clients; i += GROUP) {
    herd.connect(i, i + GROUP);
    await herd.until(() => herd.online === Math.min(clients, i + GROUP), limitMs);
  }

  const sent = herd.everybodySays();
  await first.close();
  const read = new Set(gateway.journal.frames({ dir: 'in', type: FrameType.data }).map(({ fp }) => fp));
  logins.clear();
  await wait(downMs);
  const opened = hostClock.now();
  gateway.start();
  const second = await listen(gateway, { port: first.port });
  await herd.until(
    () => herd.online === clients && herd.announced.size >= clients && herd.delivered.size >= clients,
    limitMs,
  );
  await wait(LATE_COPIES_MS);
  herd.leave();
  await second.close();

  return {
    logins: Float64Array.from(logins.values(), (at) => at - opened).sort(),
    underWay: sent.filter((id) => !read.has(id)).length,
    lost: sent.filter((id) => !herd.announced.has(id)).length,
    duplicated: [...herd.announced.values()].reduce((sum, times) => sum + times - 1, 0),
    unacknowledged: sent.filter((id) => !herd.delivered.has(id)).length,
  };
}

/** The clients, and what they announced. */
class Herd {
  /** How often each message was announced to its receiver. */
  readonly announced = new Map<string, number>();
  readonly delivered = new Set<string>();
  online = 0;
  readonly #clients: readonly ChatClient[];
  #changed = (): void => {};

  constructor(serverUrl: string, size: number, seed: number) {
    this.#clients = Array.from({ length: size }, (_, i) => {
      const client = new ChatClient({
        serverUrl,
        userId: `user-${i}`,
        heartbeat: 30,
        random: seededRandom(seed + i),
        WebSocket: WebSocket as unknown as SocketConstructor,
      });
      client.addEventListener('state', ({ state, previous }) => {
        if (state.name === 'connected') this.online += 1;
        else if (previous.name === 'connected') this.online -= 1;
        this.#changed();
      });
      client.addEventListener('message', ({ message: { id } }) => {
        this.announced.set(id, (this.announced.get(id) ?? 0) + 1);
        this.#changed();
      });
      client.addEventListener('delivery', ({ message, status }) => {
        if (status === 'delivered') this.delivered.add(message.id);
        this.#changed();
      });
      return client;
    });
  }

  connect(from: number, to: number): void {
    for (const client of this.#clients.slice(from, to)) client.connect();
  }

  /** Each writes to its partner. Returns the ids. */
  everybodySays(): string[] {
    return this.#clients.map((client, i) => client.send(`message of user ${i}`, { to: `user-${i ^ 1}` }).id);
  }

  /** Resolves when it is so, or at the limit. */
  async until(isSo: () => boolean, limitMs: number): Promise<void> {
    const limit = new AbortController();
    await Promise.race([
      wait(limitMs, undefined, { signal: limit.signal }).catch(() => {}),
      new Promise<void>((resolve) => {
        this.#changed = () => isSo() && resolve();
        this.#changed();
      }),
    ]);
    limit.abort();
  }

  leave(): void {
    for (const client of this.#clients) client.disconnect();
  }
}
