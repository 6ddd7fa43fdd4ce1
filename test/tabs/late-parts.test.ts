import { describe, expect, it } from 'vitest';
import { keepers } from '../../src/client/late-keeper.js';
import type { OnDemand } from '../../src/client/on-demand.js';
import { words } from '../../src/tabs/tab-channel.js';
import { FakeBrowser } from '../support/fake-tabs.js';
import { notHere } from '../support/not-here.js';
import { logins, sent } from './tab-sessions.js';

/** Two tabs, the second so long after the first, in a browser that has not loaded a part yet. */
async function pairWithout(part: OnDemand<unknown>, ms: number) {
  const { come, fail } = notHere(part);
  const browser = new FakeBrowser();
  const first = browser.open();
  await browser.advance(ms);
  const second = browser.open();
  await browser.advance(1_000);
  return { come, fail, browser, first, second };
}

describe('what keeps the outbox comes late', () => {
  it('I1: a page that leads no more by then writes nothing down again', async () => {
    const { come, browser, first, second } = await pairWithout(keepers, 3_000);
    for (const socket of first.open) socket.dead = true;
    first.send('hello');
    await browser.advance(100);
    first.page.tell('frozen');
    await browser.advance(10_000);
    first.page.tell('resumed');
    await browser.advance(5_000);
    expect([sent(browser), browser.device.contents]).toEqual([['hello'], []]);
    await come();
    await browser.advance(1_000);
    expect(browser.device.contents).toEqual([]);
    first.close();
    second.close();
    browser.open();
    await browser.advance(10_000);
    expect(sent(browser)).toEqual(['hello']);
  });

  it('I9, I14: two tabs chat all the same, and what waits outlives them', async () => {
    const { come, browser, first, second } = await pairWithout(keepers, 0);
    await browser.advance(2_000);
    first.send('one');
    second.send('two');
    await browser.advance(1_000);
    expect([first.bubbles, second.bubbles]).toEqual([
      { one: 'delivered', two: 'delivered' },
      { one: 'delivered', two: 'delivered' },
    ]);
    browser.gateway.stop();
    second.send('three');
    await browser.advance(1_000);
    expect(browser.device.contents).toEqual(['three']);
    await come();
    await browser.advance(100);
    first.crash();
    second.crash();
    browser.gateway.start();
    const third = browser.open();
    await browser.advance(3_000);
    expect([third.bubbles, browser.device.contents]).toEqual([{ three: 'delivered' }, []]);
  });
});

describe('the words of the tabs come late', () => {
  it('M3: nobody takes a leader for dead whom they could not understand', async () => {
    const { come, browser, first, second } = await pairWithout(words, 1_000);
    await browser.advance(60_000);
    expect([first.leads, second.leads, logins(browser).length]).toEqual([true, false, 1]);
    await come();
    await browser.advance(1_000);
    expect([first.state, second.state, logins(browser).length]).toEqual(['connected', 'connected', 1]);
  });

  it('I1, I2: what was typed and told before is done once they are there', async () => {
    const { come, browser, first, second } = await pairWithout(words, 0);
    second.send('hello');
    second.client.tell('a fact');
    browser.gateway.send('alice', 'hi', { from: 'bob' });
    await browser.advance(20_000);
    expect(second.bubbles).toEqual({ hello: 'queued' });
    expect(browser.device.contents).toEqual(['hello']);
    await come();
    await browser.advance(1_000);
    expect([first.bubbles, second.bubbles]).toEqual([{ hello: 'delivered' }, { hello: 'delivered' }]);
    expect([first.events, second.events].map((events) => events.includes('told "a fact"'))).toEqual([true, true]);
    expect(browser.device.contents).toEqual([]);
  });

  it('a tab that led meanwhile, and does not any more, tells nothing of that', async () => {
    const { come, browser, first, second } = await pairWithout(words, 1_000);
    first.page.tell('frozen');
    await browser.advance(1_000);
    first.page.tell('resumed');
    await browser.advance(1_000);
    expect([first.leads, second.leads]).toEqual([false, true]);
    const said: unknown[] = [];
    for (const channel of browser.channels) {
      const { postMessage } = channel;
      channel.postMessage = (data) => {
        said.push((data as { say: unknown[] }).say[0]);
        postMessage.call(channel, data);
      };
    }
    await come();
    await browser.advance(1_000);
    expect(said.filter((kind) => kind === 'leads')).not.toEqual([]);
    expect([first.state, second.state, logins(browser).length]).toEqual(['connected', 'connected', 2]);
    second.send('hello');
    await browser.advance(1_000);
    expect(first.bubbles).toEqual({ hello: 'delivered' });
  });

  it('I21: logged out by a tab that leaves at once, all are, and forget what is to be forgotten', async () => {
    const { come, browser, first, second } = await pairWithout(words, 1_000);
    second.client.disconnect();
    second.client.tell('wiped');
    second.client.leave();
    await browser.advance(1_000);
    await come();
    await browser.advance(1_000);
    expect([first.state, first.events.includes('told "wiped"')]).toEqual(['closed', true]);
    expect([...browser.channels].filter(({ process }) => process === second.process)).toEqual([]);
  });

  it('and do not come: each tab can still lead when its turn comes', async () => {
    const { fail, browser, first, second } = await pairWithout(words, 0);
    await fail();
    first.crash();
    await fail();
    await browser.advance(2_000);
    expect([second.state, second.leads]).toEqual(['connected', true]);
  });
});
