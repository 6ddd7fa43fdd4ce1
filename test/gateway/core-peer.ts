import { type Frame, FrameType, parseFrame } from './frames.js';
import type { Gateway } from './gateway.js';
import type { AcceptOptions } from './options.js';
import type { TransportHandlers } from './transport.js';

/** A client of the gateway's core for tests: no socket between them, everything at once. */
export class CorePeer {
  readonly received: Frame[] = [];
  /** Code and reason with which its socket closed. */
  closed: { readonly code: number; readonly reason: string } | undefined;
  readonly #handlers: TransportHandlers;
  #userId = '';

  constructor(gateway: Gateway, options: AcceptOptions = {}) {
    const gone = (code: number, reason: string): void => {
      this.closed ??= { code, reason };
      // A host tells of every end, also of one that the gateway itself asked for, but never from within that call.
      queueMicrotask(() => this.#handlers.onClose(code, reason));
    };
    this.#handlers = gateway.accept(
      {
        send: (text) => {
          const frame = parseFrame(text);
          if (frame) this.received.push(frame);
        },
        close: gone,
        terminate: () => gone(1006, ''),
      },
      options,
    );
  }

  login(userId: string, { firstLoginTime = 0, token = 'token', extra = null as string | null } = {}): this {
    this.#userId = userId;
    const dataContent = JSON.stringify({ loginUserId: userId, loginToken: token, extra, firstLoginTime });
    return this.send({ type: FrameType.login, dataContent, to: '0' });
  }

  say(to: string, content: string, fp: string | null = null, typeu = 0): this {
    return this.send({ type: FrameType.data, dataContent: content, to, fp, QoS: fp !== null, typeu });
  }

  keepAlive(): this {
    return this.send({ type: FrameType.keepAlive, dataContent: '{}', to: '0' });
  }

  acknowledge(fp: string): this {
    return this.send({ type: FrameType.received, dataContent: fp, to: '0' });
  }

  send(frame: Partial<Frame>): this {
    const unset = { bridge: false, from: this.#userId, fp: null, QoS: false, typeu: -1, sm: -1 };
    this.#handlers.onText(JSON.stringify({ ...unset, ...frame }));
    return this;
  }

  /** Goes away without a word. */
  disconnect(): void {
    this.#handlers.onClose(1006, '');
  }

  /** Contents of the messages received, optionally of one application type. */
  texts(): (string | null)[] {
    return this.ofType(FrameType.data).map(({ dataContent }) => dataContent);
  }

  ofType(type: number): Frame[] {
    return this.received.filter((frame) => frame.type === type);
  }

  /** Fingerprints that were acknowledged to this client. */
  acknowledged(): (string | null)[] {
    return this.ofType(FrameType.received).map(({ dataContent }) => dataContent);
  }
}
