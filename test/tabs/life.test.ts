import { describe, expect, it } from 'vitest';
import type { SharedClientEventMap } from '../../src/tabs/news.js';
import { FakeBrowser, type FakeTab } from '../support/fake-tabs.js';

type EventName = keyof SharedClientEventMap;

/** A session in which every event happens, seen from either tab. */
const HAPPENINGS: ((browser: FakeBrowser, first: FakeTab, second: FakeTab) => unknown)[] = [
  (_, first) => first.client.state.name !== 'disconnected' && first.send('one'),
  (_, __, second) => second.client.state.name !== 'disconnected' && second.send('two'),
  ({ gateway }) => gateway.send('alice', 'hi', { from: 'bob' }),
  (_, first) => first.client.tell('fact'),
  (_, __, second) => second.client.tell('fact'),
  ({ gateway }) => gateway.faults.cut('alice'),
  (browser) => browser.advance(6_000),
  ({ gateway }) => gateway.kick('alice', 1),
];

const EVENTS: EventName[] = ['state', 'login', 'resync', 'close', 'message', 'delivery', 'ping', 'pong', 'kickout'];
EVENTS.push('told', 'durability', 'joined');

/** Lets all of that happen to two tabs, in one of which `act` is called in the nth event of a kind. */
async function play(
  who: number,
  type: EventName,
  nth: number,
  act: (tab: FakeTab) => void,
): Promise<[FakeBrowser, boolean]> {
  const browser = new FakeBrowser();
  const tabs = [browser.open(), browser.open()];
  const [first, second] = tabs;
  if (!first || !second) throw new Error('Expected two tabs');
  let count = 0;
  tabs[who]?.client.addEventListener(type, () => {
    count += 1;
    if (count === nth) act(tabs[who] as FakeTab);
  });
  await browser.advance(1_000);
  for (const happen of HAPPENINGS) {
    await happen(browser, first, second);
    await browser.advance(200);
  }
  return [browser, count >= nth];
}

const cases = EVENTS.flatMap((type) => [0, 1].flatMap((who) => [1, 2, 3].map((nth) => [type, nth, who] as const)));

describe('I20: calls inside events', () => {
  it('every event happens, in the leader or in the follower', async () => {
    for (const type of EVENTS) {
      const happened = await Promise.all([0, 1].map(async (who) => (await play(who, type, 1, () => {}))[1]));
      expect(happened, type).toContain(true);
    }
  });

  it.each(cases)('leave() in "%s" number %i of tab %i leaves nothing of it', async (type, nth, who) => {
    const [browser, happened] = await play(who, type, nth, ({ client }) => client.leave());
    const tab = browser.tabs[who];
    if (!happened || !tab) return;
    await browser.advance(3_000);
    expect([tab.process.timers.size, tab.page.listenerCount, tab.open.length]).toEqual([0, 0, 0]);
    expect([browser.locks.of(tab.process), browser.channels.size]).toEqual([[], 1]);
    expect(['closed', 'kicked']).toContain(tab.state);
  });

  it.each(cases)('I10: disconnect() in "%s" number %i of tab %i ends it everywhere', async (type, nth, who) => {
    const [browser, happened] = await play(who, type, nth, ({ client }) => client.disconnect());
    if (!happened) return;
    await browser.advance(3_000);
    for (const tab of browser.tabs) expect(['closed', 'kicked']).toContain(tab.state);
    expect([browser.gateway.connections, browser.liveSockets.length]).toEqual([0, 0]);
  });

  it.each(cases)('send() in "%s" number %i of tab %i is delivered', async (type, nth, who) => {
    const [browser, happened] = await play(who, type, nth, (tab) => tab.send('from within'));
    if (!happened) return;
    await browser.advance(1_000);
    browser.tabs[0]?.client.connect();
    await browser.advance(3_000);
    for (const tab of browser.tabs) expect(tab.bubbles).toMatchObject({ 'from within': 'delivered' });
  });

  it.each(cases)('connect() in "%s" number %i of tab %i: one line at most', async (type, nth, who) => {
    const [browser] = await play(who, type, nth, ({ client }) => client.connect());
    await browser.advance(3_000);
    expect(browser.gateway.connections).toBeLessThanOrEqual(1);
    expect(browser.liveSockets.length).toBe(browser.gateway.connections);
    expect(new Set(browser.tabs.map(({ state }) => state)).size).toBe(1);
  });

  it.each(cases)('leave() and join() in "%s" number %i of tab %i: it takes part', async (type, nth, who) => {
    const [browser] = await play(who, type, nth, ({ client }) => {
      client.leave();
      client.join();
    });
    await browser.advance(3_000);
    expect(browser.tabs.map(({ state }) => state)).toEqual(['kicked', 'kicked']);
    expect(browser.channels.size).toBe(2);
  });
});

describe('I11: leave()', () => {
  it('1,000 times leaves nothing', async () => {
    const browser = new FakeBrowser();
    const tab = browser.open();
    for (let n = 0; n < 1_000; n++) {
      tab.client.leave();
      tab.client.join();
    }
    tab.client.leave();
    await browser.advance(1_000);
    expect([tab.process.timers.size, tab.page.listenerCount, browser.channels.size]).toEqual([0, 0, 0]);
    expect([browser.locks.of(tab.process), browser.gateway.connections]).toEqual([[], 0]);
  });

  it('twice, or before join(), is nothing; join() twice is once', async () => {
    const browser = new FakeBrowser();
    const tab = browser.open();
    tab.client.join();
    await browser.advance(1_000);
    expect([tab.page.listenerCount > 0, browser.channels.size]).toEqual([true, 1]);
    tab.client.leave();
    const { events } = tab;
    const before = [...events];
    tab.client.leave();
    await browser.advance(1_000);
    expect(events).toEqual(before);
  });

  it('keeps what was written a moment before', async () => {
    const browser = new FakeBrowser();
    const [, second] = await browser.online(2);
    browser.tabs[0]?.hang();
    second?.send('hello');
    second?.client.leave();
    await browser.advance(1_000);
    expect(browser.device.contents).toEqual(['hello']);
  });

  it('what was on its way waits again', async () => {
    const browser = new FakeBrowser();
    const [tab] = await browser.online(1);
    browser.gateway.faults.halfOpen('alice');
    tab?.send('hello');
    await browser.advance(10);
    expect(tab?.bubbles).toEqual({ hello: 'sending' });
    tab?.client.leave();
    expect(tab?.bubbles).toEqual({ hello: 'queued' });
    expect(tab?.state).toBe('closed');
  });
});
