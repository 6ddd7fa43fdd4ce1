import { NotDeliveredError } from '../client/errors.js';
import { type Message, MessageType } from '../client/message.js';
import { newId } from '../client/new-id.js';
import type { Outgoing, SendOptions } from '../client/outgoing.js';
import type { Conversation } from './conversation.js';
import type { MessageStore, StoreChangeEvent } from './message-store.js';

/**
 * A conversation without a client: it shows a store and leaves the transport to the page. A message that is sent appears as
 * `sending`; whoever carries it sets its status with `store.update(id, {status: 'delivered'})`.
 */
export class StoreConversation implements Conversation {
  constructor(
    readonly store: MessageStore,
    readonly userId: string,
    readonly peerId: string,
    readonly now: () => number,
  ) {}

  readonly isLoading = false;
  missing: string | undefined;

  send(content: string, { type = MessageType.text }: Omit<SendOptions, 'to'> = {}): Outgoing {
    const { userId: from, peerId: to, store } = this;
    const message: Message = { id: newId(), type, content, from, to, sentAt: this.now(), status: 'sending' };
    const delivered = new Promise<void>((resolve, reject) => {
      const settle = ({ change }: StoreChangeEvent) => {
        const outcome = finalOutcome(message.id, change);
        if (!outcome) return;
        store.removeEventListener('change', settle);
        if (outcome === 'delivered') resolve();
        else reject(new NotDeliveredError(message.id, outcome));
      };
      store.addEventListener('change', settle);
    });
    delivered.catch(() => {});
    store.append(message);
    return { id: message.id, delivered };
  }

  retry(id: string): boolean {
    return this.store.get(id)?.status === 'failed' && this.store.update(id, { status: 'sending' });
  }

  cancel(id: string): boolean {
    return this.store.get(id)?.status === 'queued' && this.store.remove(id);
  }

  remove(id: string): boolean {
    const { store } = this;
    return store.isErasable(id) ? store.erase(id) : store.get(id)?.status === 'failed' && store.remove(id);
  }

  clear(): void {
    this.store.clear();
  }

  /** What came before is the page's own affair. */
  async loadOlder(): Promise<void> {}

  async reach(id: string): Promise<boolean> {
    return this.store.has(id);
  }

  /** What is missing is the page's own affair. */
  fillGap(): void {}

  /** The limits of the page's own transport are not known here. */
  frameBytes(): number {
    return 0;
  }
}

function finalOutcome(
  id: string,
  change: StoreChangeEvent['change'],
): 'delivered' | NotDeliveredError['reason'] | undefined {
  if (change.kind === 'clear') return 'removed';
  if (change.kind === 'remove') return change.message.id === id ? 'removed' : undefined;
  if (change.kind !== 'update' || change.message.id !== id) return undefined;
  const { status } = change.message;
  if (status === 'delivered' || status === 'sent') return 'delivered';
  return status === 'failed' ? 'failed' : undefined;
}
