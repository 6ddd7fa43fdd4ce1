import { FrameType } from '../gateway/frames.js';
import type { Evidence } from './evidence.js';

/** What became of one message, as the journals tell it. Times are undefined for what never happened. */
export interface Fate {
  readonly fp: string;
  readonly from: string;
  readonly to: string;
  readonly content: string;
  readonly typedAt: number;
  /** Position among the messages that its sender typed. */
  readonly position: number;
  /** When the server got the first copy that it answered with an acknowledgement, and the place of that entry. */
  acceptedAt: number | undefined;
  acceptedEntry: number;
  /** When the sender was told that it is delivered. */
  deliveredAt: number | undefined;
  status: string | undefined;
  /** When the receiver showed it, as a message or from the history. */
  shownAt: number | undefined;
  /** Copies that the server read; copies that it wrote to the receiver, and on which sockets. */
  writes: number;
  readonly copies: { readonly t: number; readonly socket: number }[];
}

/** The fate of every message typed, by fingerprint, in the order of typing of each user. */
export function fates({ clients, server }: Evidence): Map<string, Fate> {
  const all = new Map<string, Fate>();
  for (const entries of clients.values()) {
    let position = 0;
    for (const entry of entries) {
      if (entry.what !== 'typed' || all.has(entry.fp)) continue;
      const { fp, user, to, content, t } = entry;
      all.set(fp, { ...unknown(), fp, from: user, to, content, typedAt: t, position: position++, copies: [] });
    }
  }
  for (const entries of clients.values()) {
    for (const entry of entries) {
      const fate = 'fp' in entry && entry.fp !== null ? all.get(entry.fp) : undefined;
      if (!fate) continue;
      if (entry.what === 'delivery') {
        fate.status = entry.status;
        if (entry.status === 'delivered') fate.deliveredAt ??= entry.t;
      } else if ((entry.what === 'message' || entry.what === 'filled') && entry.user === fate.to) {
        fate.shownAt ??= entry.t;
      }
    }
  }
  // The answer comes right behind the copy that it answers; until then the first copy is only a candidate.
  const lastCopy = new Map<string, { t: number; n: number }>();
  server.forEach(({ dir, frame, t, user, socket }, n) => {
    const fate = frame?.fp ? all.get(frame.fp) : undefined;
    if (frame?.type === FrameType.data && fate) {
      if (dir === 'in') {
        fate.writes += 1;
        lastCopy.set(fate.fp, { t, n });
      } else if (dir === 'out' && user === fate.to) fate.copies.push({ t, socket });
    } else if (frame?.type === FrameType.received && dir === 'out') {
      const acknowledged = all.get(frame.dataContent ?? '');
      const copy = lastCopy.get(frame.dataContent ?? '');
      if (!acknowledged || !copy || acknowledged.acceptedAt !== undefined) return;
      acknowledged.acceptedAt = copy.t;
      acknowledged.acceptedEntry = copy.n;
    }
  });
  return all;
}

/** Whether a message was on its way at some moment of a span of time, in the eyes of both ends. */
export function wasUnderWay({ typedAt, deliveredAt, shownAt }: Fate, from: number, to: number): boolean {
  const end = Math.max(deliveredAt ?? Number.POSITIVE_INFINITY, shownAt ?? deliveredAt ?? Number.POSITIVE_INFINITY);
  return typedAt <= to && end >= from;
}

function unknown() {
  return {
    acceptedAt: undefined,
    acceptedEntry: -1,
    deliveredAt: undefined,
    status: undefined,
    shownAt: undefined,
    writes: 0,
  };
}
