import { connect, type Socket } from 'node:net';
import { type Clock, instant } from '../gateway/clock.js';
import { type Direction, type Ending, Lane, type LineConditions } from './lane.js';
import type { ProxyEntry } from './proxy-journal.js';

/** What a connection needs of its proxy. */
export interface ConnectionHost {
  readonly target: { readonly port: number; readonly host: string };
  readonly clock: Clock;
  readonly random: () => number;
  record(entry: Omit<ProxyEntry, 't' | 'line'>): void;
  closed(connection: ProxiedConnection): void;
}

interface Cut {
  left: number;
  readonly direction: Direction | 'both';
  readonly how: Ending;
}

/** A client's connection to the proxy, and the proxy's to the server on its behalf. */
export class ProxiedConnection {
  readonly #host: ConnectionHost;
  readonly #sockets: Readonly<Record<'client' | 'server', Socket>>;
  readonly #lanes: Readonly<Record<Direction, Lane>>;
  readonly #over = { client: false, server: false };
  #cut: Cut | undefined;
  #idleMs: number | undefined;
  #idleTimer: unknown;
  #lastBytes: number;

  constructor(
    readonly number: number,
    client: Socket,
    host: ConnectionHost,
    conditions: Readonly<Record<Direction, LineConditions>>,
  ) {
    this.#host = host;
    this.#lastBytes = instant(host.clock);
    const server = connect({ ...host.target, allowHalfOpen: true, noDelay: true });
    this.#sockets = { client, server };
    const lane = (direction: Direction, to: Socket) =>
      new Lane(host.clock, host.random, conditions[direction], {
        write: (bytes) => this.#pass(direction, to, bytes),
        end: (how) => finish(to, how),
      });
    this.#lanes = { up: lane('up', server), down: lane('down', client) };
    this.#listen('client', this.#lanes.up, this.#lanes.down);
    this.#listen('server', this.#lanes.down, this.#lanes.up);
  }

  /** Bytes that have reached the other side. */
  passed(direction: Direction): number {
    return this.#lanes[direction].passed;
  }

  /** Bytes under way or held back. */
  waiting(direction: Direction): number {
    return this.#lanes[direction].waiting;
  }

  /** Bytes that the conditions of the line did something to. */
  get impeded(): number {
    return this.#lanes.up.impeded + this.#lanes.down.impeded;
  }

  /** Whether a black hole is in its way. */
  get held(): boolean {
    return this.#lanes.up.conditions.held || this.#lanes.down.conditions.held;
  }

  set(direction: Direction | 'both', conditions: Partial<LineConditions>): void {
    for (const each of directions(direction)) this.#lanes[each].set(conditions);
  }

  /** Resets both sides; what is under way is lost. */
  reset(detail = 'reset'): void {
    this.kill('reset', detail);
  }

  /** The end of one direction is announced (FIN); the other goes on. */
  halfClose(direction: Direction): void {
    this.#host.record({ what: 'kill', connection: this.number, dir: direction, detail: 'half close' });
    this.#lanes[direction].push('end');
  }

  /** Ends the connection when exactly `bytes` more have passed; 0 ends it now. */
  cutAfter(bytes: number, direction: Direction | 'both' = 'both', how: Ending = 'reset'): void {
    this.#cut = { left: bytes, direction, how };
    if (bytes <= 0) this.kill(how, 'cut');
  }

  /** Ends the connection when no bytes passed for so long; undefined lets it be. */
  idleCut(ms: number | undefined): void {
    this.#idleMs = ms;
    this.#lastBytes = instant(this.#host.clock);
    this.#watch();
  }

  /** Ends both sides in the same way, and drops what is under way. */
  kill(how: Ending, detail: string): void {
    if (this.#over.client && this.#over.server) return;
    this.#host.record({ what: 'kill', connection: this.number, detail });
    this.#lanes.up.close();
    this.#lanes.down.close();
    for (const socket of Object.values(this.#sockets)) {
      finish(socket, how);
      // Half closed it could stay for ever: nobody reads any more.
      if (how === 'end') socket.once('finish', () => socket.destroy());
    }
  }

  #pass(direction: Direction, to: Socket, bytes: Buffer): void {
    this.#lastBytes = instant(this.#host.clock);
    const cut = this.#cut;
    if (!cut || (cut.direction !== 'both' && cut.direction !== direction)) {
      to.write(bytes);
      return;
    }
    const part = bytes.subarray(0, cut.left);
    to.write(part);
    cut.left -= part.length;
    if (cut.left > 0) return;
    this.#lanes[direction].passed -= bytes.length - part.length;
    this.#lanes[direction].dropped += bytes.length - part.length;
    this.kill(cut.how, 'cut');
  }

  /** @param leaving what this socket says; @param arriving what it is told */
  #listen(side: 'client' | 'server', leaving: Lane, arriving: Lane): void {
    const socket = this.#sockets[side];
    let ended = false;
    socket.setNoDelay(true);
    socket.on('data', (bytes) => leaving.push(bytes));
    socket.on('end', () => {
      ended = true;
      leaving.push('end');
    });
    // Followed by 'close', which tells the other side.
    socket.on('error', () => {});
    socket.on('close', (failed) => {
      arriving.close();
      // The other side hears of it when the line lets it.
      if (failed || !ended) leaving.push('reset');
      this.#over[side] = true;
      if (this.#over.client && this.#over.server) this.#gone();
    });
  }

  #gone(): void {
    this.#host.clock.clearTimeout(this.#idleTimer);
    const { up, down } = this.#lanes;
    up.close();
    down.close();
    this.#host.record({ what: 'close', connection: this.number, bytes: up.dropped + down.dropped });
    this.#host.closed(this);
  }

  #watch(): void {
    const { clock } = this.#host;
    clock.clearTimeout(this.#idleTimer);
    if (this.#idleMs === undefined) return;
    const left = this.#lastBytes + this.#idleMs - instant(clock);
    if (left <= 0) this.reset('idle');
    else this.#idleTimer = clock.setTimeout(() => this.#watch(), Math.ceil(left));
  }
}

function directions(direction: Direction | 'both'): readonly Direction[] {
  return direction === 'both' ? ['up', 'down'] : [direction];
}

function finish(socket: Socket, how: Ending): void {
  if (how === 'end') socket.end();
  // Node cannot reset what it is shutting down: the handle would stay for ever, and spin.
  else if (socket.writableEnded) socket.destroy();
  else socket.resetAndDestroy();
}
