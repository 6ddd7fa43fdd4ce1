import { isWaiting, type Message } from '../client/message.js';
import type { Archive } from './archive.js';
import { isCommon, PAGE } from './history.js';
import type { Kept } from './kept.js';
import { isTheirs, merge } from './merge.js';
import type { MessageStore } from './message-store.js';

/** So many messages at most are looked up after a page was stopped. */
const MOST_MISSED = 1_000;

/** Reads the newest page of what is kept. What is returned shows it: what has come meanwhile may be in it, too. */
export async function newestPage(kept: Kept, archive: Archive): Promise<() => void> {
  const { messages, before, missing } = await archive.page(kept.peerId, PAGE);
  return () => {
    kept.missing = missing;
    kept.place = before;
    // Who waited too long has been shown what the page's history has.
    show(kept.store, messages, kept.isLoading);
    for (const { id, deleted } of messages) if (!deleted) kept.ids.add(id);
    kept.newest = messages.findLast(isCommon);
  };
}

/** Shows what was written down since this page was stopped, or came late. */
export async function catchUp({ store, peerId }: Kept, archive: Archive): Promise<() => void> {
  const all: Message[] = [];
  const deleted: Message[] = [];
  let before: number | undefined;
  let isKnown = false;
  let isShown: boolean;
  do {
    const page = await archive.page(peerId, PAGE, before);
    if (!isKnown) all.unshift(...page.messages);
    deleted.push(...page.messages.filter((message) => message.deleted));
    before = page.before;
    // Not until any is known: one that has just come is, and hundreds before it may be missing.
    isKnown ||= all.length >= MOST_MISSED || store.has(all[0]?.id ?? '');
    // What was deleted may stand anywhere among what is shown.
    isShown = page.messages.some(({ id }) => store.has(id));
  } while (before !== undefined && (!isKnown || isShown));
  return () => {
    show(store, all, false);
    for (const { id } of deleted) store.erase(id);
  };
}

function show(store: MessageStore, messages: readonly Message[], isFirst: boolean): void {
  const since = messages[0]?.sentAt ?? 0;
  const isBefore = (message: Message) => message.sentAt <= since && !(isFirst && isTheirs(message));
  merge(store, messages, {
    isFirst,
    // Before what came later, too: it may be on its way into the archive.
    start: (first = store.size) => Math.min(first, store.messages.findLastIndex(isBefore) + 1),
  });
  for (const { id, status, deleted } of messages) {
    if (deleted) store.erase(id);
    // Its end may have been told while this page was stopped.
    if (isWaiting(store.get(id)?.status) && (status === 'sent' || status === 'delivered')) store.update(id, { status });
  }
}
