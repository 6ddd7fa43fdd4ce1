import type { DeliveryEvent } from '../client/events.js';
import type { ToldEvent } from '../tabs/news.js';
import type { NewsKeeper } from '../tabs/shared-client-options.js';
import type { Archive } from './archive.js';
import { checkFact } from './facts.js';

/**
 * Writes into the archive what all tabs are told. Of these tabs, the one that leads asks it to.
 * @param follow makes a keeper of it that is followed in all that it does
 */
export function archivist(
  archive: Promise<Archive | undefined>,
  follow: (keeper: NewsKeeper) => NewsKeeper = (keeper) => keeper,
): NewsKeeper {
  const ask = async <T>(what: (archive: Archive) => Promise<T>): Promise<T | undefined> => {
    const opened = await archive;
    return opened && what(opened);
  };
  // What cannot be kept is missed by a later page, not by this one.
  const write = (what: (archive: Archive) => Promise<unknown>) => ask(what).catch(() => {});
  const keeper = follow({
    before: async () => (await ask((opened) => opened.state())) ?? { known: [], waiting: [] },
    message: (message) => ask((opened) => opened.received(message)),
    delivery: (message, outcome, restored) => write((opened) => opened.delivery(message, outcome, restored)),
    outcome: (id) => ask((opened) => opened.outcome(id)).catch(() => undefined),
    fact(value) {
      const fact = checkFact(value);
      return write(async (opened) => {
        if (fact?.fact === 'read') await opened.read(fact.peerId);
        else if (fact?.fact === 'deleted') await opened.erase(fact.peerId, fact.id);
        else if (fact?.fact === 'cleared') await opened.clear(fact.peerId);
        else if (fact?.fact === 'wiped') await opened.clear();
        else if (fact?.fact === 'found') {
          const { peerId, after, messages, news, isAll } = fact;
          await opened.insert(peerId, after, messages, news, isAll);
        }
      });
    },
    replay(events) {
      const emptied = new Set<string>();
      const heardOf = new Set<string>();
      const writes: (() => unknown)[] = [];
      for (const event of [...events].reverse()) {
        const { message, status, restored, fact: value } = event as Partial<DeliveryEvent & ToldEvent>;
        const fact = checkFact(value);
        // What came before everything was emptied must not come back.
        if (fact?.fact === 'wiped') break;
        const isOwn = event.type === 'delivery';
        const peer = fact && 'peerId' in fact ? fact.peerId : isOwn ? message?.to : message?.from;
        if (peer === undefined || emptied.has(peer)) continue;
        if (fact?.fact === 'cleared') emptied.add(peer);
        // Written now, it would empty, or count as read, what came later and was written down.
        const isLate = (fact?.fact === 'cleared' || fact?.fact === 'read') && heardOf.has(peer);
        // What was deleted may have come long before.
        if (fact?.fact !== 'deleted') heardOf.add(peer);
        if (isLate) continue;
        if (fact) writes.push(() => keeper.fact(fact));
        else if (message && !isOwn) writes.push(() => keeper.message(message));
        else if (message && status) writes.push(() => keeper.delivery(message, status, restored));
      }
      return Promise.allSettled(writes.reverse().map((write) => write()));
    },
  });
  return keeper;
}
