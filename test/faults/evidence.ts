import { performance } from 'node:perf_hooks';
import type { Gateway } from '../gateway/gateway.js';
import type { JournalEntry } from '../gateway/journal.js';
import { parseLogin } from '../gateway/login.js';
import type { ClientEntry } from './client-journal.js';

/** The journals of one server and the clients on it. Every `t` and `since` is monotonic time in ms, the same everywhere. */
export interface Evidence {
  readonly clients: ReadonlyMap<string, readonly ClientEntry[]>;
  /** The gateway's journal with monotonic times. */
  readonly server: readonly JournalEntry[];
  /** Whether gaps are filled from the application's history: then nothing may be missing in the end. */
  readonly history: boolean;
}

/** Something that must not be. */
export interface Violation {
  readonly kind: ViolationKind;
  readonly user: string;
  readonly t: number;
  readonly fp?: string;
  readonly says: string;
}

export type ViolationKind =
  /** An own message that the server never accepted; one of somebody else that was lost in silence. */
  | 'own lost'
  | 'inbound lost'
  /** Not delivered in the end. */
  | 'own stuck'
  /** Shown twice. */
  | 'own duplicated'
  | 'inbound duplicated'
  | 'own out of order'
  | 'inbound out of order'
  /** I2, I3: called delivered and was not; two frames, or two messages, of one fingerprint. */
  | 'false success'
  | 'identity'
  /** Shown, but nobody sent it, or not like this. */
  | 'invented'
  /** I7, I8, I9, I15. */
  | 'acknowledgement'
  | 'retry'
  | 'two sockets'
  | 'resync';

/** Collects a gateway's journal for as long as it lives, whatever its capacity, with the time of everybody else. */
export function recordServer(gateway: Gateway): readonly JournalEntry[] {
  const entries: JournalEntry[] = [];
  gateway.journal.subscribe((entry) => entries.push({ ...entry, t: performance.now() }));
  return entries;
}

/** The token in a login frame. The rig gives every attempt its own, so it tells which socket is which generation. */
export function tokenOf(dataContent: string | null): string | undefined {
  return parseLogin(dataContent)?.token ?? undefined;
}
