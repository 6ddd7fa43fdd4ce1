import type { NewsKeeper } from '../tabs/shared-client-options.js';
import type { Archive } from './archive.js';
import { checkFact } from './facts.js';

/** Writes into the archive what all tabs are told. Of these tabs, the one that leads asks it to. */
export function archivist(archive: Promise<Archive | undefined>): NewsKeeper {
  const ask = async <T>(what: (archive: Archive) => Promise<T>): Promise<T | undefined> => {
    const opened = await archive;
    return opened && what(opened);
  };
  // What cannot be kept is missed by a later page, not by this one.
  const write = (what: (archive: Archive) => Promise<unknown>) => ask(what).catch(() => {});
  return {
    before: async () => (await ask((opened) => opened.state())) ?? { known: [], waiting: [] },
    message: (message) => ask((opened) => opened.received(message)),
    delivery: (message, outcome) => write((opened) => opened.delivery(message, outcome)),
    outcome: (id) => ask((opened) => opened.outcome(id)).catch(() => undefined),
    fact(value) {
      const fact = checkFact(value);
      return write(async (opened) => {
        if (fact?.fact === 'read') await opened.read(fact.peerId);
        else if (fact?.fact === 'cleared') await opened.clear(fact.peerId);
        else if (fact?.fact === 'wiped') await opened.clear();
        else if (fact?.fact === 'found') await opened.insert(fact.peerId, fact.after, fact.messages, fact.news);
      });
    },
  };
}
