import { indexedDbOutbox } from '../client/indexed-db-outbox.js';
import type { OutboxStorage } from '../client/outbox-storage.js';
import { withArchived } from '../tabs/archived-outbox.js';
import type { NewsKeeper, Revise, SessionMemory } from '../tabs/shared-client-options.js';
import type { Archive } from './archive.js';
import { archivist } from './archivist.js';
import { openArchive } from './indexed-db-archive.js';
import { type LastWriter, Unwritten } from './unwritten.js';

// It comes with the archive.
export { catchUp, newestPage } from './kept-pages.js';

/** What is kept on this device of one user. */
export interface Device {
  /** What waits for its delivery. Whoever leads has it. */
  readonly outbox: OutboxStorage;
  /** Writes down what all tabs are told. Of these tabs, the one that leads asks it to. */
  readonly keeper: NewsKeeper;
  /** Adds to what was read of the outbox what only the archive knows of. */
  readonly revise: Revise;
  /** The conversations; undefined where they cannot be kept. */
  readonly archive: Promise<Archive | undefined>;
}

/**
 * @param scope tells the users of one origin apart: server, application and user
 * @param lifetime `session`: until the last tab of the visit has gone; `device`: until it is cleared
 * @param memory what this tab remembers of the visit from page to page
 */
export function openDevice(scope: string, lifetime: 'session' | 'device', memory: SessionMemory): Device {
  const unwritten = new Unwritten(memory);
  let last: LastWriter | undefined;
  const joined = (row: LastWriter | undefined) => {
    last = row;
  };
  const opened = openArchive({ scope, lifetime, visit: unwritten, page: unwritten.page, joined });
  const archive = opened.then(
    (found) => {
      // Before whoever waits for the archive.
      unwritten.takeUp(archivist(opened, unwritten.follow), last);
      return found;
    },
    () => undefined,
  );
  const outbox = indexedDbOutbox(scope, false);
  const revise: Revise = async (...left) => withArchived(outbox, ...left);
  return { outbox, keeper: archivist(archive, unwritten.follow), revise, archive };
}
