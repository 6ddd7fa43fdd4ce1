import type { Message } from '../client/message.js';
import type { OutboxRecord, OutboxStorage } from '../client/outbox-storage.js';

/**
 * An outbox in which messages are found again of which only the transcript knows that they are under way: they were lost
 * from the outbox, or their acknowledgement came and nobody could write it down. Sent once more, as the same message, they
 * are neither lost nor called delivered by a guess.
 */
export function withArchived(storage: OutboxStorage, archived: () => Promise<readonly Message[]>): OutboxStorage {
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
      const records = await storage.claim(signal);
      const known = new Set(records.map((record) => (record as Partial<OutboxRecord> | null)?.id));
      const lost = (await archived()).filter(({ id }) => !known.has(id)).map(recordOf);
      return [...records, ...lost];
    },
  };
}

function recordOf({ id, to, type, content, sentAt, status }: Message): OutboxRecord {
  const written = status !== 'queued';
  return { v: 1, id, seq: sentAt, to, type, content, qos: true, sentAt, written, failed: status === 'failed' };
}
