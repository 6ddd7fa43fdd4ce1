import { type ArchiveTransaction, type ScopeRow, type StoredRow, under } from './archive-database.js';
import { checkRecord, ENDED, isWithin, LAST_PLACE, sizeOf } from './archive-record.js';

/** How much is kept of one user. */
export interface ArchiveLimits {
  readonly messages: number;
  /** As {@link sizeOf} counts them. */
  readonly bytes: number;
}

const BATCH = 100;
/** Counted from 0, no age comes near. */
const LAST_AGE = LAST_PLACE / 2;
/** What a visit left that nobody was seen in for so long, ms, is deleted whoever comes. */
const FORGOTTEN_MS = 7 * 86_400_000;

/** The row of a scope, if it is one. */
export function checkRow(row: StoredRow | undefined): ScopeRow | undefined {
  if (!row) return undefined;
  const { lifetime, visit, touched, messages, bytes, next } = row;
  const isRow =
    (lifetime === 'session' || lifetime === 'device') &&
    typeof visit === 'string' &&
    typeof touched === 'number' &&
    [messages, bytes, next].every((count) => isWithin(count, LAST_AGE) && count >= 0);
  return isRow ? (row as ScopeRow) : undefined;
}

/** Whether it is of a visit that was over long ago. */
export function isForgotten(value: StoredRow | undefined, now: number): boolean {
  const row = checkRow(value);
  return row?.lifetime === 'session' && now - row.touched > FORGOTTEN_MS;
}

/** Deletes what is no record, and counts the rest. Rarely needed: where the counts were lost, or may be wrong. */
export async function sweep(transaction: ArchiveTransaction, row: ScopeRow): Promise<ScopeRow> {
  const messages = transaction.objectStore('messages');
  row.messages = row.bytes = row.next = 0;
  const changes: Promise<unknown>[] = [];
  for (const value of await messages.getAll(under(row.scope))) {
    const record = checkRecord(value);
    if (!record) changes.push(messages.delete([row.scope, value.id as string]));
    else row.messages += 1;
    row.bytes += sizeOf(value);
    if (typeof record !== 'object') continue;
    if (record.kept < LAST_AGE) row.next = Math.max(row.next, record.kept + 1);
    // Not ours: it is the first to go.
    else changes.push(messages.put({ ...record, kept: 0 }));
  }
  await Promise.all(changes);
  return row;
}

/** Lets the oldest go until no more is left than this, but never an own message whose end is not known. */
export async function trim(transaction: ArchiveTransaction, row: ScopeRow, most: ArchiveLimits): Promise<void> {
  const messages = transaction.objectStore('messages');
  const { scope } = row;
  const peers = new Set<unknown>();
  const isOver = () => row.messages > most.messages || row.bytes > most.bytes;
  while (isOver()) {
    const ofEach = ENDED.map((status) => messages.index('status').getAll(under(scope, status), BATCH));
    const oldest = (await Promise.all(ofEach)).flat().sort((a, b) => Number(a.kept) - Number(b.kept));
    if (oldest.length === 0) break;
    const gone: Promise<void>[] = [];
    for (const value of oldest.slice(0, BATCH)) {
      if (!isOver()) break;
      row.messages -= 1;
      row.bytes -= sizeOf(value);
      peers.add(value.peer);
      gone.push(messages.delete([scope, value.id as string]));
    }
    await Promise.all(gone);
  }
  for (const peer of peers) {
    if (typeof peer !== 'string' || (await messages.index('place').getKey(under(scope, peer)))) continue;
    await transaction.objectStore('marks').delete([scope, peer]);
  }
}

/** Forgets everything of a scope. */
export async function wipe(transaction: ArchiveTransaction, scope: string): Promise<void> {
  await Promise.all([
    transaction.objectStore('messages').delete(under(scope)),
    transaction.objectStore('marks').delete(under(scope)),
    transaction.objectStore('scopes').delete(scope),
  ]);
}
