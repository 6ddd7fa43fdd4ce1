import { createServer, type Server, type Socket } from 'node:net';
import { type Clock, instant } from '../gateway/clock.js';
import { hostClock } from '../gateway/host-clock.js';
import { CLEAR, type Direction, type Ending, type LineConditions } from './lane.js';
import { type ConnectionHost, ProxiedConnection } from './proxied-connection.js';
import type { ProxyEntry } from './proxy-journal.js';

export interface FaultProxyOptions {
  /** Port and address of the server. */
  readonly port: number;
  readonly host?: string;
  /** Name of this line in the journal. Default `line`. */
  readonly name?: string;
  /** Default: real time. */
  readonly clock?: Clock;
  /** For the jitter. Default `Math.random`. */
  readonly random?: () => number;
  /** Where the entries go. Default: a journal of its own. */
  readonly journal?: ProxyEntry[];
}

/** `closed`: the port is closed; `destroyed`: connections are accepted and reset at once. */
export type Refusal = 'closed' | 'destroyed';

/** Which connections a fault is for: those there are, those to come, or both. */
export type Scope = 'existing' | 'future' | 'all';

/**
 * A line with faults: a TCP proxy on a loopback port that does to bytes and connections what bad networks do. Every method
 * works at once, while bytes flow; each {@link ProxiedConnection} can be treated by itself.
 */
export class FaultProxy {
  readonly journal: ProxyEntry[];
  readonly name: string;
  readonly #clock: Clock;
  readonly #server: Server;
  readonly #connections = new Set<ProxiedConnection>();
  readonly #host: ConnectionHost;
  readonly #conditions: Record<Direction, LineConditions> = { up: CLEAR, down: CLEAR };
  #nextCut: { readonly bytes: number; readonly direction: Direction | 'both'; readonly how: Ending } | undefined;
  #idleMs: number | undefined;
  #refusal: Refusal | undefined;
  #flapping: unknown;
  #port = 0;
  #count = 0;
  /** On connections that are gone. */
  #impeded = 0;

  private constructor({ port, host = '127.0.0.1', name = 'line', ...options }: FaultProxyOptions) {
    const { clock = hostClock, random = Math.random, journal = [] } = options;
    this.name = name;
    this.journal = journal;
    this.#clock = clock;
    this.#host = {
      target: { port, host },
      clock,
      random,
      record: (entry) => this.#record(entry),
      closed: (connection) => {
        this.#connections.delete(connection);
        this.#impeded += connection.impeded;
      },
    };
    this.#server = createServer({ allowHalfOpen: true, noDelay: true }, (socket) => this.#accept(socket));
  }

  /** Opens a free port whose connections lead to the server. */
  static async open(options: FaultProxyOptions): Promise<FaultProxy> {
    const proxy = new FaultProxy(options);
    await proxy.#listen();
    return proxy;
  }

  get port(): number {
    return this.#port;
  }

  url(path = '/websocket'): string {
    return `ws://127.0.0.1:${this.#port}${path}`;
  }

  /** Those whose both sides are not over yet, oldest first. */
  get connections(): readonly ProxiedConnection[] {
    return [...this.#connections];
  }

  /** Bytes, since the beginning, that were kept in a black hole, made late, or cut into pieces. */
  get impeded(): number {
    return this.connections.reduce((sum, { impeded }) => sum + impeded, this.#impeded);
  }

  /** Sets latency, jitter, rate, slices or a black hole of one direction or both. */
  set(direction: Direction | 'both', conditions: Partial<LineConditions>, scope: Scope = 'all'): void {
    this.#record({ what: 'fault', dir: direction, detail: describe(conditions) });
    this.#set(direction, conditions, scope);
  }

  /** A black hole: bytes are kept back, and nobody is told. */
  hold(direction: Direction | 'both' = 'both', scope: Scope = 'all'): void {
    this.#record({ what: 'fault', dir: direction, detail: `black hole, ${scope} connections` });
    this.#set(direction, { held: true }, scope);
  }

  /**
   * Ends the black holes. What was kept back passes on late, as TCP would retransmit it (`pass`), or is dropped and its
   * connection reset (`drop`).
   */
  release(kept: 'pass' | 'drop' = 'pass'): void {
    this.#record({ what: 'clear', detail: `black hole: ${kept}` });
    if (kept === 'drop') {
      for (const connection of this.connections) if (connection.held) connection.reset('dropped in a black hole');
    }
    this.#set('both', { held: false }, 'all');
  }

  /** Resets every connection; what is under way is lost. */
  reset(): void {
    this.#record({ what: 'fault', detail: 'reset' });
    for (const connection of this.connections) connection.reset();
  }

  /** Ends one direction of every connection in order; the other goes on. */
  halfClose(direction: Direction): void {
    this.#record({ what: 'fault', dir: direction, detail: 'half close' });
    for (const connection of this.connections) connection.halfClose(direction);
  }

  /** Ends every connection when exactly `bytes` more have passed on it. */
  cutAfter(bytes: number, direction: Direction | 'both' = 'both', how: Ending = 'reset'): void {
    this.#record({ what: 'fault', dir: direction, bytes, detail: `cut (${how})` });
    for (const connection of this.connections) connection.cutAfter(bytes, direction, how);
  }

  /** The same for the next connection, counted from its first byte. */
  cutNext(bytes: number, direction: Direction | 'both' = 'both', how: Ending = 'reset'): void {
    this.#record({ what: 'fault', dir: direction, bytes, detail: `cut the next (${how})` });
    this.#nextCut = { bytes, direction, how };
  }

  /** Resets a connection, present or future, on which no bytes passed for so long. */
  idleCut(ms: number | undefined): void {
    this.#record(ms === undefined ? { what: 'clear', detail: 'idle cut' } : { what: 'fault', detail: `idle ${ms} ms` });
    this.#idleMs = ms;
    for (const connection of this.connections) connection.idleCut(ms);
  }

  /** Turns new connections away; those there are go on. */
  refuse(how: Refusal = 'closed'): void {
    this.#record({ what: 'fault', detail: `refuse (${how})` });
    this.#refuse(how);
  }

  /** Lets connections in again. */
  async accept(): Promise<void> {
    if (this.#server.listening) this.#record({ what: 'clear', detail: 'refuse' });
    this.#refusal = undefined;
    if (this.#server.listening) return;
    await this.#listen();
    this.#record({ what: 'clear', detail: 'refuse' });
  }

  /** The line is up and down in turns, beginning with down: connections are reset, and refused until it is up. */
  flap(upMs: number, downMs: number): void {
    this.#record({ what: 'fault', detail: `flapping: up ${upMs} ms, down ${downMs} ms` });
    const down = () => {
      this.#refusal = 'destroyed';
      for (const connection of this.connections) connection.reset('flapping');
      this.#flapping = this.#clock.setTimeout(up, downMs);
    };
    const up = () => {
      this.#refusal = undefined;
      this.#flapping = this.#clock.setTimeout(down, upMs);
    };
    this.endFlapping();
    down();
  }

  endFlapping(): void {
    if (this.#flapping !== undefined) this.#record({ what: 'clear', detail: 'flapping' });
    this.#clock.clearTimeout(this.#flapping);
    this.#flapping = undefined;
    this.#refusal = undefined;
  }

  /** Ends whatever is going on; what was kept back passes on. */
  async clear(): Promise<void> {
    this.endFlapping();
    this.#nextCut = undefined;
    this.#idleMs = undefined;
    for (const connection of this.connections) connection.idleCut(undefined);
    this.#record({ what: 'clear' });
    this.#set('both', CLEAR, 'all');
    await this.accept();
  }

  /** Resets every connection and gives the port back. */
  async close(): Promise<void> {
    this.endFlapping();
    for (const connection of this.connections) connection.reset('proxy closed');
    if (this.#server.listening) await new Promise((resolve) => this.#server.close(resolve));
  }

  #set(direction: Direction | 'both', conditions: Partial<LineConditions>, scope: Scope): void {
    for (const each of ['up', 'down'] as const) {
      if (scope === 'existing' || (direction !== 'both' && direction !== each)) continue;
      this.#conditions[each] = { ...this.#conditions[each], ...conditions };
    }
    if (scope === 'future') return;
    for (const connection of this.connections) connection.set(direction, conditions);
  }

  #refuse(how: Refusal): void {
    this.#refusal = how;
    // The connections there are go on; only the port is closed.
    if (how === 'closed' && this.#server.listening) this.#server.close();
  }

  #accept(socket: Socket): void {
    const number = ++this.#count;
    if (this.#refusal) {
      this.#record({ what: 'refuse', connection: number });
      socket.on('error', () => {});
      socket.resetAndDestroy();
      return;
    }
    this.#record({ what: 'accept', connection: number });
    const connection = new ProxiedConnection(number, socket, this.#host, { ...this.#conditions });
    this.#connections.add(connection);
    const cut = this.#nextCut;
    this.#nextCut = undefined;
    if (this.#idleMs !== undefined) connection.idleCut(this.#idleMs);
    if (cut) connection.cutAfter(cut.bytes, cut.direction, cut.how);
  }

  /** While the port is closed another process may have been given it: then it is asked for again until it is free. */
  async #listen(): Promise<void> {
    for (;;) {
      try {
        await new Promise<void>((resolve, reject) => {
          this.#server.once('error', reject);
          this.#server.listen({ port: this.#port, host: '127.0.0.1', backlog: 4096 }, () => {
            this.#server.off('error', reject);
            resolve();
          });
        });
        break;
      } catch (error) {
        if (this.#port === 0 || (error as NodeJS.ErrnoException).code !== 'EADDRINUSE') throw error;
        await new Promise((resolve) => setTimeout(resolve, 20));
      }
    }
    const address = this.#server.address();
    if (address !== null && typeof address === 'object') this.#port = address.port;
  }

  #record(entry: Omit<ProxyEntry, 't' | 'line'>): void {
    this.journal.push({ t: instant(this.#clock), line: this.name, ...entry });
  }
}

function describe(conditions: Partial<LineConditions>): string {
  return Object.entries(conditions)
    .map(([name, value]) => `${name} ${value}`)
    .join(', ');
}
