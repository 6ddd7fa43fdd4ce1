import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { asError } from '../../src/tabs/news.js';
import { recall } from '../../src/tabs/session-memory.js';
import { TabChannel } from '../../src/tabs/tab-channel.js';
import { checkNews } from '../../src/tabs/talk.js';
import { FakeBrowser } from '../support/fake-tabs.js';

const STATES = new Set(['disconnected', 'connecting', 'connected']);
const STATUSES = new Set(['queued', 'sending', 'unconfirmed', 'sent', 'delivered', 'failed', 'cancelled', 'removed']);

/** What the tabs of a session really say to each other. */
async function words(): Promise<unknown[]> {
  const browser = new FakeBrowser();
  const heard: unknown[] = [];
  const [first, second] = await browser.online(2);
  for (const channel of browser.channels) {
    const { onmessage } = channel;
    channel.onmessage = (event) => {
      heard.push(event.data);
      onmessage?.call(channel, event);
    };
  }
  const id = second?.send('hello') ?? '';
  second?.client.retry(id);
  second?.client.tell({ some: 'fact' });
  browser.gateway.send('alice', 'hi', { from: 'bob' });
  await browser.advance(20_000);
  browser.open();
  await browser.advance(100);
  browser.gateway.kick('alice', 2, 'go');
  await browser.advance(100);
  first?.crash();
  await browser.advance(10_000);
  second?.client.connect();
  second?.client.discard();
  await browser.advance(1_000);
  return heard;
}

const endless: unknown[] = [];
endless.push(endless);
const odd = fc.constantFrom<unknown>(
  ...[endless, { a: endless }, 1n, Number.NaN, -1, '', null, undefined, [undefined], new Map(), new Date(Number.NaN)],
  ...[{ toString: 1, valueOf: 1 }, Object.create(null), new Error('x'), '__proto__', 'constructor', new Uint8Array(2)],
  // biome-ignore lint/suspicious/noSparseArray: one of the odd ones
  [, 1],
);
const anything = fc.oneof(odd, fc.anything({ withBigInt: true, withDate: true, withSparseArray: true }));

/** A value in which one part is another, or which has one part more. */
function bent(value: unknown, path: readonly number[], other: unknown, name: string): unknown {
  const [step = 0, ...rest] = path;
  if (typeof value !== 'object' || value === null || value instanceof Error || path.length === 0) return other;
  const keys = [...Object.keys(value), name];
  const key = keys[step % keys.length] ?? name;
  const copy = (Array.isArray(value) ? [...value] : { ...value }) as Record<string, unknown>;
  Object.defineProperty(copy, key, {
    ...{ value: bent(copy[key], rest, other, name), configurable: true, enumerable: true, writable: true },
  });
  return copy;
}

const names = fc.constantFrom('x', 'toString', '__proto__', 'constructor', 'reason', 'detail');
const paths = fc.array(fc.nat(20), { maxLength: 6 });

describe('M11: whatever is said on the channel', () => {
  it('no tab throws, and each stays in a state that exists', async () => {
    const real = await words();
    expect(new Set(real.map((word) => (word as { say: string[] }).say[0])).size).toBe(7);
    const talk = fc.oneof(
      anything,
      fc.record({ v: fc.constantFrom<unknown>(1, 1, 2, 'x'), from: fc.string(), say: fc.array(anything) }),
      fc
        .tuple(fc.constantFrom(...real), paths, anything, names)
        .map(([word, path, other, name]) => bent(word, path, other, name)),
    );
    const isClonable = (value: unknown) => {
      try {
        structuredClone(value);
        return true;
      } catch {
        return false;
      }
    };
    await fc.assert(
      fc.asyncProperty(fc.array(talk.filter(isClonable), { maxLength: 20 }), async (said) => {
        const browser = new FakeBrowser();
        const tabs = await browser.online(2);
        for (const data of said) {
          // What a listener throws reaches the page as an error: here, the test.
          for (const channel of browser.channels) channel.onmessage?.({ data: structuredClone(data) } as MessageEvent);
          await browser.advance(1);
        }
        for (const tab of tabs) {
          expect(STATES).toContain(tab.client.state.name);
          expect(JSON.stringify(tab.client.status)).toBeTypeOf('string');
          for (const status of [...tab.own.values()].flat()) expect(STATUSES).toContain(status);
          JSON.parse(tab.memory ?? 'null');
        }
        expect({}.toString()).toBe('[object Object]');
        await browser.advance(1_000);
      }),
      { numRuns: 150 },
    );
  });

  it('what is really said is heard', async () => {
    const real = await words();
    const kinds = new Set<string>();
    for (const data of real) {
      const hear = new Proxy({}, { get: (_, kind) => () => kinds.add(String(kind)) }) as never;
      const channel = { onmessage: null as ((event: MessageEvent) => void) | null, postMessage() {}, close() {} };
      new TabChannel(
        'me',
        channel,
        () => hear,
        () => {},
        {},
      );
      channel.onmessage?.({ data } as MessageEvent);
    }
    expect(kinds).toEqual(new Set(['ask', 'send', 'act', 'tell', 'news', 'here', 'leads']));
  });

  it('news that are none are none', () => {
    fc.assert(fc.property(anything, (value) => void checkNews(value, asError)));
    const told = ['told', 1, 'nonce'];
    expect([told, ['toString'], [{ toString: 1 }]].map((news) => checkNews(news, asError))).toEqual([
      told,
      undefined,
      undefined,
    ]);
  });
});

describe('M11: whatever is in the session memory', () => {
  it('a tab begins with a session, or without', () => {
    fc.assert(
      fc.property(anything, fc.integer(), (value, now) => {
        const { past, ended } = recall(value, now);
        expect([past.firstLoginTime, ended]).toEqual([0, undefined]);
      }),
    );
    const whole = {
      past: { firstLoginTime: 5, lastFrameAt: 10 },
      ended: { name: 'disconnected', reason: 'kicked', kickout: { code: 1 } },
    };
    fc.assert(
      fc.property(paths, anything, names, (path, other, name) => {
        const { past, ended } = recall(bent(whole, path, other, name), 10);
        expect(Number.isFinite(past.firstLoginTime)).toBe(true);
        expect([undefined, 'kicked']).toContain(ended?.reason);
      }),
    );
  });

  it('goes on only with what is younger than 5 minutes, and not from the future', () => {
    const at = (lastFrameAt: number, now: number) => recall({ past: { firstLoginTime: 5, lastFrameAt } }, now).past;
    expect(at(0, 299_999).firstLoginTime).toBe(5);
    expect(at(0, 300_000).firstLoginTime).toBe(0);
    expect(at(1, 0).firstLoginTime).toBe(0);
    expect(recall({ past: { firstLoginTime: 5 } }, 300_000).past.firstLoginTime).toBe(0);
  });

  it('only a kick-out outlives the page', () => {
    const after = (ended: object) => recall({ past: { firstLoginTime: 0 }, ended }, 0).ended?.reason;
    expect(after({ name: 'disconnected', reason: 'kicked', kickout: { code: 1, detail: 'go' } })).toBe('kicked');
    expect(after({ name: 'disconnected', reason: 'closed' })).toBeUndefined();
    expect(after({ name: 'disconnected', reason: 'refused', code: 1 })).toBeUndefined();
  });
});

describe('M10: a tab of another release', () => {
  it('says words that are not heard, and is not robbed', async () => {
    const browser = new FakeBrowser();
    const tab = browser.open();
    const stranger = (say: unknown[]) => browser.say({ v: 2, from: 'stranger', say });
    await browser.advance(1_000);
    stranger(['news', ['state', { name: 'connected' }]]);
    stranger(['ask', 'disconnect']);
    await browser.advance(1_000);
    expect(tab.state).toBe('connected');
  });

  it('has the chat: this one says so, waits for its turn, and takes it when it is told to', async () => {
    const browser = new FakeBrowser();
    const [first] = await browser.online(1);
    // Whatever the first tab says, it now says as another release.
    for (const channel of browser.channels) {
      const { postMessage, onmessage } = channel;
      channel.postMessage = (data) => postMessage.call(channel, { ...(data as object), v: 2 });
      channel.onmessage = (event) =>
        onmessage?.call(channel, { data: { ...event.data, v: event.data.v === 2 ? 1 : 2 } } as MessageEvent);
    }
    const second = browser.open();
    await browser.advance(60_000);
    expect([first?.state, second.state, browser.gateway.journal.logins('alice').length]).toEqual([
      'connected',
      'elsewhere',
      1,
    ]);
    second.send('waits');
    await browser.advance(1_000);
    expect(second.bubbles).toEqual({ waits: 'queued' });
    second.client.connect();
    await browser.advance(60_000);
    expect([first?.state, second.state, second.bubbles]).toEqual(['elsewhere', 'connected', { waits: 'delivered' }]);
    expect(browser.gateway.journal.logins('alice')).toHaveLength(2);
    second.close();
    await browser.advance(2_000);
    expect(first?.state).toBe('connected');
  });

  it('one that leads, and has nothing to tell for minutes, is not robbed either', async () => {
    const browser = new FakeBrowser();
    const [first] = await browser.online(1);
    browser.gateway.kick('alice', 1);
    await browser.advance(100);
    for (const channel of browser.channels) {
      const { postMessage, onmessage } = channel;
      channel.postMessage = (data) => postMessage.call(channel, { ...(data as object), v: 2 });
      channel.onmessage = (event) => onmessage?.call(channel, { data: { ...event.data, v: 2 } } as MessageEvent);
    }
    const second = browser.open();
    await browser.advance(120_000);
    expect([first?.state, second.state]).toEqual(['kicked', 'elsewhere']);
  });
});
