import { slope } from './slope.js';
import type { SoakResult, SoakSample } from './soak.js';

const MAX_SLOPE_MB_PER_HOUR = 0.5;
const MAX_GROWTH_MB = 1;
/** What comes once and stays, such as the template of a row that says that something is missing. */
const MAX_MORE_NODES = 50;
/** At rest there is the next heartbeat; its answer may be awaited just then, or a login have to prove itself. */
const MAX_MORE_TIMERS = 2;
/** From so many minutes on the slope says something; before, what is loaded, compiled or kept on purpose hides it. */
const SLOPE_FROM_MINUTES = 60;
/** Fingerprints are kept for ten minutes: until then the heap grows by what is meant to be kept. */
const WARM_UP_MINUTES = 12;
/** What one sample alone may miss, some say together. */
const AT_EACH_END = 3;

/** A table of what a soak has shown, and which goals it missed. */
export interface Judgement {
  readonly missed: readonly string[];
  readonly lines: readonly string[];
}

/**
 * Judges a soak by G10. The samples are taken with the transcript emptied and nothing under way, so stored messages take no
 * part in them; what is meant to be kept are the fingerprints of the last ten minutes.
 */
export function judge({ samples, faults, ledger, detached }: SoakResult, minutes: number): Judgement {
  const missed: string[] = [];
  const lines = ['| measured | value | goal |', '| --- | ---: | ---: |'];
  const row = (name: string, value: string, goal: string, isMet: boolean) => {
    lines.push(`| ${name} | ${value} | ${goal} |`);
    if (!isMet) missed.push(`${name}: ${value}`);
  };
  const first = samples.slice(0, AT_EACH_END);
  const last = samples.slice(-AT_EACH_END);

  if (minutes >= SLOPE_FROM_MINUTES) {
    const warm = samples.filter(({ minute }) => minute >= WARM_UP_MINUTES);
    const perHour = slope(warm.map(({ minute, heapBytes }) => ({ x: minute / 60, y: heapBytes / 1e6 })));
    const name = `Heap, slope over ${warm.length} samples from minute ${WARM_UP_MINUTES} on`;
    const goal = `< ${MAX_SLOPE_MB_PER_HOUR} MB/h`;
    row(name, `${perHour.toFixed(3)} MB/h`, goal, warm.length > AT_EACH_END && perHour < MAX_SLOPE_MB_PER_HOUR);
  } else {
    const growth = (median(last) - median(first)) / 1e6;
    row('Heap, growth', `${growth.toFixed(3)} MB`, `< ${MAX_GROWTH_MB} MB`, growth < MAX_GROWTH_MB);
  }
  const baseline = (name: 'nodes' | 'listeners' | 'timers' | 'sockets', more: number) => {
    const most = (some: readonly SoakSample[]) => Math.max(...some.map((sample) => sample[name]));
    const goal = more === 0 ? 'no more' : `at most ${more} more`;
    row(`${name}, at first → at last`, `${most(first)} → ${most(last)}`, goal, most(last) <= most(first) + more);
  };
  baseline('nodes', MAX_MORE_NODES);
  baseline('listeners', 0);
  baseline('timers', MAX_MORE_TIMERS);
  baseline('sockets', 0);
  const held = [...detached].map(([name, count]) => `${count} × ${name}`).join(', ');
  row('Nodes held outside of the document', held || '0', '0', detached.size === 0);

  const { typed, lost, shownTwice, outOfOrder, accepted, missed: unseen, announcedTwice } = ledger;
  const struck = [...faults].map(([kind, count]) => `${count} × ${kind}`).join(', ');
  row('Faults', struck, '', true);
  const own = `${lost}, ${shownTwice}, ${outOfOrder}`;
  const theirs = `${unseen}, ${announcedTwice}`;
  row(`Own messages, ${typed}: lost, shown twice, out of order`, own, '0, 0, 0', typed > 0 && own === '0, 0, 0');
  row(`Messages of the other, ${accepted}: missed, shown twice`, theirs, '0, 0', accepted > 0 && theirs === '0, 0');
  return { missed, lines };
}

function median(samples: readonly SoakSample[]): number {
  const sizes = samples.map(({ heapBytes }) => heapBytes).sort((a, b) => a - b);
  return sizes[Math.floor(sizes.length / 2)] ?? Number.NaN;
}
