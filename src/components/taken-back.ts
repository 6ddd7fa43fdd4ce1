import type { MessageStore, StoreChangeEvent } from '../store/message-store.js';

/**
 * A message that was taken back is not thrown away: once it has gone, its text stands in the field, if that is empty. Another
 * tab may have to do it, a moment later.
 */
export function whenTakenBack(store: MessageStore, id: string, field: () => { value: string } | null): void {
  const look = ({ change }: StoreChangeEvent) => {
    if (change.kind !== 'remove' || change.message.id !== id) return;
    store.removeEventListener('change', look);
    const { status, content } = change.message;
    const composer = field();
    // What could only be given up has failed, and went because somebody wanted that.
    if (status !== 'failed' && composer?.value === '') composer.value = content;
  };
  store.addEventListener('change', look);
}
