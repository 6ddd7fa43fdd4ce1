import { FrameType } from '../gateway/frames.js';
import type { ClientEntry } from './client-journal.js';
import type { FaultRecord } from './fault-play.js';
import type { PairRun } from './fault-run.js';
import type { ProxyEntry } from './proxy-journal.js';
import type { PairViolation } from './run-report.js';

/** Logins, gaps, questions to the history and faults: so long around a violation, ms. */
const MILESTONES_MS = 15_000;
/** Of all the rest, what was nearest to it. */
const MOST_DETAILS = 40;

const MILESTONES: ReadonlySet<ClientEntry['what']> = new Set(['state', 'resync', 'history', 'abandon', 'screen']);

const FRAME_NAMES = new Map<number | undefined, string>(Object.entries(FrameType).map(([name, type]) => [type, name]));

interface Line {
  readonly t: number;
  readonly text: string;
  /** `about`: its message. */
  readonly rank: 'about' | 'milestone' | 'detail';
}

/** The journals around a violation, line by line: all about its message, and what else happened to its pair then. */
export function trace({ fp, t, kind, user, says }: PairViolation, run: PairRun): string[] {
  const lines = [
    ...clientLines(run, fp),
    ...serverLines(run, fp),
    ...run.lines.map(proxyLine),
    ...run.faults.flatMap(ends),
  ];
  const distance = (line: Line) => Math.abs(line.t - t);
  const details = lines
    .filter(({ rank }) => rank === 'detail')
    .sort((a, b) => distance(a) - distance(b))
    .slice(0, MOST_DETAILS);
  const chosen = lines
    .filter((line) => line.rank === 'about' || (line.rank === 'milestone' && distance(line) < MILESTONES_MS))
    .concat(details)
    .sort((a, b) => a.t - b.t);
  const start = lines.reduce((least, line) => Math.min(least, line.t), t);
  return [
    `${kind}: ${user}${fp === undefined ? '' : ` ${fp}`}: ${says}`,
    ...chosen.map((line) => {
      return `${line.rank === 'about' ? '>' : ' '}${((line.t - start) / 1_000).toFixed(3).padStart(9)} ${line.text.trimEnd()}`;
    }),
  ];
}

function clientLines({ evidence }: PairRun, fp: string | undefined): Line[] {
  return [...evidence.clients].flatMap(([name, entries]) => {
    return entries.map((entry) => ({ t: entry.t, text: `${name}: ${describe(entry)}`, rank: rankOf(entry, fp) }));
  });
}

function serverLines({ evidence }: PairRun, fp: string | undefined): Line[] {
  return evidence.server.map(({ t, user, socket, dir, frame, code, by }) => {
    const what = frame ? `${FRAME_NAMES.get(frame.type) ?? frame.type} ${frame.fp ?? ''}` : `${code ?? ''} ${by ?? ''}`;
    const isAbout = fp !== undefined && (frame?.fp === fp || frame?.dataContent === fp);
    return { t, text: `server, socket ${socket} of ${user}: ${dir} ${what}`, rank: isAbout ? 'about' : 'detail' };
  });
}

function proxyLine({ t, line, what, connection, dir, bytes, detail }: ProxyEntry): Line {
  return { t, text: ['line of', line, what, connection, dir, bytes, detail].filter(Boolean).join(' '), rank: 'detail' };
}

function ends({ event, from, to }: FaultRecord): Line[] {
  const name = `FAULT ${event.n}, ${event.kind}, on the line of ${event.side}${event.pair}`;
  return [
    { t: from, text: `${name}: begins`, rank: 'milestone' },
    { t: to, text: `${name}: ends`, rank: 'milestone' },
  ];
}

function rankOf(entry: ClientEntry, fp: string | undefined): Line['rank'] {
  if (fp !== undefined && 'fp' in entry && entry.fp === fp) return 'about';
  if (fp !== undefined && entry.what === 'frame' && entry.content === fp) return 'about';
  return MILESTONES.has(entry.what) ? 'milestone' : 'detail';
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
    case 'history':
      return `history after ${entry.after ?? entry.since}: ${entry.found ?? 'failed'}`;
    case 'screen':
      return `shows ${entry.rows.length} rows`;
    default:
      return `${entry.what} ${entry.generation}`;
  }
}
