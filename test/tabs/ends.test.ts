import { describe, expect, it } from 'vitest';
import { FakeArchive } from '../support/fake-archive.js';
import { FakeBrowser, type FakeTab } from '../support/fake-tabs.js';
import { keeping, logins, message, online, sent, sessionOf, shown, wipe, withoutLocks } from './tab-sessions.js';

/** What it says of ends, beside the newest session. */
const stamp = ({ stamp }: FakeBrowser): unknown => {
  const { first: _, ...ends } = JSON.parse(stamp ?? '{}');
  return ends;
};
const expired = ({ events }: FakeTab) => events.filter((event) => event === 'expired').length;

/** A tab that is stopped, and one that is not. */
async function frozen(): Promise<[FakeBrowser, FakeTab, FakeTab]> {
  const browser = new FakeBrowser();
  const [awake, asleep] = await online(2, browser);
  asleep.freeze();
  await browser.advance(1_000);
  return [browser, awake, asleep];
}

describe('I10: what ended stays ended in a tab that was frozen', () => {
  it.each<[string, string, (browser: FakeBrowser, tab: FakeTab) => unknown]>([
    ['disconnect()', 'closed', (_, { client }) => client.disconnect()],
    ['a kick-out', 'kicked', ({ gateway }) => gateway.kick('alice', 2, 'banned')],
  ])('M9: %s, and nobody is there who could say so', async (_, state, end) => {
    const [browser, awake, asleep] = await frozen();
    end(browser, awake);
    await browser.advance(1_000);
    expect(awake.state).toBe(state);
    awake.close();
    await browser.advance(1_000);
    asleep.resume();
    for (const signal of ['online', 'visible', 'resumed'] as const) asleep.page.tell(signal);
    await browser.advance(60_000);
    expect([asleep.state, logins(browser).length, browser.gateway.connections]).toEqual(['closed', 1, 0]);
    expect(expired(asleep)).toBe(0);
    asleep.client.connect();
    await browser.advance(1_000);
    expect([asleep.state, logins(browser)]).toEqual(['connected', [0, 0]]);
  });

  it('while the tab that ended it is there', async () => {
    const [browser, awake, asleep] = await frozen();
    awake.client.disconnect();
    await browser.advance(1_000);
    asleep.resume();
    await browser.advance(10_000);
    expect([awake.state, asleep.state, browser.gateway.connections]).toEqual(['closed', 'closed', 0]);
  });

  it('unless somebody has connected since, and leads', async () => {
    const [browser, awake, asleep] = await frozen();
    awake.client.disconnect();
    await browser.advance(1_000);
    awake.client.connect();
    await browser.advance(1_000);
    asleep.resume();
    await browser.advance(3_000);
    expect([awake.state, asleep.state, browser.gateway.connections]).toEqual(['connected', 'connected', 1]);
  });

  it('an end from before it was frozen is none', async () => {
    const browser = new FakeBrowser();
    const [first, second] = await online(2, browser);
    sessionOf(first).end();
    await browser.advance(1_000);
    second.client.connect();
    await browser.advance(1_000);
    first.freeze();
    await browser.advance(1_000);
    second.close();
    await browser.advance(1_000);
    first.resume();
    await browser.advance(1_000);
    expect([first.state, expired(first)]).toEqual(['connected', 0]);
  });

  it('a tab that leaves, is closed or is frozen ends nothing', async () => {
    for (const go of [
      (tab: FakeTab) => tab.client.leave(),
      (tab: FakeTab) => tab.close(),
      (tab: FakeTab) => tab.freeze(),
    ]) {
      const [browser, awake, asleep] = await frozen();
      go(awake);
      await browser.advance(1_000);
      asleep.resume();
      await browser.advance(1_000);
      expect([asleep.state, stamp(browser)]).toEqual(['connected', {}]);
    }
  });

  /** A message of a tab that was frozen then was cancelled by one that is gone; the one that leads came after that. */
  async function cancelledMeanwhile(): Promise<[FakeBrowser, FakeTab, FakeTab]> {
    const browser = new FakeBrowser();
    const [first, second] = await online(2, browser);
    browser.gateway.stop();
    await browser.advance(10);
    second.send('unsent');
    await browser.advance(300);
    second.freeze();
    await browser.advance(10);
    expect(first.client.cancel(first.idOf('unsent'))).toBe(true);
    await browser.advance(10);
    expect([first.bubbles, browser.device.contents]).toEqual([{ unsent: 'cancelled' }, []]);
    const third = browser.open();
    await browser.advance(100);
    first.close();
    browser.gateway.start();
    await browser.advance(30_000);
    expect([third.state, sent(browser)]).toEqual(['connected', []]);
    second.resume();
    await browser.advance(1_000);
    return [browser, second, third];
  }

  it('a message that was cancelled meanwhile is not sent', async () => {
    const [browser, , leading] = await cancelledMeanwhile();
    expect([sent(browser), leading.bubbles]).toEqual([[], {}]);
  });

  it('I1: nor does it wait for ever', async () => {
    const [, thawed] = await cancelledMeanwhile();
    expect([thawed.bubbles, thawed.settled.get('unsent')]).toEqual([{ unsent: 'cancelled' }, 'cancelled']);
  });
});

describe('L3: back to a page that was kept', () => {
  it('I21: of a tab that was kicked on the next page', async () => {
    const browser = new FakeBrowser();
    let text: string | undefined;
    const read = () => JSON.parse(text ?? 'null');
    const write = (value: unknown) => {
      text = JSON.stringify(value);
    };
    browser.options = { memory: { read, write } };
    const back = browser.open();
    await browser.advance(1_000);
    back.freeze();
    const next = browser.open();
    await browser.advance(1_000);
    browser.gateway.kick('alice', 2, 'banned');
    await browser.advance(100);
    expect(next.state).toBe('kicked');
    next.freeze();
    back.resume();
    await browser.advance(60_000);
    expect([back.state, logins(browser).length]).toEqual(['kicked', 2]);
  });

  it('I10: where the next page disconnected', async () => {
    const browser = new FakeBrowser();
    const back = browser.open();
    await browser.advance(1_000);
    back.freeze();
    const next = browser.open(back.memory);
    await browser.advance(1_000);
    next.client.disconnect();
    await browser.advance(100);
    next.freeze();
    back.resume();
    await browser.advance(3_000);
    expect([back.state, browser.gateway.connections]).toEqual(['closed', 0]);
  });

  it('T9: where the next page wiped: nothing is sent or written down, and the page is told', async () => {
    const browser = new FakeBrowser();
    const back = browser.open();
    await browser.advance(1_000);
    browser.gateway.faults.halfOpen('alice');
    back.send('secret');
    await browser.advance(10);
    back.freeze();
    const next = browser.open(back.memory);
    await browser.advance(200);
    wipe(next);
    await browser.advance(1_000);
    const before = sent(browser);
    expect(browser.device.contents).toEqual([]);
    next.close();
    back.resume();
    await browser.advance(3_000);
    expect([back.state, sent(browser), browser.device.contents, expired(back)]).toEqual(['closed', before, [], 1]);
    back.client.connect();
    await browser.advance(3_000);
    expect([back.state, sent(browser), browser.device.contents]).toEqual(['connected', before, []]);
  });

  it('T9: where somebody else uses the chat now: nothing of this user is seen', async () => {
    const [browser, archive] = keeping(new FakeArchive(message('private')));
    const back = browser.open();
    const session = sessionOf(back, archive);
    shown(session);
    await browser.advance(1_000);
    expect(shown(session)).toEqual(['private']);
    let forgotten = 0;
    session.addEventListener('forgotten', () => {
      forgotten += 1;
    });
    back.freeze();
    const next = browser.open();
    await browser.advance(1_000);
    sessionOf(next, archive).end();
    await browser.advance(1_000);
    next.close();
    back.resume();
    await browser.advance(3_000);
    expect([back.state, expired(back), forgotten, shown(session)]).toEqual(['closed', 1, 1, []]);
  });
});

describe('the stamp of an end', () => {
  it.each<[string, (browser: FakeBrowser, tab: FakeTab) => unknown]>([
    ['disconnect()', (_, { client }) => client.disconnect()],
    ['a kick-out', ({ gateway }) => gateway.kick('alice', 1)],
    ['a login that is refused', ({ gateway }) => gateway.faults.cut('alice')],
  ])('is left by %s, from the leader and from a follower', async (_, end) => {
    for (const who of [0, 1]) {
      let logins = 0;
      const browser = new FakeBrowser({ verifier: () => (logins++ === 0 ? 0 : 1_025) });
      const tabs = await online(2, browser);
      expect(stamp(browser)).toEqual({});
      const began = browser.clock.now();
      end(browser, tabs[who] as FakeTab);
      await browser.advance(10_000);
      expect(tabs[who]?.client.state.name).toBe('disconnected');
      expect(stamp(browser)).toEqual({ ended: expect.any(Number) });
      const { ended } = stamp(browser) as { ended: number };
      expect(ended).toBeGreaterThanOrEqual(began);
      expect(ended).toBeLessThanOrEqual(browser.clock.now());
    }
  });

  it.each(['over', 'wiped'])('says so when "%s" is told, and of nothing else', async (fact) => {
    for (const who of [0, 1]) {
      const browser = new FakeBrowser();
      const tabs = await online(2, browser);
      tabs[who]?.client.tell({ fact: 'read', peerId: 'bob' });
      await browser.advance(10);
      expect(stamp(browser)).toEqual({});
      const now = browser.clock.now();
      tabs[who]?.client.disconnect();
      tabs[who]?.client.tell({ fact });
      await browser.advance(10);
      expect(stamp(browser)).toEqual({ ended: now, gone: now });
    }
  });

  it('that nobody can read, or that says nothing, ends nothing', async () => {
    for (const text of ['null', '5', '{}', '{"ended":"x"}', '{"ended":null,"gone":[]}']) {
      const [browser, awake, asleep] = await frozen();
      browser.stamp = text;
      awake.close();
      asleep.resume();
      await browser.advance(1_000);
      expect([asleep.state, expired(asleep)], text).toEqual(['connected', 0]);
    }
  });
});

describe('T9: what was taken from the screens does not come back', () => {
  it('I14: when the tab that said so is gone, and another one leads before it has heard that', async () => {
    const browser = new FakeBrowser();
    const [first, second] = await online(2, browser);
    const facts: unknown[] = [];
    second.client.addEventListener('told', ({ fact }) => facts.push(fact));
    // Nobody orders what comes over a channel and what becomes of a lock.
    const lastWords: unknown[] = [];
    for (const channel of browser.channels) channel.postMessage = (data) => void lastWords.push(data);
    first.client.tell({ fact: 'over' });
    first.close();
    await browser.advance(100);
    expect([second.leads, facts]).toEqual([true, []]);
    for (const words of lastWords) browser.say(words);
    await browser.advance(100);
    expect(facts).toEqual([{ fact: 'over' }]);
  });

  it('when another tab joins', async () => {
    const [browser, archive] = keeping(new FakeArchive(message('private')));
    const [first, second] = await online(2, browser);
    const session = sessionOf(second, archive);
    shown(session);
    await browser.advance(100);
    expect(shown(session)).toEqual(['private']);
    sessionOf(first, archive).end();
    await browser.advance(100);
    expect(shown(session)).toEqual([]);
    browser.open();
    await browser.advance(100);
    expect(shown(session)).toEqual([]);
  });

  it('when the leader leaves', async () => {
    const [browser, archive] = keeping(new FakeArchive(message('private')));
    const [first, second, third] = await online(3, browser);
    const sessions = [second, third].map((tab) => sessionOf(tab, archive));
    sessions.map(shown);
    await browser.advance(100);
    expect(sessions.map(shown)).toEqual([['private'], ['private']]);
    sessionOf(first, archive).end();
    await browser.advance(0);
    first.client.leave();
    await browser.advance(100);
    expect(sessions.map(shown)).toEqual([[], []]);
  });

  it('except to this user, who connects again', async () => {
    const [browser, archive] = keeping(new FakeArchive(message('hers')));
    const [tab] = await online(1, browser);
    const session = sessionOf(tab, archive);
    shown(session);
    await browser.advance(100);
    session.end();
    await browser.advance(100);
    expect(shown(session)).toEqual([]);
    tab.client.leave();
    await browser.advance(100);
    tab.client.connect();
    await browser.advance(1_000);
    expect([tab.state, shown(session)]).toEqual(['connected', ['hers']]);
  });

  it('a message that only the archive knew of is not sent after a wipe', async () => {
    const browser = new FakeBrowser();
    let waiting = [message('wiped', 'queued')];
    const fact = async () => {
      waiting = [];
    };
    const nothing = async () => {};
    browser.keeper = { before: async () => ({ known: [], waiting }), message: nothing, delivery: nothing, fact };
    const kicked = { name: 'disconnected', reason: 'kicked', kickout: { code: 1 } };
    const tab = browser.open(JSON.stringify({ past: { firstLoginTime: 0 }, ended: kicked }));
    await browser.advance(1_000);
    expect(tab.state).toBe('kicked');
    wipe(tab);
    await browser.advance(1_000);
    expect([browser.device.contents, waiting]).toEqual([[], []]);
    tab.client.connect();
    await browser.advance(2_000);
    expect([tab.state, sent(browser)]).toEqual(['connected', []]);
    expect([undefined, 'removed']).toContain(tab.bubbles['wiped']);
  });
});

describe('M5: without locks, in a tab that has not got the chat', () => {
  it('a kick-out of the one that had it is the end', async () => {
    const [browser, holder, other] = await withoutLocks();
    browser.gateway.kick('alice', 2, 'banned');
    await browser.advance(100);
    expect([holder.state, other.state]).toEqual(['kicked', 'elsewhere']);
    holder.close();
    await browser.advance(60_000);
    expect([other.state, logins(browser).length]).toEqual(['closed', 1]);
    other.client.connect();
    await browser.advance(1_000);
    expect([other.state, logins(browser)]).toEqual(['connected', [0, 0]]);
  });

  it('"over" of the one that had it empties the screen, and nobody connects', async () => {
    const [browser, holder, other] = await withoutLocks();
    sessionOf(holder).end();
    await browser.advance(100);
    holder.close();
    await browser.advance(60_000);
    expect([other.state, expired(other), browser.gateway.connections]).toEqual(['closed', 1, 0]);
  });

  it('an end is one for the tab that had it before, and was frozen', async () => {
    const [browser, holder, other] = await withoutLocks();
    holder.freeze();
    await browser.advance(2_000);
    expect(other.state).toBe('connected');
    sessionOf(other).end();
    await browser.advance(1_000);
    other.close();
    holder.resume();
    await browser.advance(5_000);
    expect([holder.state, expired(holder), browser.gateway.connections]).toEqual(['closed', 1, 0]);
  });

  it('disconnect() is the end in the one that has it', async () => {
    const [browser, holder, other] = await withoutLocks();
    sessionOf(other).end();
    await browser.advance(5_000);
    expect(browser.gateway.connections).toBe(0);
    expect([holder.state, other.state]).not.toContain('connected');
  });

  it('what it tells happens there, once', async () => {
    const [browser, holder, other] = await withoutLocks();
    other.client.tell({ fact: 'cleared', peerId: 'bob' });
    await browser.advance(1_000);
    const told = () => other.events.filter((event) => event.startsWith('told'));
    expect(told()).toHaveLength(1);
    holder.close();
    await browser.advance(5_000);
    expect([other.state, told().length]).toEqual(['connected', 1]);
  });
});
