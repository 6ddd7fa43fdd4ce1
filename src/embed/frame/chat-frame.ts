import { CALLS, type Call, type FrameEventMap, fromFrame, HELLO, HERE, OFFER } from './frame-messages.js';

/** What {@link ChatFrame} is told. */
export interface FrameOptions {
  /** Where `embed.html` lies, such as `https://chat.example.com`: nobody else is told anything. */
  readonly origin: string;
  /** Attributes of `<chat-window>`, by their names. */
  readonly attributes?: Readonly<Record<string, string>>;
  /** Who sits there. Without one the visitor gets an id, which is kept in the frame. */
  readonly userId?: string;
  /** Asked for a token at every login. */
  readonly getToken?: () => string | Promise<string>;
}

interface Waiting {
  readonly message: { readonly id: number };
  resolve(value: unknown): void;
  reject(error: Error): void;
}

/**
 * A chat in a frame of another origin, as the page around it sees it: `<iframe src="https://chat.example.com/embed.html">`. The page
 * cannot look into it. A frame that is loaded again is connected again.
 */
export class ChatFrame {
  readonly #listeners = new Map<string, Set<(detail: never) => void>>();
  /** Calls that have no answer yet; those made before the frame was there are told to it then. */
  readonly #waiting = new Map<number, Waiting>();
  readonly #life = new AbortController();
  #port: MessagePort | undefined;
  /** With which the port was agreed on. */
  #document = '';
  #calls = 0;

  /** @throws {TypeError} for an origin that is none, such as `*` */
  constructor(
    readonly frame: HTMLIFrameElement,
    readonly options: FrameOptions,
  ) {
    const { origin } = options;
    if (!URL.canParse(origin) || new URL(origin).origin !== origin) {
      throw new TypeError(`ChatFrame: expected an origin such as https://chat.example.com, got ${origin}`);
    }
    addEventListener(
      'message',
      (event) => {
        const { source, data } = event;
        if (source !== frame.contentWindow || event.origin !== origin) return;
        if (typeof data !== 'string' || !data.startsWith(HERE) || data === this.#document) return;
        this.#document = data;
        this.#connect();
      },
      { signal: this.#life.signal },
    );
    const ask = () => frame.contentWindow?.postMessage(HELLO, origin);
    frame.addEventListener('load', ask, { signal: this.#life.signal });
    // It may be there already. One whose document can be seen is of the page's own origin, as is an empty one.
    if (!frame.contentDocument || origin === location.origin) ask();
  }

  /** Calls back at each such event. Returns what ends that. */
  on<Name extends keyof FrameEventMap>(name: Name, listener: (detail: FrameEventMap[Name]) => void): () => void {
    const all = this.#listeners.get(name) ?? new Set();
    this.#listeners.set(name, all.add(listener));
    return () => all.delete(listener);
  }

  /** Calls a method of the window in the frame; `send` gives the message's id. Rejects with what was expected instead. */
  call(name: Call, value?: unknown): Promise<unknown> {
    if (!CALLS.includes(name)) return Promise.reject(new TypeError(`call: expected one of ${CALLS}, got ${name}`));
    this.#calls += 1;
    const message = { kind: 'call', id: this.#calls, name, value };
    this.#port?.postMessage(message);
    return new Promise((resolve, reject) => this.#waiting.set(message.id, { message, resolve, reject }));
  }

  /** Lets go of the frame. Calls that have no answer reject. */
  close(): void {
    this.#life.abort();
    this.#port?.close();
    for (const { reject } of this.#waiting.values()) reject(new Error('The frame was let go of'));
    this.#waiting.clear();
  }

  #connect(): void {
    const { origin, attributes = {}, userId, getToken } = this.options;
    this.#port?.close();
    const { port1, port2 } = new MessageChannel();
    port1.addEventListener('message', ({ data }) => void this.#hear(data));
    port1.start();
    this.frame.contentWindow?.postMessage(OFFER, origin, [port2]);
    const earlier = [...this.#waiting.values()];
    this.#port = port1;
    // Who is known comes first: else they would be a visitor for a moment.
    if (userId !== undefined) this.call('identify', { userId, asks: getToken !== undefined }).catch(() => {});
    this.call('update', attributes).catch(() => {});
    for (const { message } of earlier) port1.postMessage(message);
  }

  async #hear(data: unknown): Promise<void> {
    const told = fromFrame(data);
    if (told?.kind === 'event') {
      for (const listener of this.#listeners.get(told.name) ?? []) listener(told.detail as never);
    } else if (told?.kind === 'result') {
      const waiting = this.#waiting.get(told.id);
      this.#waiting.delete(told.id);
      if (told.error === undefined) waiting?.resolve(told.value);
      else waiting?.reject(new Error(told.error));
    } else if (told) {
      const token = await Promise.resolve()
        .then(this.options.getToken)
        .catch(() => undefined);
      this.#port?.postMessage({ kind: 'token', id: told.id, token });
    }
  }
}
