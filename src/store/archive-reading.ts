import type { IDBPIndex } from 'idb';
import type { DeliveryOutcome } from '../client/events.js';
import { type DeliveryStatus, WAITING_STATUSES } from '../client/message.js';
import type { ArchiveState } from './archive.js';
import {
  type ArchiveSchema,
  type ArchiveStores,
  type ArchiveTransaction,
  behindAll,
  readOf,
  under,
} from './archive-database.js';
import { type ArchiveRecord, checkRecord, messageOf, NO_END, type Stored } from './archive-record.js';
import { isCommon } from './history.js';

/** Most ids of received messages, and of unread ones with one peer, that are told. */
const MOST_KNOWN = 500;
const MOST_UNREAD = 1_000;
/** Behind so many messages at most a hole is looked for. */
const MOST_SEARCHED = 1_000;
/** So many neighbours of what is inserted tell where it may stand. */
const MOST_AROUND = 100;

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

interface Newest {
  readonly records: ArchiveRecord[];
  readonly isAll: boolean;
}

/** The last `most` records of a range, in its order, and whether they are all. What is no record is noted. */
export async function newest(index: MessageIndex, range: IDBKeyRange, bad: Bad, most = NO_END): Promise<Newest> {
  // All of them in three steps: with a cursor each is one, and the database is in another process.
  const last = most < NO_END ? await index.openKeyCursor(range, 'prev') : null;
  const before = await last?.advance(most);
  const values = await index.getAll(before ? IDBKeyRange.bound(before.key, range.upper, true, range.upperOpen) : range);
  const records = recordsOf(values);
  return records.length === values.length ? { records, isAll: !before } : walk(index, range, bad, most);
}

/** The same where some are no records. */
async function walk(index: MessageIndex, range: IDBKeyRange, bad: Bad, most: number): Promise<Newest> {
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

/**
 * The last message before those that came when it was not known whether anything is missing, or undefined if none did. Only what
 * a history must know, too.
 * @param records the newest page
 */
export async function missingBehind(
  transaction: ArchiveTransaction,
  scope: string,
  peer: string,
  records: readonly ArchiveRecord[],
): Promise<string | undefined> {
  const { whole } = (await transaction.objectStore('marks').get([scope, peer])) ?? {};
  if (typeof whole !== 'number' || records.every(({ kept }) => kept < whole)) return undefined;
  const isBefore = (record: ArchiveRecord) => record.kept < whole && isCommon(record);
  const found = records.findLast(isBefore);
  if (found) return found.id;
  const { records: more } = await newest(
    transaction.objectStore('messages').index('place'),
    under(scope, peer),
    { isThere: false },
    MOST_SEARCHED,
  );
  return more.findLast(isBefore)?.id;
}

/** The messages between these places, and some of those before and behind them; without any place: the first ones of all. */
export async function around(
  transaction: ArchiveTransaction,
  scope: string,
  peer: string,
  places: readonly number[],
): Promise<readonly ArchiveRecord[]> {
  const line = transaction.objectStore('messages').index('place');
  const { lower: first, upper: last } = under(scope, peer);
  if (places.length === 0)
    return recordsOf(await line.getAll(IDBKeyRange.bound(first, last, false, true), MOST_AROUND));
  const [lowest, highest] = [Math.min(...places), Math.max(...places)].map((place) => [...first, place]);
  const [before, between, behind] = await Promise.all([
    newest(line, IDBKeyRange.bound(first, lowest, false, true), { isThere: false }, MOST_AROUND),
    line.getAll(IDBKeyRange.bound(lowest, highest), MOST_SEARCHED),
    line.getAll(IDBKeyRange.bound(highest, last, true, true), MOST_AROUND),
  ]);
  return [...before.records, ...recordsOf(between.length < MOST_SEARCHED ? [...between, ...behind] : between)];
}

function recordsOf(values: readonly Stored[]): ArchiveRecord[] {
  return values.map(checkRecord).filter((record) => typeof record === 'object');
}

/** What is written down of an own message; `removed` if nothing is. */
export async function outcomeOf(transaction: ArchiveTransaction, scope: string, id: string): Promise<DeliveryOutcome> {
  const record = checkRecord(await transaction.objectStore('messages').get([scope, id]));
  return typeof record === 'object' && record.status !== 'received' ? record.status : 'removed';
}

/** What is to be known before a page goes on with what is there. */
export async function stateOf(transaction: ArchiveTransaction, scope: string, bad: Bad): Promise<ArchiveState> {
  const messages = transaction.objectStore('messages');
  const newestWith = async (status: DeliveryStatus, most?: number) =>
    (await newest(messages.index('status'), under(scope, status), bad, most)).records;
  const [known, waiting, marks] = await Promise.all([
    newestWith('received', MOST_KNOWN),
    Promise.all(WAITING_STATUSES.map((status) => newestWith(status))),
    transaction.objectStore('marks').getAll(under(scope)),
  ]);
  const unread = await Promise.all(
    marks.map(async (mark) => {
      const peer = mark.peer as string;
      const after = [scope, peer, 'received'];
      const range = IDBKeyRange.bound([...after, readOf(mark)], behindAll(...after), true, true);
      const { records } = await newest(messages.index('news'), range, bad, MOST_UNREAD);
      return [peer, records.flatMap(({ id, seen, deleted }) => (seen || deleted ? [] : id))] as const;
    }),
  );
  return {
    known: known.map(({ id }) => id),
    waiting: waiting
      .flat()
      .sort((a, b) => a.kept - b.kept)
      .map(messageOf),
    unread: new Map(unread.filter(([peer, ids]) => typeof peer === 'string' && ids.length > 0)),
  };
}
