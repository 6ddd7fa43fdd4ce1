import { ChatClient, type ChatClientOptions } from '../../src/client/index.js';
import type { Gateway } from '../gateway/gateway.js';
import type { FakeClock } from '../support/fake-clock.js';
import { type FakeSocket, fakeSockets } from '../support/fake-socket.js';

/** Leads a socket to a gateway in the same process; frames and closes travel in microtasks, in their order. */
function connect(gateway: Gateway, socket: FakeSocket): void {
  if (socket.abandoned) return;
  if (!gateway.running) {
    socket.serverClose(1006);
    return;
  }
  const end = (code: number, reason: string) =>
    queueMicrotask(() => {
      socket.serverClose(code);
      session.onClose(code, reason);
    });
  const session = gateway.accept({
    send: (text) => queueMicrotask(() => socket.deliver(text)),
    close: end,
    terminate: () => end(1006, ''),
  });
  socket.onFrame = (_, text) => session.onText(text);
  socket.onClose = () => session.onClose(1005, '');
  socket.open();
}

/** A user of a gateway: a client, its sockets, what arrived, and what became of the messages sent. */
export class GatewayUser {
  readonly client: ChatClient;
  readonly sockets: readonly FakeSocket[];
  /** Contents, in the order of their announcement. */
  readonly received: string[] = [];
  /** Each content sent, and its last status. */
  readonly outcome = new Map<string, string>();

  constructor(gateway: Gateway, clock: FakeClock, userId: string, options: Partial<ChatClientOptions> = {}) {
    const { WebSocket, sockets } = fakeSockets(clock, {
      onSocket: (socket) => queueMicrotask(() => connect(gateway, socket)),
    });
    this.sockets = sockets;
    this.client = new ChatClient({
      serverUrl: 'ws://localhost/websocket',
      userId,
      clock,
      WebSocket,
      random: () => 0.5,
      ...options,
    });
    this.client.addEventListener('message', ({ message }) => this.received.push(message.content));
    this.client.addEventListener('delivery', ({ message, status }) => this.outcome.set(message.content, status));
  }

  get socket(): FakeSocket {
    const socket = this.sockets.at(-1);
    if (!socket) throw new Error('Expected a socket, but the client made none');
    return socket;
  }

  get state(): string {
    const { state } = this.client;
    return state.name === 'disconnected' ? state.reason : state.name;
  }
}
