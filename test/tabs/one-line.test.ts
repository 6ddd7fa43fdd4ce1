import { describe, expect, it } from 'vitest';
import { FakeBrowser } from '../support/fake-tabs.js';

describe('M1: many tabs', () => {
  it('share one socket and one login, and show all the same', async () => {
    const browser = new FakeBrowser();
    const tabs = await browser.online(10);
    const { journal } = browser.gateway;
    expect(tabs.map(({ state }) => state)).toEqual(tabs.map(() => 'connected'));
    browser.gateway.send('alice', 'from bob', { from: 'bob' });
    for (const [n, tab] of tabs.entries()) tab.send(`from tab ${n}`);
    await browser.advance(10_000);
    expect([journal.filter({ dir: 'open' }).length, journal.logins('alice').length]).toEqual([1, 1]);
    const all = Object.fromEntries(tabs.map((_, n) => [`from tab ${n}`, 'delivered']));
    for (const tab of tabs) expect([tab.received, tab.bubbles]).toEqual([['from bob'], all]);
    expect(tabs.map(({ settled }) => [...settled])).toEqual(tabs.map((_, n) => [[`from tab ${n}`, 'delivered']]));
  });
});
