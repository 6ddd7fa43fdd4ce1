import { FrameType } from '../gateway/frames.js';
import type { ClientEntry, ClientFrame } from './client-journal.js';
import { type Evidence, tokenOf, type Violation } from './evidence.js';
import type { Fate } from './message-fates.js';

/** Journals are written by one clock, but `since` is rounded to whole milliseconds. */
const ROUNDING_MS = 2;

/** What must be true of what each user was sent: nothing lost in silence, nothing twice, nothing moved, nothing made up. */
export function judgeInbound(evidence: Evidence, all: ReadonlyMap<string, Fate>): Violation[] {
  return [...evidence.clients].flatMap(([user, entries]) => [
    ...losses(user, entries, evidence, all),
    ...announced(user, entries, all),
  ]);
}

/** Whether the client has said that something may be missing where the first copy of a message was lost. */
export function isInGap(fate: Fate, { clients, server }: Evidence): boolean {
  const [first] = fate.copies;
  const entries = clients.get(fate.to) ?? [];
  if (!first) return false;
  // It would have come after whatever came last on the connection that it was written to.
  const lastHeard = heardLast(entries, tokenOfSocket(server, first.socket));
  const moment = Math.max(first.t, lastHeard) + ROUNDING_MS;
  return entries.some((entry) => {
    if (entry.what !== 'resync' || entry.t < first.t) return false;
    return entry.since === undefined || entry.since <= moment;
  });
}

/** Accepted messages of which no copy ever arrived must lie in an announced gap, also if a history has filled it. */
function losses(
  user: string,
  entries: readonly ClientEntry[],
  evidence: Evidence,
  all: ReadonlyMap<string, Fate>,
): Violation[] {
  const arrived = new Set(arrivals(entries).map(({ fp }) => fp));
  return [...all.values()].flatMap((fate): Violation[] => {
    const { fp, to, acceptedAt: t, shownAt, copies } = fate;
    if (to !== user || t === undefined || (shownAt !== undefined && arrived.has(fp))) return [];
    const lost = (says: string): Violation[] => [{ kind: 'inbound lost', user, t, fp, says }];
    if (arrived.has(fp)) return lost('arrived, and was not shown');
    if (copies.length === 0 && shownAt === undefined) return lost('accepted, and never passed on');
    if (evidence.history && shownAt === undefined) return lost('not even the history brought it');
    return copies.length === 0 || isInGap(fate, evidence) ? [] : lost('outside of every announced gap');
  });
}

function announced(user: string, entries: readonly ClientEntry[], all: ReadonlyMap<string, Fate>): Violation[] {
  const place = new Map(arrivals(entries).map(({ fp, t }, index) => [fp, { t, index }]));
  const times = new Map<string, number>();
  let latest = -1;
  return entries.flatMap((entry): Violation[] => {
    if (entry.what !== 'message') return [];
    const { fp, t, content } = entry;
    const arrival = place.get(fp);
    const typed = all.get(fp);
    const found: Violation[] = [];
    if (!arrival || arrival.t > t)
      found.push({ kind: 'invented', user, t, fp, says: 'announced, but it had not arrived' });
    if (typed?.to !== user || typed.content !== content) {
      found.push({ kind: 'invented', user, t, fp, says: `nobody sent ${content}` });
    }
    times.set(fp, (times.get(fp) ?? 0) + 1);
    if (times.get(fp) === 2) found.push({ kind: 'inbound duplicated', user, t, fp, says: 'announced twice' });
    else if (arrival && arrival.index < latest) {
      found.push({ kind: 'inbound out of order', user, t, fp, says: 'announced after one that arrived later' });
    }
    latest = Math.max(latest, arrival?.index ?? -1);
    return found;
  });
}

/** The first copy of each message that reached the client on a socket which it had not given up. */
function arrivals(entries: readonly ClientEntry[]): { fp: string; t: number }[] {
  const abandoned = new Set<number>();
  const seen = new Set<string>();
  return entries.flatMap((entry) => {
    if (entry.what === 'abandon') abandoned.add(entry.generation);
    if (!isFrame(entry, 'in', FrameType.data) || abandoned.has(entry.generation)) return [];
    const { fp, t } = entry;
    if (fp === null || seen.has(fp)) return [];
    seen.add(fp);
    return [{ fp, t }];
  });
}

function tokenOfSocket(server: Evidence['server'], socket: number): string | undefined {
  const login = server.find((entry) => {
    return entry.socket === socket && entry.dir === 'in' && entry.frame?.type === FrameType.login;
  });
  return tokenOf(login?.frame?.dataContent ?? null);
}

/** When the client was last told something on the connection whose login had this token. */
function heardLast(entries: readonly ClientEntry[], token: string | undefined): number {
  const login = entries.find((entry): entry is ClientEntry & ClientFrame => {
    return isFrame(entry, 'out', FrameType.login) && tokenOf(entry.content) === token;
  });
  let last = Number.NEGATIVE_INFINITY;
  for (const entry of entries) {
    if (!login || !('generation' in entry) || entry.generation !== login.generation) continue;
    if (entry.what === 'abandon') break;
    if (entry.what === 'frame' && entry.dir === 'in') last = entry.t;
  }
  return last;
}

function isFrame(entry: ClientEntry, dir: 'in' | 'out', type: number): entry is ClientEntry & ClientFrame {
  return entry.what === 'frame' && entry.dir === dir && entry.type === type;
}
