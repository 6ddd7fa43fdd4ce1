import type { SessionMemory } from '../tabs/shared-client-options.js';
import type { Archive } from './archive.js';

/**
 * What is kept on the device of a user's conversations, in a file that comes on demand; undefined where nothing can be kept.
 * @param memory what this tab remembers of the visit from page to page
 */
export async function loadArchive(
  scope: string,
  lifetime: 'session' | 'device',
  memory: SessionMemory,
): Promise<Archive | undefined> {
  try {
    if (!globalThis.indexedDB) return undefined;
    const { openArchive } = await import('./indexed-db-archive.js');
    const visit = { get: () => String(memory.read() ?? ''), set: (id?: string) => memory.write(id) };
    return await openArchive({ scope, lifetime, visit });
  } catch {
    return undefined;
  }
}
