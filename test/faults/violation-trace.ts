import { FrameType } from '../gateway/frames.js';
import type { ClientEntry } from './client-journal.js';
import type { FaultRecord } from './fault-play.js';
import type { PairRun } from './fault-run.js';
import type { PairViolation } from './run-report.js';

/** Around a violation, ms. */
const BEFORE_MS = 2_000;
const AFTER_MS = 2_000;
const MOST_LINES = 80;

const FRAME_NAMES = new Map<number | undefined, string>(Object.entries(FrameType).map(([name, type]) => [type, name]));

/** The journals around a violation, line by line: all about its message, and what else happened to its pair then. */
export function trace({ fp, t, kind, user, says }: PairViolation, run: PairRun): string[] {
  const start = Math.min(...[...run.evidence.clients.values()].map(([first]) => first?.t ?? Number.POSITIVE_INFINITY));
  const lines: { t: number; text: string; isAbout: boolean }[] = [];
  for (const [name, entries] of run.evidence.clients) {
    for (const entry of entries)
      lines.push({ t: entry.t, text: `${name}: ${describe(entry)}`, isAbout: mentions(entry, fp) });
  }
  for (const { t: at, user: whose, socket, dir, frame, code, by } of run.evidence.server) {
    const what = frame ? `${FRAME_NAMES.get(frame.type) ?? frame.type} ${frame.fp ?? ''}` : `${code ?? ''} ${by ?? ''}`;
    const isAbout = fp !== undefined && (frame?.fp === fp || frame?.dataContent === fp);
    lines.push({ t: at, text: `server, socket ${socket} of ${whose}: ${dir} ${what}`, isAbout });
  }
  for (const { t: at, line, what, connection = '', dir = '', bytes = '', detail = '' } of run.lines) {
    lines.push({ t: at, text: `line of ${line}: ${what} ${connection} ${dir} ${bytes} ${detail}`, isAbout: false });
  }
  for (const fault of run.faults) lines.push(...ends(fault));
  const near = lines
    .filter((line) => line.isAbout || (line.t >= t - BEFORE_MS && line.t <= t + AFTER_MS))
    .sort((a, b) => a.t - b.t);
  // What is about the message itself is never left out for want of room.
  const room = MOST_LINES - near.filter(({ isAbout }) => isAbout).length;
  const others = near.filter(({ isAbout }) => !isAbout).slice(0, Math.max(0, room));
  return [
    `${kind}: ${user}${fp === undefined ? '' : ` ${fp}`}: ${says}`,
    ...near
      .filter((line) => line.isAbout || others.includes(line))
      .map(
        (line) =>
          `${line.isAbout ? '>' : ' '} ${((line.t - start) / 1_000).toFixed(3).padStart(8)} ${line.text.trimEnd()}`,
      ),
  ];
}

function ends({ event, from, to }: FaultRecord): { t: number; text: string; isAbout: boolean }[] {
  const name = `FAULT ${event.n}, ${event.kind}, on the line of ${event.side}${event.pair}`;
  return [
    { t: from, text: `${name}: begins`, isAbout: false },
    { t: to, text: `${name}: ends`, isAbout: false },
  ];
}

function mentions(entry: ClientEntry, fp: string | undefined): boolean {
  if (fp === undefined) return false;
  return ('fp' in entry && entry.fp === fp) || (entry.what === 'frame' && entry.content === fp);
}

/** Without the texts of messages. */
function describe(entry: ClientEntry): string {
  switch (entry.what) {
    case 'frame':
      return `${entry.dir} ${FRAME_NAMES.get(entry.type) ?? 'no frame'} ${entry.fp ?? ''} on socket ${entry.generation}`;
    case 'resync':
      return `resync (${entry.reason})`;
    case 'state':
      return entry.state;
    case 'delivery':
      return `${entry.fp} is ${entry.status}`;
    case 'login':
      return 'login';
    case 'typed':
    case 'message':
    case 'row':
    case 'row gone':
      return `${entry.what} ${entry.fp}`;
    case 'screen':
      return `shows ${entry.rows.length} rows`;
    default:
      return `${entry.what} ${entry.generation}`;
  }
}
