import { describe, expect, it } from 'vitest';
import { FrameType } from '../gateway/frames.js';
import { parseLogin } from '../gateway/login.js';
import { FakeBrowser, type FakeTab } from '../support/fake-tabs.js';

async function pair(): Promise<[FakeBrowser, FakeTab, FakeTab]> {
  const browser = new FakeBrowser();
  const [first, second] = await browser.online(2);
  if (!first || !second) throw new Error('Expected two tabs');
  expect([first.leads, second.leads]).toEqual([true, false]);
  return [browser, first, second];
}

/** The session that each login of alice named, 0 for a new one. */
const sessions = ({ gateway }: FakeBrowser) =>
  gateway.journal.logins('alice').map(({ frame }) => parseLogin(frame?.dataContent ?? null)?.firstLoginTime);

/** What bob was sent, in the order of its acceptance. */
const sent = ({ gateway }: FakeBrowser) =>
  gateway.journal.filter({ dir: 'in', type: FrameType.data, user: 'alice' }).map(({ frame }) => frame);

describe('M2, M3: the leader goes', () => {
  it.each([
    ['is closed', (tab: FakeTab) => tab.close()],
    ['crashes', (tab: FakeTab) => tab.crash()],
    ['leaves', (tab: FakeTab) => tab.client.leave()],
    ['is frozen', (tab: FakeTab) => tab.freeze()],
  ])('%s: the other goes on with the same session at once, and nothing is lost', async (_, go) => {
    const [browser, first, second] = await pair();
    second.send('before');
    await browser.advance(0);
    second.send('meanwhile');
    go(first);
    browser.gateway.send('alice', 'hi', { from: 'bob' });
    second.send('after');
    await browser.advance(2_000);
    expect([second.state, second.leads, browser.liveSockets.length]).toEqual(['connected', true, 1]);
    const [begun, next] = sessions(browser);
    expect([begun, next]).toEqual([0, browser.gateway.sessions()[0]?.firstLoginTime]);
    await browser.advance(10_000);
    expect(second.received).toEqual(['hi']);
    expect(second.bubbles).toEqual({ before: 'delivered', meanwhile: 'delivered', after: 'delivered' });
    expect([...second.settled.values()]).toEqual(['delivered', 'delivered', 'delivered']);
    expect([...new Set(sent(browser).map((frame) => frame?.dataContent))]).toEqual(['before', 'meanwhile', 'after']);
    expect(new Set(sent(browser).map((frame) => frame?.fp)).size).toBe(3);
    expect(browser.device.contents).toEqual([]);
  });

  it('through any number of tabs the session stays the one that the first began', async () => {
    const browser = new FakeBrowser();
    const tabs = await browser.online(5);
    for (const tab of tabs.slice(0, -1)) {
      tab.close();
      await browser.advance(3_000);
    }
    const [begun, ...later] = sessions(browser);
    expect([begun, new Set(later).size, later.length]).toEqual([0, 1, 4]);
    expect(
      tabs
        .at(-1)
        ?.events.filter((event) => event.startsWith('login'))
        .map((event) => event.split(' ')[1]),
    ).toEqual(Array.from({ length: 5 }, () => `${later[0]}`));
  });

  it('M3: one that hangs is replaced within 15 s, by a tab that somebody sees', async () => {
    const browser = new FakeBrowser();
    const [first, hidden, seen] = await browser.online(3);
    if (!first || !hidden || !seen) throw new Error('Expected three tabs');
    hidden.page.hidden = seen.page.hidden = true;
    first.hang();
    await browser.advance(60_000);
    expect([hidden.leads, seen.leads]).toEqual([false, false]);
    seen.page.hidden = false;
    seen.page.tell('visible');
    await browser.advance(15_000);
    expect([seen.leads, seen.state, hidden.state]).toEqual([true, 'connected', 'connected']);
    expect(sessions(browser)).toHaveLength(2);
  });

  it('one that lives, but has nothing to tell, is not', async () => {
    const browser = new FakeBrowser({ heartbeat: 120 });
    browser.options = { heartbeat: 120 };
    const [first, second] = await browser.online(2);
    await browser.advance(600_000);
    expect([first?.leads, second?.leads, sessions(browser).length]).toEqual([true, false, 1]);
  });

  it('M4: one that goes on after that closes its socket first, and follows', async () => {
    const [browser, first, second] = await pair();
    first.hang();
    await browser.advance(15_000);
    expect([first.open.length, second.leads]).toEqual([1, true]);
    first.goOn();
    await browser.advance(0);
    expect(first.open.length).toBe(0);
    await browser.advance(1_000);
    expect([first.state, first.leads, second.leads, sessions(browser).length]).toEqual(['connected', false, true, 2]);
    first.send('from the old leader');
    await browser.advance(1_000);
    expect([first.bubbles, second.bubbles]).toEqual(Array(2).fill({ 'from the old leader': 'delivered' }));
    expect(sent(browser)).toHaveLength(1);
    second.close();
    await browser.advance(1_000);
    expect([first.leads, first.state]).toEqual([true, 'connected']);
  });

  it('(e) two that lose patience at once: one leads, and neither again and again', async () => {
    const browser = new FakeBrowser();
    const [first, second, third] = await browser.online(3);
    first?.hang();
    await browser.advance(60_000);
    expect([second?.leads, third?.leads].filter(Boolean)).toHaveLength(1);
    expect([second?.state, third?.state]).toEqual(['connected', 'connected']);
    expect(sessions(browser).length).toBeLessThanOrEqual(3);
  });

  it('a tab that is frozen goes on as a follower, with what it missed', async () => {
    const [browser, first, second] = await pair();
    first.freeze();
    await browser.advance(5_000);
    second.send('while the other slept');
    await browser.advance(60_000);
    first.resume();
    await browser.advance(100);
    expect([first.state, first.leads, second.leads]).toEqual(['connected', false, true]);
    expect(first.events.at(-1)).toBe('state connected');
  });

  it('the only tab, frozen, goes on with its session and says why something may be missing', async () => {
    const browser = new FakeBrowser();
    const tab = browser.open();
    await browser.advance(1_000);
    tab.freeze();
    await browser.advance(30_000);
    expect([browser.gateway.sessions().length, browser.gateway.connections]).toEqual([0, 0]);
    tab.resume();
    await browser.advance(1_000);
    expect(sessions(browser)[1]).toBe(browser.gateway.sessions()[0]?.firstLoginTime);
    expect(tab.events.filter((event) => event.startsWith('resync'))).toEqual(['resync start', 'resync frozen']);
  });

  it('locks that are refused: each tab is alone', async () => {
    const browser = new FakeBrowser();
    browser.refusal = new DOMException('Not in a sandbox', 'SecurityError');
    const tab = browser.open();
    await browser.advance(60_000);
    expect([tab.state, sessions(browser).length]).toEqual(['connected', 1]);
  });

  it('(f) a tab that waits for its turn takes it by force, and the other tab follows', async () => {
    const [browser, first, second] = await pair();
    first.client.disconnect();
    await browser.advance(100);
    expect([first.state, second.state]).toEqual(['closed', 'closed']);
    second.client.connect();
    second.client.connect();
    await browser.advance(1_000);
    expect([first.state, second.state, first.leads, second.leads]).toEqual(['connected', 'connected', false, true]);
    expect(sessions(browser)).toEqual([0, 0]);
  });

  it('(g) L13: a page that nobody asked for yet neither leads nor connects', async () => {
    const browser = new FakeBrowser();
    const tab = browser.open();
    // Before its first task.
    tab.page.prerendering = true;
    tab.client.leave();
    tab.client.join();
    await browser.advance(60_000);
    expect([tab.client.state.name, browser.gateway.connections, browser.locks.of(tab.process)]).toEqual([
      'connecting',
      0,
      [],
    ]);
    const other = browser.open();
    await browser.advance(1_000);
    expect([other.leads, other.state]).toEqual([true, 'connected']);
    tab.page.prerendering = false;
    tab.page.tell('visible');
    await browser.advance(1_000);
    expect([tab.leads, tab.state]).toEqual([false, 'connected']);
  });
});

describe('which session goes on', () => {
  it('the next page of a tab goes on with it, within 5 minutes', async () => {
    const browser = new FakeBrowser();
    const tab = browser.open();
    await browser.advance(1_000);
    tab.navigate();
    await browser.advance(1_000);
    tab.close();
    await browser.advance(290_000);
    const later = browser.open(tab.memory);
    await browser.advance(1_000);
    later.close();
    await browser.advance(300_000);
    browser.open(later.memory);
    await browser.advance(1_000);
    const [, second] = sessions(browser);
    expect(sessions(browser)).toEqual([0, second, second, 0]);
    expect(second).toBeGreaterThan(0);
  });

  it('connect() begins a new one, and only when the old has ended', async () => {
    const [browser, first, second] = await pair();
    first.client.connect();
    second.client.connect();
    await browser.advance(1_000);
    expect(sessions(browser)).toEqual([0]);
    second.client.disconnect();
    await browser.advance(1_000);
    first.client.connect();
    await browser.advance(1_000);
    expect(sessions(browser)).toEqual([0, 0]);
  });

  it('connect() while the first page is still being read begins no new one', async () => {
    const browser = new FakeBrowser();
    const tab = browser.open();
    await browser.advance(1_000);
    browser.keeper = { before: () => new Promise(() => {}), message: async () => {}, delivery() {}, fact() {} };
    tab.navigate();
    await browser.advance(100);
    tab.client.connect();
    await browser.advance(1_000);
    expect(sessions(browser)).toEqual([0, browser.gateway.sessions()[0]?.firstLoginTime]);
  });

  it('I10: disconnect() while the archive is still being read ends it', async () => {
    for (const who of [0, 1]) {
      const browser = new FakeBrowser();
      browser.keeper = { before: () => new Promise(() => {}), message: async () => {}, delivery() {}, fact() {} };
      const tabs = [browser.open(), browser.open()];
      await browser.advance(100);
      tabs[who]?.client.disconnect();
      await browser.advance(5_000);
      expect([tabs.map(({ state }) => state), sessions(browser)]).toEqual([['closed', 'closed'], []]);
    }
  });

  it('disconnect() while nobody leads: nobody connects', async () => {
    const browser = new FakeBrowser();
    const [first, second, third] = await browser.online(3);
    first?.crash();
    second?.client.disconnect();
    await browser.advance(60_000);
    expect([second?.state, third?.state, browser.gateway.connections]).toEqual(['closed', 'closed', 0]);
    third?.client.connect();
    await browser.advance(1_000);
    expect([second?.state, third?.state]).toEqual(['connected', 'connected']);
  });

  it('a hostile memory changes nothing but the session', async () => {
    const browser = new FakeBrowser();
    const now = browser.clock.now();
    const past = { firstLoginTime: { toString: 1 }, lastFrameAt: now, reason: { toString: 1 } };
    browser.open(JSON.stringify({ past }));
    await browser.advance(1_000);
    expect(sessions(browser)).toEqual([0]);
  });
});

describe('M9, I21: a kick-out', () => {
  it('is seen in all tabs, and none comes back, whatever happens', async () => {
    const browser = new FakeBrowser();
    const tabs = await browser.online(3);
    browser.gateway.kick('alice', 2, 'go');
    await browser.advance(100);
    expect(tabs.map(({ state }) => state)).toEqual(['kicked', 'kicked', 'kicked']);
    for (const { events } of tabs) expect(events.filter((event) => event === 'kickout 2')).toHaveLength(1);
    tabs[1]?.client.nudge();
    for (const { page } of tabs) for (const signal of ['online', 'visible', 'resumed'] as const) page.tell(signal);
    tabs[2]?.client.leave();
    tabs[2]?.client.join();
    tabs[0]?.freeze();
    await browser.advance(20_000);
    tabs[0]?.resume();
    tabs[1]?.navigate();
    await browser.advance(60_000);
    expect(tabs.map(({ state }) => state)).toEqual(['kicked', 'kicked', 'kicked']);
    for (const tab of tabs) tab.navigate();
    await browser.advance(60_000);
    expect(tabs.map(({ state }) => state)).toEqual(['kicked', 'kicked', 'kicked']);
    expect(sessions(browser)).toHaveLength(1);
  });

  it('"use it here" logs in anew in whichever tab it is said, and sends what waits', async () => {
    for (const who of [0, 1]) {
      const browser = new FakeBrowser();
      const tabs = await browser.online(2);
      browser.gateway.kick('alice', 1);
      await browser.advance(100);
      for (const [n, tab] of tabs.entries()) tab.send(`waits ${n}`);
      await browser.advance(1_000);
      expect(tabs[1]?.bubbles).toMatchObject({ 'waits 1': 'queued' });
      tabs[who]?.client.connect();
      await browser.advance(2_000);
      expect(sessions(browser)).toEqual([0, 0]);
      for (const tab of tabs) expect(tab.bubbles).toEqual({ 'waits 0': 'delivered', 'waits 1': 'delivered' });
    }
  });

  it('and not seen before it is undone, by who comes to do that', async () => {
    const browser = new FakeBrowser();
    const [, second] = await browser.online(2);
    browser.gateway.kick('alice', 1);
    second?.client.leave();
    await browser.advance(100);
    second?.client.connect();
    await browser.advance(1_000);
    expect(second?.state).toBe('connected');
    expect(second?.events).not.toContain('state kicked');
  });

  it('stays one, though somebody disconnects at the same time', async () => {
    const browser = new FakeBrowser();
    const tabs = await browser.online(3);
    browser.gateway.kick('alice', 1);
    tabs[1]?.client.disconnect();
    await browser.advance(1_000);
    expect(tabs.map(({ state }) => state)).toEqual(['kicked', 'kicked', 'kicked']);
  });

  it('a tab that comes later learns of it; one that never heard of it connects', async () => {
    const browser = new FakeBrowser();
    const [first] = await browser.online(1);
    browser.gateway.kick('alice', 1);
    await browser.advance(100);
    const later = browser.open();
    await browser.advance(1_000);
    expect(later.state).toBe('kicked');
    first?.close();
    await browser.advance(1_000);
    expect([later.state, sessions(browser).length]).toEqual(['kicked', 1]);
  });
});
