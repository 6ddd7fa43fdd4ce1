import type { ChatWindow } from '../../src/components/chat-window.js';

/** What the page says about itself at a moment of rest. */
export interface PageState {
  readonly connection: string;
  readonly pending: number;
  /** Messages typed so far. */
  readonly sent: number;
  /** Timers and frames that wait to run, and sockets that are connecting or open. */
  readonly timers: number;
  readonly sockets: number;
}

/** What the page announced, one at a time: nothing of it stays in the page. */
export interface PageNews {
  readonly id: string;
  readonly direction: 'in' | 'out';
}

declare global {
  interface Window {
    /** Made by the debugger: hands a string to the soak. */
    soakNews(news: string): void;
    soakCounts(): { timers: number; sockets: number };
    soak: { start(everyMs: number): void; stop(): void; clear(): Promise<void>; state(): string };
  }
}

/** Runs in the page before everything else: counts timers, frames and sockets, and keeps none that is done with. */
export function countTimers(): void {
  const timers = new Set<unknown>();
  const sockets = new Set<WebSocket>();
  const { setTimeout: start, clearTimeout: stop, setInterval: repeat, clearInterval: end } = window;
  const { requestAnimationFrame: ask, cancelAnimationFrame: cancel, WebSocket: Socket } = window;
  const counted =
    <Arguments extends unknown[], Handle>(begin: (run: (...args: Arguments) => void, ms?: number) => Handle) =>
    (run: (...args: Arguments) => void, ms?: number): Handle => {
      const handle = begin((...args) => {
        timers.delete(handle);
        run(...args);
      }, ms);
      timers.add(handle);
      return handle;
    };
  const uncounted =
    <Handle>(forget: (handle: Handle) => void) =>
    (handle: Handle): void => {
      timers.delete(handle);
      forget(handle);
    };
  Object.assign(window, {
    setTimeout: counted(start),
    clearTimeout: uncounted(stop),
    setInterval: (run: () => void, ms: number) => {
      const handle = repeat(run, ms);
      timers.add(handle);
      return handle;
    },
    clearInterval: uncounted(end),
    requestAnimationFrame: counted(ask),
    cancelAnimationFrame: uncounted(cancel),
    WebSocket: class extends Socket {
      constructor(url: string | URL, protocols?: string | string[]) {
        super(url, protocols);
        sockets.add(this);
      }

      override close(code?: number, reason?: string): void {
        sockets.delete(this);
        super.close(code, reason);
      }
    },
    soakCounts: () => ({ timers: timers.size, sockets: sockets.size }),
  });
}

/** Runs in the page when the chat is there: types messages, tells what is announced, and asks the gateway's history. */
export function drive(): void {
  const chat = document.querySelector<ChatWindow>('chat-window');
  if (!chat) throw new Error('Expected a chat-window on the page');
  let sent = 0;
  let timer: number | undefined;
  const tell = (news: PageNews) => window.soakNews(JSON.stringify(news));
  chat.addEventListener('chat-message', ({ message: { id }, direction }) => tell({ id, direction }));
  chat.loadHistory ??= async ({ userId, peerId, after, since, limit, signal }) => {
    const query = new URLSearchParams({ user: userId, peer: peerId, limit: String(limit) });
    if (after) query.set('after', after.id);
    if (since !== undefined) query.set('since', String(Math.floor(since)));
    const response = await fetch(`/gateway/history?${query}`, { signal });
    if (!response.ok) throw new Error(`history: status ${response.status}`);
    return response.json();
  };
  window.soak = {
    start: (everyMs) => {
      timer = window.setInterval(() => {
        sent += 1;
        chat.send(`message ${sent} of the page, which is about as long as messages are`);
      }, everyMs);
    },
    stop: () => window.clearInterval(timer),
    clear: async () => {
      chat.clear();
      await chat.updateComplete;
    },
    state: () => {
      const { timers, sockets } = window.soakCounts();
      const connection = chat.connectionState.name;
      return JSON.stringify({ connection, pending: chat.status?.pending ?? -1, sent, timers, sockets });
    },
  };
}
