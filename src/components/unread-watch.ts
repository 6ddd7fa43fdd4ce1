import type { MessageReceivedEvent } from '../client/events.js';
import type { Message } from '../client/message.js';
import type { AttentionSource, AttentionTexts, AttentionWishes } from './attention.js';

/** A session whose unread messages are told outside of the window too. Fires `unread` whenever their number changes. */
export interface UnreadSource extends AttentionSource, EventTarget {
  /** Fires `message` for what arrives now: what was kept, or a history has found, is no reason for a sound. */
  readonly client: AttentionSource['client'] & EventTarget;
}

/**
 * Calls for attention in the name of one window, until the signal is aborted. What does so comes when there is first
 * something to tell.
 *
 * @returns to be called when the wishes have changed
 */
export function watchUnread(
  session: UnreadSource,
  wishes: AttentionWishes,
  texts: () => AttentionTexts,
  signal: AbortSignal,
): () => void {
  let isNeeded = false;
  const load = () => import('./attention.js');
  let loading: ReturnType<typeof load> | undefined;
  const look = (message?: Message) => {
    const { unreadTitle, sound, notifications } = wishes;
    isNeeded ||= notifications !== 'off' || (session.unread > 0 && (unreadTitle !== 'off' || sound !== 'off'));
    if (!isNeeded) return;
    loading ??= load();
    loading
      .then(({ attend }) => attend(session, wishes, texts, signal, message))
      // The next message tries again.
      .catch(() => {
        loading = undefined;
      });
  };
  session.addEventListener('unread', () => look(), { signal });
  session.client.addEventListener('message', (event) => look((event as MessageReceivedEvent).message), { signal });
  return look;
}
