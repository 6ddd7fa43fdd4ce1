import { parseArgs } from 'node:util';
import { FrameType } from '../gateway/frames.js';
import { CdpChat } from '../support/cdp-chat.js';
import { CdpPage } from '../support/cdp-page.js';
import { quantile } from './quantile.js';
import { openRig } from './rig.js';

/** The mode in which the server waits 20 s. */
const HEARTBEAT = 15;
const USER = 'alice';
const PEER = 'bob';
const MOST_JITTER_MS = 2_500;
/** A timer of the page itself, to see whether the browser throttles at all. */
const TICK_MS = 1_000;

declare global {
  interface Window {
    ticks: number;
  }
}

/**
 * L1 G6: a hidden page, whose timers run once a minute, stays logged in at a server that waits 20 s.
 * @returns The goals that were missed, in words.
 */
export async function run(args: readonly string[]): Promise<string[]> {
  const { values } = parseArgs({ args: [...args], options: { minutes: { type: 'string', default: '10' } } });
  const ms = Number(values.minutes) * 60_000;
  // Hidden for 10 s, not 5 minutes, its timers are held back; the same for a page that has just been loaded.
  const throttling = 'IntensiveWakeUpThrottling:grace_period_seconds/10/grace_period_seconds_loaded/10';
  const rig = await openRig('hidden', [throttling]);
  const { journal } = rig.gateway;
  try {
    const query = new URLSearchParams({ user: USER, peer: PEER, heartbeat: String(HEARTBEAT) });
    const chat = new CdpChat(await CdpPage.open(rig.chromium, `${rig.url}?${query}`));
    await journal.waitFor({ user: USER, dir: 'out', type: FrameType.loginResponse });
    await chat.page.evaluate(countTicks, TICK_MS);
    await chat.page.hide();
    const hiddenAt = journal.last;
    const stopped = journal.waitFor({ user: USER, dir: 'close', after: hiddenAt });
    await Promise.race([stopped, new Promise((resolve) => setTimeout(resolve, ms))]);
    const ticks = await chat.page.evaluate(() => window.ticks);
    const drops = journal.filter({ user: USER, dir: 'close', after: hiddenAt }).length;
    const beats = journal.filter({ user: USER, dir: 'in', type: FrameType.keepAlive, after: hiddenAt });
    rig.gateway.send(USER, 'are you there?', { from: PEER, typeu: 0 });
    const heard = await Promise.race([
      journal.waitFor({ user: USER, dir: 'in', type: FrameType.received, after: hiddenAt }),
      new Promise<undefined>((resolve) => setTimeout(resolve, 5_000)),
    ]);
    const intervals = beats.map(({ t }, i) => t - (beats[i - 1]?.t ?? t)).slice(1);
    return report({ minutes: values.minutes, ms, drops, intervals, ticks, heard: heard !== undefined });
  } finally {
    await rig.close();
  }
}

/** Runs in the page. */
function countTicks(everyMs: number): void {
  window.ticks = 0;
  const tick = () => {
    window.ticks += 1;
    setTimeout(tick, everyMs);
  };
  setTimeout(tick, everyMs);
}

interface Result {
  readonly minutes: string;
  readonly ms: number;
  readonly drops: number;
  /** Between two keepalives as the server got them, ms. */
  readonly intervals: readonly number[];
  /** Of a timer of the page, which wants one each second. */
  readonly ticks: number;
  readonly heard: boolean;
}

function report({ minutes, ms, drops, intervals, ticks, heard }: Result): string[] {
  const median = quantile(intervals, 0.5);
  const most = quantile(intervals, 1);
  const jitter = Math.max(0, ...intervals.map((interval) => Math.abs(interval - median)));
  const seconds = (time: number) => `${(time / 1_000).toFixed(2)} s`;
  console.log('| hidden | drops | keepalives | interval, median | max | jitter | ticks of a 1 s timer |');
  console.log('| ---: | ---: | ---: | ---: | ---: | ---: | ---: |');
  console.log(
    `| ${minutes} min | ${drops} | ${intervals.length + 1} | ${seconds(median)} | ${seconds(most)} | ${seconds(jitter)} | ${ticks} |`,
  );
  const missed = [
    ...(drops === 0 ? [] : [`${drops} drops`]),
    ...(intervals.length > 0 && jitter <= MOST_JITTER_MS ? [] : [`jitter ${seconds(jitter)}`]),
    ...(heard ? [] : ['a message was not acknowledged']),
    // Else the run has shown nothing.
    ...(ticks < (0.7 * ms) / TICK_MS ? [] : [`not throttled: ${ticks} ticks`]),
  ];
  console.log(`\nHidden for ${minutes} min: ${missed.length === 0 ? 'every goal met' : missed.join('; ')}`);
  return missed;
}
