import { setTimeout as pause } from 'node:timers/promises';
import { FrameType } from '../gateway/frames.js';
import { CdpChat } from '../support/cdp-chat.js';
import { CdpPage } from '../support/cdp-page.js';
import { type PageFault, pageFaults } from './page-faults.js';
import { hearNews, tellNews } from './page-news.js';
import type { Rig } from './rig.js';
import { TranscriptJudge } from './transcript-judge.js';
import { until, within } from './until.js';

/** The server waits 7 s: a long fault outlives the session. */
const HEARTBEAT = 3;
const MOST_TYPED = 8;
const MOST_SENT = 4;
/** How long a fault lasts, and one of the few long ones. */
const [SHORTEST_MS, LONGEST_MS] = [100, 2_000];
const LONG_MS = 8_000;
const LONG_SHARE = 0.12;
/** From the last bubble to the fault, at most. */
const LATEST_FAULT_MS = 50;

/** The last gap is filled within so many ms, or never. */
const HISTORY_MS = 15_000;
const LOOK_MS = 100;
/** A round takes three seconds or eleven; one that does not end in so long never will. */
const ROUND_MS = 180_000;

/** One fault and what was written around it. */
export interface Round {
  readonly fault: PageFault;
  readonly typed: readonly string[];
  readonly sent: readonly string[];
  /** Own messages without an acknowledgement when the fault began. */
  readonly inFlight: number;
  /** From the end of the fault to the next login, ms; undefined if there was none: the session outlived it. */
  readonly backMs: number | undefined;
}

/** A conversation through one fault after the other. */
export class LifecycleCourse {
  readonly rounds: Round[] = [];
  readonly judge = new TranscriptJudge();
  readonly #faults = Object.keys(pageFaults) as PageFault[];

  constructor(
    readonly rig: Rig,
    readonly user: string,
    readonly peer: string,
    readonly random: () => number,
  ) {}

  /** @param onRound called after each fault */
  async run(messages: number, onRound = () => {}): Promise<void> {
    const { rig, judge, user, peer } = this;
    const page = await CdpPage.open(rig.chromium, 'about:blank', [tellNews]);
    await hearNews(page, {
      resync: (since) => judge.gap(since),
      shown: (content) => judge.shown(content),
    });
    await page.navigate(`${rig.url}?${new URLSearchParams({ user, peer, heartbeat: String(HEARTBEAT) })}`);
    const chat = new CdpChat(page);
    await this.#settled(chat);
    while (judge.typed.length < messages) {
      const fault = this.#faults[this.rounds.length % this.#faults.length] ?? 'reloaded';
      const round = this.#round(chat, fault, messages - judge.typed.length);
      this.rounds.push(await within(ROUND_MS, `round ${this.rounds.length + 1}, the page is ${fault}`, round));
      onRound();
    }
    // What the history has to bring comes a moment after the login.
    const end = performance.now() + HISTORY_MS;
    while (judge.missing > 0 && performance.now() < end) {
      await pause(LOOK_MS);
      judge.look(await chat.transcript());
    }
    judge.conclude(rig.gateway.journal, user, await chat.transcript());
  }

  /** What went wrong, in words. Without a history nobody can bring back what was written into a line that was dead. */
  problems(hasHistory: boolean): string[] {
    const { judge } = this;
    const { letIn, used } = this.logins();
    return [
      ...[...judge.wrong]
        .filter(([text, wrong]) => hasHistory || wrong !== 'lost' || !judge.isInGap(text))
        .map(([text, wrong]) => `${text}: ${wrong}`),
      ...(judge.gaps >= used && judge.gaps <= letIn ? [] : [`${judge.gaps} gaps told`]),
    ];
  }

  /**
   * Logins as the server saw them: those it let in, and of these the ones on which the client said something after that. Each
   * of the latter must have been told as a gap; of the others the page may not have lived long enough to hear.
   */
  logins(): { readonly letIn: number; readonly used: number } {
    const letIn = new Set<number>();
    const used = new Set<number>();
    for (const { socket, dir, frame } of this.rig.gateway.journal.filter({ user: this.user })) {
      if (dir === 'out' && frame?.type === FrameType.loginResponse) letIn.add(socket);
      else if (dir === 'in' && letIn.has(socket)) used.add(socket);
    }
    return { letIn: letIn.size, used: used.size };
  }

  async #round(chat: CdpChat, fault: PageFault, left: number): Promise<Round> {
    const { rig, random, judge, user } = this;
    const { journal, faults } = rig.gateway;
    const typed: string[] = [];
    const sent: string[] = [];
    // Every other time what is typed is still on its way when the fault comes.
    if (random() < 0.5) faults.halfOpen(user);
    this.#send(this.#upTo(2), sent);
    await this.#type(chat, Math.min(left, 1 + this.#upTo(MOST_TYPED - 1)), typed);
    const lines = await chat.transcript();
    judge.look(lines);
    await pause(random() * LATEST_FAULT_MS);
    const ms = random() < LONG_SHARE ? LONG_MS : SHORTEST_MS + random() * (LONGEST_MS - SHORTEST_MS);
    let [endedAt, last] = [0, 0];
    await pageFaults[fault]({
      page: chat.page,
      ms,
      elsewhere: `${rig.url}test/browser/pages/window.html`,
      meanwhile: async () => {
        await pause(ms / 2);
        this.#send(1 + this.#upTo(MOST_SENT - 1), sent);
        await pause(ms / 2);
        [endedAt, last] = [performance.timeOrigin + performance.now(), journal.last];
      },
    });
    await until('the page is there', () => chat.isThere());
    await this.#type(chat, Math.min(left - typed.length, this.#upTo(2)), typed);
    await this.#settled(chat);
    judge.look(await chat.transcript());
    const [login] = journal.filter({ user, dir: 'out', type: FrameType.loginResponse, after: last });
    const inFlight = lines.filter(({ status }) => status === 'queued' || status === 'sending').length;
    return { fault, typed, sent, inFlight, backMs: login && login.t - endedAt };
  }

  /** Types, and waits until the last of it is seen. */
  async #type(chat: CdpChat, count: number, typed: string[]): Promise<void> {
    for (let n = 0; n < count; n++) {
      const text = `own ${this.judge.typed.length}`;
      this.judge.typed.push(text);
      typed.push(text);
      await chat.say(text);
    }
    if (count === 0) return;
    await until('what was typed is seen', async () =>
      (await chat.transcript()).some(({ content }) => content === typed.at(-1)),
    );
  }

  #send(count: number, sent: string[]): void {
    const { gateway } = this.rig;
    for (let n = 0; n < count; n++) {
      const text = `inbound ${this.judge.sent.size}`;
      this.judge.sent.set(text, Date.now());
      sent.push(text);
      gateway.send(this.user, text, { from: this.peer, typeu: 0 });
    }
  }

  /** All that was typed has come through, and the chat is connected. */
  async #settled(chat: CdpChat): Promise<void> {
    await until('all is delivered', async () => {
      if ((await chat.light()) !== 'Connected') return false;
      return (await chat.transcript()).every(({ status }) => status === 'delivered' || status === 'received');
    });
  }

  #upTo(most: number): number {
    return Math.floor(this.random() * (most + 1));
  }
}
