import type { Clock } from './clock.js';
import { DelayLine } from './delay-line.js';
import type { Transport, TransportHandlers } from './transport.js';

/**
 * A transport with the faults of a bad line. Half-open means: nothing passes in either direction, not even the news that
 * the other end is gone, and neither side is told.
 */
export class Link {
  readonly #transport: Transport;
  readonly #delay: () => number;
  readonly #toClient: DelayLine;
  readonly #toServer: DelayLine;
  readonly #handlers: TransportHandlers;
  #halfOpen = false;
  #closedByServer = false;
  #closedByClient: { readonly code: number; readonly reason: string } | undefined;

  /** @param delay Asked for every frame: by how many milliseconds it comes late. */
  constructor(transport: Transport, clock: Clock, delay: () => number, handlers: TransportHandlers) {
    this.#transport = transport;
    this.#delay = delay;
    this.#toClient = new DelayLine(clock);
    this.#toServer = new DelayLine(clock);
    this.#handlers = handlers;
  }

  /** What the host calls. */
  readonly inbound: TransportHandlers = {
    onText: (text) => this.#pass(this.#toServer, () => this.#handlers.onText(text)),
    onBinary: () => this.#pass(this.#toServer, () => this.#handlers.onBinary()),
    onClose: (code, reason) => {
      this.#closedByClient = { code, reason };
      this.#toClient.clear();
      if (this.#halfOpen && this.#closedByServer) this.#handlers.onClose(code, reason);
      else this.#pass(this.#toServer, () => this.#handlers.onClose(code, reason));
    },
  };

  send(text: string): void {
    this.#pass(this.#toClient, () => this.#transport.send(text));
  }

  close(code: number, reason: string): void {
    this.#closedByServer = true;
    if (this.#halfOpen && this.#closedByClient) this.endHalfOpen();
    else this.#pass(this.#toClient, () => this.#transport.close(code, reason));
  }

  /** Drops the connection at once. The server is told here, the client by its own side of the transport. */
  terminate(): void {
    this.#halfOpen = false;
    this.#toClient.clear();
    this.#toServer.clear();
    this.#transport.terminate();
  }

  startHalfOpen(): void {
    this.#halfOpen = true;
  }

  /** The line is whole again, and what either side missed of the other's end is made up for. */
  endHalfOpen(): void {
    if (!this.#halfOpen) return;
    this.#halfOpen = false;
    if (this.#closedByClient) this.#handlers.onClose(this.#closedByClient.code, this.#closedByClient.reason);
    else if (this.#closedByServer) this.terminate();
  }

  #pass(line: DelayLine, run: () => void): void {
    line.push(this.#delay(), () => {
      if (!this.#halfOpen) run();
    });
  }
}
