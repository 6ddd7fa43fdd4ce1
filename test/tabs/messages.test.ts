import { describe, expect, it } from 'vitest';
import { LoginRefusedError, type Message, type OutboxRecord, TokenError } from '../../src/client/index.js';
import { PacketType } from '../../src/protocol/index.js';
import type { ToldEvent } from '../../src/tabs/news.js';
import type { NewsKeeper } from '../../src/tabs/shared-client-options.js';
import { FrameType } from '../gateway/frames.js';
import { FakeBrowser, type FakeTab } from '../support/fake-tabs.js';

async function pair(browser = new FakeBrowser()): Promise<[FakeBrowser, FakeTab, FakeTab]> {
  const [first, second] = await browser.online(2);
  if (!first || !second) throw new Error('Expected two tabs');
  return [browser, first, second];
}

const sent = ({ gateway }: FakeBrowser) =>
  gateway.journal.filter({ dir: 'in', type: FrameType.data, user: 'alice' }).map(({ frame }) => frame?.dataContent);
const acks = ({ gateway }: FakeBrowser) => gateway.journal.filter({ dir: 'in', type: FrameType.received });

/** A message that no leader knows of: one that an earlier page wrote down. */
const record = (content: string, fields: object = {}) => {
  const plain = { v: 1, id: content, seq: 1, to: 'bob', type: 0, content, qos: true, sentAt: 1_767_605_000_000 };
  return { ...plain, written: true, failed: false, ...fields };
};
const message = (id: string, status: Message['status']): Message => ({
  ...{ id, type: 0, content: id, from: 'alice', to: 'bob', sentAt: 1_767_605_000_000, status },
});

describe('M7: what a follower sends', () => {
  it('arrives once, whenever the leader goes', async () => {
    for (const ms of [0, 1, 100, 149, 150, 300]) {
      const [browser, first, second] = await pair();
      browser.gateway.faults.halfOpen('alice');
      second.send('one');
      await browser.advance(ms);
      second.send('two');
      first.crash();
      second.send('three');
      await browser.advance(10_000);
      expect(second.bubbles, `${ms} ms`).toEqual({ one: 'delivered', two: 'delivered', three: 'delivered' });
      expect(sent(browser)).toEqual(['one', 'two', 'three']);
      expect(browser.device.contents).toEqual([]);
    }
  });

  it('I5: keeps its order, whatever is typed while the leader changes', async () => {
    const browser = new FakeBrowser();
    const [leader, , third] = await browser.online(3);
    const texts = Array.from({ length: 40 }, (_, i) => String(i));
    for (const [i, text] of texts.entries()) {
      if (i === 5) leader?.crash();
      third?.send(text);
      // A task at a time.
      if (i % 2 > 0) await browser.advance(0);
    }
    await browser.advance(10_000);
    expect([...new Set(sent(browser))]).toEqual(texts);
    expect(Object.values(third?.bubbles ?? {})).toEqual(texts.map(() => 'delivered'));
  });

  it.each([2, 3])(
    'I5: keeps its order, though the leader was gone before it had written down what it had heard (%i tabs)',
    async (tabs) => {
      const browser = new FakeBrowser();
      const [leader, ...others] = await browser.online(tabs);
      // The next to lead, or the one behind it.
      const author = others.at(-1);
      browser.gateway.faults.halfOpen('alice');
      author?.send('one');
      await browser.advance(10);
      expect(author?.bubbles).toEqual({ one: 'sending' });
      browser.device.forget('one');
      leader?.hang();
      author?.send('two');
      await browser.advance(200);
      browser.device.forget('one');
      expect(browser.device.contents).toEqual(['two']);
      leader?.crash();
      author?.send('three');
      await browser.advance(20_000);
      expect(sent(browser)).toEqual(['one', 'two', 'three']);
      expect(author?.bubbles).toEqual({ one: 'delivered', two: 'delivered', three: 'delivered' });
    },
  );

  it('I5: is written down behind what a leader had heard of, and may have gone with it', async () => {
    const browser = new FakeBrowser();
    const [leader, , author] = await browser.online(3);
    browser.gateway.faults.halfOpen('alice');
    author?.send('one');
    await browser.advance(10);
    browser.device.forget('one');
    leader?.hang();
    author?.send('two');
    author?.send('three');
    await browser.advance(200);
    expect(browser.device.contents).toEqual(['one', 'two', 'three']);
    // It is too busy to say what it has before the next one leads.
    author?.hang();
    leader?.crash();
    await browser.advance(10_000);
    expect(sent(browser)).toEqual(['one', 'two', 'three']);
    author?.goOn();
    await browser.advance(10_000);
    expect(author?.bubbles).toEqual({ one: 'delivered', two: 'delivered', three: 'delivered' });
    expect(sent(browser)).toEqual(['one', 'two', 'three']);
    expect(browser.device.contents).toEqual([]);
  });

  it('I5: has its place by when it was typed, though a leader that was busy writes it down later', async () => {
    const [browser, first, second] = await pair();
    browser.gateway.faults.halfOpen('alice');
    first.hang();
    second.send('one');
    await browser.advance(100);
    first.goOn();
    second.send('two');
    await browser.advance(10);
    const records = [...browser.device.records.values()] as OutboxRecord[];
    expect(records.map(({ content, seq, sentAt }) => [content, seq - sentAt])).toEqual([
      ['one', 0],
      ['two', 0],
    ]);
  });

  it('is shown and written down after 150 ms when nobody takes it', async () => {
    const [browser, first, second] = await pair();
    first.hang();
    second.send('hello');
    await browser.advance(149);
    expect([second.bubbles, browser.device.contents]).toEqual([{}, []]);
    await browser.advance(1);
    expect([second.bubbles, browser.device.contents]).toEqual([{ hello: 'queued' }, ['hello']]);
    second.crash();
    first.crash();
    const later = browser.open();
    await browser.advance(2_000);
    expect(later.bubbles).toEqual({ hello: 'delivered' });
  });

  it('a storage that does not answer holds it back no longer than another 150 ms', async () => {
    const [browser, first, second] = await pair();
    first.hang();
    browser.device.holds = true;
    second.send('hello');
    await browser.advance(300);
    expect(second.bubbles).toEqual({ hello: 'queued' });
    browser.device.holds = false;
    first.goOn();
    await browser.advance(1_000);
    expect(second.bubbles).toEqual({ hello: 'delivered' });
    // Only now is it written, long after its end.
    for (const write of browser.device.held) write();
    await browser.advance(0);
    expect(browser.device.contents).toEqual([]);
  });

  it('a tab that writes it down after its end, as it goes on again, leaves nothing in the storage', async () => {
    const [browser, first, second] = await pair();
    first.hang();
    second.send('hello');
    second.freeze();
    first.goOn();
    await browser.advance(1_000);
    second.resume();
    await browser.advance(1_000);
    expect([second.bubbles, browser.device.contents]).toEqual([{ hello: 'delivered' }, []]);
  });

  it('an old leader that took it without knowing that it was over leaves nothing in the storage', async () => {
    const [browser, first, second] = await pair();
    first.hang();
    second.send('hello');
    await browser.advance(15_000);
    expect(second.bubbles).toEqual({ hello: 'delivered' });
    first.goOn();
    await browser.advance(10_000);
    expect([first.bubbles, browser.device.contents]).toEqual([{ hello: 'delivered' }, []]);
  });

  it('I1: a leader that hung, and is greeted before it hears that it leads no more, removes nothing that the next one sent', async () => {
    const [browser, first] = await pair();
    browser.gateway.faults.halfOpen('alice');
    first.send('hello');
    await browser.advance(200);
    first.hang();
    browser.open();
    await browser.advance(15_000);
    first.goOn();
    await browser.advance(10_000);
    expect(first.own.get('hello')).not.toContain('removed');
    expect(first.settled.get('hello')).toBe('delivered');
  });

  it('I8: a leader that hung writes none of what it was given meanwhile: another has', async () => {
    const [browser, first, second] = await pair();
    first.hang();
    for (const text of ['one', 'two', 'three']) second.send(text);
    await browser.advance(15_000);
    expect(sent(browser)).toEqual(['one', 'two', 'three']);
    const written = () => first.sockets.flatMap((socket) => socket.sent(PacketType.data));
    expect(written()).toEqual([]);
    first.goOn();
    await browser.advance(10_000);
    expect(written()).toEqual([]);
    expect(sent(browser)).toEqual(['one', 'two', 'three']);
  });

  it('I1: is shown in each tab, though one that leads no more says that it does', async () => {
    const [browser, first, second] = await pair();
    const said: { say: unknown[] }[] = [];
    for (const channel of browser.channels) {
      const { postMessage } = channel;
      channel.postMessage = (data) => {
        said.push(data as { say: unknown[] });
        postMessage.call(channel, data);
      };
    }
    browser.open();
    await browser.advance(1_000);
    const leads = said.find(({ say }) => say[0] === 'leads');
    browser.say({ ...leads, from: 'of yesterday' });
    await browser.advance(0);
    first.send('hello');
    await browser.advance(1_000);
    expect([first.bubbles, second.bubbles]).toEqual([{ hello: 'delivered' }, { hello: 'delivered' }]);
  });

  it('M4: a leader that hung while it looked for an answer to a greeting does not say that it leads', async () => {
    const browser = new FakeBrowser();
    const never = new Promise(() => {});
    browser.keeper = {
      before: async () => ({ known: [], waiting: [] }),
      message: async () => {},
      delivery: () => never,
      fact() {},
    };
    const [first, second] = [browser.open(), browser.open()];
    await browser.advance(1_000);
    first.send('hello');
    await browser.advance(100);
    const third = browser.open();
    await browser.advance(500);
    first.hang();
    await browser.advance(15_000);
    const leaders = new Set<unknown>();
    for (const channel of browser.channels) {
      const { postMessage } = channel;
      channel.postMessage = (data) => {
        const { from, say } = data as { from: string; say: unknown[] };
        if (say[0] === 'leads') leaders.add(from);
        postMessage.call(channel, data);
      };
    }
    first.goOn();
    await browser.advance(10_000);
    expect(leaders.size).toBe(1);
    expect([first.leads, second.leads || third.leads]).toEqual([false, true]);
  });

  it('without a storage, what waits goes on from tab to tab', async () => {
    const browser = new FakeBrowser();
    browser.isKept = false;
    const [, first, second] = await pair(browser);
    browser.gateway.kick('alice', 1);
    await browser.advance(100);
    first.send('of the first');
    second.send('of the second');
    await browser.advance(500);
    first.close();
    await browser.advance(100);
    second.client.connect();
    await browser.advance(2_000);
    expect(second.bubbles).toEqual({ 'of the first': 'delivered', 'of the second': 'delivered' });
  });

  it('(b) keeps its order through a change of the leader', async () => {
    const [browser, first, second] = await pair();
    first.client.disconnect();
    await browser.advance(100);
    for (let n = 0; n < 5; n++) second.send(`${n}`);
    await browser.advance(100);
    first.crash();
    for (let n = 5; n < 10; n++) second.send(`${n}`);
    await browser.advance(400);
    second.client.connect();
    await browser.advance(2_000);
    expect(sent(browser)).toEqual(Array.from({ length: 10 }, (_, n) => `${n}`));
  });

  it('(d) is delivered once, though a record of it comes back', async () => {
    const [browser, first, second] = await pair();
    const id = second.send('hello');
    await browser.advance(1_000);
    browser.device.records.set(id, record('hello', { id }));
    first.crash();
    await browser.advance(5_000);
    expect([second.own.get('hello'), sent(browser)]).toEqual([['sending', 'delivered'], ['hello']]);
    expect(browser.device.contents).toEqual([]);
  });

  it('is told of again to a tab that missed how it ended', async () => {
    const [browser, first, second] = await pair();
    second.send('hello');
    // Before it is shown here.
    second.freeze();
    await browser.advance(50);
    expect([first.bubbles, second.bubbles]).toEqual([{ hello: 'delivered' }, {}]);
    second.resume();
    await browser.advance(1_000);
    expect([second.bubbles, sent(browser)]).toEqual([{ hello: 'delivered' }, ['hello']]);
    expect(second.settled.get('hello')).toBe('delivered');
  });

  it.each(['delivered', 'removed'] as const)(
    'is not sent again by a tab that was stopped when it was %s',
    async (end) => {
      for (const thaws of ['alone', 'beside another']) {
        const browser = new FakeBrowser();
        const nothing = async () => {};
        const kept = {
          before: async () => ({ known: [], waiting: [] }),
          message: nothing,
          delivery: nothing,
          fact: nothing,
        };
        browser.keeper = { ...kept, outcome: async () => end };
        const [first, second] = (await browser.online(2)) as [FakeTab, FakeTab];
        browser.gateway.stop();
        await browser.advance(10);
        const id = first.send('hello');
        await browser.advance(100);
        first.freeze();
        await browser.advance(100);
        // It ended in tabs that are gone.
        second.close();
        browser.device.records.delete(id);
        if (thaws === 'beside another') browser.open();
        browser.gateway.start();
        await browser.advance(10_000);
        first.resume();
        await browser.advance(10_000);
        expect([first.state, sent(browser), first.settled.get('hello')], thaws).toEqual(['connected', [], end]);
      }
    },
  );

  it('reaches whichever tab leads next', async () => {
    const browser = new FakeBrowser();
    const [first, second, third] = await browser.online(3);
    first?.hang();
    third?.send('hello');
    await browser.advance(50);
    first?.crash();
    await browser.advance(2_000);
    expect([second?.leads, second?.bubbles, third?.bubbles]).toEqual([
      true,
      { hello: 'delivered' },
      { hello: 'delivered' },
    ]);
    expect(third?.settled.get('hello')).toBe('delivered');
  });

  it('stays delivered where that is known, whatever a leader finds who came too late', async () => {
    const [browser, first, second] = await pair();
    const id = second.send('hello');
    await browser.advance(1_000);
    const third = browser.open();
    await browser.advance(100);
    // Behind the third, which leads next.
    second.client.leave();
    second.client.join();
    browser.device.records.set(id, record('hello', { id }));
    await browser.advance(100);
    first.crash();
    await browser.advance(5_000);
    expect([third.leads, third.bubbles, sent(browser)]).toEqual([true, {}, ['hello']]);
    expect(second.own.get('hello')).toEqual(['sending', 'delivered']);
  });

  it('has room for 500, though the leader has told of none yet', async () => {
    const [, , second] = await pair();
    for (let n = 0; n < 500; n++) second.send(`${n}`);
    expect(() => second.send('one too many')).toThrow('500');
  });
});

describe('what is done in a follower', () => {
  /** Two tabs without a line, and a message of the second one. */
  async function waiting(): Promise<[FakeBrowser, FakeTab, FakeTab, string]> {
    const [browser, first, second] = await pair();
    browser.gateway.kick('alice', 1);
    await browser.advance(100);
    const id = second.send('hello');
    await browser.advance(500);
    expect([first.bubbles, second.bubbles]).toEqual(Array(2).fill({ hello: 'queued' }));
    return [browser, first, second, id];
  }

  it('cancel() takes it back everywhere', async () => {
    const [browser, first, second, id] = await waiting();
    expect([second.client.cancel(id), second.client.cancel('nothing')]).toEqual([true, false]);
    await browser.advance(100);
    expect([first.bubbles, second.bubbles]).toEqual(Array(2).fill({ hello: 'cancelled' }));
    expect([second.settled.get('hello'), browser.device.contents]).toEqual(['cancelled', []]);
  });

  it('cancel() when nobody leads takes it back too', async () => {
    const [browser, first, second] = await pair();
    first.hang();
    const id = second.send('hello');
    await browser.advance(500);
    expect(second.client.cancel(id)).toBe(true);
    first.crash();
    await browser.advance(2_000);
    expect([second.bubbles, second.settled.get('hello'), sent(browser)]).toEqual([
      { hello: 'cancelled' },
      'cancelled',
      [],
    ]);
    expect(browser.device.contents).toEqual([]);
  });

  it('one that was given up is sent again, or removed', async () => {
    const browser = new FakeBrowser({ offlineStore: false });
    browser.options = { giveUpAfterMs: 20_000 };
    const [, first, second] = await pair(browser);
    const [one, two] = [second.send('one'), second.send('two')];
    await browser.advance(30_000);
    expect(first.bubbles).toEqual({ one: 'failed', two: 'failed' });
    expect([...second.settled]).toEqual([
      ['one', 'failed'],
      ['two', 'failed'],
    ]);
    expect([second.client.retry(one), second.client.remove(two), second.client.retry('nothing')]).toEqual([
      true,
      true,
      false,
    ]);
    await browser.advance(1_000);
    for (const tab of [first, second]) expect(tab.bubbles).toEqual({ one: 'sending', two: 'removed' });
  });

  it('one that was given up is sent again by a leader that does not know it', async () => {
    const browser = new FakeBrowser({ offlineStore: false });
    browser.options = { giveUpAfterMs: 20_000 };
    browser.isKept = false;
    const [, first, second] = await pair(browser);
    const id = second.send('one');
    await browser.advance(30_000);
    first.crash();
    await browser.advance(2_000);
    expect(second.client.retry(id)).toBe(true);
    await browser.advance(1_000);
    expect(second.bubbles).toEqual({ one: 'sending' });
  });

  it('discard() leaves nothing anywhere, what was typed just now neither', async () => {
    for (const isLed of [true, false]) {
      const browser = new FakeBrowser();
      const [a, b, c] = await browser.online(3);
      browser.gateway.kick('alice', 1);
      await browser.advance(100);
      if (!isLed) a?.hang();
      b?.send('of b');
      c?.send('of c');
      await browser.advance(500);
      c?.send('just now');
      b?.client.discard();
      await browser.advance(1_000);
      expect(c?.bubbles).toEqual({ 'of c': 'removed', 'just now': 'removed', ...(isLed && { 'of b': 'removed' }) });
      expect([...(c?.settled.values() ?? [])]).toEqual(['removed', 'removed']);
      expect(browser.device.contents).toEqual([]);
      a?.goOn();
      b?.client.connect();
      await browser.advance(20_000);
      expect([sent(browser), browser.device.contents]).toEqual([[], []]);
    }
  });

  it('nudge() reaches the leader', async () => {
    const [browser, , second] = await pair();
    await browser.advance(3_000);
    second.client.nudge();
    await browser.advance(10);
    expect(browser.gateway.journal.filter({ dir: 'in', type: FrameType.keepAlive })).toHaveLength(1);
  });

  it('connect() while waiting tries at once', async () => {
    const browser = new FakeBrowser();
    browser.options = { reconnectDelay: () => 30_000 };
    const [, first, second] = await pair(browser);
    browser.gateway.faults.cut('alice');
    await browser.advance(5_000);
    expect(first.state).toBe('connecting');
    second.client.connect();
    await browser.advance(1_000);
    expect([first.state, second.state]).toEqual(['connected', 'connected']);
  });
});

describe('what all tabs hear', () => {
  it('is the same, in the same order', async () => {
    const browser = new FakeBrowser();
    const tabs = await browser.online(3);
    for (const tab of tabs) tab.events.length = 0;
    browser.gateway.send('alice', 'one', { from: 'bob' });
    tabs[1]?.send('two');
    tabs[2]?.client.tell({ three: 3 });
    tabs[0]?.client.tell({ four: 4 });
    await browser.advance(1_000);
    browser.gateway.faults.cut('alice');
    tabs[2]?.send('five');
    await browser.advance(5_000);
    browser.gateway.kick('alice', 7, 'go');
    await browser.advance(1_000);
    const [events] = tabs.map((tab) => tab.events);
    expect(new Set(events)).toContain('told {"three":3}');
    expect(events?.at(-1)).toBe('kickout 7');
    expect(events?.length).toBeGreaterThan(12);
    for (const tab of tabs) expect(tab.events).toEqual(events);
  });

  it('errors keep their class', async () => {
    const browser = new FakeBrowser({ verifier: () => 1_025 });
    const heard: unknown[] = [];
    const tabs = [browser.open(), browser.open()];
    for (const { client } of tabs) client.addEventListener('error', ({ error }) => heard.push(error));
    await browser.advance(1_000);
    expect(tabs.map(({ state }) => state)).toEqual(['refused', 'refused']);
    expect(heard).toEqual([expect.any(LoginRefusedError), expect.any(LoginRefusedError)]);
    expect(heard).toMatchObject([{ code: 1_025 }, { code: 1_025 }]);
  });

  it('a token that is refused by the page is told as such', async () => {
    const browser = new FakeBrowser();
    browser.options = { getToken: () => Promise.reject(new Error('no')), reconnect: false };
    const heard: unknown[] = [];
    const tabs = [browser.open(), browser.open()];
    for (const { client } of tabs) client.addEventListener('error', ({ error }) => heard.push(error));
    await browser.advance(1_000);
    expect(heard).toEqual([expect.any(TokenError), expect.any(TokenError)]);
  });

  it('facts survive a change of the leader, and none is told twice', async () => {
    const browser = new FakeBrowser();
    const { log, kept } = keeper();
    browser.keeper = kept;
    const [, first, second] = await pair(browser);
    const third = browser.open();
    await browser.advance(100);
    first.hang();
    third.client.tell('lost?');
    await browser.advance(1_000);
    first.crash();
    await browser.advance(1_000);
    // The leader catches the new tab up before it hears this: it will be asked once more.
    browser.open();
    third.client.tell('late');
    await browser.advance(1_000);
    expect(log).toEqual(['fact lost?', 'fact late']);
    expect(second.events.filter((event) => event.startsWith('told'))).toEqual(['told "lost?"', 'told "late"']);
  });

  it('status, pending and drops are those of the leader', async () => {
    const [browser, first, second] = await pair();
    browser.gateway.socketsOf('alice')[0]?.link.send('{');
    second.send('hello');
    await browser.advance(10_000);
    const { nextTryInMs, ...status } = second.client.status;
    expect({ nextTryInMs, ...status }).toMatchObject({ state: { name: 'connected' }, logins: 1, pending: 0 });
    expect([...second.client.drops]).toEqual([...first.client.drops]);
    expect(second.client.drops.size).toBe(1);
    expect([second.client.pending, second.client.userId]).toEqual([0, 'alice']);
    expect(second.client.frameBytes('hello', { to: 'bob' })).toBe(first.client.frameBytes('hello', { to: 'bob' }));
  });

  it('the log is that of the tab that leads', async () => {
    const [browser, first, second] = await pair();
    const lines: string[] = [];
    second.client.log = () => lines.push('second');
    first.client.log = () => lines.push('first');
    await browser.advance(10_000);
    expect(new Set(lines)).toEqual(new Set(['first']));
    first.client.log = undefined;
    first.crash();
    await browser.advance(10_000);
    expect([lines.includes('second'), second.client.log === undefined]).toEqual([true, false]);
  });
});

/** A device that keeps what happens. */
function keeper(fields: Partial<NewsKeeper> = {}) {
  const log: string[] = [];
  const kept: NewsKeeper = {
    before: async () => ({ known: [], waiting: [] }),
    message: async ({ content }) => log.push(`message ${content}`),
    delivery: ({ content }, outcome) => log.push(`${outcome} ${content}`),
    fact: (fact) => log.push(`fact ${fact}`),
    ...fields,
  };
  return { log, kept };
}

describe('M8: the device keeps', () => {
  it('everything, once, in the tab that leads', async () => {
    const browser = new FakeBrowser();
    const { log, kept } = keeper();
    browser.keeper = kept;
    const [, , second] = await pair(browser);
    browser.gateway.send('alice', 'hi', { from: 'bob' });
    second.send('hello');
    second.client.tell('seen');
    await browser.advance(1_000);
    expect(log.sort()).toEqual(['delivered hello', 'fact seen', 'message hi', 'sending hello']);
  });

  it('what was typed before a leader was known, in a page that is gone: sent when the next page comes', async () => {
    const [browser, , second] = await pair();
    const third = browser.open();
    third.send('typed at once');
    third.close();
    await browser.advance(1_000);
    const fourth = browser.open();
    fourth.send('typed later');
    await browser.advance(1_000);
    expect(sent(browser)).toEqual(['typed at once', 'typed later']);
    expect(second.bubbles).toEqual({ 'typed at once': 'delivered', 'typed later': 'delivered' });
  });

  it('what a leader had is sent again at once, though a page says hello while the outbox is read', async () => {
    const browser = new FakeBrowser();
    const read = () => new Promise((resolve) => browser.clock.setTimeout(() => resolve(undefined), 300));
    const storage = browser.device.storage(false);
    const claim = storage.claim.bind(storage);
    browser.options = { storage: Object.assign(storage, { claim: (s: AbortSignal) => read().then(() => claim(s)) }) };
    const [, first, second] = await pair(browser);
    browser.gateway.faults.halfOpen('alice');
    second.send('hello');
    await browser.advance(200);
    await storage.clear();
    first.crash();
    browser.gateway.faults.clear('alice');
    await browser.advance(100);
    browser.open();
    await browser.advance(600);
    expect(sent(browser)).toEqual(['hello']);
  });

  it('T7: what was told in the last 5 s before a leader went, which may not have got it written down', async () => {
    const browser = new FakeBrowser();
    const again: string[][] = [];
    const { kept } = keeper({
      replay: (events) => again.push(events.map((event) => `${event.type} ${(event as ToldEvent).fact ?? ''}`.trim())),
    });
    browser.keeper = kept;
    const [, first, second] = await pair(browser);
    second.client.tell('old');
    await browser.advance(5_000);
    second.send('own');
    browser.gateway.send('alice', 'theirs', { from: 'bob' });
    second.client.tell('new');
    await browser.advance(100);
    first.crash();
    await browser.advance(1_000);
    expect(again).toHaveLength(2);
    expect(again[0]).toEqual([]);
    expect(again[1]?.toSorted()).toEqual(['delivery', 'delivery', 'message', 'told new']);
  });

  it('a message before it is acknowledged, by the leader alone', async () => {
    const browser = new FakeBrowser();
    let keep = () => {};
    const { kept } = keeper({ message: () => new Promise<void>((resolve) => (keep = resolve)) });
    browser.keeper = kept;
    const tabs = await browser.online(3);
    browser.gateway.send('alice', 'hi', { from: 'bob' });
    await browser.advance(1_000);
    expect([tabs.map(({ received }) => received), acks(browser).length]).toEqual([[['hi'], ['hi'], ['hi']], 0]);
    keep();
    await browser.advance(0);
    expect(acks(browser)).toHaveLength(1);
  });

  it('or fails to, or hangs: it is acknowledged all the same, and others catch up', async () => {
    for (const message of [() => Promise.reject(new Error('full')), () => new Promise<void>(() => {})]) {
      const browser = new FakeBrowser();
      browser.keeper = keeper({ message }).kept;
      await browser.online(1);
      browser.gateway.send('alice', 'hi', { from: 'bob' });
      await browser.advance(10);
      const later = browser.open();
      await browser.advance(2_000);
      expect([later.state, acks(browser).length]).toEqual(['connected', 1]);
    }
  });

  it('ids that are known are acknowledged and not announced, also after connect()', async () => {
    const browser = new FakeBrowser();
    browser.keeper = keeper({ before: async () => ({ known: ['m1'], waiting: [] }) }).kept;
    const tab = browser.open();
    await browser.advance(1_000);
    const send = (fp: string) =>
      tab.open[0]?.deliver({ type: 2, dataContent: fp, from: 'bob', to: 'alice', fp, QoS: true, typeu: 0 });
    send('m1');
    send('m2');
    await browser.advance(100);
    expect([tab.received, acks(browser).length]).toEqual([['m2'], 2]);
    browser.gateway.kick('alice', 1);
    await browser.advance(100);
    tab.navigate();
    await browser.advance(100);
    tab.client.connect();
    await browser.advance(1_000);
    send('m1');
    expect(tab.received).toEqual([]);
  });

  it('a message whose acknowledgement got lost is not shown again by the next leader', async () => {
    const browser = new FakeBrowser();
    const [, first, second] = await pair(browser);
    browser.gateway.send('alice', 'hi', { from: 'bob' });
    const [fp] = browser.gateway.journal.frames({ dir: 'out', type: FrameType.data });
    await browser.advance(10);
    first.crash();
    await browser.advance(1_000);
    second.open[0]?.deliver({ ...fp, from: 'bob', to: 'alice' } as object);
    await browser.advance(1_000);
    expect([second.received, acks(browser).length]).toEqual([['hi'], 2]);
  });

  it('messages whose end nobody wrote down are sent again, as the same, unless they ended lately', async () => {
    const browser = new FakeBrowser();
    const left = [message('lost', 'sending'), message('given up', 'failed'), message('in the outbox', 'queued')];
    browser.keeper = keeper({ before: async () => ({ known: [], waiting: left }) }).kept;
    browser.device.records.set('in the outbox', record('in the outbox'));
    const tab = browser.open();
    await browser.advance(2_000);
    expect(tab.bubbles).toEqual({ lost: 'delivered', 'given up': 'failed', 'in the outbox': 'delivered' });
    const fps = browser.gateway.journal.filter({ dir: 'in', type: FrameType.data }).map(({ frame }) => frame?.fp);
    expect(fps.sort()).toEqual(['in the outbox', 'lost']);
    expect(browser.device.contents).toEqual(['given up']);
    const second = browser.open();
    await browser.advance(1_000);
    tab.crash();
    await browser.advance(2_000);
    // The second tab came too late to know, and asks again; it is the same message.
    expect(sent(browser).length).toBeLessThanOrEqual(4);
    expect(second.state).toBe('connected');
  });

  it('an archive that fails or hangs keeps neither the line nor the outbox from working', async () => {
    for (const before of [() => Promise.reject(new Error('broken')), () => new Promise<never>(() => {})]) {
      const browser = new FakeBrowser();
      browser.keeper = keeper({ before }).kept;
      browser.device.records.set('left', record('left'));
      const tab = browser.open();
      await browser.advance(2_000);
      expect([tab.state, tab.bubbles]).toEqual(['connected', { left: 'delivered' }]);
    }
  });

  it('T3: what a deposed leader knew is not written down again when the site’s data is cleared', async () => {
    const browser = new FakeBrowser();
    const storage = browser.device.storage(false);
    browser.options = { storage };
    const tab = browser.open();
    await browser.advance(1_000);
    browser.gateway.faults.halfOpen('alice');
    tab.send('hello');
    await browser.advance(100);
    tab.client.leave();
    browser.device.wipe();
    await browser.advance(100);
    expect([browser.device.contents, storage.emptied]).toEqual([[], undefined]);
  });
});
