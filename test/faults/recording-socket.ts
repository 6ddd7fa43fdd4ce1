import { WebSocket } from 'ws';
import type { SocketConstructor } from '../../src/client/connection.js';
import type { ClientJournal } from './client-journal.js';

/** Sockets of `ws` that write down every frame before anybody else sees it. */
export class RecordingSockets {
  readonly #live = new Set<WebSocket>();
  #generations = 0;

  constructor(readonly journal: ClientJournal) {}

  /** For a client; its sockets are numbered from 1. */
  get WebSocket(): SocketConstructor {
    const { journal } = this;
    const begin = (socket: WebSocket): number => {
      const generation = ++this.#generations;
      this.#live.add(socket);
      journal.add({ what: 'socket', generation });
      socket.on('open', () => journal.add({ what: 'open', generation }));
      socket.on('message', (data) => journal.frame(generation, 'in', data.toString()));
      // What `ws` has to say of a line that the client has given up.
      socket.on('error', () => {});
      socket.on('close', () => {
        this.#live.delete(socket);
        journal.add({ what: 'gone', generation });
      });
      return generation;
    };
    class RecordingSocket extends WebSocket {
      readonly #generation: number;

      constructor(url: string) {
        super(url, { perMessageDeflate: false });
        this.#generation = begin(this);
      }

      override send(text: string): void {
        journal.frame(this.#generation, 'out', text);
        super.send(text);
      }

      override close(code?: number, reason?: string): void {
        journal.add({ what: 'abandon', generation: this.#generation });
        super.close(code, reason);
      }
    }
    // The listeners of `ws` get its own event classes, which have all that the client reads.
    return RecordingSocket as unknown as SocketConstructor;
  }

  /** Ends what would wait half a minute for the answer to its close frame. */
  terminate(): void {
    for (const socket of this.#live) socket.terminate();
  }
}
