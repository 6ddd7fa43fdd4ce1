import { type ArchiveTransaction, readOf, under } from './archive-database.js';
import { BEFORE_ALL, checkRecord, LAST_PLACE, NO_END } from './archive-record.js';

/** Room that is left between neighbours for what is found to be missing there. */
const STRIDE = 2 ** 20;

/**
 * Places for so many messages in a row, behind one place (`-Infinity`: before all) and before the next (`Infinity`: there is
 * none). At either end they are far apart; between two they stand close behind the first, so that there is room for more.
 * Undefined where there are not so many numbers between them.
 */
export function placesBetween(after: number, next: number, count: number): number[] | undefined {
  const [isFirst, isLast] = [after === BEFORE_ALL, next === NO_END];
  const step = isFirst || isLast ? STRIDE : Math.min(1, (next - after) / (count + 1));
  let first = after + step;
  if (isLast) first = isFirst ? STRIDE : Math.floor(after) + STRIDE;
  else if (isFirst) first = Math.ceil(next) - count * STRIDE;
  const places = Array.from({ length: count }, (_, i) => first + i * step);
  const line = [Math.max(after, -LAST_PLACE), ...places, Math.min(next, LAST_PLACE)];
  return line.every((place, i) => i === 0 || place > (line[i - 1] ?? place)) ? places : undefined;
}

/** Where the last message with this peer stands, before this place if one is given; `-Infinity` where there is none. */
export async function lastPlace(
  transaction: ArchiveTransaction,
  scope: string,
  peer: string,
  before = NO_END,
): Promise<number> {
  const line = transaction.objectStore('messages').index('place');
  const range = IDBKeyRange.bound(
    [scope, peer, -LAST_PLACE],
    [scope, peer, Math.min(before, LAST_PLACE)],
    false,
    before < NO_END,
  );
  return (await line.openKeyCursor(range, 'prev'))?.key[2] ?? BEFORE_ALL;
}

/** Places for new messages behind this one. */
export async function placesBehind(
  transaction: ArchiveTransaction,
  scope: string,
  peer: string,
  after: number,
  count: number,
): Promise<number[]> {
  const line = transaction.objectStore('messages').index('place');
  const lower = Math.max(after, -LAST_PLACE);
  // Nothing is behind the last place that there is, and no range can say so.
  const isEnd = lower >= LAST_PLACE;
  const range = isEnd || IDBKeyRange.bound([scope, peer, lower], [scope, peer, LAST_PLACE], after === lower);
  const next = range === true ? NO_END : ((await line.openKeyCursor(range))?.key[2] ?? NO_END);
  return placesBetween(after, next, count) ?? makeRoom(transaction, scope, peer, after, count);
}

/** Numbers all messages with this peer anew, with room behind this one: it was inserted there so often that none was left. */
async function makeRoom(
  transaction: ArchiveTransaction,
  scope: string,
  peer: string,
  after: number,
  count: number,
): Promise<number[]> {
  const messages = transaction.objectStore('messages');
  const marks = transaction.objectStore('marks');
  const mark = await marks.get([scope, peer]);
  const seen = readOf(mark);
  let read = BEFORE_ALL;
  let first = STRIDE;
  let last = 0;
  const moved: Promise<unknown>[] = [];
  for (const value of await messages.index('place').getAll(under(scope, peer))) {
    const record = checkRecord(value);
    if (typeof record !== 'object') continue;
    last += STRIDE;
    const place = record.place > after ? last + count * STRIDE : last;
    if (record.place <= after) first = last + STRIDE;
    if (record.place <= seen) read = place;
    moved.push(messages.put({ ...record, place }));
  }
  await Promise.all([...moved, marks.put({ ...mark, scope, peer, read })]);
  return Array.from({ length: count }, (_, i) => first + i * STRIDE);
}
