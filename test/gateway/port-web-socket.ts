import type { Gateway } from './gateway.js';
import { type PortMessage, servePort } from './message-port-host.js';

/** Node 20 has no CloseEvent of its own. */
class PortCloseEvent extends Event {
  readonly code: number;
  readonly reason: string;
  readonly wasClean: boolean;

  constructor(code: number, reason: string) {
    super('close');
    this.code = code;
    this.reason = reason;
    this.wasClean = code !== 1006;
  }
}

/** The browser's WebSocket, as far as text goes, over a MessagePort: a client and a gateway in one page. */
export class PortWebSocket extends EventTarget {
  static readonly CONNECTING = 0;
  static readonly OPEN = 1;
  static readonly CLOSING = 2;
  static readonly CLOSED = 3;
  readonly CONNECTING = 0;
  readonly OPEN = 1;
  readonly CLOSING = 2;
  readonly CLOSED = 3;
  readonly url: string;
  readonly protocol = '';
  readonly extensions = '';
  readonly bufferedAmount = 0;
  binaryType: BinaryType = 'blob';
  onopen: ((event: Event) => void) | null = null;
  onmessage: ((event: MessageEvent) => void) | null = null;
  onerror: ((event: Event) => void) | null = null;
  onclose: ((event: CloseEvent) => void) | null = null;
  #readyState = 0;
  readonly #port: MessagePort;

  constructor(url: string, port: MessagePort) {
    super();
    this.url = url;
    this.#port = port;
    port.onmessage = ({ data }: MessageEvent<PortMessage>) => this.#receive(data);
  }

  get readyState(): number {
    return this.#readyState;
  }

  send(data: string | ArrayBufferLike | ArrayBufferView | Blob): void {
    if (this.#readyState === this.CONNECTING) throw new DOMException('Still connecting', 'InvalidStateError');
    if (this.#readyState !== this.OPEN) return;
    this.#post(typeof data === 'string' ? { type: 'text', text: data } : { type: 'binary' });
  }

  close(code = 1005, reason = ''): void {
    if (this.#readyState >= this.CLOSING) return;
    this.#readyState = this.CLOSING;
    this.#post({ type: 'close', code, reason });
  }

  #post(message: PortMessage): void {
    this.#port.postMessage(message);
  }

  #receive(message: PortMessage): void {
    if (this.#readyState === this.CLOSED) return;
    if (message.type === 'open' && this.#readyState === this.CONNECTING) {
      this.#readyState = this.OPEN;
      this.#announce(new Event('open'), this.onopen);
    } else if (message.type === 'text' && this.#readyState === this.OPEN) {
      this.#announce(new MessageEvent('message', { data: message.text }), this.onmessage);
    } else if (message.type === 'close') {
      this.#readyState = this.CLOSED;
      this.#port.close();
      if (message.code === 1006) this.#announce(new Event('error'), this.onerror);
      // The same members as the platform's event, under whose type its listeners are declared.
      const event = new PortCloseEvent(message.code, message.reason) as unknown as CloseEvent;
      this.#announce(event, this.onclose);
    }
  }

  #announce<E extends Event>(event: E, handler: ((event: E) => void) | null): void {
    handler?.call(this, event);
    this.dispatchEvent(event);
  }
}

/** A class to give to a client in place of `WebSocket`: each instance is a socket of `gateway`, whatever host its URL names. */
export function portWebSocketFor(gateway: Gateway): new (url: string) => PortWebSocket {
  return class extends PortWebSocket {
    constructor(url: string) {
      const { port1, port2 } = new MessageChannel();
      super(url, port1);
      const heartbeat = new URL(url).searchParams.get('heartbeat');
      servePort(gateway, port2, heartbeat === null ? {} : { heartbeat: Number(heartbeat) });
    }
  };
}
