import { setTimeout as pause } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { quantile } from '../lifecycle/quantile.js';
import { openRig, type Rig } from '../lifecycle/rig.js';
import { until, within } from '../lifecycle/until.js';
import { CdpTab, leaderOf } from '../support/cdp-tab.js';
import { seededRandom } from '../support/seeded-random.js';
import { evidence } from './evidence.js';
import { linesOf, writtenAgain } from './lines.js';
import { TabsJudge } from './tabs-judge.js';

const USER = 'alice-of-ten-tabs';
const PEER = 'bob-of-ten-tabs';
const TABS = 10;
/** Longer than a tab that hangs is waited for: its line must still be open when the next one comes. */
const HEARTBEAT = 15;
/** Between two messages of one side, about. */
const TALK_MS = 80;
const TRIAL_MS = 120_000;
/** Two lines at once for longer are two sessions. */
const MOST_OVERLAP_MS = 1_000;
/**
 * After a tab that hung has gone on. It finds hundreds of tasks before the news that it leads no more. Of its line the server knows
 * nothing by then: of two with the same `firstLoginTime` the younger one has the session, and the older one stays open, for nothing.
 */
const MOST_AFTER_HANG_MS = 5_000;

/** How a tab stops to lead, and comes back; and how long the next login may take. */
const ends = {
  closed: {
    mostMs: 2_000,
    end: (leader: CdpTab) => leader.page.close(),
    back: (_: CdpTab, open: () => Promise<CdpTab>) => open(),
  },
  'navigated away': {
    mostMs: 2_000,
    end: (leader: CdpTab, url: string) => leader.page.navigate(`${url}test/browser/pages/window.html`),
    back: async (tab: CdpTab, _: unknown, address: string) => {
      await tab.page.navigate(address);
      return tab;
    },
  },
  frozen: {
    mostMs: 15_000,
    end: (leader: CdpTab) => leader.page.freeze(),
    back: async (tab: CdpTab) => {
      await tab.page.resume();
      return tab;
    },
  },
  killed: {
    mostMs: 15_000,
    end: (leader: CdpTab) => leader.page.kill(),
    back: async (tab: CdpTab) => {
      await tab.page.reload();
      return tab;
    },
  },
  hung: {
    mostMs: 15_000,
    end: async (leader: CdpTab) => {
      resumes.set(leader, await leader.page.hang());
    },
    back: async (tab: CdpTab) => {
      resumes.get(tab)?.();
      return tab;
    },
  },
};
const resumes = new WeakMap<CdpTab, () => void>();

type End = keyof typeof ends;

interface Trial {
  readonly end: End;
  /** From the event to the next login at the gateway, ms. */
  readonly afterMs: number;
  readonly typed: readonly string[];
  readonly sent: readonly string[];
  /** The longest time with two lines that were logged in; of a tab that hung, since it went on. */
  readonly overlapMs: number;
  readonly kickOuts: number;
}

/**
 * G7: ten tabs, of which the one that leads goes again and again, while both sides talk.
 * @returns The goals that were missed, in words.
 */
export async function run(args: readonly string[]): Promise<string[]> {
  const { values } = parseArgs({
    args: [...args],
    options: {
      trials: { type: 'string', default: '30' },
      hung: { type: 'string', default: '10' },
      seed: { type: 'string', default: '1' },
      ends: { type: 'string', default: Object.keys(ends).join() },
    },
  });
  const chosen = values.ends.split(',').map((end) => end.trim());
  for (const end of chosen) {
    if (!Object.hasOwn(ends, end))
      throw new TypeError(`--ends: expected some of ${Object.keys(ends).join()}; got ${end}`);
  }
  const rig = await openRig('tabs', []);
  const course = new TenTabs(rig, seededRandom(Number(values.seed)));
  try {
    await course.start();
    for (const end of chosen as End[]) {
      const count = Number(end === 'hung' ? values.hung : values.trials);
      for (let n = 0; n < count; n++) {
        await within(TRIAL_MS, `trial ${n + 1}, the tab is ${end}`, course.trial(end));
      }
      console.log(`${count} times ${end}`);
    }
    course.judge.conclude(rig.gateway.journal, USER);
    return report(course, values.seed);
  } finally {
    await rig.close();
  }
}

class TenTabs {
  readonly judge = new TabsJudge();
  readonly trials: Trial[] = [];
  #tabs: CdpTab[] = [];
  readonly #address: string;

  constructor(
    readonly rig: Rig,
    readonly random: () => number,
  ) {
    this.#address = `${rig.url}?${new URLSearchParams({ user: USER, peer: PEER, heartbeat: String(HEARTBEAT) })}`;
  }

  async start(): Promise<void> {
    while (this.#tabs.length < TABS) this.#tabs.push(await this.#open());
    await this.#connected();
  }

  async trial(end: End): Promise<void> {
    const { rig, judge } = this;
    const { journal } = rig.gateway;
    const [leader, ...witnesses] = await this.#sorted();
    const typed: string[] = [];
    const sent: string[] = [];
    const first = this.#text(leader, typed);
    await leader.send(first);
    await until('it is seen', async () => (await leader.transcript()).some(({ content }) => content === first));
    const before = journal.last;
    const talk = new AbortController();
    const talking = Promise.all([
      this.#talk(talk.signal, async () => {
        const tab = witnesses[Math.floor(this.random() * witnesses.length)];
        if (tab) await tab.send(this.#text(tab, typed));
      }),
      this.#talk(talk.signal, async () => this.#inbound(sent)),
    ]);
    await pause(this.random() * 2 * TALK_MS);
    const at = Date.now();
    const ended = ends[end].end(leader, rig.url);
    const login = await journal.waitFor(({ n, t, user, frame, dir }) => {
      return n > before && t >= at && user === USER && dir === 'in' && frame?.type === 0;
    });
    await ended;
    await pause(this.random() * 4 * TALK_MS);
    const backAt = Date.now();
    const tab = await ends[end].back(leader, () => this.#open(), this.#address);
    await pause(this.random() * 4 * TALK_MS);
    talk.abort();
    await talking;
    this.#tabs = [...witnesses, tab];
    await this.#connected();
    const texts = [...typed, ...sent];
    await until('all is delivered', async () => {
      const states = await Promise.all(witnesses.map((each) => each.page.evaluate(missing, texts)));
      return states.every((count) => count === 0);
    }).catch(() => {});
    for (const [n, witness] of witnesses.entries()) {
      judge.look(await witness.transcript(), texts, `after ${end}, in tab ${n + 1} of those that stayed`);
    }
    judge.look(await tab.transcript(), [], `in the tab that was ${end}`);
    const { overlaps, kickOuts } = linesOf(journal, USER);
    // The server closes neither; a tab that hangs cannot.
    const since = end === 'hung' ? backAt : at;
    const recent = overlaps
      .filter(({ to }) => to > since)
      .map(({ from, to }) => Math.min(to, Date.now()) - Math.max(from, since));
    const kickedBefore = this.trials.reduce((sum, each) => sum + each.kickOuts, 0);
    this.trials.push({
      ...{ end, afterMs: login.t - at, typed, sent, kickOuts: kickOuts - kickedBefore },
      overlapMs: Math.max(0, ...recent),
    });
  }

  #open(): Promise<CdpTab> {
    return CdpTab.open(this.rig.chromium, this.#address);
  }

  async #sorted(): Promise<[CdpTab, ...CdpTab[]]> {
    let leader: CdpTab | undefined;
    await until('one tab leads', async () => {
      leader = await leaderOf(this.#tabs);
      return leader !== undefined;
    });
    if (!leader) throw new Error('expected a tab that leads');
    return [leader, ...this.#tabs.filter((tab) => tab !== leader)];
  }

  async #connected(): Promise<void> {
    for (const tab of this.#tabs) await until('all are connected', async () => (await tab.light()) === 'Connected');
  }

  #text(tab: CdpTab, typed: string[]): string {
    const text = `own ${this.judge.typed.size}`;
    this.judge.typed.set(text, tab);
    typed.push(text);
    return text;
  }

  #inbound(sent: string[]): void {
    const text = `inbound ${this.judge.sent.length}`;
    this.judge.sent.push(text);
    sent.push(text);
    this.rig.gateway.send(USER, text, { from: PEER, typeu: 0 });
  }

  async #talk(signal: AbortSignal, say: () => Promise<void>): Promise<void> {
    while (!signal.aborted) {
      await say();
      await pause(this.random() * 2 * TALK_MS);
    }
  }
}

/** Runs in the page: how many of these texts it does not show as sent and received. */
function missing(texts: readonly string[]): number {
  const messages = document.querySelector('chat-window')?.conversation?.store.messages ?? [];
  const there = messages.filter(({ status }) => status === 'delivered' || status === 'received');
  const contents = new Set(there.map(({ content }) => content));
  return texts.filter((text) => !contents.has(text)).length;
}

function report({ trials, judge, rig: { gateway } }: TenTabs, seed: string): string[] {
  const missed: string[] = [];
  console.log(
    '\n| the tab that leads is | trials | next login after, p50 | p95 | max | own | inbound | lost | duplicated | out of order | kicked out | two lines at once, longest |',
  );
  console.log(`|${' --- |'.repeat(1)}${' ---: |'.repeat(11)}`);
  for (const end of [...(Object.keys(ends) as End[]), 'all'] as const) {
    const of = trials.filter((trial) => end === 'all' || trial.end === end);
    if (of.length === 0) continue;
    const after = of.map(({ afterMs }) => afterMs);
    const texts = of.flatMap(({ typed, sent }) => [...typed, ...sent]);
    const p95 = quantile(after, 0.95);
    const overlap = Math.max(0, ...of.map(({ overlapMs }) => overlapMs));
    const kickOuts = of.reduce((sum, each) => sum + each.kickOuts, 0);
    const wrong = (['lost', 'duplicated', 'out of order'] as const).map((kind) => judge.count(kind, texts));
    const cells = [
      ...[end, of.length],
      ...[0.5, 0.95, 1].map((share) => `${(quantile(after, share) / 1_000).toFixed(2)} s`),
      of.reduce((sum, { typed }) => sum + typed.length, 0),
      of.reduce((sum, { sent }) => sum + sent.length, 0),
      ...[...wrong, kickOuts, `${overlap.toFixed(0)} ms`],
    ];
    console.log(`| ${cells.join(' | ')} |`);
    if (end === 'all') continue;
    if (p95 > ends[end].mostMs) missed.push(`${end}: the next login after ${(p95 / 1_000).toFixed(2)} s (p95)`);
    if (kickOuts > 0) missed.push(`${end}: ${kickOuts} kick-outs`);
    if (overlap > (end === 'hung' ? MOST_AFTER_HANG_MS : MOST_OVERLAP_MS))
      missed.push(`${end}: two lines at once for ${overlap.toFixed(0)} ms`);
  }
  console.log(`\nTabs: ${TABS} tabs, ${trials.length} trials; seed ${seed}`);
  const again = writtenAgain(gateway.journal, USER);
  if (again.length > 0) missed.push(`${again.length} messages written again after their acknowledgement`);
  for (const line of judge.disorder) console.log(`  ${line}`);
  for (const line of evidence(gateway.journal, [...judge.wrong.keys(), ...again])) console.log(line);
  return [...missed, ...[...judge.wrong].map(([text, wrong]) => `${text}: ${wrong}`)];
}
