import { ChatClient, type ChatClientEventMap, type ChatClientOptions } from '../../src/client/index.js';
import { FakeClock } from '../support/fake-clock.js';
import { type FakeSocket, fakeSockets } from '../support/fake-socket.js';
import { loggedIn } from './server-frames.js';

export interface SceneOptions extends Partial<Omit<ChatClientOptions, 'clock'>> {
  readonly clock?: FakeClock;
  readonly heedsSignal?: boolean;
  readonly onSocket?: (socket: FakeSocket) => void;
}

/** Everything a timeline needs: a clock, the user alice's client, her sockets, and what was announced. */
export class Scene {
  readonly clock: FakeClock;
  readonly sockets: readonly FakeSocket[];
  readonly client: ChatClient;
  /** Announcements of `resync`, kept apart: each login has one. */
  readonly resyncs: [number | undefined, string][] = [];
  #log: string[] = [];

  /** With `random` always 0.5 unless told otherwise: reconnects come after 500, 1341, 2261, 3000 ... ms. */
  constructor({ clock = new FakeClock(), heedsSignal = true, onSocket = () => {}, ...options }: SceneOptions = {}) {
    this.clock = clock;
    const { WebSocket, sockets } = fakeSockets(this.clock, { heedsSignal, onSocket });
    this.sockets = sockets;
    this.client = new ChatClient({
      serverUrl: 'wss://im.example.com/websocket',
      userId: 'alice',
      clock: this.clock,
      random: () => 0.5,
      WebSocket,
      ...options,
    });
    this.client.addEventListener('resync', ({ since, reason }) => this.resyncs.push([since, reason]));
    for (const [type, describe] of Object.entries(DESCRIPTIONS)) {
      this.client.addEventListener(type, (event) => this.#log.push(describe(event as never)));
    }
  }

  /** The newest socket. */
  get socket(): FakeSocket {
    const socket = this.sockets.at(-1);
    if (!socket) throw new Error('Expected a socket, but the client made none');
    return socket;
  }

  /** What was announced since the last call, a line each. */
  take(): string[] {
    const log = this.#log;
    this.#log = [];
    return log;
  }

  /** Lets promises settle, without moving the clock. */
  settle(): Promise<void> {
    return this.clock.advanceAsync(0);
  }

  /** Asks for a connection and returns its socket, still connecting. */
  async dial(): Promise<FakeSocket> {
    this.client.connect();
    await this.settle();
    return this.socket;
  }

  /** Connects and logs in, in no time. Forgets what was announced on the way. */
  async online(): Promise<FakeSocket> {
    await this.dial();
    return this.accept();
  }

  /** The server lets the newest socket in. */
  accept(): FakeSocket {
    const { socket } = this;
    socket.open();
    socket.deliver(loggedIn());
    this.take();
    return socket;
  }

  /** Waits for the next socket and logs in on it. */
  async onlineAgain(withinMs = 30_000): Promise<FakeSocket> {
    const { length } = this.sockets;
    for (let waited = 0; this.sockets.length === length && waited < withinMs; waited += 50) {
      await this.clock.advanceAsync(50);
    }
    if (this.sockets.length === length) throw new Error(`Expected a new socket within ${withinMs} ms`);
    return this.accept();
  }

  /** The state in words. */
  get state(): string {
    return describeState(this.client.state);
  }
}

const DESCRIPTIONS: { [K in Exclude<keyof ChatClientEventMap, 'resync'>]: (event: ChatClientEventMap[K]) => string } = {
  state: ({ state }) => describeState(state),
  login: ({ again }) => (again ? 'login again' : 'login'),
  close: ({ code, willReconnect }) => `close ${code}${willReconnect ? '' : ' for good'}`,
  message: ({ message }) => `message ${message.content}`,
  delivery: ({ message, status }) => `${message.content} ${status}`,
  durability: ({ durability }) => `kept in ${durability}`,
  error: ({ error }) => error.name,
  ping: () => 'ping',
  pong: () => 'pong',
  kickout: ({ kickout }) => `kickout ${kickout.code}`,
};

function describeState(state: ChatClient['state']): string {
  if (state.name === 'disconnected') return `disconnected ${state.reason}`;
  if (state.name === 'connecting') return `connecting ${state.attempt}`;
  return 'connected';
}
