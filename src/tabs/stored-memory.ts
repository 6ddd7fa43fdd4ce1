import type { SessionMemory } from './shared-client-options.js';

/**
 * What is remembered under a key: by this tab alone, from page to page, or by all in another storage. One that is refused or
 * full remembers nothing.
 */
export function storedMemory(key: string, storage = () => sessionStorage): SessionMemory {
  return {
    read() {
      try {
        return JSON.parse(storage().getItem(key) ?? 'null');
      } catch {
        return undefined;
      }
    },
    write(value) {
      try {
        if (value === undefined) storage().removeItem(key);
        else storage().setItem(key, JSON.stringify(value));
      } catch {
        // Then the next page begins a new session.
      }
    },
  };
}
