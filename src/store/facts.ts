import type { Message } from '../client/message.js';

/**
 * What the tabs of one session tell each other, beside what the client tells all of them: in one order everywhere, and whoever
 * told it hears it too.
 */
export type Fact =
  /** Somebody has seen everything of this peer. */
  | { readonly fact: 'read'; readonly peerId: string }
  /** The history gave messages that had been missing behind this one (undefined: before all others). */
  | {
      readonly fact: 'found';
      readonly peerId: string;
      readonly after: string | undefined;
      readonly messages: readonly Message[];
      /** Ids of those that are news, not old history. */
      readonly news: readonly string[];
      /** Whether nothing is missing there any more. */
      readonly isAll: boolean;
    }
  /** The user deleted a message of this conversation. */
  | { readonly fact: 'deleted'; readonly peerId: string; readonly id: string }
  /** The transcript with this peer was emptied. */
  | { readonly fact: 'cleared'; readonly peerId: string }
  /** Everything of this user was forgotten. */
  | { readonly fact: 'wiped' }
  /** Somebody else uses the chat now: what is shown of this user goes from the screens. */
  | { readonly fact: 'over' };

/** What the history gave. */
export type Found = Extract<Fact, { fact: 'found' }>;

/** How a session hears and tells what concerns all of its tabs. */
export interface Tabs {
  /** Tells it to all tabs, this one included: there once this call has returned, or a moment later. */
  tell(fact: Fact): void;
  /** Calls the listener for each, until the signal is aborted. What it gets is checked. */
  listen(listener: (fact: Fact) => void, signal: AbortSignal): void;
}

/** A session that has only this tab. */
export function onlyTab(): Tabs {
  const listeners = new Set<(fact: Fact) => void>();
  return {
    tell(fact) {
      for (const listener of [...listeners]) listener(fact);
    },
    listen(listener, signal) {
      listeners.add(listener);
      signal.addEventListener('abort', () => listeners.delete(listener));
    },
  };
}

/** A fact from elsewhere, made anew of what is well formed; undefined for anything that is none. */
export function checkFact(value: unknown): Fact | undefined {
  try {
    const { fact, peerId, after, messages, news, isAll, id } = value as Record<string, unknown>;
    if (fact === 'wiped' || fact === 'over') return { fact };
    if (!isId(peerId)) return undefined;
    if (fact === 'read' || fact === 'cleared') return { fact, peerId };
    if (fact === 'deleted' && isId(id)) return { fact, peerId, id };
    if (fact !== 'found' || typeof isAll !== 'boolean' || !(after === undefined || isId(after))) return undefined;
    const [all, ids] = [entries(messages).map((entry) => checkMessage(entry, peerId)), entries(news)];
    if (!all.every((message) => message !== undefined) || !ids.every(isId)) return undefined;
    return { fact, peerId, after, messages: all, news: ids, isAll };
  } catch {
    // Not even an object, or one that throws when it is looked at.
    return undefined;
  }
}

/** A message as a history has it: of this peer, or to them and delivered. */
function checkMessage(value: unknown, peerId: string): Message | undefined {
  const { id, type, content, from, to, sentAt, status } = value as Message;
  if (!isId(id) || !isId(from) || !isId(to) || typeof content !== 'string') return undefined;
  if (!Number.isInteger(type) || !Number.isFinite(sentAt)) return undefined;
  const isOf = (status === 'received' && from === peerId) || (status === 'delivered' && to === peerId);
  return isOf ? { id, type, content, from, to, sentAt, status } : undefined;
}

function isId(value: unknown): value is string {
  return typeof value === 'string' && value !== '';
}

/** With the holes of an array, which `every` and `map` would pass over; of what is none, one that fits nowhere. */
function entries(value: unknown): unknown[] {
  return Array.isArray(value) ? [...value] : [undefined];
}
