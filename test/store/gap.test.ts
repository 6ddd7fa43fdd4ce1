import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { Message } from '../../src/client/index.js';
import { ChatSession } from '../../src/store/chat-session.js';
import type { HistoryMessage, HistoryRequest } from '../../src/store/history.js';
import type { PeerConversation } from '../../src/store/peer-conversation.js';
import { Scene } from '../client/scene.js';
import { ackOf, answerKeepAlives, message } from '../client/server-frames.js';
import { FakeLocks } from '../support/fake-locks.js';
import { fakeSystemTimers } from '../support/system-timers.js';

/** A history that answers when the test says so. */
class History {
  readonly requests: HistoryRequest[] = [];
  readonly #waiting: { resolve(answer: readonly HistoryMessage[]): void; reject(error: Error): void }[] = [];

  readonly load = (request: HistoryRequest): Promise<readonly HistoryMessage[]> => {
    this.requests.push(request);
    return new Promise((resolve, reject) => this.#waiting.push({ resolve, reject }));
  };

  async answer(messages: readonly unknown[]): Promise<void> {
    this.#waiting.shift()?.resolve(messages as readonly HistoryMessage[]);
    await scene.settle();
  }

  async fail(): Promise<void> {
    this.#waiting.shift()?.reject(new Error('no history today'));
    await scene.settle();
  }
}

let scene: Scene;
let session: ChatSession;
let bob: PeerConversation;
let history: History;
let log: string[];

/** What is shown, without the line about the transport. */
const shown = () => linesOf(bob.store.messages);
const linesOf = (messages: readonly Message[]) =>
  messages.filter(({ content }) => content !== 'transport').map(({ content, status }) => `${content} ${status}`);
const past = (id: string, from = 'bob', sentAt = scene.clock.now()): HistoryMessage => ({
  ...{ id, from, sentAt, type: 0, content: id },
});

beforeEach(async () => {
  scene = new Scene({ onSocket: answerKeepAlives });
  await scene.online();
  session = new ChatSession(scene.client);
  bob = session.conversation('bob');
  history = new History();
  log = [];
  session.addEventListener('message', ({ message: { content }, direction }) => log.push(`${direction} ${content}`));
});

afterEach(() => {
  session.close();
  vi.useRealTimers();
  vi.restoreAllMocks();
  vi.unstubAllGlobals();
});

/** The history is asked; what it says of the time before is this. */
async function withHistory(...known: HistoryMessage[]): Promise<void> {
  bob.loadHistory = history.load;
  await vi.waitFor(() => expect(history.requests).toHaveLength(1));
  await history.answer(known);
  history.requests.length = 0;
  log.length = 0;
}

/** The line is lost and found again. */
async function outage(): Promise<void> {
  scene.socket.serverClose();
  await scene.onlineAgain();
  await vi.waitFor(() => expect(history.requests.length).toBeGreaterThan(0));
}

const receive = (id: string) => scene.socket.deliver(message(id, { dataContent: id }));

describe('I15: a gap', () => {
  test('begins behind what was cleared away, which does not come back', async () => {
    receive('one');
    receive('two');
    await withHistory(past('one'), past('two'));
    bob.store.clear();
    bob.store.note('anything', scene.clock.now());
    bob.store.clear();
    await outage();
    expect(history.requests).toMatchObject([{ after: { id: 'two' } }]);
    await history.answer([past('missed')]);
    expect(bob.store.messages.map(({ id }) => id)).toEqual(['missed']);
  });

  test.each([
    ['under way', () => {}, () => {}],
    ['failed', () => history.fail(), () => bob.fillGap()],
  ])(
    '%s while the transcript is emptied: nothing of that comes back, what was missed does',
    async (_, before, again) => {
      receive('one');
      await withHistory(past('one'));
      await outage();
      receive('two');
      await before();
      log.length = 0;
      bob.clear();
      again();
      receive('three');
      await scene.settle();
      await history.answer([past('missed'), past('two'), past('three')]);
      expect(linesOf(bob.store.messages)).toEqual(['missed received', 'three received']);
      expect(log).toEqual(['in three', 'in missed']);
    },
  );

  test('without a history nothing is asked and nothing is said', async () => {
    receive('before');
    scene.socket.serverClose();
    await scene.onlineAgain();
    receive('after');
    await scene.clock.advanceAsync(60_000);
    expect(shown()).toEqual(['before received', 'after received']);
  });

  test('has own messages of another clock: what is typed later stands behind them', async () => {
    await withHistory();
    receive('before');
    await outage();
    await history.answer([past('before'), past('of another tab', 'alice', scene.clock.now() + 1_000)]);
    bob.send('typed');
    expect(shown()).toEqual(['before received', 'of another tab delivered', 'typed sending']);
  });

  test('is filled at its place: behind what was known, before what came since', async () => {
    await withHistory();
    receive('before');
    const { id } = bob.send('mine');
    scene.socket.deliver(ackOf(id));
    const heard = scene.clock.now();
    await outage();
    receive('after');
    expect(history.requests).toMatchObject([
      { userId: 'alice', peerId: 'bob', limit: 50, after: { id }, since: heard },
    ]);
    await history.answer([past('missed 1'), past('missed 2'), past('after')]);
    expect(shown()).toEqual([
      ...['before received', 'mine delivered', 'missed 1 received', 'missed 2 received', 'after received'],
    ]);
    expect(log).toEqual(['in before', 'out mine', 'in after', 'in missed 1', 'in missed 2']);
    expect(bob.unread).toBe(4);
  });

  test('what was typed meanwhile keeps its place by the time', async () => {
    await withHistory();
    receive('before');
    scene.socket.dead = true;
    const at = scene.clock.now();
    await scene.clock.advanceAsync(1_000);
    bob.send('typed in the dark');
    await scene.clock.advanceAsync(8_000);
    await scene.onlineAgain();
    await vi.waitFor(() => expect(history.requests).toHaveLength(1));
    await history.answer([past('earlier', 'bob', at + 500), past('later', 'bob', at + 3_000)]);
    expect(shown().map((line) => line.replace(/ \w+$/, ''))).toEqual([
      ...['before', 'earlier', 'typed in the dark', 'later'],
    ]);
  });

  test('moves nothing and shows nothing twice, whatever is known already', async () => {
    await withHistory();
    for (const id of ['a', 'b', 'c']) receive(id);
    await outage();
    receive('d');
    await history.answer([past('b'), past('x'), past('c'), past('d'), past('a'), past('y'), past('x')]);
    const ids = bob.store.messages.slice(1).map(({ content }) => content);
    expect(ids.filter((id) => 'abcd'.includes(id))).toEqual(['a', 'b', 'c', 'd']);
    expect(ids.toSorted()).toEqual(['a', 'b', 'c', 'd', 'x', 'y']);
    receive('x');
    expect(bob.store.size).toBe(7);
  });

  test('is read page by page, from the last one known', async () => {
    await withHistory();
    receive('before');
    await outage();
    const page = (from: number, to: number) => Array.from({ length: to - from }, (_, n) => past(`missed ${from + n}`));
    await history.answer(page(0, 50));
    await history.answer(page(50, 100));
    await history.answer([]);
    expect(history.requests.map(({ after }) => after?.id)).toEqual(['before', 'missed 49', 'missed 99']);
    expect(bob.store.size).toBe(102);
    expect(shown().at(-1)).toBe('missed 99 received');
  });

  test('takes own messages from elsewhere for what they are, and leaves out what is none of this conversation', async () => {
    await withHistory();
    receive('before');
    await outage();
    const bad = [null, 7, {}, past(''), past('x', 'carol'), { ...past('y'), content: 7 }, { ...past('z'), type: 1.5 }];
    await history.answer([...bad, past('from my phone', 'alice'), { ...past('t'), sentAt: Number.NaN }]);
    expect(shown()).toEqual(['before received', 'from my phone delivered']);
    expect(log).toEqual(['in before']);
  });

  test('that could not be filled says so at its place, and a retry fills it', async () => {
    await withHistory();
    receive('before');
    await outage();
    receive('after');
    await history.fail();
    expect(shown()).toEqual(['before received', 'gap note', 'after received']);
    bob.fillGap();
    await scene.settle();
    expect(shown()[1]).toBe('filling note');
    await history.fail();
    expect(shown()).toEqual(['before received', 'gap note', 'after received']);
    bob.fillGap();
    await scene.settle();
    await history.answer([past('missed'), past('after')]);
    expect(shown()).toEqual(['before received', 'missed received', 'after received']);
    bob.fillGap();
    await scene.settle();
    expect(history.requests).toHaveLength(3);
  });

  test('that is still open at the next login reaches up to now', async () => {
    await withHistory();
    receive('before');
    await outage();
    await history.fail();
    receive('between');
    await outage();
    await vi.waitFor(() => expect(history.requests).toHaveLength(2));
    expect(history.requests.map(({ after }) => after?.id)).toEqual(['before', 'before']);
    await history.answer([past('missed 1'), past('between'), past('missed 2')]);
    expect(shown()).toEqual(['before received', 'missed 1 received', 'between received', 'missed 2 received']);
  });

  test.each([
    [
      'throws',
      () => {
        throw new Error('at once');
      },
    ],
    ['answers nonsense', () => 'nonsense'],
  ])('a history that %s is a failure', async (_, load) => {
    await withHistory();
    receive('before');
    bob.loadHistory = load as never;
    scene.socket.serverClose();
    await scene.onlineAgain();
    await vi.waitFor(() => expect(shown()).toEqual(['before received', 'gap note']));
  });

  test('a history that never ends is a failure, after what it told', async () => {
    await withHistory();
    receive('before');
    let asked = 0;
    bob.loadHistory = () => {
      asked += 1;
      return Array.from({ length: 50 }, (_, n) => past(`missed ${asked} ${n}`));
    };
    scene.socket.serverClose();
    await scene.onlineAgain();
    await vi.waitFor(() => expect(shown().at(-1)).toBe('gap note'));
    expect(asked).toBe(40);
    expect(shown()).toHaveLength(1 + 40 * 50 + 1);
  });

  test('a page that fails does not take back those before it, and the next try goes on behind them', async () => {
    await withHistory();
    receive('before');
    await outage();
    const missed = Array.from({ length: 110 }, (_, n) => past(`missed ${n}`));
    await history.answer(missed.slice(0, 50));
    expect(shown()).toHaveLength(51);
    receive('meanwhile');
    await history.fail();
    expect(shown().slice(49)).toEqual(['missed 48 received', 'missed 49 received', 'gap note', 'meanwhile received']);
    history.requests.length = 0;
    bob.fillGap();
    await vi.waitFor(() => expect(history.requests).toHaveLength(1));
    await history.answer(missed.slice(50, 100));
    expect(shown().slice(99)).toEqual([
      'missed 98 received',
      'missed 99 received',
      'filling note',
      'meanwhile received',
    ]);
    await history.answer([...missed.slice(100), past('meanwhile')]);
    expect(history.requests.map(({ after }) => after?.id)).toEqual(['missed 49', 'missed 99']);
    expect(shown()).toEqual(['before', ...missed.map(({ id }) => id), 'meanwhile'].map((text) => `${text} received`));
    expect(bob.unread).toBe(112);
  });

  test('a second try puts in what is missing by the time, before and behind what was typed in the dark', async () => {
    await withHistory();
    receive('before');
    scene.socket.dead = true;
    const at = scene.clock.now();
    await scene.clock.advanceAsync(1_000);
    bob.send('typed in the dark');
    await scene.clock.advanceAsync(8_000);
    await scene.onlineAgain();
    await vi.waitFor(() => expect(history.requests).toHaveLength(1));
    await history.fail();
    bob.fillGap();
    await vi.waitFor(() => expect(history.requests).toHaveLength(2));
    await history.answer([past('earlier', 'bob', at + 500), past('later', 'bob', at + 3_000)]);
    expect(shown().map((line) => line.replace(/ \w+$/, ''))).toEqual([
      'before',
      'earlier',
      'typed in the dark',
      'later',
    ]);
  });

  test('where nothing is shown the newest page is asked for, whatever this device’s clock says', async () => {
    await withHistory();
    scene.clock.jumpWall(300_000);
    await outage();
    expect(history.requests).toMatchObject([{ after: undefined, since: undefined }]);
    await history.answer([past('missed', 'bob', scene.clock.now() - 290_000)]);
    expect(shown()).toEqual(['missed received']);
  });

  test('a history that does not answer within 10 s is a failure, and its answer comes too late', async () => {
    await withHistory();
    receive('before');
    fakeSystemTimers();
    scene.socket.serverClose();
    await scene.onlineAgain();
    await scene.settle();
    await vi.advanceTimersByTimeAsync(9_999);
    expect(history.requests[0]?.signal.aborted).toBe(false);
    await vi.advanceTimersByTimeAsync(1);
    expect(history.requests[0]?.signal.aborted).toBe(true);
    expect(shown()).toEqual(['before received', 'gap note']);
    await history.answer([past('too late')]);
    expect(shown()).toEqual(['before received', 'gap note']);
  });

  test('is left alone while the page lies in the back-forward cache, and makes no other tab wait', async () => {
    const window = new EventTarget();
    vi.stubGlobal('addEventListener', window.addEventListener.bind(window));
    const locks = new FakeLocks();
    vi.stubGlobal('navigator', { locks });
    await withHistory();
    receive('before');
    await outage();
    expect([history.requests.length, locks.held.length]).toEqual([1, 1]);
    window.dispatchEvent(Object.assign(new Event('pagehide'), { persisted: true }));
    await scene.settle();
    expect([history.requests[0]?.signal.aborted, locks.held]).toEqual([true, []]);
    await history.answer([past('too late')]);
    expect(shown()).toEqual(['before received']);
    history.requests.length = 0;
    await outage();
    await history.answer([past('missed')]);
    expect(shown()).toEqual(['before received', 'missed received']);
  });

  test('where nothing is known yet the newest page is asked for, and is no news', async () => {
    bob.send('typed at once');
    bob.loadHistory = history.load;
    await vi.waitFor(() => expect(history.requests).toHaveLength(1));
    expect(history.requests).toMatchObject([{ after: undefined, since: undefined }]);
    log.length = 0;
    await history.answer([past('old 1', 'bob', 1_000), past('old 2', 'alice', 2_000)]);
    expect(shown()).toEqual(['old 1 received', 'old 2 delivered', 'typed at once sending']);
    expect([log, bob.unread]).toEqual([[], 0]);
    expect(history.requests).toHaveLength(1);
  });

  describe('a first page that could not be had', () => {
    beforeEach(async () => {
      bob.loadHistory = history.load;
      await vi.waitFor(() => expect(history.requests).toHaveLength(1));
      await history.fail();
      receive('known');
      history.requests.length = 0;
    });

    test('is asked for at the next login, and fills the gap if it reaches back to what is shown', async () => {
      await outage();
      expect(history.requests).toMatchObject([{ after: undefined, since: undefined }]);
      await history.answer([past('old', 'bob', 1_000), past('known'), past('missed')]);
      expect(shown()).toEqual(['old received', 'known received', 'missed received']);
      expect(history.requests).toHaveLength(1);
      expect(bob.unread).toBe(2);
    });

    test('does not stand for the gap if more is missing than it holds', async () => {
      await outage();
      const missed = Array.from({ length: 60 }, (_, n) => past(`missed ${n}`));
      await history.answer(missed.slice(10));
      await history.answer(missed.slice(0, 50));
      await history.answer(missed.slice(50));
      expect(history.requests.map(({ after }) => after?.id)).toEqual([undefined, 'known', 'missed 49']);
      expect(shown()).toEqual(['known', ...missed.map(({ id }) => id)].map((content) => `${content} received`));
      expect(bob.unread).toBe(61);
    });
  });

  test('what is closed waits for no answer', async () => {
    await withHistory();
    await outage();
    session.close();
    await scene.settle();
    expect(history.requests[0]?.signal.aborted).toBe(true);
    await history.answer([past('too late')]);
    expect(shown()).toEqual([]);
  });
});

describe('what cannot be kept on the device', () => {
  const failing = () => Promise.reject(new Error('no storage'));
  const storage = { emptied: undefined, claim: failing, put: failing, delete: failing, clear: failing };

  test('T1: is said once, behind the first message that is lost with the page', async () => {
    const forgetful = new Scene({ storage, onSocket: answerKeepAlives });
    const own = new ChatSession(forgetful.client).conversation('bob');
    await forgetful.online();
    forgetful.socket.deliver(message('hello', { dataContent: 'hello' }));
    expect(own.store.messages.some(({ content }) => content === 'notKept')).toBe(false);
    own.send('one');
    own.send('two');
    await forgetful.settle();
    const lines = own.store.messages.slice(1).map(({ content, status }: Message) => `${content} ${status}`);
    expect(lines).toEqual(['hello received', 'one sending', 'notKept note', 'two sending']);
  });

  test('T1: is said behind the message that waits, where it is found out late', async () => {
    const hung = { ...storage, claim: async () => [], put: () => new Promise<void>(() => {}), delete: async () => {} };
    const forgetful = new Scene({ storage: hung, onSocket: answerKeepAlives });
    const own = new ChatSession(forgetful.client).conversation('bob');
    await forgetful.online();
    own.send('one');
    await forgetful.clock.advanceAsync(2_000);
    own.send('two');
    await forgetful.settle();
    const lines = own.store.messages.slice(1).map(({ content, status }: Message) => `${content} ${status}`);
    expect(lines).toEqual(['one sending', 'notKept note', 'two sending']);
  });
});
