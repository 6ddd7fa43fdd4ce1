import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { systemClock } from '../../src/client/clock.js';
import { ChatSession } from '../../src/store/chat-session.js';
import type { Lock } from '../../src/store/gap.js';
import type { HistoryMessage, LoadHistory } from '../../src/store/history.js';
import type { PeerConversation } from '../../src/store/peer-conversation.js';
import { Scene } from '../client/scene.js';
import { ackOf, answerKeepAlives, message } from '../client/server-frames.js';
import { FakeArchive } from '../support/fake-archive.js';
import { FakeFacts } from '../support/fake-facts.js';
import { messageOf } from './messages.js';

let scene: Scene;
let tabs: FakeFacts;
let sessions: ChatSession[];

/** One at a time, in the order in which they asked. */
function fakeLock(): Lock {
  let last: Promise<void> = Promise.resolve();
  return (_, signal, run) => {
    last = last.then(() => (signal.aborted ? undefined : run()));
    return last;
  };
}

/** Two tabs that hear of the same client. */
function twoTabs(archive?: FakeArchive): [ChatSession, ChatSession] {
  const lock = fakeLock();
  const kept = archive && Promise.resolve(archive);
  const both: [ChatSession, ChatSession] = [
    new ChatSession(scene.client, tabs.tab(), kept, lock),
    new ChatSession(scene.client, tabs.tab(), kept, lock),
  ];
  sessions = both;
  return both;
}

const receive = (id: string, from = 'bob') => scene.socket.deliver(message(id, { dataContent: id, from }));
const lines = ({ store }: PeerConversation) =>
  store.messages.flatMap(({ content }) => (content === 'transport' ? [] : [content]));
const past = (id: string): HistoryMessage => ({ id, from: 'bob', sentAt: scene.clock.now(), type: 0, content: id });

beforeEach(async () => {
  scene = new Scene({ onSocket: answerKeepAlives });
  await scene.online();
  tabs = new FakeFacts();
});

afterEach(() => {
  for (const session of sessions) session.close();
  vi.unstubAllGlobals();
});

describe('I22: unread', () => {
  test('is emptied in all tabs when somebody looks in one, and each tab tells each change once', () => {
    const [one, two] = twoTabs();
    const told: string[] = [];
    for (const session of [one, two]) {
      session.addEventListener('unread', ({ conversation: { peerId, unread } }) => {
        told.push(`${session === one ? 1 : 2}: ${peerId} ${unread}`);
      });
    }
    receive('a');
    receive('b');
    receive('c', 'carol');
    expect([one.unread, two.unread]).toEqual([3, 3]);
    expect(told.splice(0)).toEqual(['1: bob 1', '2: bob 1', '1: bob 2', '2: bob 2', '1: carol 1', '2: carol 1']);
    one.conversation('bob').markRead();
    expect([one.unread, two.unread]).toEqual([1, 1]);
    expect(told).toEqual(['1: bob 0', '2: bob 0']);
    one.conversation('bob').markRead();
    expect(tabs.told).toEqual([{ fact: 'read', peerId: 'bob' }]);
    tabs.tab().tell({ fact: 'read', peerId: 'bob' });
    expect(told).toHaveLength(2);
  });

  test('what comes after somebody has looked is unread in all tabs, though they hear of the look late', () => {
    const [one, two] = twoTabs();
    receive('a');
    tabs.holds = true;
    one.conversation('bob').markRead();
    expect([one.unread, two.unread]).toEqual([0, 1]);
    tabs.deliver();
    receive('b');
    expect([one.unread, two.unread]).toEqual([1, 1]);
  });

  test('of an earlier page is unread still, unless somebody has looked meanwhile', async () => {
    const archive = new FakeArchive(messageOf('a'), messageOf('b'), messageOf('c', { from: 'carol' }));
    const unread = new Map([
      ['bob', ['a', 'b']],
      ['carol', ['c']],
    ]);
    let answer = () => {};
    const isAsked = new Promise<void>((resolve) => {
      answer = resolve;
    });
    archive.state = () => isAsked.then(() => ({ known: [], waiting: [], unread }));
    const [one, two] = twoTabs(archive);
    await one.conversation('carol').answered;
    receive('d', 'carol');
    one.conversation('carol').markRead();
    answer();
    await vi.waitFor(() => expect([one.unread, two.unread]).toEqual([2, 2]));
    receive('b');
    expect(two.conversation('bob').unread).toBe(2);
  });

  test('of an earlier page is forgotten with everything else', async () => {
    const archive = new FakeArchive(messageOf('a'));
    archive.unread.set('bob', ['a']);
    const [one, two] = twoTabs(archive);
    one.wipe();
    await Promise.all([one, two].map((session) => session.conversation('bob').loaded));
    expect([one.unread, two.unread]).toEqual([0, 0]);
  });
});

describe('a transcript', () => {
  test('that is cleared is empty in all tabs, and nothing older comes back', async () => {
    const archive = new FakeArchive(...Array.from({ length: 60 }, (_, n) => messageOf(`m${n}`)));
    const [one, two] = twoTabs(archive);
    const both = [one.conversation('bob'), two.conversation('bob')];
    await Promise.all(both.map(({ loaded }) => loaded));
    receive('new');
    receive('other', 'carol');
    one.conversation('bob').clear();
    expect(both.map(lines)).toEqual([[], []]);
    expect(tabs.told).toEqual([{ fact: 'cleared', peerId: 'bob' }]);
    await two.conversation('bob').loadOlder();
    expect(lines(two.conversation('bob'))).toEqual([]);
    expect([one.unread, lines(two.conversation('carol'))]).toEqual([1, ['other']]);
    receive('next');
    expect(both.map(lines)).toEqual([['next'], ['next']]);
  });

  test.each(['wiped', 'over'] as const)('of a user who is %s is gone from all tabs, with what was typed', (fact) => {
    const [one, two] = twoTabs();
    const forgotten: number[] = [];
    two.addEventListener('forgotten', () => forgotten.push(two.unread));
    receive('a');
    receive('b', 'carol');
    if (fact === 'wiped') one.wipe();
    else tabs.tab().tell({ fact });
    expect([one, two].flatMap(({ conversations }) => [...conversations].map(lines))).toEqual([[], [], [], []]);
    expect(forgotten).toEqual([0]);
    expect(tabs.told).toEqual([{ fact }]);
  });
});

describe('a message that is deleted', () => {
  const shown = (both: readonly PeerConversation[]) =>
    both.map(({ store }) => store.shown.flatMap(({ content }) => (content === 'transport' ? [] : [content])));

  test('is gone from all tabs, read or not, and what is unread beside it is unread still', () => {
    const [one, two] = twoTabs();
    const told: number[] = [];
    two.addEventListener('unread', ({ conversation }) => told.push(conversation.unread));
    for (const id of ['a', 'b', 'c']) receive(id);
    const both = [one.conversation('bob'), two.conversation('bob')];
    expect(both[0]?.remove('b')).toBe(true);
    expect(tabs.told).toEqual([{ fact: 'deleted', peerId: 'bob', id: 'b' }]);
    expect(shown(both)).toEqual([
      ['a', 'c'],
      ['a', 'c'],
    ]);
    expect([both.map(({ unread }) => unread), told]).toEqual([
      [2, 2],
      [1, 2, 3, 2],
    ]);
    expect(both[0]?.remove('b')).toBe(false);
  });

  test('of whom this tab has not heard yet is not unread, and the others are', async () => {
    const archive = new FakeArchive(messageOf('a'), messageOf('b'));
    let answer = () => {};
    const isAsked = new Promise<void>((resolve) => {
      answer = resolve;
    });
    const unread = new Map([['bob', ['a', 'b']]]);
    archive.state = () => isAsked.then(() => ({ known: [], waiting: [], unread }));
    const [one, two] = twoTabs(archive);
    tabs.tab().tell({ fact: 'deleted', peerId: 'bob', id: 'a' });
    answer();
    await vi.waitFor(() => expect([one.unread, two.unread]).toEqual([1, 1]));
    await one.conversation('bob').answered;
    expect(shown([one.conversation('bob')])).toEqual([['text of b']]);
  });

  test('while what the history found is on its way to the screen is neither shown nor told', async () => {
    const [one] = twoTabs();
    const news: string[] = [];
    const bob = one.conversation('bob');
    one.addEventListener('message', (event) => news.push(event.message.id));
    const messages = [messageOf('old'), messageOf('older')];
    tabs.tab().tell({ fact: 'found', peerId: 'bob', after: undefined, messages, news: ['old', 'older'], isAll: true });
    tabs.tab().tell({ fact: 'deleted', peerId: 'bob', id: 'old' });
    await vi.waitFor(() => expect(shown([bob])).toEqual([['text of older']]));
    expect([news, bob.unread]).toEqual([['older'], 1]);
  });

  test('does not come back when the history has it', async () => {
    const [one, two] = twoTabs();
    for (const id of ['a', 'b']) receive(id);
    const both = [one.conversation('bob'), two.conversation('bob')];
    both[0]?.remove('b');
    const load = vi.fn(() => [past('a'), past('b'), past('c')]);
    for (const bob of both) bob.loadHistory = load;
    await vi.waitFor(() => expect(load).toHaveBeenCalled());
    await vi.waitFor(() =>
      expect(shown(both)).toEqual([
        ['a', 'c'],
        ['a', 'c'],
      ]),
    );
    expect(both.map(({ store }) => store.get('b')?.deleted)).toEqual([true, true]);
  });
});

test('the turn to ask is a Web Lock, where there are some and they are allowed', async () => {
  const names: string[] = [];
  let isAllowed = true;
  const request = async (name: string, _: unknown, run: () => Promise<void>) => {
    names.push(name);
    if (!isAllowed) throw new DOMException('not here', 'SecurityError');
    await run();
  };
  vi.stubGlobal('navigator', { locks: { request } });
  sessions = [new ChatSession(scene.client), new ChatSession(scene.client)];
  for (const session of sessions) {
    const load = vi.fn(() => []);
    session.conversation('bob').loadHistory = load;
    await vi.waitFor(() => expect(load).toHaveBeenCalledTimes(1));
    isAllowed = false;
  }
  expect(names).toEqual(['harmonychat gap ["alice","bob"]', 'harmonychat gap ["alice","bob"]']);
});

describe('a gap', () => {
  let asked: string[];
  let answers: (() => readonly HistoryMessage[])[];

  const history = (name: string): LoadHistory => {
    return async ({ after }) => {
      asked.push(`${name} after ${after?.id}`);
      return answers.shift()?.() ?? [];
    };
  };

  /** Both know `before`, and were offline. */
  async function afterOutage(...given: typeof answers): Promise<[PeerConversation, PeerConversation]> {
    asked = [];
    answers = [() => []];
    const [one, two] = twoTabs();
    const both: [PeerConversation, PeerConversation] = [one.conversation('bob'), two.conversation('bob')];
    receive('before');
    both[0].loadHistory = history('one');
    both[1].loadHistory = history('two');
    await vi.waitFor(() => expect(asked).toEqual(['one after before']));
    await scene.settle();
    asked = [];
    answers = given;
    scene.socket.serverClose();
    await scene.onlineAgain();
    return both;
  }

  test('is filled in all tabs by the one that asks, and is news in all', async () => {
    const both = await afterOutage(() => [past('missed'), past('after')]);
    receive('after');
    await vi.waitFor(() =>
      expect(both.map(lines)).toEqual([
        ['before', 'missed', 'after'],
        ['before', 'missed', 'after'],
      ]),
    );
    await scene.settle();
    expect(asked).toEqual(['one after before']);
    expect(both.map(({ unread }) => unread)).toEqual([3, 3]);
    expect(tabs.told.at(-1)).toMatchObject({ fact: 'found', after: 'before', news: ['missed'], isAll: true });
  });

  test('that one tab could not fill is tried by the next, which fills it for both', async () => {
    const both = await afterOutage(
      () => {
        throw new Error('not for you');
      },
      () => [past('missed')],
    );
    await vi.waitFor(() =>
      expect(both.map(lines)).toEqual([
        ['before', 'missed'],
        ['before', 'missed'],
      ]),
    );
    expect(asked).toEqual(['one after before', 'two after before']);
    vi.spyOn(systemClock, 'monotonic').mockReturnValue(systemClock.monotonic() + 2_001);
    expect(both.map(({ missing }) => missing)).toEqual([undefined, undefined]);
    vi.restoreAllMocks();
  });

  test('is read on only when what was found has been heard', async () => {
    const page = Array.from({ length: 50 }, (_, n) => past(`missed ${n}`));
    const both = await afterOutage(() => page);
    tabs.holds = true;
    await vi.waitFor(() => expect(asked).toHaveLength(1));
    await scene.settle();
    await scene.settle();
    expect([asked.length, lines(both[0])]).toEqual([1, ['before']]);
    tabs.holds = false;
    tabs.deliver();
    await vi.waitFor(() => expect(asked).toEqual(['one after before', 'one after missed 49']));
    await vi.waitFor(() => expect(both.map(({ store }) => store.has('missed 49'))).toEqual([true, true]));
  });

  test('leaves an emptied transcript empty, and is over', async () => {
    const both = await afterOutage(() => [past('missed')]);
    tabs.holds = true;
    await vi.waitFor(() => expect(tabs.told.at(-1)).toMatchObject({ fact: 'found' }));
    await vi.waitFor(() => expect(asked).toHaveLength(1));
    both[1].clear();
    tabs.deliver();
    await scene.settle();
    expect(both.map(lines)).toEqual([[], []]);
    expect(both.map(({ unread }) => unread)).toEqual([0, 0]);
  });
});

describe('an older page that one tab has from the history', () => {
  const found = (...ids: string[]) =>
    tabs.tab().tell({
      ...{ fact: 'found', peerId: 'bob', after: undefined, news: [], isAll: false },
      messages: ids.map((id) => messageOf(id)),
    });

  test('is shown by another that shows all that is kept, and read by others when somebody scrolls', async () => {
    const archive = new FakeArchive(...Array.from({ length: 60 }, (_, n) => messageOf(`m${n}`, { content: `m${n}` })));
    const [one, two] = twoTabs(archive);
    const [far, near] = [one.conversation('bob'), two.conversation('bob')];
    for (const bob of [far, near]) bob.loadHistory = () => [];
    await Promise.all([far.loaded, near.loaded]);
    await far.loadOlder();
    found('old');
    await vi.waitFor(() => expect(far.store.messages[0]?.id).toBe('old'));
    await scene.settle();
    expect(near.store.messages[0]?.id).toBe('m10');
    await archive.insert('bob', undefined, [messageOf('old')]);
    await near.loadOlder();
    expect(near.store.messages[0]?.id).toBe('old');
    expect([far.unread, near.unread]).toEqual([0, 0]);
  });

  test('takes away what another said of its absence', async () => {
    const archive = new FakeArchive(messageOf('m', { content: 'm' }));
    const [one] = twoTabs(archive);
    const bob = one.conversation('bob');
    bob.loadHistory = () => {
      throw new Error('not for you');
    };
    await bob.loaded;
    await bob.loadOlder();
    expect(lines(bob)[0]).toBe('olderFailed');
    found('old');
    await vi.waitFor(() => expect(lines(bob).slice(0, 2)).toEqual(['text of old', 'm']));
  });

  test('stands before everything, whatever the clocks say', async () => {
    const [one] = twoTabs();
    const bob = one.conversation('bob');
    scene.clock.jumpWall(-86_400_000);
    const { id } = bob.send('mine');
    scene.socket.deliver(ackOf(id));
    bob.loadHistory = () => [];
    found('old 1', 'old 2');
    await vi.waitFor(() => expect(bob.store.size).toBe(3));
    expect(lines(bob)).toEqual(['text of old 1', 'text of old 2', 'mine']);
  });
});
