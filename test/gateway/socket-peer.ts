import { once } from 'node:events';
import { type ClientOptions, WebSocket } from 'ws';

/** A client of a gateway on a real socket, for tests: everything is awaited as an event, nothing by time. */
export class SocketPeer {
  readonly socket: WebSocket;
  /** Code and reason, when the socket has closed. */
  readonly closed: Promise<{ readonly code: number; readonly reason: string }>;
  readonly #frames: string[] = [];
  #waiting: (() => void) | undefined;

  constructor(url: string, options: ClientOptions = {}) {
    this.socket = new WebSocket(url, { perMessageDeflate: false, ...options });
    this.socket.on('error', () => {});
    this.socket.on('message', (data) => {
      this.#frames.push(data.toString());
      this.#waiting?.();
    });
    // Not `once`, which rejects on the error that comes before the close.
    this.closed = new Promise((resolve) => {
      this.socket.on('close', (code, reason) => resolve({ code, reason: reason.toString() }));
    });
  }

  async opened(): Promise<this> {
    if (this.socket.readyState === WebSocket.CONNECTING) await once(this.socket, 'open');
    return this;
  }

  async login(userId: string): Promise<string> {
    await this.opened();
    const dataContent = JSON.stringify({ loginUserId: userId, loginToken: '', extra: null, firstLoginTime: 0 });
    this.socket.send(JSON.stringify({ type: 0, dataContent, from: userId, to: '0', QoS: false, typeu: -1, sm: -1 }));
    return this.next();
  }

  /** The next frame that has not been asked for yet. */
  async next(): Promise<string> {
    for (;;) {
      const frame = this.#frames.shift();
      if (frame !== undefined) return frame;
      await new Promise<void>((resolve) => {
        this.#waiting = resolve;
      });
    }
  }

  terminate(): void {
    this.socket.terminate();
  }
}
