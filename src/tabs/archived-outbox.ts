import type { DeliveryOutcome } from '../client/events.js';
import type { Message } from '../client/message.js';
import type { OutboxRecord, OutboxStorage } from '../client/outbox-storage.js';
import { recordOf } from './own-messages.js';

/**
 * What was read of an outbox, and messages of which only a transcript knows that they are under way: they were lost from the
 * outbox, or their acknowledgement came and nobody could write it down. Sent once more, as the same message, they are neither
 * lost nor called delivered by a guess. What a tab saw ended is not found again, wherever it still is.
 */
export function withArchived(
  storage: OutboxStorage,
  values: readonly unknown[],
  archived: readonly Message[],
  ended: ReadonlyMap<string, DeliveryOutcome>,
): readonly unknown[] {
  const records = values.filter((record) => {
    const isOver = ended.has(idOf(record));
    if (isOver) storage.delete(idOf(record)).catch(() => {});
    return !isOver;
  });
  const known = new Set(records.map(idOf));
  const lost = new Map(archived.map((message) => [message.id, recordOf(message)]));
  for (const [id, record] of lost) {
    if (known.has(id) || ended.has(id)) continue;
    storage.put(record).catch(() => {});
    records.push(record);
  }
  return records;
}

const idOf = (record: unknown) => (record as Partial<OutboxRecord> | null)?.id ?? '';
