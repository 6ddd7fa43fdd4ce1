import type { SocketConstructor, SocketLike } from '../../src/client/index.js';
import { type Packet, parsePacket } from '../../src/protocol/index.js';
import type { FakeClock } from './fake-clock.js';

const CONNECTING = 0;
const OPEN = 1;
const CLOSING = 2;
const CLOSED = 3;

/** What a black hole takes until a closed socket says so, ms (measured in Chromium). */
export const LATE_CLOSE_MS = 60_000;

type Happening = { readonly data: unknown; readonly code: number };
type Listener = (event: Happening) => void;

/** A frame that the client wrote, and when. */
export interface WrittenFrame {
  readonly at: number;
  readonly text: string;
  readonly packet: Packet;
}

/**
 * A WebSocket whose other end is the test. It never does anything by itself, but for the `close` event that answers the
 * client's `close()`. It can lie: see {@link dead} and {@link closing}. An exception in a listener reaches the test.
 */
export class FakeSocket implements SocketLike {
  readyState = CONNECTING;
  /**
   * What was sent in the same task, since sockets tell what has got away only at the beginning of the next one; and what a
   * test puts into it, which stays. May be deleted: some implementations do not have it.
   */
  declare bufferedAmount: number;
  readonly written: WrittenFrame[] = [];
  /** Whether the client closed it. */
  abandoned = false;
  /** OPEN to look at, but nothing gets through, in neither direction. */
  dead = false;
  /** When the client's `close()` is followed by the event: in a microtask, after a minute, or never. */
  closing: 'soon' | 'late' | 'never' = 'soon';
  /** Hears each frame that gets through, in a microtask: a server never answers while `send` runs. */
  onFrame: ((packet: Packet, text: string) => void) | undefined;
  /** Hears that the client closed, if that gets through. */
  onClose: (() => void) | undefined;
  readonly #listeners = new Map<string, Set<Listener>>();
  /** Bytes sent in one task. */
  #sent = { task: -1, bytes: 0 };

  constructor(
    readonly url: string,
    readonly clock: FakeClock,
    /** False: `addEventListener` knows nothing of `signal`, as in some implementations. */
    readonly heedsSignal: boolean,
  ) {
    let stuck = 0;
    Object.defineProperty(this, 'bufferedAmount', {
      configurable: true,
      get: () => stuck + (this.#sent.task === clock.task ? this.#sent.bytes : 0),
      set: (bytes: number) => {
        stuck = bytes;
      },
    });
  }

  get packets(): Packet[] {
    return this.written.map(({ packet }) => packet);
  }

  /** The frames of one type. */
  sent(type: number): WrittenFrame[] {
    return this.written.filter(({ packet }) => packet.type === type);
  }

  get listenerCount(): number {
    return [...this.#listeners.values()].reduce((sum, { size }) => sum + size, 0);
  }

  addEventListener(type: string, listener: Listener, options?: { signal?: AbortSignal }): void {
    const listeners = this.#listeners.get(type) ?? new Set();
    this.#listeners.set(type, listeners.add(listener));
    if (this.heedsSignal) options?.signal?.addEventListener('abort', () => listeners.delete(listener));
  }

  send(text: string): void {
    if (this.readyState === CONNECTING) throw new DOMException('Still in CONNECTING state', 'InvalidStateError');
    // What is sent while closing is thrown away without a word.
    if (this.readyState !== OPEN) return;
    const { task } = this.clock;
    this.#sent = { task, bytes: Buffer.byteLength(text) + (this.#sent.task === task ? this.#sent.bytes : 0) };
    const packet = parsePacket(text);
    this.written.push({ at: this.clock.monotonic(), text, packet });
    if (!this.dead) queueMicrotask(() => this.onFrame?.(packet, text));
  }

  close(): void {
    this.abandoned = true;
    if (this.readyState >= CLOSING) return;
    this.readyState = CLOSING;
    if (!this.dead) queueMicrotask(() => this.onClose?.());
    if (this.closing === 'soon') queueMicrotask(() => this.serverClose(1005));
    else if (this.closing === 'late') this.clock.setTimeout(() => this.serverClose(1006), LATE_CLOSE_MS);
  }

  open(): void {
    this.readyState = OPEN;
    this.#fire('open');
  }

  /** Lets a frame arrive: a packet (missing fields stay missing), text as it is, or something binary. */
  deliver(frame: Partial<Packet> | string | ArrayBuffer | Blob): void {
    if (this.dead) return;
    const asItIs = typeof frame === 'string' || frame instanceof ArrayBuffer || frame instanceof Blob;
    this.#fire('message', { data: asItIs ? frame : JSON.stringify(frame) });
  }

  error(): void {
    this.#fire('error');
  }

  /** The closing handshake has begun, the event is still to come. */
  startClosing(): void {
    this.readyState = CLOSING;
  }

  /** The connection ends, whoever wanted it. Without effect on a closed one. */
  serverClose(code = 1006): void {
    if (this.readyState === CLOSED) return;
    this.readyState = CLOSED;
    if (code === 1006) this.#fire('error');
    this.#fire('close', { code });
  }

  #fire(type: string, { data = undefined, code = 0 }: Partial<Happening> = {}): void {
    this.clock.task += 1;
    for (const listener of [...(this.#listeners.get(type) ?? [])]) listener({ data, code });
  }
}

/** A WebSocket constructor and the sockets that it made, oldest first. */
export interface FakeSockets {
  readonly WebSocket: SocketConstructor;
  readonly sockets: readonly FakeSocket[];
}

/** @param onSocket sees each new socket before the client has it */
export function fakeSockets(
  clock: FakeClock,
  { heedsSignal = true, onSocket = () => {} }: { heedsSignal?: boolean; onSocket?: (socket: FakeSocket) => void } = {},
): FakeSockets {
  const sockets: FakeSocket[] = [];
  class WebSocket extends FakeSocket {
    constructor(url: string) {
      super(url, clock, heedsSignal);
      sockets.push(this);
      onSocket(this);
    }
  }
  return { WebSocket, sockets };
}
