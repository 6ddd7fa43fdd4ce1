import { setTimeout as pause } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { FrameType } from '../gateway/frames.js';
import { type PageFault, pageFaults } from '../lifecycle/page-faults.js';
import { quantile } from '../lifecycle/quantile.js';
import { openRig, type Rig } from '../lifecycle/rig.js';
import { until, within } from '../lifecycle/until.js';
import { CdpTab, leaderOf } from '../support/cdp-tab.js';
import { seededRandom } from '../support/seeded-random.js';
import { evidence } from './evidence.js';
import { linesOf, writtenAgain } from './lines.js';
import { TabsJudge } from './tabs-judge.js';

const USER = 'alice-in-trouble';
const PEER = 'bob-in-trouble';
/** The server waits 7 s: a long fault outlives the session. */
const HEARTBEAT = 3;
const MOST_TYPED = 3;
const [SHORTEST_MS, LONGEST_MS] = [100, 2_000];
const LONG_MS = 8_000;
const LONG_SHARE = 0.12;
const LATEST_FAULT_MS = 50;
const ROUND_MS = 180_000;

interface Round {
  readonly fault: PageFault;
  readonly texts: readonly string[];
  /** From the beginning of the fault to the next login, ms; undefined: there was none. */
  readonly loginMs: number | undefined;
}

/**
 * The faults of `test:lifecycle` with several tabs of one user: each hits the tab that leads.
 * @returns The goals that were missed, in words.
 */
export async function run(args: readonly string[]): Promise<string[]> {
  const { values } = parseArgs({
    args: [...args],
    options: {
      rounds: { type: 'string', default: '80' },
      tabs: { type: 'string', default: '3' },
      seed: { type: 'string', default: '1' },
    },
  });
  const rig = await openRig('tab-faults', ['DisconnectWebSocketOnBFCache']);
  try {
    const course = new TabsCourse(rig, USER, PEER, seededRandom(Number(values.seed)));
    await course.run(Number(values.tabs), Number(values.rounds));
    report(course, Number(values.tabs), values.seed);
    return course.problems();
  } finally {
    await rig.close();
  }
}

/** A conversation in several tabs, through one fault after the other. */
export class TabsCourse {
  readonly judge = new TabsJudge();
  readonly rounds: Round[] = [];
  readonly #faults = Object.keys(pageFaults) as PageFault[];
  #tabs: CdpTab[] = [];

  constructor(
    readonly rig: Rig,
    readonly user: string,
    readonly peer: string,
    readonly random: () => number,
  ) {}

  async run(tabs: number, rounds: number): Promise<void> {
    const { rig, user, peer } = this;
    const query = new URLSearchParams({ user, peer, heartbeat: String(HEARTBEAT) });
    while (this.#tabs.length < tabs) this.#tabs.push(await CdpTab.open(rig.chromium, `${rig.url}?${query}`));
    await this.#connected();
    while (this.rounds.length < rounds) {
      const fault = this.#faults[this.rounds.length % this.#faults.length] ?? 'reloaded';
      const round = this.#round(fault);
      this.rounds.push(await within(ROUND_MS, `round ${this.rounds.length + 1}, the tab is ${fault}`, round));
    }
    this.judge.conclude(rig.gateway.journal, user);
  }

  /** What went wrong, in words. */
  problems(): string[] {
    const { kickOuts } = linesOf(this.rig.gateway.journal, this.user);
    return [
      ...[...this.judge.wrong].map(([text, wrong]) => `${text}: ${wrong}`),
      ...(kickOuts > 0 ? [`${kickOuts} kick-outs`] : []),
    ];
  }

  async #round(fault: PageFault): Promise<Round> {
    const { rig, random, judge, user } = this;
    const { gateway } = rig;
    const leader = await this.#leader();
    const others = this.#tabs.filter((tab) => tab !== leader);
    const texts: string[] = [];
    // Every other time what is typed is still on its way when the fault comes.
    if (random() < 0.5) gateway.faults.halfOpen(user);
    this.#inbound(texts);
    for (const tab of this.#tabs) await this.#type(tab, texts);
    await pause(random() * LATEST_FAULT_MS);
    const ms = random() < LONG_SHARE ? LONG_MS : SHORTEST_MS + random() * (LONGEST_MS - SHORTEST_MS);
    const { last } = gateway.journal;
    const at = Date.now();
    await pageFaults[fault]({
      page: leader.page,
      ms,
      elsewhere: `${rig.url}test/browser/pages/window.html`,
      meanwhile: async () => {
        await pause(ms / 2);
        this.#inbound(texts);
        // While the browser sleeps, no page answers.
        if (fault !== 'asleep') for (const tab of others) await this.#type(tab, texts);
        await pause(ms / 2);
      },
    });
    await until('the page is there', () => leader.isThere());
    await this.#type(leader, texts);
    await this.#connected();
    await until('all has come through', async () => {
      const lines = await Promise.all(others.map((tab) => tab.transcript()));
      const isThere = lines.every((each) => texts.every((text) => each.some(({ content }) => content === text)));
      const all = [...lines.flat(), ...(await leader.transcript())];
      return isThere && all.every(({ status }) => status === 'delivered' || status === 'received');
    }).catch(() => {});
    for (const tab of others) judge.look(await tab.transcript(), texts);
    judge.look(await leader.transcript());
    const [login] = gateway.journal.filter({ user, dir: 'in', type: FrameType.login, after: last });
    return { fault, texts, loginMs: login && login.t - at };
  }

  /** Types up to so many messages, and waits until they are seen. */
  async #type(tab: CdpTab, texts: string[]): Promise<void> {
    const count = Math.floor(this.random() * (MOST_TYPED + 1));
    let last = '';
    for (let n = 0; n < count; n++) {
      last = `own ${this.judge.typed.size}`;
      this.judge.typed.set(last, tab);
      texts.push(last);
      await tab.say(last);
    }
    if (last) await until('it is seen', async () => (await tab.transcript()).some(({ content }) => content === last));
  }

  #inbound(texts: string[]): void {
    const count = Math.floor(this.random() * (MOST_TYPED + 1));
    for (let n = 0; n < count; n++) {
      const text = `inbound ${this.judge.sent.length}`;
      this.judge.sent.push(text);
      texts.push(text);
      this.rig.gateway.send(this.user, text, { from: this.peer, typeu: 0 });
    }
  }

  async #leader(): Promise<CdpTab> {
    let leader: CdpTab | undefined;
    await until('one tab leads', async () => {
      leader = await leaderOf(this.#tabs);
      return leader !== undefined;
    });
    if (!leader) throw new Error('expected a tab that leads');
    return leader;
  }

  async #connected(): Promise<void> {
    for (const tab of this.#tabs) await until('all are connected', async () => (await tab.light()) === 'Connected');
  }
}

function report({ rounds, judge, rig, user }: TabsCourse, tabs: number, seed: string): void {
  const { journal } = rig.gateway;
  console.log(
    '| the tab that leads is | times | messages | next login after, p50 | p95 | max | lost | duplicated | out of order |',
  );
  console.log(`|${' --- |'.repeat(1)}${' ---: |'.repeat(8)}`);
  for (const name of [...(Object.keys(pageFaults) as PageFault[]), 'all'] as const) {
    const of = rounds.filter(({ fault }) => name === 'all' || name === fault);
    const texts = of.flatMap((round) => round.texts);
    const after = of.flatMap(({ loginMs }) => loginMs ?? []);
    const cells = [
      ...[name, of.length, texts.length],
      ...[0.5, 0.95, 1].map((share) => (after.length > 0 ? `${(quantile(after, share) / 1_000).toFixed(2)} s` : '–')),
      ...(['lost', 'duplicated', 'out of order'] as const).map((kind) => judge.count(kind, texts)),
    ];
    console.log(`| ${cells.join(' | ')} |`);
  }
  const again = writtenAgain(journal, user);
  for (const line of judge.disorder) console.log(`  ${line}`);
  for (const line of evidence(journal, [...judge.wrong.keys(), ...again])) console.log(line);
  const { kickOuts, logins, sessions } = linesOf(journal, user);
  console.log(
    `\nTabs and faults: ${tabs} tabs, ${rounds.length} faults, ${judge.typed.size} own messages, ${judge.sent.length} inbound; ${logins} logins, ${sessions} sessions, ${kickOuts} kick-outs, ${again.length} written again after their acknowledgement; seed ${seed}`,
  );
}
