import { describe, expect, it, vi } from 'vitest';
import type { Message } from '../../src/client/index.js';
import { FrameType } from '../gateway/frames.js';
import { FakeArchive } from '../support/fake-archive.js';
import { FakeBrowser, type FakeTab } from '../support/fake-tabs.js';
import { keeping, logins, online, sent, sessionOf, shown, withoutLocks } from './tab-sessions.js';

/** Time for a history to be asked, the code that does it included. */
async function pass(browser: FakeBrowser): Promise<void> {
  for (let n = 0; n < 10; n++) {
    await browser.advance(1_000);
    await vi.dynamicImportSettled();
  }
}

describe('I15: a tab that joins or thaws', () => {
  it.each([true, false])('has its history asked for each peer, kept: %s', async (isKept) => {
    const [browser, archive] = isKept ? keeping() : [new FakeBrowser()];
    const [leading, joining, another] = [vi.fn(() => []), vi.fn(() => []), vi.fn(() => [])];
    const [first] = await online(1, browser);
    sessionOf(first, archive).conversation('bob').loadHistory = leading;
    await pass(browser);
    const second = browser.open();
    const session = sessionOf(second, archive);
    session.conversation('bob').loadHistory = joining;
    session.conversation('carol').loadHistory = another;
    await pass(browser);
    expect([first.state, second.state]).toEqual(['connected', 'connected']);
    for (const load of [leading, joining, another]) expect(load).toHaveBeenCalled();
  });

  it('has it asked for a peer who is shown later, too', async () => {
    const browser = new FakeBrowser();
    const [, second] = await online(2, browser);
    await browser.advance(10_000);
    const load = vi.fn(() => []);
    sessionOf(second).conversation('bob').loadHistory = load;
    await pass(browser);
    expect(load).toHaveBeenCalled();
  });

  it('that was frozen is told what came meanwhile, or that something may be missing', async () => {
    const browser = new FakeBrowser();
    const [, second] = await online(2, browser);
    second.freeze();
    await browser.advance(1_000);
    browser.gateway.send('alice', 'while frozen', { from: 'bob' });
    await browser.advance(5_000);
    const { events } = second;
    const before = events.length;
    second.resume();
    await browser.advance(30_000);
    expect(second.state).toBe('connected');
    const news = events.slice(before).filter((event) => event.startsWith('resync') || event === 'message while frozen');
    expect(news).not.toEqual([]);
  });

  it('that was frozen has its history asked', async () => {
    const browser = new FakeBrowser();
    const [, second] = await online(2, browser);
    const load = vi.fn(() => []);
    sessionOf(second).conversation('bob').loadHistory = load;
    await pass(browser);
    load.mockClear();
    second.freeze();
    await browser.advance(5_000);
    second.resume();
    await pass(browser);
    expect(load).toHaveBeenCalled();
  });

  /** An archive of a slow device: what happened is written down some time later. */
  class SlowArchive extends FakeArchive {
    constructor(
      readonly browser: FakeBrowser,
      readonly ms: number,
    ) {
      super();
    }

    override async received(message: Message): Promise<void> {
      await this.#wait();
      await super.received(message);
    }

    override async delivery(message: Message, outcome: 'sending' | 'delivered'): Promise<void> {
      if (outcome === 'delivered') return;
      await this.#wait();
      await super.delivery(message, outcome);
    }

    #wait(): Promise<void> {
      return new Promise((resolve) => {
        this.browser.clock.setTimeout(resolve, this.ms);
      });
    }
  }

  it.each([
    [100, 'received'],
    [800, 'received'],
    [100, 'sent'],
    [800, 'sent'],
  ] as const)('M8: shows in the end what takes %i ms to be written down: %s', async (ms, what) => {
    const browser = new FakeBrowser();
    const archive = new SlowArchive(browser, ms);
    const [, kept] = keeping(archive, browser);
    const [first] = await online(1, browser);
    if (what === 'sent') first.send('hi');
    else browser.gateway.send('alice', 'hi', { from: 'bob' });
    await browser.advance(10);
    const session = sessionOf(browser.open(), kept);
    shown(session);
    await browser.advance(5_000);
    expect(archive.conversations.get('bob')).toHaveLength(1);
    expect(shown(session)).toEqual(['hi']);
  });
});

describe('I12: a leader that nobody sees', () => {
  const pings = ({ gateway }: FakeBrowser) => gateway.journal.filter({ dir: 'in', type: FrameType.keepAlive }).length;

  it('tries its line when somebody looks at another tab', async () => {
    const browser = new FakeBrowser();
    const [first, second] = await online(2, browser);
    first.page.hidden = true;
    await browser.advance(3_000);
    const before = pings(browser);
    second.page.tell('visible');
    await browser.advance(10);
    expect(pings(browser)).toBe(before + 1);
  });

  it('makes its next attempt when somebody looks at another tab', async () => {
    const browser = new FakeBrowser();
    browser.options = { reconnectDelay: () => 30_000 };
    const [first, second] = await online(2, browser);
    first.page.hidden = true;
    browser.gateway.faults.cut('alice');
    await browser.advance(3_000);
    expect(second.state).toBe('connecting');
    second.page.tell('visible');
    await browser.advance(1_000);
    expect(second.state).toBe('connected');
  });

  it('has no token any more: connect() in a tab that has one', async () => {
    const browser = new FakeBrowser();
    let isOut = false;
    browser.options = { getToken: () => (isOut ? Promise.reject(new Error('401')) : 'old') };
    browser.open();
    await browser.advance(1_000);
    browser.options = { getToken: () => 'fresh' };
    const second = browser.open();
    await browser.advance(1_000);
    isOut = true;
    browser.gateway.faults.cut('alice');
    await browser.advance(60_000);
    second.client.connect();
    await browser.advance(60_000);
    expect(second.state).toBe('connected');
  });
});

describe('M4: a tab that knows an older session does not kick itself', () => {
  it.each([0, 50])('M5: without locks, when it takes the chat back from one that hangs, %i ms away', async (ms) => {
    const [browser, first, second] = await withoutLocks();
    if (ms > 0) browser.gateway.faults.slow('alice', ms);
    second.client.connect();
    await browser.advance(1_000);
    browser.gateway.faults.clear('alice');
    await browser.advance(1_000);
    expect([first.state, second.state]).toEqual(['elsewhere', 'connected']);
    second.hang();
    first.page.tell('visible');
    await browser.advance(3_000);
    expect(first.state).toBe('connected');
  });

  it('with locks, when it thaws and the tab that began another one is gone', async () => {
    const browser = new FakeBrowser();
    const [first, second] = await online(2, browser);
    first.freeze();
    await browser.advance(1_000);
    second.client.disconnect();
    await browser.advance(1_000);
    second.client.connect();
    await browser.advance(1_000);
    expect(second.state).toBe('connected');
    // The server does not know yet.
    browser.gateway.faults.halfOpen('alice');
    second.crash();
    first.resume();
    await browser.advance(3_000);
    // Whether or not the end that it missed still counts.
    expect(['closed', 'connected']).toContain(first.state);
    first.client.connect();
    await browser.advance(3_000);
    expect(first.state).toBe('connected');
    expect(first.events).not.toContain('kickout 1');
  });
});

describe('M2: what waits when a tab takes the lead', () => {
  it('I5: keeps the order that was seen, whichever tabs it was typed in', async () => {
    const browser = new FakeBrowser();
    const [first, second] = await online(2, browser);
    browser.gateway.stop();
    await browser.advance(10);
    for (const [tab, text] of [
      [second, '1'],
      [first, '2'],
      [second, '3'],
    ] as const) {
      tab.send(text);
      await browser.advance(50);
    }
    await browser.advance(300);
    expect([first, second].map(({ own }) => [...own.keys()])).toEqual(Array(2).fill(['1', '2', '3']));
    first.crash();
    browser.gateway.start();
    await browser.advance(30_000);
    expect(sent(browser)).toEqual(['1', '2', '3']);
  });

  it('can be taken back, though the session has ended', async () => {
    const browser = new FakeBrowser();
    const [first, second] = await online(2, browser);
    browser.gateway.kick('alice', 1);
    await browser.advance(100);
    first.send('mine');
    await browser.advance(300);
    const id = second.idOf('mine');
    first.close();
    await browser.advance(1_000);
    expect(second.bubbles).toEqual({ mine: 'queued' });
    expect(second.client.cancel(id)).toBe(true);
    await browser.advance(1_000);
    expect([second.bubbles, browser.device.contents]).toEqual([{ mine: 'cancelled' }, []]);
    second.client.connect();
    await browser.advance(2_000);
    expect([second.state, sent(browser)]).toEqual(['connected', []]);
  });

  it('is not "sending" where there is no line', async () => {
    const browser = new FakeBrowser();
    const [first, second] = await online(2, browser);
    browser.gateway.faults.halfOpen('alice');
    first.send('mine');
    await browser.advance(300);
    expect(second.bubbles).toEqual({ mine: 'sending' });
    first.crash();
    second.client.disconnect();
    await browser.advance(60_000);
    expect([second.state, second.bubbles]).toEqual(['closed', { mine: 'queued' }]);
  });
});

describe('M7: cancel() of what no leader has taken', () => {
  /** A message of the second tab, which the first has not heard of; without a line if the session has ended. */
  async function untaken(count: number, hasEnded = false): Promise<[FakeBrowser, FakeTab, FakeTab, FakeTab]> {
    const browser = new FakeBrowser();
    const [first, second, third] = await online(count, browser);
    if (hasEnded) {
      browser.gateway.kick('alice', 1);
      await browser.advance(100);
    }
    first.hang();
    return [browser, first, second, third];
  }

  /** Types it there, waits until it is shown, and takes it back. */
  async function cancel(browser: FakeBrowser, tab: FakeTab): Promise<void> {
    const id = tab.send('oops');
    await browser.advance(350);
    expect([tab.bubbles, tab.client.cancel(id)]).toEqual([{ oops: 'queued' }, true]);
    await browser.advance(50);
  }

  it('is not over before the leader says so, and may be too late', async () => {
    const [browser, first, second] = await untaken(2);
    await cancel(browser, second);
    expect(second.bubbles).toEqual({ oops: 'queued' });
    first.goOn();
    await browser.advance(2_000);
    const { own, settled } = second;
    const { oops } = second.bubbles;
    expect([oops, sent(browser)]).toEqual(oops === 'cancelled' ? ['cancelled', []] : ['delivered', ['oops']]);
    expect([settled.get('oops'), first.bubbles]).toEqual([oops, { oops }]);
    expect(own.get('oops')?.filter((status) => status === 'cancelled' || status === 'delivered')).toHaveLength(1);
    expect(browser.device.contents).toEqual([]);
  });

  it('is over when the leader says so', async () => {
    const [browser, first, second] = await untaken(2, true);
    await cancel(browser, second);
    expect([second.bubbles, second.settled.size]).toEqual([{ oops: 'queued' }, 0]);
    first.goOn();
    await browser.advance(1_000);
    expect([second.bubbles, second.settled.get('oops')]).toEqual([{ oops: 'cancelled' }, 'cancelled']);
    first.client.connect();
    await browser.advance(2_000);
    expect([second.state, sent(browser), browser.device.contents]).toEqual(['connected', [], []]);
  });

  it('is over when this tab leads instead', async () => {
    const [browser, first, second] = await untaken(2);
    await cancel(browser, second);
    first.crash();
    await browser.advance(2_000);
    expect([second.state, second.bubbles, second.settled.get('oops')]).toEqual([
      'connected',
      { oops: 'cancelled' },
      'cancelled',
    ]);
    expect([sent(browser), browser.device.contents]).toEqual([[], []]);
  });

  it.each([true, false])('is over when another tab leads instead, kept: %s', async (isKept) => {
    const browser = new FakeBrowser();
    browser.isKept = isKept;
    const [first, second, third] = await online(3, browser);
    first.hang();
    await cancel(browser, third);
    first.crash();
    await browser.advance(2_000);
    expect([second.leads, third.state, third.bubbles, third.settled.get('oops')]).toEqual([
      ...[true, 'connected', { oops: 'cancelled' }],
      'cancelled',
    ]);
    third.close();
    second.crash();
    const later = browser.open();
    await browser.advance(2_000);
    expect([later.state, sent(browser), browser.device.contents]).toEqual(['connected', [], []]);
  });

  it('is over at once where no leader is known', async () => {
    const browser = new FakeBrowser();
    const [first] = await online(1, browser);
    first.hang();
    const second = browser.open();
    await browser.advance(100);
    await cancel(browser, second);
    expect([second.bubbles, second.settled.get('oops')]).toEqual([{ oops: 'cancelled' }, 'cancelled']);
    first.goOn();
    await browser.advance(2_000);
    expect([second.state, sent(browser), browser.device.contents]).toEqual(['connected', [], []]);
  });

  it('M5: is over at once where another tab has the chat', async () => {
    const [browser, holder, other] = await withoutLocks();
    await cancel(browser, other);
    expect(other.bubbles).toEqual({ oops: 'cancelled' });
    holder.close();
    await browser.advance(3_000);
    expect([other.state, sent(browser), browser.device.contents]).toEqual(['connected', [], []]);
  });
});

describe('leave()', () => {
  it('M2: the next page of the tab goes on with the session', async () => {
    const browser = new FakeBrowser();
    const tab = browser.open();
    await browser.advance(6_000);
    const session = browser.gateway.sessions()[0]?.firstLoginTime;
    tab.client.leave();
    await browser.advance(100);
    tab.navigate();
    await browser.advance(1_000);
    expect([tab.state, logins(browser)]).toEqual(['connected', [0, session]]);
  });

  it('I11: leaves no timer of a message that no leader has taken', async () => {
    const browser = new FakeBrowser();
    const [, second] = await online(2, browser);
    second.send('hello');
    second.client.leave();
    expect(second.process.timers.size).toBe(0);
    await browser.advance(1_000);
    expect(second.process.timers.size).toBe(0);
  });
});
