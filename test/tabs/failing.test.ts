import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { browserTabs } from '../../src/tabs/browser-tabs.js';
import { Leadership, type Locks } from '../../src/tabs/leadership.js';
import type { ChannelLike } from '../../src/tabs/tab-channel.js';
import { FakeClock } from '../support/fake-clock.js';
import { FakeBrowser } from '../support/fake-tabs.js';
import { logins, online, sent } from './tab-sessions.js';

/** What nobody has caught. */
const uncaught: unknown[] = [];
const hear = (reason: unknown) => uncaught.push(reason);

/** An unhandled rejection is told a task after it happened. */
const task = () => new Promise((resolve) => setImmediate(resolve));

/** A lock that is free. What is thrown while it is held rejects the request, as in a browser. */
const hold = async (name: string, _: LockOptions, held: LockGrantedCallback<unknown>) =>
  held({ name, mode: 'exclusive' });

beforeEach(() => {
  uncaught.length = 0;
  process.on('unhandledRejection', hear);
});
afterEach(() => {
  process.off('unhandledRejection', hear);
  vi.unstubAllGlobals();
});

describe('T2: the outbox of the device fails', () => {
  it.each(['fails', 'hangs'] as const)(
    'it %s: what the leader was sending goes on in the next one',
    async (trouble) => {
      const browser = new FakeBrowser();
      browser.device.claiming = browser.device.putting = trouble;
      const [first, second] = await online(2, browser);
      await browser.advance(5_000);
      browser.gateway.faults.halfOpen('alice');
      first.send('hello');
      await browser.advance(1_000);
      expect(second.bubbles).toEqual({ hello: 'sending' });
      first.crash();
      await browser.advance(60_000);
      expect([second.state, sent(browser), second.bubbles]).toEqual(['connected', ['hello'], { hello: 'delivered' }]);
    },
  );

  it.each(['delete', 'clear'] as const)('I16: %s() that is refused does not reach the page', async (method) => {
    const browser = new FakeBrowser();
    const [first] = await online(1, browser);
    let written = () => {};
    const refuse = () => Promise.reject(new Error('The storage is gone'));
    const put = () =>
      new Promise<void>((resolve) => {
        written = resolve;
      });
    browser.options = { storage: { ...browser.device.storage(false), put, [method]: refuse } };
    const second = browser.open();
    await browser.advance(1_000);
    first.hang();
    second.send('hello');
    await browser.advance(200);
    first.goOn();
    await browser.advance(1_000);
    expect(second.bubbles).toEqual({ hello: 'delivered' });
    written();
    second.client.discard();
    first.crash();
    await browser.advance(2_000);
    await task();
    expect([second.state, uncaught]).toEqual(['connected', []]);
  });
});

describe('I16: the channel fails', () => {
  it('T1: none can be made: the tab is alone, and connects', async () => {
    const refuse = () => {
      throw new DOMException('The operation is insecure.', 'SecurityError');
    };
    vi.stubGlobal('navigator', { locks: { request: hold } });
    vi.stubGlobal(
      'BroadcastChannel',
      class {
        constructor() {
          refuse();
        }
      },
    );
    vi.stubGlobal('localStorage', { getItem: refuse, setItem: refuse, removeItem: refuse });
    const { candidate, channel } = browserTabs('scope');
    const browser = new FakeBrowser();
    browser.options = { candidate, channel };
    const tab = browser.open();
    await browser.advance(10_000);
    browser.gateway.send('alice', 'hi', { from: 'bob' });
    tab.send('hello');
    await browser.advance(1_000);
    expect([tab.state, tab.received, tab.bubbles]).toEqual(['connected', ['hi'], { hello: 'delivered' }]);
    for (const signal of ['online', 'visible', 'resumed'] as const) tab.page.tell(signal);
    tab.client.leave();
    tab.client.join();
    await browser.advance(10_000);
    expect([tab.state, tab.open.length]).toEqual(['connected', 1]);
  });

  it('nothing can be said on it: this tab shows and sends all the same', async () => {
    const browser = new FakeBrowser();
    const [tab] = await online(1, browser);
    for (const channel of browser.channels) {
      channel.postMessage = () => {
        throw new DOMException('Closed', 'InvalidStateError');
      };
    }
    browser.gateway.send('alice', 'hi', { from: 'bob' });
    tab.send('hello');
    tab.client.tell('fact');
    await browser.advance(1_000);
    expect([tab.received, tab.bubbles, tab.events]).toEqual([
      ['hi'],
      { hello: 'delivered' },
      expect.arrayContaining(['told "fact"']),
    ]);
    tab.client.disconnect();
    await browser.advance(1_000);
    expect([tab.state, browser.gateway.connections]).toEqual(['closed', 0]);
  });

  it('I9: a first word that cannot be said: it leads once', async () => {
    const browser = new FakeBrowser();
    const words: unknown[] = [];
    const channel: ChannelLike = {
      onmessage: null,
      close() {},
      postMessage(data) {
        const [kind] = (data as { say: unknown[] }).say;
        if (kind !== 'leads') return;
        words.push(kind);
        if (words.length === 1) throw new DOMException('Not for other pages', 'DataCloneError');
      },
    };
    browser.options = {
      channel: () => channel,
      candidate: (clock, owner) =>
        new Leadership('alice', { request: hold, query: async () => ({}) } as Locks, clock, owner),
    };
    const tab = browser.open();
    await browser.advance(2_000);
    await task();
    expect([tab.state, tab.open.length, words.length, logins(browser).length]).toEqual(['connected', 1, 1, 1]);
    expect(uncaught).toEqual([]);
  });
});

describe('M5: the locks fail', () => {
  it('I16: requests that are aborted at once, again and again, do not stop the page', async () => {
    let requests = 0;
    const request = () => {
      requests += 1;
      return Promise.reject(new DOMException('Internal error', 'AbortError'));
    };
    const owner = { lead() {}, follow() {}, elsewhere() {}, ask() {}, hidden: () => false };
    const leadership = new Leadership('alice', { request, query: async () => ({}) } as Locks, new FakeClock(), owner);
    leadership.start();
    for (let n = 0; n < 300; n++) await Promise.resolve();
    leadership.stop();
    expect(requests).toBeGreaterThan(0);
    expect(requests).toBeLessThan(5);
  });
});
