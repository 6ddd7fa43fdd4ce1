import type { Readable, Writable } from 'node:stream';
import type { CDPSession } from '@playwright/test';

/** What an event of the DevTools protocol tells. */
export type CdpParams = Readonly<Record<string, unknown>>;

interface Answer {
  readonly id?: number;
  readonly result?: unknown;
  readonly error?: { readonly message: string };
  readonly method?: string;
  readonly params?: CdpParams;
  readonly sessionId?: string;
}

interface Waiting {
  readonly method: string;
  readonly resolve: (result: never) => void;
  readonly reject: (error: Error) => void;
}

/**
 * One DevTools connection over the pipe of `--remote-debugging-pipe`: Chromium ends by itself when the pipe does, so that
 * nothing is left of a test that was killed. Playwright cannot stand in for it: its pages are never hidden, never frozen and
 * never restored from the back-forward cache.
 */
export class Cdp {
  /** The browser itself. */
  readonly root = new CdpSession(this);
  readonly #sessions = new Map<string, CdpSession>();
  readonly #waiting = new Map<number, Waiting>();
  readonly #input: Writable;
  #rest = '';
  #lastId = 0;

  /** @param input what Chromium reads @param output what it writes */
  constructor(input: Writable, output: Readable) {
    this.#input = input;
    // A browser that was killed: every answer that is awaited fails by the end of its output.
    input.on('error', () => {});
    output.setEncoding('utf8');
    output.on('data', (text: string) => this.#read(text));
    output.on('end', () => this.#end());
  }

  /** Attaches to a page, or whatever else the target is. */
  async attach(targetId: string): Promise<CdpSession> {
    const { sessionId } = await this.root.send('Target.attachToTarget', { targetId, flatten: true });
    const session = new CdpSession(this, sessionId);
    this.#sessions.set(sessionId, session);
    return session;
  }

  /** Use {@link CdpSession.send}, which knows the types. */
  send(method: string, params: object = {}, sessionId?: string): Promise<never> {
    const id = ++this.#lastId;
    return new Promise((resolve, reject) => {
      this.#waiting.set(id, { method, resolve, reject });
      this.#input.write(`${JSON.stringify({ id, method, params, sessionId })}\0`);
    });
  }

  #read(text: string): void {
    const parts = (this.#rest + text).split('\0');
    this.#rest = parts.pop() ?? '';
    for (const part of parts) this.#take(JSON.parse(part));
  }

  #take({ id, result, error, method, params, sessionId }: Answer): void {
    if (id !== undefined) {
      const waiting = this.#waiting.get(id);
      this.#waiting.delete(id);
      if (error) waiting?.reject(new Error(`${waiting.method}: ${error.message}`));
      else waiting?.resolve(result as never);
    } else if (method !== undefined) {
      const session = sessionId === undefined ? this.root : this.#sessions.get(sessionId);
      session?.tell(method, params ?? {});
    }
  }

  #end(): void {
    for (const { method, reject } of this.#waiting.values()) reject(new Error(`${method}: Chromium has ended`));
    this.#waiting.clear();
  }
}

/** Commands to, and events of, one target. */
export class CdpSession {
  readonly #cdp: Cdp;
  readonly #listeners = new Map<string, Set<(params: CdpParams) => void>>();

  constructor(
    cdp: Cdp,
    readonly id?: string,
  ) {
    this.#cdp = cdp;
  }

  readonly send: CDPSession['send'] = (method, params) => this.#cdp.send(method, params, this.id);

  /** Calls the listener for every event of this name. Returns the function that ends it. */
  on(method: string, listener: (params: CdpParams) => void): () => void {
    const listeners = this.#listeners.get(method) ?? new Set();
    this.#listeners.set(method, listeners.add(listener));
    return () => listeners.delete(listener);
  }

  /** The next event of this name that matches. Waits without end: tests have their own limit. */
  next(method: string, matches: (params: CdpParams) => boolean = () => true): Promise<CdpParams> {
    return new Promise((resolve) => {
      const end = this.on(method, (params) => {
        if (!matches(params)) return;
        end();
        resolve(params);
      });
    });
  }

  /** An event came. */
  tell(method: string, params: CdpParams): void {
    for (const listener of [...(this.#listeners.get(method) ?? [])]) listener(params);
  }
}
