import { setTimeout as pause } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { hearNews, tellNews } from '../lifecycle/page-news.js';
import { openRig, type Rig } from '../lifecycle/rig.js';
import { until, within } from '../lifecycle/until.js';
import { isArchived } from '../support/archived.js';
import { CdpTab } from '../support/cdp-tab.js';
import { seededRandom } from '../support/seeded-random.js';
import { evidence } from './evidence.js';
import { linesOf, writtenAgain } from './lines.js';
import { TabsJudge } from './tabs-judge.js';

const USER = 'alice-who-navigates';
const PEER = 'bob-who-stays';
const MOST_TYPED = 2;
/** From the last bubble to the navigation, at most. */
const LATEST_MS = 60;
/** How often a person stays on a page until all is delivered; else the next navigation follows at once. */
const STAYS = 0.3;
const STEP_MS = 120_000;
/** What the history has to bring, or the server to repeat, comes within so many ms. */
const PATIENCE_MS = 30_000;

interface Result {
  readonly tabs: number;
  readonly navigations: number;
  readonly judge: TabsJudge;
  readonly lines: ReturnType<typeof linesOf>;
  readonly again: readonly string[];
}

/**
 * Pages of one site, visited one after the other while both sides talk: in one tab, then in three.
 * @returns The goals that were missed, in words.
 */
export async function run(args: readonly string[]): Promise<string[]> {
  const { values } = parseArgs({
    args: [...args],
    options: {
      count: { type: 'string', default: '100' },
      tabs: { type: 'string', multiple: true, default: ['1', '3'] },
      seed: { type: 'string', default: '1' },
    },
  });
  const missed: string[] = [];
  const results: Result[] = [];
  for (const tabs of values.tabs.map(Number)) {
    const rig = await openRig('navigations', []);
    try {
      const walk = new Walk(rig, tabs, seededRandom(Number(values.seed)));
      results.push(await walk.run(Number(values.count)));
      const { judge, lines, again } = results.at(-1) as Result;
      const { journal } = rig.gateway;
      for (const line of judge.disorder) console.log(`  ${line}`);
      for (const line of evidence(journal, [...judge.wrong.keys(), ...again])) console.log(line);
      missed.push(
        ...[...judge.wrong].map(([text, wrong]) => `${tabs} tabs: ${text}: ${wrong}`),
        ...(lines.kickOuts > 0 ? [`${tabs} tabs: ${lines.kickOuts} kick-outs`] : []),
        ...(lines.sessions > 1 ? [`${tabs} tabs: ${lines.sessions} sessions were begun`] : []),
        ...(again.length > 0
          ? [`${tabs} tabs: ${again.length} messages written again after their acknowledgement`]
          : []),
      );
    } finally {
      await rig.close();
    }
  }
  report(results, values.seed);
  return missed;
}

class Walk {
  readonly judge = new TabsJudge();
  readonly #shown = new Set<string>();
  #pages = 0;

  constructor(
    readonly rig: Rig,
    readonly count: number,
    readonly random: () => number,
  ) {}

  async run(navigations: number): Promise<Result> {
    const { rig, judge } = this;
    const { journal } = rig.gateway;
    const bob = await CdpTab.open(rig.chromium, `${rig.url}?user=${PEER}&peer=${USER}`);
    const tabs: CdpTab[] = [];
    for (let n = 0; n < this.count; n++) tabs.push(await this.#open());
    for (const tab of [bob, ...tabs]) await until('connected', async () => (await tab.light()) === 'Connected');
    for (let n = 0; n < navigations; n++) {
      await within(STEP_MS, `navigation ${n + 1}`, this.#step(tabs, n % tabs.length, bob));
    }
    await until('all that was typed arrives', () => judge.hasAll(journal, USER)).catch(() => {});
    await until('all is delivered', async () => {
      const lines = (await Promise.all(tabs.map((tab) => tab.transcript()))).flat();
      return lines.every(({ status }) => status === 'delivered' || status === 'received');
    }).catch(() => {});
    const end = performance.now() + PATIENCE_MS;
    while (performance.now() < end && !(await this.#isComplete(tabs, bob))) await pause(100);
    judge.look(await bob.transcript(), [...judge.typed.keys()]);
    for (const tab of tabs) await this.#look(tab);
    for (const text of judge.sent) if (!this.#shown.has(text)) judge.wrong.set(text, 'lost');
    judge.conclude(journal, USER);
    if (isArchived) for (const tab of tabs) await this.#lookAtAll(tab);
    return { tabs: this.count, navigations, judge, lines: linesOf(journal, USER), again: writtenAgain(journal, USER) };
  }

  async #step(tabs: readonly CdpTab[], at: number, bob: CdpTab): Promise<void> {
    const tab = tabs[at];
    if (!tab) return;
    await until('the page is there', () => tab.isThere());
    const others = tabs.filter((each) => each !== tab);
    const texts = Array.from({ length: Math.floor(this.random() * (MOST_TYPED + 1)) }, () => this.#type(tab));
    const talk = [this.#sayAs(bob), ...others.map((each) => each.send(this.#type(each)))];
    await tab.say(...texts);
    const last = texts.at(-1);
    if (last) await until('it is seen', async () => (await tab.transcript()).some(({ content }) => content === last));
    await this.#look(tab);
    await pause(this.random() * LATEST_MS);
    talk.push(this.#sayAs(bob));
    await tab.page.navigate(this.#address());
    await Promise.all(talk);
    if (this.random() >= STAYS) return;
    await until('all is delivered', async () => this.judge.hasAll(this.rig.gateway.journal, USER));
  }

  /** Every text there is, once, own ones and the peer's in their order: what stays on the device when all is over. */
  async #lookAtAll(tab: CdpTab): Promise<void> {
    const { judge } = this;
    const all = [...judge.typed.keys(), ...judge.sent];
    let contents: readonly string[] = [];
    // The last page may have come a moment ago, and read what it missed still.
    await until('all is shown', async () => {
      await tab.loadAll();
      contents = (await tab.transcript()).map(({ content }) => content);
      const there = new Set(contents);
      return all.every((text) => there.has(text));
    }).catch(() => {});
    judge.look(
      contents.map((content) => ({ content })),
      all,
    );
    this.#checkPeersOrder(contents);
  }

  /**
   * Messages of the peer stand as they were said, or, where the server had to repeat one, as they came (I6): of two that were said
   * and came in the same order, none stands before the other.
   */
  #checkPeersOrder(contents: readonly string[]): void {
    const { disorder, sent, wrong } = this.judge;
    const cameAt = new Map([...this.#shown].map((text, place) => [text, place]));
    const line = contents
      .filter((content) => sent.includes(content))
      .map((text) => ({ text, said: sent.indexOf(text), came: cameAt.get(text) ?? -1 }));
    line.forEach(({ text, said, came }, place) => {
      if (!line.slice(0, place).some((before) => before.said > said && before.came > came)) return;
      const around = line.slice(Math.max(0, place - 12), place + 3).map((each) => each.text);
      if (wrong.size === 0) disorder.push(`shown: ${around.join(', ')}`);
      wrong.set(text, 'out of order');
    });
  }

  async #isComplete(tabs: readonly CdpTab[], bob: CdpTab): Promise<boolean> {
    for (const tab of tabs) await this.#look(tab);
    const there = new Set((await bob.transcript()).map(({ content }) => content));
    return (
      this.judge.sent.every((text) => this.#shown.has(text)) &&
      [...this.judge.typed.keys()].every((text) => there.has(text))
    );
  }

  async #look(tab: CdpTab): Promise<void> {
    const lines = await tab.transcript();
    this.judge.look(lines);
    for (const { content } of lines) this.#shown.add(content);
  }

  async #sayAs(bob: CdpTab): Promise<void> {
    const text = `from bob ${this.judge.sent.length}`;
    this.judge.sent.push(text);
    await bob.send(text);
  }

  #type(tab: CdpTab): string {
    const text = `own ${this.judge.typed.size}`;
    this.judge.typed.set(text, tab);
    return text;
  }

  #address(): string {
    this.#pages += 1;
    return `${this.rig.url}?${new URLSearchParams({ user: USER, peer: PEER, page: String(this.#pages) })}`;
  }

  #open(): Promise<CdpTab> {
    return CdpTab.open(this.rig.chromium, this.#address(), [tellNews], (page) =>
      hearNews(page, { resync: () => {}, shown: (content) => this.#shown.add(content) }),
    );
  }
}

function report(results: readonly Result[], seed: string): void {
  console.log(
    '\n| tabs | navigations | own | inbound | lost | shown or sent twice | out of order | kicked out | sessions | logins | written again |',
  );
  console.log(`|${' ---: |'.repeat(11)}`);
  for (const { tabs, navigations, judge, lines, again } of results) {
    const texts = [...judge.typed.keys(), ...judge.sent];
    const wrong = (['lost', 'duplicated', 'out of order'] as const).map((kind) => judge.count(kind, texts));
    const cells = [
      tabs,
      navigations,
      judge.typed.size,
      judge.sent.length,
      ...wrong,
      lines.kickOuts,
      lines.sessions,
      lines.logins,
    ];
    console.log(`| ${[...cells, again.length].join(' | ')} |`);
  }
  console.log(
    `\nNavigations: ${isArchived ? 'every page shows all' : 'transcripts end with their page'}; seed ${seed}`,
  );
}
