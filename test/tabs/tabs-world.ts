import { expect } from 'vitest';
import type { Message } from '../../src/client/index.js';
import { FrameType } from '../gateway/frames.js';
import { FakeBrowser, type FakeTab } from '../support/fake-tabs.js';

const TABS = 3;
/** Two live tabs may have a socket each for so long, ms: one takes over, the other has not heard. */
const HANDOVER_MS = 1_000;
const STEP_MS = 250;

/** What a message is known by, and when it was written. */
interface Written {
  readonly turn: number;
  readonly page: unknown;
}

/**
 * Three tabs of one browser, in which at random pages come, go, stop and go on, and somebody writes; the server's journal, and
 * what each tab shows, tell whether all is well.
 */
export class TabsWorld {
  readonly browser = new FakeBrowser();
  readonly #tabs: (FakeTab | undefined)[] = Array.from({ length: TABS });
  readonly #frozen = new Set<FakeTab>();
  readonly #hung = new Set<FakeTab>();
  /** Since when a page knows everything: it was opened then, or stopped for the last time. */
  readonly #whole = new Map<FakeTab, number>();
  readonly #typed = new Map<string, Written>();
  readonly #inbound = new Map<string, number>();
  /** Tabs that showed a kick-out, after which nobody said `connect()`. */
  readonly #kicked = new Set<FakeTab>();
  /** Tabs in which somebody said it, and that have not connected since. */
  readonly #wanting = new Set<FakeTab>();
  #hasHung = false;
  #turn = 0;
  #sends = 0;
  #twoSince: number | undefined;
  #violation: unknown;

  constructor(hasKeeper: boolean) {
    if (hasKeeper) this.browser.keeper = keeper();
  }

  /** The tab in this place, unless it is closed. */
  at(n: number): FakeTab | undefined {
    return this.#tabs[n % TABS];
  }

  /** The same, if it runs. */
  running(n: number): FakeTab | undefined {
    const tab = this.at(n);
    return tab && !this.#frozen.has(tab) && !this.#hung.has(tab) ? tab : undefined;
  }

  open(n: number): void {
    if (this.at(n)) return;
    const tab = this.browser.open();
    this.#tabs[n % TABS] = tab;
    this.#loaded(tab);
  }

  go(n: number, how: 'close' | 'crash'): void {
    const tab = this.at(n);
    if (!tab) return;
    tab[how]();
    this.#tabs[n % TABS] = undefined;
    this.#forget();
  }

  navigate(n: number): void {
    const tab = this.running(n);
    if (!tab) return;
    tab.navigate();
    this.#loaded(tab);
    this.#forget();
  }

  freeze(n: number): void {
    const tab = this.running(n);
    if (!tab) return;
    this.#frozen.add(tab);
    tab.freeze();
  }

  hang(n: number): void {
    const tab = this.running(n);
    if (!tab) return;
    this.#hung.add(tab);
    this.#hasHung = true;
    tab.hang();
  }

  goOn(n: number): void {
    const tab = this.at(n);
    if (!tab) return;
    if (this.#frozen.delete(tab)) tab.resume();
    else if (this.#hung.delete(tab)) tab.goOn();
    else return;
    this.#whole.set(tab, this.#turn);
  }

  show(n: number, isVisible: boolean): void {
    const tab = this.running(n);
    if (!tab) return;
    tab.page.hidden = !isVisible;
    if (isVisible) tab.page.tell('visible');
  }

  send(n: number): void {
    const tab = this.running(n);
    // What is written in a tab that does not take part waits until one leads anew.
    if (!tab || tab.page.listenerCount === 0) return;
    const content = `own ${this.#sends++}`;
    this.#typed.set(content, { turn: this.#turn, page: tab.process });
    tab.send(content);
  }

  receive(): void {
    const content = `bob ${this.#inbound.size}`;
    // Into the socket of a leader that hangs: when it goes on it is none any more, and shows it alone. The others have a gap.
    this.#inbound.set(content, this.#hung.size > 0 ? Number.NEGATIVE_INFINITY : this.#turn);
    this.browser.gateway.send('alice', content, { from: 'bob' });
  }

  join(n: number): void {
    const tab = this.running(n);
    if (!tab || tab.page.listenerCount > 0) return;
    this.#whole.set(tab, this.#turn);
    tab.client.join();
  }

  connect(n: number): void {
    const tab = this.running(n);
    if (!tab) return;
    this.#kicked.clear();
    this.#wanting.add(tab);
    // Which joins.
    if (tab.client.state.name === 'disconnected' && tab.page.listenerCount === 0) this.#whole.set(tab, this.#turn);
    tab.client.connect();
  }

  async advance(ms: number): Promise<void> {
    const { clock } = this.browser;
    for (let left = ms; left > 0; left -= STEP_MS) {
      await this.browser.advance(Math.min(left, STEP_MS));
      const isOne = this.browser.liveSockets.length < 2;
      this.#twoSince = isOne ? undefined : (this.#twoSince ?? clock.monotonic());
      expect(clock.monotonic() - (this.#twoSince ?? clock.monotonic()), 'I9').toBeLessThanOrEqual(HANDOVER_MS);
    }
  }

  async check(): Promise<void> {
    this.#turn += 1;
    await this.browser.advance(0);
    if (this.#violation) throw this.#violation;
    for (const tab of this.#tabs) {
      if (!tab) continue;
      for (const [content, statuses] of tab.own) {
        const end = statuses.indexOf('delivered');
        expect(end === -1 || end === statuses.length - 1, `I1: ${content} was final: ${statuses}`).toBe(true);
        if (end !== -1) expect(this.#accepted(content).length, `I2: ${content}`).toBeGreaterThan(0);
      }
      expect(tab.received.length, 'I4').toBe(new Set(tab.received).size);
    }
  }

  /** From now on all is well. */
  async heal(): Promise<void> {
    for (let n = 0; n < TABS; n++) this.goOn(n);
    await this.browser.advance(0);
    this.open(0);
    for (let n = 0; n < TABS; n++) {
      this.show(n, true);
      this.join(n);
    }
    await this.advance(1_000);
    this.#kicked.clear();
    if (this.at(0)?.client.state.name === 'disconnected') this.at(0)?.client.connect();
    await this.browser.advance(40_000);
    await this.check();
    const open = this.#tabs.filter((tab) => tab !== undefined);
    expect(
      open.map(({ state }) => state),
      'I12',
    ).toEqual(open.map(() => 'connected'));
    expect([this.browser.gateway.sessions().length, this.browser.liveSockets.length], 'I9').toEqual([1, 1]);
    // What a page wrote down as it went, after the leader had read what there was, waits for the next leader. So does what a
    // leader that hung wrote down when another had sent it: it will be sent once more, as the same message.
    const pages = new Set<unknown>(open.map(({ process }) => process));
    const waits = (content: string) => this.browser.device.contents.includes(content);
    for (const [content, { turn, page }] of this.#typed) {
      const isLeft = this.#hasHung || this.#accepted(content).length === 0;
      if (!pages.has(page) && waits(content) && isLeft) {
        this.browser.device.forget(content);
        continue;
      }
      expect(new Set(this.#accepted(content)).size, `I1, I3: ${content} arrived, as one message`).toBe(1);
      for (const tab of open) {
        if (tab.process === page) expect(tab.settled.get(content), `the promise of ${content}`).toBe('delivered');
        if (tab.own.has(content)) expect(tab.bubbles[content], `I1: ${content}`).toBe('delivered');
        else expect(this.#whole.get(tab) ?? 0, `M1: ${content} is shown in each tab`).toBeGreaterThan(turn);
      }
    }
    for (const [content, turn] of this.#inbound) {
      const whole = open.filter((tab) => (this.#whole.get(tab) ?? 0) <= turn);
      const shown = whole.filter(({ received }) => received.includes(content));
      expect([0, whole.length], `M8: ${content} is shown in each tab`).toContain(shown.length);
    }
    expect(this.browser.device.contents, 'I14: nothing waits').toEqual([]);
    for (const tab of open) tab.client.leave();
    await this.browser.advance(2_000);
    for (const { process, page } of open) {
      expect([process.timers.size, page.listenerCount, this.browser.locks.of(process)], 'I11').toEqual([0, 0, []]);
    }
    expect(this.browser.channels.size, 'I11').toBe(0);
  }

  /** Ids under which the server took a message. */
  #accepted(content: string): (string | null)[] {
    return this.browser.gateway.journal.frames({ dir: 'in', type: FrameType.data, content }).map(({ fp }) => fp);
  }

  #loaded(tab: FakeTab): void {
    this.#whole.set(tab, this.#turn);
    tab.onSocket = () =>
      this.#note(() => expect(this.#kicked.has(tab) && !this.#wanting.has(tab), 'I10, I21: kicked').toBe(false));
    tab.client.addEventListener('state', ({ state }) => {
      if (state.name === 'connected') this.#wanting.delete(tab);
      if (state.name === 'disconnected' && state.reason === 'kicked') this.#kicked.add(tab);
      // By a tab that had not heard of it.
      else if (state.name === 'connected' && !tab.leads) this.#kicked.delete(tab);
      else if (state.name === 'connecting' && this.#isConnectedBy(tab)) this.#kicked.delete(tab);
    });
  }

  /** Whether a tab that showed no kick-out holds on to the session, though its line may be down. */
  #isConnectedBy(other: FakeTab): boolean {
    const holds = (tab: FakeTab) => !this.#kicked.has(tab) && tab.client.state.name !== 'disconnected';
    return this.#tabs.some((tab) => tab && tab !== other && holds(tab));
  }

  /** What only the page that is gone had, before it could be written down. */
  #forget(): void {
    const { contents } = this.browser.device;
    const pages = new Set<unknown>(this.#tabs.map((tab) => tab?.process));
    for (const [content, { page }] of this.#typed) {
      if (!pages.has(page) && !contents.includes(content) && this.#accepted(content).length === 0)
        this.#typed.delete(content);
    }
  }

  /** What is thrown in the midst of an event reaches nobody. */
  #note(assert: () => void): void {
    try {
      assert();
    } catch (error) {
      this.#violation ??= error;
    }
  }
}

/** A device that keeps what happens, and never fails. */
function keeper() {
  const known: string[] = [];
  const waiting = new Map<string, Message>();
  return {
    before: async () => ({ known: [...known], waiting: [...waiting.values()] }),
    message: async ({ id }: Message) => known.push(id),
    delivery: (message: Message, outcome: string) => {
      if (['queued', 'sending', 'unconfirmed', 'failed'].includes(outcome)) waiting.set(message.id, message);
      else waiting.delete(message.id);
    },
    fact: () => {},
  };
}
