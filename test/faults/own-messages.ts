import { FrameType } from '../gateway/frames.js';
import type { ClientEntry } from './client-journal.js';
import type { Evidence, Violation } from './evidence.js';
import type { Fate } from './message-fates.js';

/** What must be true of what each user sent: conservation, no false success, identity, order. */
export function judgeOwn(evidence: Evidence, all: ReadonlyMap<string, Fate>): Violation[] {
  return [...evidence.clients].flatMap(([user, entries]) => {
    const own = [...all.values()].filter(({ from }) => from === user);
    return [
      ...own.flatMap(ends),
      ...typedOnce(user, entries),
      ...successes(user, entries, all),
      ...identities(user, entries, evidence, all),
      ...typingOrder(user, own),
      ...firstWrites(user, entries, all),
    ];
  });
}

function ends({ fp, from: user, acceptedAt, deliveredAt, status, typedAt: t }: Fate): Violation[] {
  if (status === 'cancelled' || status === 'removed') return [];
  const found: Violation[] = [];
  if (acceptedAt === undefined) {
    found.push({ kind: 'own lost', user, t, fp, says: `the server never accepted it; its status is ${status}` });
  }
  if (deliveredAt === undefined) found.push({ kind: 'own stuck', user, t, fp, says: `in the end it is ${status}` });
  return found;
}

/** Two messages never share a fingerprint, and an own message never comes back as somebody else's. */
function typedOnce(user: string, entries: readonly ClientEntry[]): Violation[] {
  const typed = new Set<string>();
  return entries.flatMap((entry): Violation[] => {
    if (entry.what === 'typed') {
      const { fp, t } = entry;
      const isKnown = typed.has(fp);
      typed.add(fp);
      return isKnown ? [{ kind: 'identity', user, t, fp, says: 'a second message has this fingerprint' }] : [];
    }
    if (entry.what !== 'message' || !typed.has(entry.fp)) return [];
    return [
      { kind: 'own duplicated', user, t: entry.t, fp: entry.fp, says: 'came back as a message of somebody else' },
    ];
  });
}

/** I2: before `delivered` there was an acknowledgement, and the server really had accepted it. */
function successes(user: string, entries: readonly ClientEntry[], all: ReadonlyMap<string, Fate>): Violation[] {
  const acknowledged = new Set<string>();
  return entries.flatMap((entry): Violation[] => {
    if (entry.what === 'frame' && entry.dir === 'in' && entry.type === FrameType.received) {
      acknowledged.add(entry.content ?? '');
    }
    if (entry.what !== 'delivery' || entry.status !== 'delivered') return [];
    const { fp, t } = entry;
    const accepted = all.get(fp)?.acceptedAt;
    if (!acknowledged.has(fp)) return [{ kind: 'false success', user, t, fp, says: 'delivered without an answer' }];
    if (accepted === undefined || accepted > t) {
      return [{ kind: 'false success', user, t, fp, says: 'delivered, but not accepted by the server' }];
    }
    return [];
  });
}

/** I3: whatever was written of a message, here and as the server read it, is the same to the byte, and what was typed. */
function identities(
  user: string,
  entries: readonly ClientEntry[],
  { server }: Evidence,
  all: ReadonlyMap<string, Fate>,
): Violation[] {
  const first = new Map<string, string>();
  const compare = (fp: string, text: string, content: string | null, t: number): Violation[] => {
    const before = first.get(fp);
    first.set(fp, before ?? text);
    const typed = all.get(fp);
    if (before !== undefined && before !== text) {
      return [{ kind: 'identity', user, t, fp, says: `written as ${before} and as ${text}` }];
    }
    if (typed?.from === user && typed.content === content) return [];
    return [{ kind: 'identity', user, t, fp, says: `nobody typed ${content}` }];
  };
  return [
    ...entries.flatMap((entry) => {
      if (entry.what !== 'frame' || entry.dir !== 'out' || entry.type !== FrameType.data) return [];
      return compare(entry.fp ?? '', entry.text, entry.content, entry.t);
    }),
    ...server.flatMap(({ dir, user: by, frame, text = '', t }) => {
      if (dir !== 'in' || by !== user || frame?.type !== FrameType.data) return [];
      return compare(frame.fp ?? '', text, frame.dataContent, t);
    }),
  ];
}

/** I5 at the server: who was typed first is read first. Accepted may be a later copy, when the receiver is there again. */
function typingOrder(user: string, own: readonly Fate[]): Violation[] {
  const read = own.filter(({ readAt }) => readAt !== undefined).sort((a, b) => a.readEntry - b.readEntry);
  return overtaken(read.map(({ fp, position, readAt = 0 }) => ({ fp, position, t: readAt }))).map((found) => ({
    ...found,
    kind: 'own out of order',
    user,
    says: 'read by the server after one that was typed later',
  }));
}

/** I5 at the client: no message is written before one that was typed earlier. */
function firstWrites(user: string, entries: readonly ClientEntry[], all: ReadonlyMap<string, Fate>): Violation[] {
  const written = new Set<string>();
  const order = entries.flatMap((entry) => {
    if (entry.what !== 'frame' || entry.dir !== 'out' || entry.type !== FrameType.data) return [];
    const fate = all.get(entry.fp ?? '');
    if (!fate || written.has(fate.fp)) return [];
    written.add(fate.fp);
    return [{ fp: fate.fp, position: fate.position, t: entry.t }];
  });
  return overtaken(order).map((found) => ({
    ...found,
    kind: 'own out of order',
    user,
    says: 'written after one that was typed later',
  }));
}

/** Those that come behind one with a higher position. */
function overtaken(order: readonly { fp: string; position: number; t: number }[]): { fp: string; t: number }[] {
  let highest = -1;
  return order.flatMap(({ fp, position, t }) => {
    if (position < highest) return [{ fp, t }];
    highest = position;
    return [];
  });
}
