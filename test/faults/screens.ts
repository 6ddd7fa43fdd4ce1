import type { ClientEntry, ScreenRow } from './client-journal.js';
import type { Evidence, Violation } from './evidence.js';
import type { Fate } from './message-fates.js';

/** What must be true of what each user sees in the end, and of how it came there. */
export function judgeScreens({ clients }: Evidence, all: ReadonlyMap<string, Fate>): Violation[] {
  return [...clients].flatMap(([user, entries]) => {
    const last = entries.findLast((entry) => entry.what === 'screen');
    if (last?.what !== 'screen') return [];
    const { t, rows } = last;
    return [
      ...once(user, t, rows, all),
      ...own(user, t, rows, all),
      ...arrivalOrder(user, t, rows, entries),
      ...complete(user, t, rows, entries, all),
    ];
  });
}

/** I4: no message is there twice. */
function once(user: string, t: number, rows: readonly ScreenRow[], all: ReadonlyMap<string, Fate>): Violation[] {
  const seen = new Set<string>();
  return rows.flatMap(({ fp }): Violation[] => {
    const isSecond = seen.has(fp);
    seen.add(fp);
    const kind = all.get(fp)?.from === user ? 'own duplicated' : 'inbound duplicated';
    return isSecond ? [{ kind, user, t, fp, says: 'twice on the screen' }] : [];
  });
}

/** I5: own messages are in the order in which they were typed, and say truly how far they have come. */
function own(user: string, t: number, rows: readonly ScreenRow[], all: ReadonlyMap<string, Fate>): Violation[] {
  let highest = -1;
  return rows.flatMap(({ fp, status }): Violation[] => {
    const fate = all.get(fp);
    if (fate?.from !== user) return [];
    const found: Violation[] = [];
    if (fate.position < highest) {
      found.push({ kind: 'own out of order', user, t, fp, says: 'on the screen below one that was typed later' });
    }
    if (fate.status !== undefined && status !== fate.status) {
      found.push({ kind: 'own stuck', user, t, fp, says: `the screen says ${status}, and it is ${fate.status}` });
    }
    highest = Math.max(highest, fate.position);
    return found;
  });
}

/** I6: what was announced is in the order of its announcement; what a history brought may stand between. */
function arrivalOrder(
  user: string,
  t: number,
  rows: readonly ScreenRow[],
  entries: readonly ClientEntry[],
): Violation[] {
  const place = new Map<string, number>();
  const byHistory = new Set<string>();
  for (const entry of entries) {
    if (entry.what === 'row' && !place.has(entry.fp)) byHistory.add(entry.fp);
    if (entry.what !== 'message' || byHistory.has(entry.fp) || place.has(entry.fp)) continue;
    place.set(entry.fp, place.size);
  }
  let highest = -1;
  return rows.flatMap(({ fp }): Violation[] => {
    const position = place.get(fp) ?? highest;
    if (position < highest)
      return [{ kind: 'inbound out of order', user, t, fp, says: 'on the screen below a later one' }];
    highest = position;
    return [];
  });
}

/** Whatever was typed or announced is there in the end, unless its user took it away. */
function complete(
  user: string,
  t: number,
  rows: readonly ScreenRow[],
  entries: readonly ClientEntry[],
  all: ReadonlyMap<string, Fate>,
): Violation[] {
  const there = new Set(rows.map(({ fp }) => fp));
  return entries.flatMap((entry): Violation[] => {
    if ((entry.what !== 'typed' && entry.what !== 'message') || there.has(entry.fp)) return [];
    const { fp } = entry;
    const status = all.get(fp)?.status;
    if (entry.what === 'typed' && (status === 'cancelled' || status === 'removed')) return [];
    return [{ kind: entry.what === 'typed' ? 'own lost' : 'inbound lost', user, t, fp, says: 'not on the screen' }];
  });
}
