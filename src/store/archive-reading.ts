import type { IDBPIndex } from 'idb';
import type { ArchiveSchema, ArchiveStores } from './archive-database.js';
import { type ArchiveRecord, checkRecord } from './archive-record.js';

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
  most = Number.POSITIVE_INFINITY,
): Promise<{ records: ArchiveRecord[]; isAll: boolean }> {
  const records: ArchiveRecord[] = [];
  let isAll = true;
  for await (const { value } of index.iterate(range, 'prev')) {
    const record = checkRecord(value);
    bad.isThere ||= !record;
    if (typeof record !== 'object') continue;
    isAll = records.length < most;
    if (!isAll) break;
    records.push(record);
  }
  return { records: records.reverse(), isAll };
}
