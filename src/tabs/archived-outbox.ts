import type { DeliveryOutcome } from '../client/events.js';
import type { Message } from '../client/message.js';
import type { OutboxRecord, OutboxStorage } from '../client/outbox-storage.js';

/**
 * An outbox in which messages are found again of which only a transcript knows that they are under way: they were lost
 * from the outbox, or their acknowledgement came and nobody could write it down. Sent once more, as the same message, they
 * are neither lost nor called delivered by a guess. What this tab saw ended is not found again, wherever it still is.
 */
export function withArchived(
  storage: OutboxStorage,
  archived: () => Promise<readonly Message[]>,
  ended: ReadonlyMap<string, DeliveryOutcome>,
  /** Called when it was read, or cannot be. */
  claimed: () => void,
): OutboxStorage {
  return {
    get emptied() {
      return storage.emptied;
    },
    set emptied(listener) {
      storage.emptied = listener;
    },
    put: (record) => storage.put(record),
    delete: (id) => storage.delete(id),
    clear: () => storage.clear(),
    async claim(signal) {
      const values = await storage.claim(signal).catch((error) => {
        claimed();
        throw error;
      });
      const records = values.filter((record) => {
        const isOver = ended.has(idOf(record));
        if (isOver) storage.delete(idOf(record)).catch(() => {});
        return !isOver;
      });
      const known = new Set(records.map(idOf));
      const lost = new Map((await archived()).map((message) => [message.id, recordOf(message)]));
      for (const [id, record] of lost) {
        if (known.has(id) || ended.has(id)) continue;
        storage.put(record).catch(() => {});
        records.push(record);
      }
      // A moment later the client has them.
      void Promise.resolve()
        .then(() => Promise.resolve())
        .then(claimed);
      return records;
    },
  };
}

const idOf = (record: unknown) => (record as Partial<OutboxRecord> | null)?.id ?? '';

/** What would have been written down of it, as far as that is known. */
export function recordOf({ id, to, type, content, sentAt, status }: Message): OutboxRecord {
  const written = status !== 'queued';
  return { v: 1, id, seq: sentAt, to, type, content, qos: true, sentAt, written, failed: status === 'failed' };
}
