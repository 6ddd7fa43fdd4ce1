import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';
import type { FakeClock } from '../support/fake-clock.js';
import { FaultProxy } from './fault-proxy.js';

/** One end of a TCP connection, for tests: everything is awaited as an event, nothing by time. */
export class TcpEnd {
  /** As they came: how the bytes were cut up. */
  readonly chunks: string[] = [];
  /** `true` once the other side has announced its end. */
  ended = false;
  /** How it went: `closed` in order, or the code of the error. */
  readonly gone: Promise<string>;
  #waiting: (() => void)[] = [];

  constructor(readonly socket: Socket) {
    socket.on('data', (bytes) => {
      this.chunks.push(bytes.toString('latin1'));
      this.#wake();
    });
    socket.on('end', () => {
      this.ended = true;
      this.#wake();
    });
    let code = 'closed';
    socket.on('error', (error: NodeJS.ErrnoException) => {
      code = error.code ?? error.message;
    });
    this.gone = new Promise((resolve) => {
      socket.on('close', () => resolve(code));
    });
  }

  get text(): string {
    return this.chunks.join('');
  }

  send(text: string): void {
    this.socket.write(text, 'latin1');
  }

  /** Resolves when these bytes, or more, have come. */
  async received(count: number): Promise<string> {
    while (this.text.length < count) await this.#change();
    return this.text;
  }

  /** Resolves when the other side has announced its end. */
  async finished(): Promise<string> {
    while (!this.ended) await this.#change();
    return this.text;
  }

  #change(): Promise<void> {
    return new Promise((resolve) => this.#waiting.push(resolve));
  }

  #wake(): void {
    for (const resolve of this.#waiting.splice(0)) resolve();
  }
}

/** A server on a free port, and a proxy before it. */
export class TcpLine {
  readonly #accepted: TcpEnd[] = [];
  readonly #ends = new Set<TcpEnd>();
  readonly #server = createServer({ allowHalfOpen: true, noDelay: true }, (socket) => {
    const end = new TcpEnd(socket);
    this.#ends.add(end);
    this.#accepted.push(end);
    this.#server.emit('accepted');
  });
  #proxy: FaultProxy | undefined;

  /** @param clock of the proxy */
  static async open(clock: FakeClock, random: () => number = () => 0.5): Promise<TcpLine> {
    const line = new TcpLine();
    await once(line.#server.listen(0, '127.0.0.1'), 'listening');
    line.#proxy = await FaultProxy.open({ port: (line.#server.address() as AddressInfo).port, clock, random });
    return line;
  }

  get proxy(): FaultProxy {
    if (!this.#proxy) throw new Error('Expected an open line');
    return this.#proxy;
  }

  /** A client of the proxy; nobody may have answered it yet. */
  async dial(): Promise<TcpEnd> {
    const end = this.#dial();
    if (end.socket.connecting) await once(end.socket, 'connect');
    return end;
  }

  /** A client that expects to be turned away; tells how. */
  refused(): Promise<string> {
    return this.#dial().gone;
  }

  /** A client, and the server's end of the same connection. */
  async connect(): Promise<{ client: TcpEnd; server: TcpEnd }> {
    const client = await this.dial();
    while (this.#accepted.length === 0) await once(this.#server, 'accepted');
    const server = this.#accepted.shift();
    if (!server) throw new Error('Expected a connection at the server');
    return { client, server };
  }

  async close(): Promise<void> {
    await this.#proxy?.close();
    const closed = new Promise((resolve) => this.#server.close(resolve));
    // What the proxy dialled last may be accepted only now; half closed it would stay for ever.
    this.#server.on('connection', (socket) => socket.destroy());
    for (const { socket } of this.#ends) socket.destroy();
    await closed;
  }

  #dial(): TcpEnd {
    const end = new TcpEnd(connect({ port: this.proxy.port, host: '127.0.0.1', allowHalfOpen: true, noDelay: true }));
    this.#ends.add(end);
    return end;
  }
}
