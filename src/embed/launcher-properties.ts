import type { ChatLauncher } from './chat-launcher.js';
import { camelCase, WINDOW_ATTRIBUTES, WINDOW_PROPERTIES } from './names.js';

/** Gives a class of launchers the window's properties. Those that are attributes say what stands there: a text, or nothing. */
export function defineProperties(prototype: ChatLauncher): void {
  for (const attribute of WINDOW_ATTRIBUTES) {
    const name = camelCase(attribute);
    // A token has no place in the document.
    if (attribute === 'token' || name in prototype) continue;
    Object.defineProperty(prototype, name, {
      get(this: ChatLauncher) {
        return this.getAttribute(attribute) ?? undefined;
      },
      set(this: ChatLauncher, value: unknown) {
        this.update({ [name]: value });
      },
    });
  }
  for (const name of WINDOW_PROPERTIES) {
    if (name in prototype) continue;
    Object.defineProperty(prototype, name, {
      get(this: ChatLauncher) {
        return this.told.get(name);
      },
      set(this: ChatLauncher, value: unknown) {
        this.told.set(name, value);
        this.panel?.changed(name);
      },
    });
  }
}

/** Takes over what was set before its class was there. */
export function upgradeProperties(launcher: ChatLauncher): void {
  for (const name of [...WINDOW_ATTRIBUTES.map(camelCase), ...WINDOW_PROPERTIES]) {
    if (!Object.hasOwn(launcher, name)) continue;
    const value = Reflect.get(launcher, name);
    Reflect.deleteProperty(launcher, name);
    Reflect.set(launcher, name, value);
  }
}
