/** What a chat could leave behind in a page. */
export interface Residue {
  readonly timers: number;
  readonly frames: number;
  readonly listeners: number;
  /** Sockets that are connecting or open. */
  readonly sockets: number;
  /** Web Locks that are held or waited for. */
  readonly locks: number;
}

declare global {
  interface Window {
    residue(): Promise<Residue>;
  }
}

/** Runs in the page before everything else: counts timers, frames, listeners, sockets and locks. */
export function countResidue(): void {
  const timers = new Set<unknown>();
  const frames = new Set<unknown>();
  const listeners = new Set<string>();
  const sockets = new Set<WebSocket>();
  const { setTimeout: start, clearTimeout: stop, setInterval: repeat, clearInterval: end } = window;
  const { requestAnimationFrame: ask, cancelAnimationFrame: cancel, WebSocket: Socket } = window;
  const run = (handler: TimerHandler, args: unknown[]) => typeof handler === 'function' && handler(...args);
  Object.assign(window, {
    setTimeout: (handler: TimerHandler, ms?: number, ...args: unknown[]) => {
      const timer = start(() => {
        timers.delete(timer);
        run(handler, args);
      }, ms);
      timers.add(timer);
      return timer;
    },
    clearTimeout: (timer: number) => {
      timers.delete(timer);
      stop(timer);
    },
    setInterval: (handler: TimerHandler, ms?: number, ...args: unknown[]) => {
      const timer = repeat(() => run(handler, args), ms);
      timers.add(timer);
      return timer;
    },
    clearInterval: (timer: number) => {
      timers.delete(timer);
      end(timer);
    },
    requestAnimationFrame: (callback: FrameRequestCallback) => {
      const frame = ask((now) => {
        frames.delete(frame);
        callback(now);
      });
      frames.add(frame);
      return frame;
    },
    cancelAnimationFrame: (frame: number) => {
      frames.delete(frame);
      cancel(frame);
    },
    WebSocket: class extends Socket {
      constructor(url: string | URL, protocols?: string | string[]) {
        super(url, protocols);
        sockets.add(this);
      }
    },
    residue: async () => ({
      timers: timers.size,
      frames: frames.size,
      listeners: listeners.size,
      sockets: [...sockets].filter(({ readyState }) => readyState <= 1).length,
      locks: Object.values(await navigator.locks.query()).flat().length,
    }),
  });
  const ids = new WeakMap<object, number>();
  let count = 0;
  const idOf = (listener: object) => {
    const id = ids.get(listener) ?? ++count;
    ids.set(listener, id);
    return id;
  };
  const targets: [string, EventTarget | null][] = [
    ['window', window],
    ['document', document],
    ['visualViewport', window.visualViewport],
  ];
  for (const [name, target] of targets) {
    if (!target) continue;
    const { addEventListener: add, removeEventListener: remove } = target;
    const keyOf = (type: string, listener: object, options: AddEventListenerOptions | boolean | undefined) =>
      `${name} ${type} ${idOf(listener)} ${typeof options === 'object' ? options.capture === true : options === true}`;
    target.addEventListener = (type: string, listener: EventListener, options?: AddEventListenerOptions | boolean) => {
      const key = keyOf(type, listener, options);
      const signal = typeof options === 'object' ? options.signal : undefined;
      if (!signal?.aborted) listeners.add(key);
      signal?.addEventListener('abort', () => listeners.delete(key));
      add.call(target, type, listener, options);
    };
    target.removeEventListener = (type: string, listener: EventListener, options?: EventListenerOptions | boolean) => {
      listeners.delete(keyOf(type, listener, options));
      remove.call(target, type, listener, options);
    };
  }
}
