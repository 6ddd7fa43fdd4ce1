import type { Packet } from '../protocol/index.js';
import type { Clock } from './clock.js';

/** One line of the detailed log. It holds neither tokens nor what people write: names, numbers and fingerprints only. */
export interface LogEntry {
  /** Ms since 1970. */
  readonly at: number;
  readonly event: string;
  readonly detail: Readonly<Record<string, string | number>>;
}

/** The detailed log, which costs nothing while nobody listens. */
export class ClientLog {
  /** Hears each entry. Default: nobody. What it throws is thrown away: a log must not stop what it tells of. */
  listener: ((entry: LogEntry) => void) | undefined;

  constructor(readonly clock: Clock) {}

  note(event: string, detail: LogEntry['detail'] = {}): void {
    try {
      this.listener?.({ at: this.clock.now(), event, detail });
    } catch {}
  }

  frame(direction: 'in' | 'out', { type, fp, dataContent }: Packet): void {
    this.note(direction, { type, fp: fp ?? '', characters: dataContent?.length ?? 0 });
  }
}
