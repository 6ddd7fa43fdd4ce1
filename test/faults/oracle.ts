import type { Evidence, Violation, ViolationKind } from './evidence.js';
import { isInGap, judgeInbound } from './inbound-messages.js';
import { type Fate, fates } from './message-fates.js';
import { judgeOwn } from './own-messages.js';
import { judgeScreens } from './screens.js';
import { judgeWire } from './wire-rules.js';

export interface Verdict {
  /** Earliest first. */
  readonly violations: readonly Violation[];
  readonly fates: ReadonlyMap<string, Fate>;
  /** Fingerprints of messages that were lost, as their receiver was told. */
  readonly inGaps: ReadonlySet<string>;
}

/**
 * Says what went wrong, by the journals alone: no client is asked for its opinion. Made for the end of a run, when the
 * lines have been whole for long enough.
 */
export function judge(evidence: Evidence): Verdict {
  const all = fates(evidence);
  const violations = [
    ...judgeOwn(evidence, all),
    ...judgeInbound(evidence, all),
    ...judgeScreens(evidence, all),
    ...judgeWire(evidence),
  ];
  const missing = [...all.values()].filter(
    ({ acceptedAt, shownAt }) => acceptedAt !== undefined && shownAt === undefined,
  );
  const inGaps = new Set(missing.filter((fate) => isInGap(fate, evidence)).map(({ fp }) => fp));
  return { violations: violations.sort((a, b) => a.t - b.t), fates: all, inGaps };
}

/** The kinds of a column of the report. */
export const LOST: readonly ViolationKind[] = ['own lost', 'own stuck', 'inbound lost', 'false success'];
export const DUPLICATED: readonly ViolationKind[] = ['own duplicated', 'inbound duplicated', 'invented', 'identity'];
export const OUT_OF_ORDER: readonly ViolationKind[] = ['own out of order', 'inbound out of order'];
