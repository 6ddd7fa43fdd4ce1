import { ChatErrorEvent } from '../components/window-events.js';
import type { EmbedMethods } from './api.js';
import type { ChatLauncher } from './chat-launcher.js';

/** The launcher's own methods, by their names. */
const ITS_OWN = ['open', 'close', 'toggle', 'identify', 'logout', 'send', 'consent', 'update'] as const;

/** What is called, and with what. */
export type Call = readonly [method: string, ...args: unknown[]];

type Method = (...args: unknown[]) => unknown;
type Others = Record<Exclude<keyof EmbedMethods, (typeof ITS_OWN)[number]>, (...args: never[]) => unknown>;

/**
 * What `HarmonyChat()` does with the one launcher of the script tag, by the names of {@link EmbedMethods}. It never throws; and of
 * a promise that nobody waits for the page hears nothing.
 */
export function embed(launcher: ChatLauncher, destroyed: () => void): (...call: Call) => Promise<unknown> {
  let ready: Event | undefined;
  launcher.keepsItself = true;
  launcher.addEventListener('chat-ready', (event) => {
    ready = event;
  });
  const others: Others = {
    show: () => launcher.update({ hidden: false }),
    hide: () => launcher.update({ hidden: true }),
    on: (name: string, listener: EventListener) => {
      if (typeof listener !== 'function') throw new TypeError(`on: expected a function, got ${listener}`);
      launcher.addEventListener(`chat-${name}`, listener);
      if (name === 'ready' && ready) listener(ready);
    },
    off: (name: string, listener: EventListener) => launcher.removeEventListener(`chat-${name}`, listener),
    destroy: () => {
      launcher.destroy();
      destroyed();
    },
  };
  const methods = new Map<string, unknown>([
    ...Object.entries(others),
    ...ITS_OWN.map((name) => [name, launcher[name]] as const),
  ]);
  return (name, ...args) => {
    const result = new Promise((resolve) => {
      const method = methods.get(name);
      if (!method) throw new TypeError(`HarmonyChat: expected one of ${[...methods.keys()]}, got ${name}`);
      resolve((method as Method).apply(launcher, args));
    });
    result.catch((error: unknown) => {
      // A call that expected something else. What failed otherwise has been told where it did.
      if (error instanceof TypeError) launcher.dispatchEvent(new ChatErrorEvent(error));
    });
    return result;
  };
}
