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
  /** When the server read the first copy, and the place of that entry. */
  readAt: number | undefined;
  readEntry: number;
  /** When it read the first copy that it answered with an acknowledgement. */
  acceptedAt: number | undefined;
  /** When the sender was told that it is delivered. */
  deliveredAt: number | undefined;
  status: string | undefined;
  /** When it was on the receiver's screen, as a new message or from the history. */
  shownAt: number | undefined;
  /** Whether it was on the screen before any copy of it was announced: the history brought it. */
  fromHistory: boolean;
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
  const announced = new Set<string>();
  for (const entries of clients.values()) {
    for (const entry of entries) {
      const fate = 'fp' in entry && entry.fp !== null ? all.get(entry.fp) : undefined;
      if (!fate) continue;
      if (entry.what === 'delivery') {
        fate.status = entry.status;
        if (entry.status === 'delivered') fate.deliveredAt ??= entry.t;
      } else if (entry.what === 'message') announced.add(entry.fp);
      else if (entry.what === 'row' && entry.user === fate.to && fate.shownAt === undefined) {
        fate.shownAt = entry.t;
        fate.fromHistory = !announced.has(entry.fp);
      }
    }
  }
  // The answer comes right behind the copy that it answers; until then the first copy is only a candidate.
  const lastCopy = new Map<string, number>();
  server.forEach(({ dir, frame, t, user, socket }, n) => {
    const fate = frame?.fp ? all.get(frame.fp) : undefined;
    if (frame?.type === FrameType.data && fate) {
      if (dir === 'in') {
        if (fate.writes === 0) [fate.readAt, fate.readEntry] = [t, n];
        fate.writes += 1;
        lastCopy.set(fate.fp, t);
      } else if (dir === 'out' && user === fate.to) fate.copies.push({ t, socket });
    } else if (frame?.type === FrameType.received && dir === 'out') {
      const acknowledged = all.get(frame.dataContent ?? '');
      if (acknowledged) acknowledged.acceptedAt ??= lastCopy.get(acknowledged.fp);
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
    readAt: undefined,
    readEntry: -1,
    acceptedAt: undefined,
    deliveredAt: undefined,
    status: undefined,
    shownAt: undefined,
    fromHistory: false,
    writes: 0,
  };
}
