import { ownDocument } from './own-document.js';

/**
 * What a page tells of itself:
 * - `online`, `offline`: the browser believes that it has, or has no, network;
 * - `visible`: somebody looks at the page again;
 * - `frozen`: the page is about to be stopped (frozen, or put into the back-forward cache);
 * - `resumed`: it goes on after that.
 */
export type PageSignal = 'online' | 'offline' | 'visible' | 'frozen' | 'resumed';

/** The life of the page around a client. */
export interface PageSignals {
  /** Whether the page is being prepared before anybody asked for it: nothing connects then, until `visible`. */
  readonly prerendering: boolean;
  /** Whether nobody can see the page: its timers may then run as rarely as once a minute. */
  readonly hidden: boolean;
  /** Calls the listener for each signal, until the signal given is aborted. */
  listen(listener: (signal: PageSignal) => void, signal: AbortSignal): void;
}

/** The browser's page; undefined where there is none (Node, a worker). */
export function browserPage(): PageSignals | undefined {
  if (!('document' in globalThis)) return undefined;
  const page = ownDocument as Document & { readonly prerendering?: boolean };
  return {
    get prerendering() {
      return page.prerendering ?? false;
    },
    get hidden() {
      return page.hidden;
    },
    listen(listener, signal) {
      const on = (target: EventTarget, type: string, tell: PageSignal, when: (event: Event) => boolean = () => true) =>
        target.addEventListener(type, (event) => when(event) && listener(tell), { signal });
      const cached = (event: Event) => (event as PageTransitionEvent).persisted;
      on(window, 'online', 'online');
      on(window, 'offline', 'offline');
      on(page, 'visibilitychange', 'visible', () => page.visibilityState === 'visible');
      on(page, 'prerenderingchange', 'visible');
      on(page, 'freeze', 'frozen');
      on(window, 'pagehide', 'frozen', cached);
      on(page, 'resume', 'resumed');
      on(window, 'pageshow', 'resumed', cached);
    },
  };
}
