import { isWaiting, type Message } from '../client/message.js';
import type { Archive } from './archive.js';
import { isCommon, PAGE } from './history.js';
import type { Kept } from './kept.js';
import type { MessageStore } from './message-store.js';

/** So many messages at most are looked up after a page was stopped. */
const MOST_MISSED = 1_000;

/** Reads the newest page of what is kept. What is returned shows it: what has come meanwhile may be in it, too. */
export async function newestPage(kept: Kept, archive: Archive): Promise<() => void> {
  const { messages, before } = await archive.page(kept.peerId, PAGE);
  return () => {
    kept.place = before;
    merge(kept.store, messages);
    for (const { id } of messages) kept.ids.add(id);
    kept.newest = messages.findLast(isCommon);
  };
}

/** Shows what was written down since this page was stopped, or came late. */
export async function catchUp({ store, peerId }: Kept, archive: Archive): Promise<() => void> {
  const all: Message[] = [];
  let before: number | undefined;
  do {
    const page = await archive.page(peerId, PAGE, before);
    all.unshift(...page.messages);
    before = page.before;
  } while (before !== undefined && all.length < MOST_MISSED && !all.some(({ id }) => store.has(id)));
  return () => merge(store, all);
}

/**
 * Each unknown message comes behind the one before it. Those before the first known one stand before that, and before what came
 * later: it may be on its way into the archive.
 */
function merge(store: MessageStore, messages: readonly Message[]): void {
  const since = messages[0]?.sentAt ?? 0;
  const known = messages.find(({ id }) => store.has(id));
  const byTime = store.messages.findLastIndex(({ sentAt }) => sentAt <= since) + 1;
  let at = known ? Math.min(byTime, store.indexOf(known.id)) : byTime;
  for (const message of messages) {
    const { id, status } = message;
    store.insert(at, [message]);
    // Its end may have been told while this page was stopped.
    if (isWaiting(store.get(id)?.status) && (status === 'sent' || status === 'delivered')) store.update(id, { status });
    at = store.indexOf(id) + 1;
  }
}
