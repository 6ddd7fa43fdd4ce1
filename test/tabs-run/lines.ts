import { FrameType } from '../gateway/frames.js';
import type { Journal } from '../gateway/journal.js';
import { parseLogin } from '../gateway/login.js';

/** Two sockets of one user that were logged in at the same time. */
export interface Overlap {
  readonly from: number;
  readonly to: number;
  readonly older: number;
}

/** The lines of one user as the server's journal has them. */
export function linesOf(journal: Journal, user: string) {
  const begins = new Map<number, number>();
  const ends = new Map<number, number>();
  let kickOuts = 0;
  for (const { socket, dir, frame, t } of journal.filter({ user })) {
    if (dir === 'close') ends.set(socket, t);
    else if (dir === 'out' && frame?.type === FrameType.kickOut) kickOuts += 1;
    else if (dir === 'out' && frame?.type === FrameType.loginResponse) begins.set(socket, t);
  }
  const lines = [...begins].map(([socket, from]) => ({
    socket,
    from,
    to: ends.get(socket) ?? Number.POSITIVE_INFINITY,
  }));
  const overlaps: Overlap[] = lines.flatMap((older, i) =>
    lines
      .slice(i + 1)
      .filter(({ from }) => from < older.to)
      .map(({ from, to }) => ({ from, to: Math.min(older.to, to), older: older.socket })),
  );
  const sessions = journal
    .logins(user)
    .filter(({ frame }) => parseLogin(frame?.dataContent ?? null)?.firstLoginTime === 0).length;
  return { logins: lines.length, kickOuts, overlaps, sessions };
}

/** A message that was acknowledged may be written again if the client could not know. So long is enough for it to hear. */
const HEARD_MS = 1_000;

/** Texts that were written again after the client had heard, on a line on which it spoke later, that they had arrived. */
export function writtenAgain(journal: Journal, user: string): string[] {
  const acknowledged = new Map<string, { readonly t: number; readonly socket: number }>();
  const lastSpoke = new Map<number, number>();
  const again = new Set<string>();
  for (const { socket, dir, frame, t } of journal.filter({ user })) {
    if (dir === 'in') {
      const known = acknowledged.get(frame?.type === FrameType.data ? (frame.fp ?? '') : '');
      if (known && (lastSpoke.get(known.socket) ?? 0) > known.t + HEARD_MS) again.add(frame?.dataContent ?? '');
      lastSpoke.set(socket, t);
    } else if (dir === 'out' && frame?.type === FrameType.received) {
      const fp = String(frame.dataContent);
      if (!acknowledged.has(fp)) acknowledged.set(fp, { t, socket });
    }
  }
  return [...again];
}
