import { describe, expect, it } from 'vitest';
import { FakeBrowser, type FakeTab } from '../support/fake-tabs.js';

function browser(): FakeBrowser {
  const browser = new FakeBrowser();
  browser.hasLocks = false;
  return browser;
}

const states = (tabs: readonly FakeTab[]) => tabs.map(({ state }) => state);
const logins = ({ gateway }: FakeBrowser) => gateway.journal.logins('alice').length;

describe('M5: without locks one tab has the chat', () => {
  it('and the others say so, for good', async () => {
    const it = browser();
    const tabs = [it.open()];
    await it.advance(100);
    tabs.push(it.open(), it.open());
    await it.advance(60_000);
    expect([states(tabs), logins(it)]).toEqual([['connected', 'elsewhere', 'elsewhere'], 1]);
    for (const { page } of tabs) page.tell('visible');
    await it.advance(60_000);
    expect([states(tabs), logins(it)]).toEqual([['connected', 'elsewhere', 'elsewhere'], 1]);
  });

  it('three that open at once: one of them', async () => {
    const it = browser();
    const tabs = [it.open(), it.open(), it.open()];
    await it.advance(60_000);
    expect(states(tabs).filter((state) => state === 'connected')).toHaveLength(1);
    expect(states(tabs).filter((state) => state === 'elsewhere')).toHaveLength(2);
    expect(new Set([...it.gateway.journal].map(({ socket }) => socket)).size).toBe(1);
  });

  it.each([
    ['is closed', (tab: FakeTab) => tab.close()],
    ['leaves', (tab: FakeTab) => tab.client.leave()],
    ['is frozen', (tab: FakeTab) => tab.freeze()],
  ])('the one that has it %s: another takes it at once', async (_, go) => {
    const it = browser();
    const [first, ...others] = await it.online(3);
    const holder = [first, ...others].find((tab) => tab?.state === 'connected');
    if (!holder) throw new Error('Expected a tab that is connected');
    go(holder);
    await it.advance(1_000);
    const rest = [first, ...others].filter((tab) => tab !== undefined && tab !== holder) as FakeTab[];
    expect(states(rest).sort()).toEqual(['connected', 'elsewhere']);
    expect(it.gateway.connections).toBe(1);
    expect(new Set([...it.gateway.journal].map(({ socket }) => socket)).size).toBe(2);
  });

  it('a hidden tab does not take it, until somebody looks', async () => {
    const it = browser();
    const first = it.open();
    await it.advance(100);
    const second = it.open();
    await it.advance(100);
    second.page.hidden = true;
    first.close();
    await it.advance(60_000);
    expect(second.state).toBe('elsewhere');
    second.page.hidden = false;
    second.page.tell('visible');
    await it.advance(2_000);
    expect(second.state).toBe('connected');
  });

  it.each([
    ['crashed', (tab: FakeTab) => tab.crash()],
    ['hangs', (tab: FakeTab) => tab.hang()],
  ])('the one that has it %s: whoever asks takes it after a second', async (_, go) => {
    const it = browser();
    const first = it.open();
    await it.advance(100);
    const second = it.open();
    await it.advance(100);
    go(first);
    const third = it.open();
    await it.advance(900);
    expect(states([second, third])).toEqual(['elsewhere', 'connecting']);
    await it.advance(1_000);
    expect(states([second, third])).toEqual(['elsewhere', 'connected']);
    first.goOn();
    await it.advance(1_000);
    expect([it.gateway.sessions().length, it.liveSockets.length]).toEqual([1, 1]);
    if (!first.process.isGone) expect(first.state).toBe('elsewhere');
  });

  it('"use it here" takes it, again and again, and never goes back by itself', async () => {
    const it = browser();
    const first = it.open();
    await it.advance(100);
    const second = it.open();
    await it.advance(100);
    for (const [to, from] of [
      [second, first],
      [first, second],
      [second, first],
    ] as const) {
      to.client.connect();
      await it.advance(30_000);
      expect([to.state, from.state, it.liveSockets.length]).toEqual(['connected', 'elsewhere', 1]);
    }
    expect(logins(it)).toBe(4);
  });

  it('a text that somebody else has emptied is written again', async () => {
    const it = browser();
    const first = it.open();
    await it.advance(100);
    it.text.for(it.open().process).write(null);
    await it.advance(5_000);
    expect(first.state).toBe('connected');
    expect(it.gateway.connections).toBe(1);
  });

  it('I11: leaves nothing', async () => {
    const it = browser();
    const tabs = await it.online(2);
    for (const { client } of tabs) client.leave();
    await it.advance(1_000);
    for (const { process, page } of tabs) expect([process.timers.size, page.listenerCount]).toEqual([0, 0]);
    expect([it.text.value, it.text.listeners.size, it.gateway.connections]).toEqual([null, 0, 0]);
  });

  it('what is written in another tab waits for its turn', async () => {
    const it = browser();
    const first = it.open();
    await it.advance(100);
    const second = it.open();
    await it.advance(100);
    second.send('hello');
    await it.advance(1_000);
    expect(second.bubbles).toEqual({ hello: 'queued' });
    first.close();
    await it.advance(1_000);
    expect(second.bubbles).toEqual({ hello: 'delivered' });
  });
});
