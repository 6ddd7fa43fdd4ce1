import { parseArgs } from 'node:util';
import { arrivals } from '../support/arrivals.js';
import { CdpChat } from '../support/cdp-chat.js';
import { CdpPage } from '../support/cdp-page.js';
import { seededRandom } from '../support/seeded-random.js';
import { type PaintedBubble, watchBubbles } from './bubble-watch.js';
import { quantile } from './quantile.js';
import { openRig, type Rig } from './rig.js';
import { until, within } from './until.js';

/** The kill comes so many ms after the last bubble was painted, at most. */
const LATEST_KILL_MS = 50;
const MOST_MESSAGES = 3;
/** What has not arrived so long after the page was opened again is lost. */
const PATIENCE_MS = 20_000;
/** A trial takes a second; one that does not end in so long never will. */
const TRIAL_MS = 120_000;
/** Messages of which the time until they are saved is measured, and what 95 % of them may take. */
const PERSISTED = 200;
const PERSIST_P95_MS = 10;

/** How it comes that the messages have not arrived yet. */
const situations = {
  'never connected': async ({ gateway }: Rig, open: () => Promise<CdpChat>) => {
    gateway.stop();
    return open();
  },
  'server gone': async ({ gateway }: Rig, open: () => Promise<CdpChat>) => {
    const chat = await connected(open);
    gateway.stop();
    return chat;
  },
  'line dead': async ({ gateway }: Rig, open: () => Promise<CdpChat>, user: string) => {
    const chat = await connected(open);
    gateway.faults.halfOpen(user);
    return chat;
  },
} as const;

type Situation = keyof typeof situations;

/** One page that was killed, and what became of what was typed there. */
export interface Trial {
  readonly situation: Situation;
  readonly bubbles: readonly PaintedBubble[];
  /** From the last bubble to the kill. */
  readonly killedAfterMs: number;
  readonly lost: number;
  readonly duplicated: number;
  readonly outOfOrder: number;
}

/**
 * L5 G15: a person types, the bubble appears, and the page's process is killed at once, while the server cannot be reached.
 * Opened again, the page must deliver what was typed, as the gateway's journal has it.
 * @returns The goals that were missed, in words.
 */
export async function run(args: readonly string[]): Promise<string[]> {
  const { values } = parseArgs({
    args: [...args],
    options: { trials: { type: 'string', default: '200' }, seed: { type: 'string', default: '1' } },
  });
  const rig = await openRig('kill', []);
  try {
    const persistMs = await persistTimes(rig);
    return report(await killTrials(rig, Number(values.trials), Number(values.seed)), persistMs, values.seed);
  } finally {
    await rig.close();
  }
}

/** Each with a user of its own, one after the other. */
export async function killTrials(rig: Rig, count: number, seed: number): Promise<Trial[]> {
  const random = seededRandom(seed);
  const trials: Trial[] = [];
  for (let n = 0; n < count; n++) trials.push(await within(TRIAL_MS, `trial ${n}`, trial(rig, n, random)));
  return trials;
}

async function trial(rig: Rig, n: number, random: () => number): Promise<Trial> {
  const { gateway, chromium, url } = rig;
  const user = `killed-${n}`;
  const names = Object.keys(situations) as Situation[];
  const situation = names[Math.floor(random() * names.length)] ?? 'line dead';
  const typed = Array.from({ length: 1 + Math.floor(random() * MOST_MESSAGES) }, (_, i) => `${user} message ${i}`);
  const killAfterMs = random() * LATEST_KILL_MS;

  const open = async () => new CdpChat(await CdpPage.open(chromium, `${url}?user=${user}&peer=bob`, [watchBubbles]));
  const chat = await situations[situation](rig, open, user);
  const { page } = chat;
  await page.session.send('Runtime.addBinding', { name: 'tellBubble' });
  const bubbles: PaintedBubble[] = [];
  const pid = await page.rendererPid();
  const killed = new Promise<number>((resolve) => {
    page.session.on('Runtime.bindingCalled', ({ payload }) => {
      const bubble: PaintedBubble = JSON.parse(String(payload));
      bubbles.push(bubble);
      if (bubbles.length < typed.length) return;
      const kill = () => {
        resolve(Date.now() - bubble.at);
        void page.kill(pid);
      };
      setTimeout(kill, killAfterMs - (Date.now() - bubble.at));
    });
  });
  const crashed = page.session.next('Inspector.targetCrashed');
  // Killed, the page may still owe the answer to the last key.
  const said = chat.say(...typed).then(() => killed);
  const killedAfterMs = await Promise.race([killed, said]);
  await crashed;

  gateway.start();
  await page.reload();
  await allArrive(rig, user, typed);
  await page.close();
  const contents = arrivals(gateway.journal, user).map(({ content }) => content);
  const once = typed.filter((text) => contents.includes(text));
  return {
    situation,
    bubbles,
    killedAfterMs,
    lost: typed.length - once.length,
    duplicated: contents.length - once.length,
    outOfOrder: once.filter((text, i) => contents.indexOf(text) < contents.indexOf(once[i - 1] ?? '')).length,
  };
}

async function connected(open: () => Promise<CdpChat>): Promise<CdpChat> {
  const chat = await open();
  await until('connected', async () => (await chat.light()) === 'Connected');
  return chat;
}

/** Waits for the messages, but not for ever. */
async function allArrive({ gateway: { journal } }: Rig, user: string, texts: readonly string[]): Promise<void> {
  const late = new Promise((resolve) => setTimeout(resolve, PATIENCE_MS).unref());
  const all = texts.map((content) => journal.waitFor({ user, dir: 'in', content }));
  await Promise.race([Promise.all(all), late]);
}

/** How long it takes from `send()` until a message is safe: of messages that wait for a server, in a page at rest, in ms. */
async function persistTimes({ gateway, chromium, url }: Rig): Promise<number[]> {
  gateway.stop();
  const page = await CdpPage.open(chromium, `${url}?user=alice&peer=bob`, [watchBubbles]);
  const times = await page.evaluate(async (count) => {
    const chat = document.querySelector('chat-window');
    const pause = () => new Promise((resolve) => setTimeout(resolve, 20));
    const sentAt = new Map<string, number>();
    for (let n = 0; n < count; n++) {
      // Not typed: after a key browsers hold all news back until the next frame, and this would measure the frame.
      await pause();
      sentAt.set(`message ${n}`, performance.now());
      chat?.send(`message ${n}`);
    }
    while (window.savedAt.size < count) await pause();
    return [...sentAt].map(([text, at]) => (window.savedAt.get(text) ?? 0) - at);
  }, PERSISTED);
  await page.close();
  gateway.start();
  return times;
}

function report(trials: readonly Trial[], persistMs: readonly number[], seed: string): string[] {
  const sum = (part: 'lost' | 'duplicated' | 'outOfOrder', of = trials) =>
    of.reduce((total, each) => total + each[part], 0);
  const messages = (of: readonly Trial[]) => of.flatMap(({ bubbles }) => bubbles);
  console.log(
    '| server, when the page is killed | trials | messages | shown before saved | lost | duplicated | out of order |',
  );
  console.log('| --- | ---: | ---: | ---: | ---: | ---: | ---: |');
  for (const name of [...Object.keys(situations), 'all']) {
    const of = trials.filter(({ situation }) => name === 'all' || name === situation);
    const unsaved = messages(of).filter(({ saved }) => !saved).length;
    console.log(
      `| ${name} | ${of.length} | ${messages(of).length} | ${unsaved} | ${sum('lost', of)} | ${sum('duplicated', of)} | ${sum('outOfOrder', of)} |`,
    );
  }
  const delays = trials.map(({ killedAfterMs }) => killedAfterMs);
  const [first, middle, last] = [0, 0.5, 1].map((share) => quantile(delays, share).toFixed(0));
  console.log(`\nKilled ${first} to ${last} ms after the last bubble was painted, half of them within ${middle} ms`);
  const [p50, p95, most] = [0.5, 0.95, 1].map((share) => quantile(persistMs, share));
  const ms = (time = 0) => `${time.toFixed(1)} ms`;
  console.log(`Saved after ${ms(p50)} (p50), ${ms(p95)} (p95), ${ms(most)} (max), of ${persistMs.length} messages`);
  const [lost, duplicated, outOfOrder] = [sum('lost'), sum('duplicated'), sum('outOfOrder')];
  console.log(
    `Kill: ${trials.length} trials, ${messages(trials).length} messages, ${lost} lost, ${duplicated} duplicated, ${outOfOrder} out of order; saved after ${ms(p95)} (p95); seed ${seed}`,
  );
  return [
    ...Object.entries({ lost, duplicated, 'out of order': outOfOrder })
      .filter(([, count]) => count > 0)
      .map(([what, count]) => `${count} ${what}`),
    ...(quantile(persistMs, 0.95) < PERSIST_P95_MS ? [] : [`saved after ${ms(p95)} (p95)`]),
  ];
}
