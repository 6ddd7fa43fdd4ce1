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
  /** The transcript with this peer was emptied. */
  | { readonly fact: 'cleared'; readonly peerId: string }
  /** Everything of this user was forgotten. */
  | { readonly fact: 'wiped' }
  /** Somebody else uses the chat now: what is shown of this user goes from the screens. */
  | { readonly fact: 'over' };

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
