import { FrameType } from '../gateway/frames.js';
import type { ClientEntry } from './client-journal.js';
import type { Evidence, Violation } from './evidence.js';

/** I8: least time between two copies of a frame on one connection. Timers may fire a little early. */
const LEAST_MS = 3_000 - 5;

/** What must be true of each client's conduct on the wire: acknowledgements, retries, one socket, announced gaps. */
export function judgeWire({ clients }: Evidence): Violation[] {
  return [...clients].flatMap(([user, entries]) => [
    ...acknowledgements(user, entries),
    ...retries(user, entries),
    ...sockets(user, entries),
    ...announcements(user, entries),
  ]);
}

/** I7: each copy that arrives is acknowledged once, on the socket it came by, and never before it was shown. */
function acknowledgements(user: string, entries: readonly ClientEntry[]): Violation[] {
  const owed = new Map<string, number>();
  const shown = new Set<string>();
  const over = new Set<number>();
  const found: Violation[] = [];
  for (const entry of entries) {
    const { t } = entry;
    if (entry.what === 'message') shown.add(entry.fp);
    if (entry.what === 'abandon' || entry.what === 'gone') over.add(entry.generation);
    if (entry.what !== 'frame') continue;
    const { generation, dir, type } = entry;
    if (dir === 'in' && type === FrameType.data && !over.has(generation)) {
      const key = `${generation} ${entry.fp}`;
      owed.set(key, (owed.get(key) ?? 0) + 1);
    } else if (dir === 'out' && type === FrameType.received) {
      const fp = entry.content ?? '';
      const key = `${generation} ${fp}`;
      const left = (owed.get(key) ?? 0) - 1;
      owed.set(key, left);
      if (left < 0) found.push({ kind: 'acknowledgement', user, t, fp, says: 'acknowledged once too often' });
      if (!shown.has(fp))
        found.push({ kind: 'acknowledgement', user, t, fp, says: 'acknowledged before it was shown' });
    }
  }
  for (const [key, left] of owed) {
    const fp = key.slice(key.indexOf(' ') + 1);
    if (left > 0) found.push({ kind: 'acknowledgement', user, t: 0, fp, says: 'arrived, and was not acknowledged' });
  }
  return found;
}

/** I8: no copy follows another on the same connection within 3 s. */
function retries(user: string, entries: readonly ClientEntry[]): Violation[] {
  const last = new Map<string, number>();
  return entries.flatMap((entry): Violation[] => {
    if (entry.what !== 'frame' || entry.dir !== 'out' || entry.type !== FrameType.data) return [];
    const { generation, t } = entry;
    const fp = entry.fp ?? '';
    const before = last.get(`${generation} ${fp}`) ?? Number.NEGATIVE_INFINITY;
    last.set(`${generation} ${fp}`, t);
    const says = `written again after ${Math.round(t - before)} ms`;
    return t - before < LEAST_MS ? [{ kind: 'retry', user, t, fp, says }] : [];
  });
}

/** I9: a socket is made only when the one before is over, and each logs in once. */
function sockets(user: string, entries: readonly ClientEntry[]): Violation[] {
  const live = new Set<number>();
  const loggedIn = new Set<number>();
  return entries.flatMap((entry): Violation[] => {
    const { t } = entry;
    if (entry.what === 'abandon' || entry.what === 'gone') live.delete(entry.generation);
    if (entry.what === 'socket') {
      live.add(entry.generation);
      if (live.size > 1) return [{ kind: 'two sockets', user, t, says: `live at once: ${[...live].join(', ')}` }];
    }
    if (entry.what !== 'frame' || entry.dir !== 'out' || entry.type !== FrameType.login) return [];
    const isSecond = loggedIn.has(entry.generation);
    loggedIn.add(entry.generation);
    return isSecond ? [{ kind: 'two sockets', user, t, says: `two logins on socket ${entry.generation}` }] : [];
  });
}

/** I15: exactly one `resync` for each login, before the state is `connected`. */
function announcements(user: string, entries: readonly ClientEntry[]): Violation[] {
  let announced = 0;
  return entries.flatMap((entry): Violation[] => {
    if (entry.what === 'resync') announced += 1;
    if (entry.what !== 'state' || entry.state !== 'connected') return [];
    const times = announced;
    announced = 0;
    return times === 1 ? [] : [{ kind: 'resync', user, t: entry.t, says: `announced ${times} times before a login` }];
  });
}
