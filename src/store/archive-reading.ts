import type { IDBPIndex } from 'idb';
import type { DeliveryOutcome } from '../client/events.js';
import type { ArchiveSchema, ArchiveStores, ArchiveTransaction } from './archive-database.js';
import { type ArchiveRecord, checkRecord, NO_END } from './archive-record.js';

type MessageIndex = IDBPIndex<
  ArchiveSchema,
  ArchiveStores,
  'messages',
  keyof ArchiveSchema['messages']['indexes'],
  'readwrite'
>;

/** Whether something was met that is no record. */
export interface Bad {
  isThere: boolean;
}

/** The last `most` records of a range, in its order, and whether they are all. What is no record is noted. */
export async function newest(
  index: MessageIndex,
  range: IDBKeyRange,
  bad: Bad,
  most = NO_END,
): Promise<{ records: ArchiveRecord[]; isAll: boolean }> {
  const records: ArchiveRecord[] = [];
  let isAll = true;
  for (let cursor = await index.openCursor(range, 'prev'); cursor; cursor = await cursor.continue()) {
    const record = checkRecord(cursor.value);
    bad.isThere ||= !record;
    if (typeof record !== 'object') continue;
    isAll = records.length < most;
    if (!isAll) break;
    records.push(record);
  }
  return { records: records.reverse(), isAll };
}

/** What is written down of an own message; `removed` if nothing is. */
export async function outcomeOf(transaction: ArchiveTransaction, scope: string, id: string): Promise<DeliveryOutcome> {
  const record = checkRecord(await transaction.objectStore('messages').get([scope, id]));
  return typeof record === 'object' && record.status !== 'received' ? record.status : 'removed';
}
