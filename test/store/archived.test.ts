import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { systemClock } from '../../src/client/clock.js';
import { DeliveryEvent, type Message } from '../../src/client/index.js';
import { ChatSession } from '../../src/store/chat-session.js';
import type { HistoryRequest } from '../../src/store/history.js';
import { MessageStore } from '../../src/store/message-store.js';
import type { PeerConversation } from '../../src/store/peer-conversation.js';
import { Scene } from '../client/scene.js';
import { ackOf, answerKeepAlives, message } from '../client/server-frames.js';
import { FakeArchive } from '../support/fake-archive.js';
import { FakeFacts } from '../support/fake-facts.js';
import { fakeSystemTimers } from '../support/system-timers.js';
import { MONDAY, messageOf } from './messages.js';

let scene: Scene;
let tabs: FakeFacts;
let session: ChatSession;

beforeEach(async () => {
  scene = new Scene({ onSocket: answerKeepAlives });
  tabs = new FakeFacts();
  await scene.online();
});

afterEach(() => {
  session.close();
  vi.useRealTimers();
  vi.restoreAllMocks();
});

const numbered = (from: number, to: number): Message[] =>
  Array.from({ length: to - from }, (_, n) =>
    messageOf(`m${from + n}`, { content: `m${from + n}`, sentAt: MONDAY - 1e7 + (from + n) * 1_000 }),
  );
const lines = ({ store }: PeerConversation) =>
  store.messages.map(({ content, status }) => (status === 'note' ? `(${content})` : content));
const receive = (id: string) => scene.socket.deliver(message(id, { dataContent: id }));

function open(archive: FakeArchive | Promise<FakeArchive | undefined>): PeerConversation {
  session = new ChatSession(scene.client, tabs.tab(), Promise.resolve(archive));
  return session.conversation('bob');
}

/** From now on the archive answers when the function is called. */
function held(archive: FakeArchive): () => void {
  let answer = () => {};
  archive.trouble = new Promise((resolve) => {
    answer = resolve;
  });
  return () => answer();
}

async function opened(archive: FakeArchive): Promise<PeerConversation> {
  const bob = open(archive);
  await bob.loaded;
  return bob;
}

describe('what is kept on the device', () => {
  test('is shown as it was, its newest page first, and nothing is said before it is there', async () => {
    const archive = new FakeArchive(...numbered(0, 120));
    const bob = open(archive);
    expect([bob.isLoading, bob.store.size]).toEqual([true, 0]);
    await bob.loaded;
    expect(bob.isLoading).toBe(false);
    expect(lines(bob)).toEqual(numbered(70, 120).map(({ id }) => id));
    expect(archive.asked).toEqual([['bob', 50, undefined]]);
  });

  test('that is all has the line about the transport above it', async () => {
    const bob = await opened(new FakeArchive(...numbered(0, 2)));
    expect(lines(bob)).toEqual(['(transport)', 'm0', 'm1']);
    expect(bob.store.messages[0]?.sentAt).toBe(bob.store.messages[1]?.sentAt);
  });

  test('leaves no timer behind', async () => {
    fakeSystemTimers();
    await opened(new FakeArchive(...numbered(0, 2)));
    expect(vi.getTimerCount()).toBe(0);
  });

  test.each([
    ['each once, in its order', ['m2', 'new']],
    ['though a copy of something in it is told late', ['new', 'm1']],
  ])('comes before what has come meanwhile, %s', async (_, told) => {
    const bob = open(new FakeArchive(...numbered(0, 4)));
    for (const id of told) receive(id);
    await bob.loaded;
    expect(lines(bob)).toEqual(['(transport)', 'm0', 'm1', 'm2', 'm3', 'new']);
  });

  test('comes before what was typed meanwhile, though the archive does not know that yet', async () => {
    const archive = new FakeArchive(...numbered(0, 4));
    const bob = open(archive);
    bob.send('typed');
    receive('m3');
    expect(lines(bob)).toEqual(['typed', 'm3']);
    await bob.loaded;
    expect(lines(bob)).toEqual(['(transport)', 'm0', 'm1', 'm2', 'typed', 'm3']);
  });

  test('and is told a moment later is news all the same', async () => {
    const bob = await opened(new FakeArchive(...numbered(0, 2)));
    const told: string[] = [];
    session.addEventListener('message', (event) => told.push(event.message.id));
    receive('m1');
    expect([told, bob.unread, lines(bob)]).toEqual([['m1'], 1, ['(transport)', 'm0', 'm1']]);
  });

  test('shows own messages with the status that was written down, until there is news', async () => {
    const own = (id: string) => messageOf(id, { from: 'alice', to: 'bob', status: 'sending' });
    const archive = new FakeArchive(own('early'), own('late'), own('gone'));
    const bob = open(archive);
    const tell = (id: string, status: 'delivered' | 'removed') =>
      bob.follow({ ...new Event('delivery'), message: own(id), status, restored: false });
    tell('early', 'delivered');
    tell('gone', 'removed');
    await bob.loaded;
    const statuses = () => bob.store.messages.slice(1).map(({ id, status }) => `${id} ${status}`);
    expect(statuses()).toEqual(['early delivered', 'late sending']);
    tell('late', 'delivered');
    expect(statuses()).toEqual(['early delivered', 'late delivered']);
  });

  test.each([
    ['cannot be opened', () => Promise.reject(new Error('denied'))],
    ['is not there', () => Promise.resolve(undefined)],
    [
      'cannot be read',
      () => Promise.resolve(Object.assign(new FakeArchive(), { trouble: Promise.reject(new Error('broken')) })),
    ],
  ])('that %s: the chat goes on from memory', async (_, archive) => {
    const bob = open(archive());
    receive('new');
    await bob.loaded;
    expect([bob.isLoading, lines(bob)]).toEqual([false, ['(transport)', 'new']]);
  });

  test('that does not come within 2 s is not waited for, and shown when it comes', async () => {
    fakeSystemTimers();
    const archive = new FakeArchive(...numbered(0, 52));
    archive.unread.set('bob', ['m50', 'm51']);
    const answer = held(archive);
    const bob = open(archive);
    await vi.advanceTimersByTimeAsync(1_999);
    expect(bob.isLoading).toBe(true);
    await vi.advanceTimersByTimeAsync(1);
    expect([bob.isLoading, lines(bob)]).toEqual([false, ['(transport)']]);
    receive('new');
    answer();
    await vi.advanceTimersByTimeAsync(0);
    expect(lines(bob)).toEqual([...numbered(2, 52).map(({ id }) => id), 'new']);
    expect(vi.getTimerCount()).toBe(0);
    await bob.loadOlder();
    expect(lines(bob).slice(0, 3)).toEqual(['(transport)', 'm0', 'm1']);
  });

  test('is not marked as read before it can be seen', async () => {
    fakeSystemTimers();
    const archive = new FakeArchive(...numbered(0, 2));
    const answer = held(archive);
    const bob = open(archive);
    bob.addUnread(['m1']);
    await vi.advanceTimersByTimeAsync(2_000);
    receive('new');
    const counts: number[] = [];
    session.addEventListener('unread', () => counts.push(session.unread));
    bob.markRead();
    expect([bob.unreadIds, counts, tabs.told]).toEqual([['m1'], [1], []]);
    answer();
    await bob.answered;
    bob.markRead();
    expect([bob.unread, tabs.told]).toEqual([0, [{ fact: 'read', peerId: 'bob' }]]);
  });

  test('late: an own message whose end is known by then has it', async () => {
    fakeSystemTimers();
    const own = messageOf('own', { from: 'alice', to: 'bob', status: 'sending' });
    const archive = new FakeArchive(own);
    const answer = held(archive);
    const bob = open(archive);
    await vi.advanceTimersByTimeAsync(2_000);
    bob.follow({ ...new Event('delivery'), message: own, status: 'delivered', restored: false });
    answer();
    await bob.answered;
    expect(bob.store.get('own')?.status).toBe('delivered');
  });

  test.each(['queued', 'sending', 'unconfirmed', 'failed'] as const)(
    'takes the end that was written down of a message that is %s here',
    async (status) => {
      const own = messageOf('own', { from: 'alice', to: 'bob', status });
      const archive = new FakeArchive({ ...own, status: 'delivered' });
      const opening = open(archive);
      opening.follow({ ...new Event('delivery'), message: own, status, restored: true });
      opening.store.append(own);
      await opening.answered;
      expect([opening.store.get('own')?.status, opening.isWaiting]).toEqual(['delivered', false]);
      opening.store.update('own', { status });
      await opening.catchUp();
      expect(opening.store.get('own')?.status).toBe('delivered');
    },
  );

  test('I15: what may be missing is behind what was known then, not behind what was delivered since', async () => {
    const known = messageOf('known', { sentAt: MONDAY - 1e7 });
    const own: Message = { ...messageOf('own', { from: 'alice', to: 'bob', sentAt: MONDAY - 1e6 }), status: 'sending' };
    const archive = new FakeArchive(known, own);
    const answer = held(archive);
    const bob = open(archive);
    const asked: HistoryRequest[] = [];
    bob.loadHistory = (request) => {
      asked.push(request);
      return [];
    };
    answer();
    await bob.loaded;
    scene.client.dispatchEvent(new DeliveryEvent({ ...own, status: 'delivered' }, 'delivered'));
    await vi.waitFor(() => expect(asked.map(({ after }) => after?.id)).toContain('known'));
    expect(bob.store.get('own')?.status).toBe('delivered');
  });

  test('never takes back an end', async () => {
    const own = (id: string) => messageOf(id, { from: 'alice', to: 'bob', status: 'sending' });
    const bob = await opened(new FakeArchive(own('one'), { ...own('two'), status: 'sent' }));
    for (const id of ['one', 'two']) bob.store.update(id, { status: 'delivered' });
    await bob.catchUp();
    expect(['one', 'two'].map((id) => bob.store.get(id)?.status)).toEqual(['delivered', 'delivered']);
  });

  test('does not come back when it was cleared while it was read', async () => {
    const bob = open(new FakeArchive(...numbered(0, 2)));
    bob.clear();
    await bob.loaded;
    expect([bob.isLoading, lines(bob)]).toEqual([false, []]);
  });
});

describe('older messages', () => {
  test('come page by page, and the line about the transport marks the end', async () => {
    const archive = new FakeArchive(...numbered(0, 120));
    const bob = await opened(archive);
    const changes: string[] = [];
    bob.store.addEventListener('change', ({ change }) => changes.push(change.kind));
    const answer = held(archive);
    const loading = bob.loadOlder();
    await vi.waitFor(() => expect(lines(bob)[0]).toBe('(older)'));
    expect(bob.store.messages[0]?.sentAt).toBe(bob.store.messages[1]?.sentAt);
    const same = bob.loadOlder();
    answer();
    await Promise.all([loading, same]);
    expect(lines(bob)).toEqual(numbered(20, 120).map(({ id }) => id));
    expect(changes).toEqual(['insert', 'remove', 'prepend']);
    await bob.loadOlder();
    expect(lines(bob)).toEqual(['(transport)', ...numbered(0, 120).map(({ id }) => id)]);
    await bob.loadOlder();
    expect(archive.asked.map(([, , place]) => place)).toEqual([undefined, 70, 20]);
  });

  test('that cannot be read are said to be missing, and read again only when that is asked for', async () => {
    const archive = new FakeArchive(...numbered(0, 60));
    const bob = await opened(archive);
    archive.trouble = Promise.reject(new Error('broken'));
    await bob.loadOlder();
    expect(lines(bob).slice(0, 2)).toEqual(['(olderFailed)', 'm10']);
    archive.trouble = undefined;
    await bob.loadOlder();
    expect(lines(bob)[0]).toBe('(olderFailed)');
    bob.fillGap();
    await vi.waitFor(() => expect(lines(bob).slice(0, 2)).toEqual(['(transport)', 'm0']));
  });

  test('that do not come within 10 s have failed, and come too late then', async () => {
    const archive = new FakeArchive(...numbered(0, 300));
    const bob = await opened(archive);
    await bob.loadOlder();
    fakeSystemTimers();
    const answer = held(archive);
    void bob.loadOlder();
    await vi.advanceTimersByTimeAsync(9_999);
    expect(lines(bob)[0]).toBe('(older)');
    await vi.advanceTimersByTimeAsync(1);
    expect(lines(bob).slice(0, 2)).toEqual(['(olderFailed)', 'm200']);
    answer();
    await vi.advanceTimersByTimeAsync(0);
    expect(lines(bob).slice(0, 2)).toEqual(['(olderFailed)', 'm200']);
    bob.fillGap();
    await vi.advanceTimersByTimeAsync(0);
    expect(lines(bob)[0]).toBe('m150');
  });

  describe('that the device has not', () => {
    let requests: HistoryRequest[];
    let all: Message[];

    beforeEach(() => {
      requests = [];
      all = numbered(0, 130);
    });

    /** A history as it should be. */
    const load = (request: HistoryRequest) => {
      requests.push(request);
      const { before, after, limit } = request;
      if (before)
        return all
          .slice(
            0,
            all.findIndex(({ id }) => id === before.id),
          )
          .slice(-limit);
      return after ? all.slice(all.findIndex(({ id }) => id === after.id) + 1).slice(0, limit) : all.slice(-limit);
    };

    async function withHistory(archive: FakeArchive, history = load): Promise<PeerConversation> {
      const bob = open(archive);
      bob.loadHistory = history;
      await vi.waitFor(() => expect(requests).toHaveLength(1));
      await bob.loaded;
      await scene.settle();
      requests.length = 0;
      return bob;
    }

    test('are asked of the page’s history, told to all tabs, and are no news', async () => {
      const bob = await withHistory(new FakeArchive(...numbered(90, 130)));
      expect(lines(bob)).toEqual(numbered(90, 130).map(({ id }) => id));
      await bob.loadOlder();
      expect(requests).toMatchObject([{ before: { id: 'm90' }, after: undefined, since: undefined, limit: 50 }]);
      expect(lines(bob)).toEqual(numbered(40, 130).map(({ id }) => id));
      expect(tabs.told.at(-1)).toMatchObject({
        fact: 'found',
        peerId: 'bob',
        after: undefined,
        news: [],
        isAll: false,
      });
      await bob.loadOlder();
      expect(lines(bob)).toEqual(['(transport)', ...numbered(0, 130).map(({ id }) => id)]);
      await bob.loadOlder();
      expect(requests).toHaveLength(2);
      expect(bob.unread).toBe(0);
    });

    test.each<[string, () => readonly Message[]]>([
      ['has nothing', () => []],
      [
        'fails',
        () => {
          throw new Error('not now');
        },
      ],
    ])(
      'are asked for while the history shows the beginning: its line stays, though the answer %s',
      async (_, older) => {
        let beginning = (_: readonly Message[]) => {};
        let answer = () => {};
        const bob = open(new FakeArchive());
        bob.loadHistory = async (request) => {
          requests.push(request);
          if (!request.before) {
            return new Promise((resolve) => {
              beginning = resolve;
            });
          }
          await new Promise<void>((resolve) => {
            answer = resolve;
          });
          return older();
        };
        await vi.waitFor(() => expect(requests).toHaveLength(1));
        receive('m0');
        const loading = bob.loadOlder();
        await vi.waitFor(() => expect(requests).toHaveLength(2));
        beginning([messageOf('m0', { content: 'm0' })]);
        await vi.waitFor(() => expect(lines(bob)).toEqual(['(transport)', 'm0']));
        answer();
        await loading;
        expect(lines(bob)).toEqual(['(transport)', 'm0']);
      },
    );

    test('of a history that does not know what is wanted, only what is before counts', async () => {
      const newest = (request: HistoryRequest) => load({ ...request, before: undefined });
      const bob = await withHistory(new FakeArchive(...numbered(90, 130)), newest);
      await bob.loadOlder();
      expect(lines(bob).slice(0, 2)).toEqual(['m80', 'm81']);
      await bob.loadOlder();
      expect(lines(bob).slice(0, 2)).toEqual(['(transport)', 'm80']);
      expect(new Set(bob.store.messages.map(({ id }) => id)).size).toBe(bob.store.size);
    });

    test('are all shown, though one of them has been told late and is known', async () => {
      const bob = await withHistory(new FakeArchive(...numbered(100, 130)));
      receive('m97');
      await bob.loadOlder();
      const late = ['m98', 'm99', ...numbered(100, 130).map(({ id }) => id), 'm97'];
      expect(lines(bob)).toEqual([...numbered(50, 97).map(({ id }) => id), ...late]);
    });

    test('I5: what the server got later than it was written down here leaves own messages in their order', async () => {
      const own = (id: string) => messageOf(id, { content: id, from: 'alice', to: 'bob', status: 'delivered' });
      const [one, two, three] = [own('one'), own('two'), own('three')];
      const [before, after] = [numbered(0, 60), numbered(60, 65)];
      all = [...before, ...after, one, two, three];
      const bob = await withHistory(new FakeArchive(...before, two, ...after, three));
      session.tabs.tell({ fact: 'found', peerId: 'bob', after: undefined, messages: all, news: [], isAll: true });
      await scene.settle();
      expect(lines(bob).slice(-9)).toEqual(['m59', 'one', 'two', ...after.map(({ id }) => id), 'three']);
    });

    test('of a history that fails are said to be missing', async () => {
      let works = true;
      const bob = await withHistory(new FakeArchive(...numbered(90, 130)), (request) => {
        if (!works) throw new Error('not now');
        return load(request);
      });
      works = false;
      await bob.loadOlder();
      expect(lines(bob).slice(0, 2)).toEqual(['(olderFailed)', 'm90']);
      works = true;
      bob.fillGap();
      await vi.waitFor(() => expect(lines(bob)[0]).toBe('m40'));
    });

    test('of a history that failed are asked for again after the next login', async () => {
      let works = true;
      const bob = await withHistory(new FakeArchive(...numbered(90, 130)), (request) => {
        if (!works) throw new Error('not now');
        return load(request);
      });
      works = false;
      await bob.loadOlder();
      expect(lines(bob)[0]).toBe('(olderFailed)');
      works = true;
      bob.resync(undefined);
      await vi.waitFor(() => expect(lines(bob)[0]).toBe('m40'));
    });

    test('are not asked for while nothing is known, nor is anything said of them', async () => {
      const bob = open(new FakeArchive());
      bob.loadHistory = (request) => {
        requests.push(request);
        return new Promise(() => {});
      };
      await vi.waitFor(() => expect(requests).toHaveLength(1));
      bob.send('hello');
      await bob.loadOlder();
      expect(requests).toMatchObject([{ before: undefined }]);
      expect(lines(bob)).toEqual(['hello']);
    });

    test('what came after what is kept is asked for at the login, and is news', async () => {
      const bob = open(new FakeArchive(...numbered(0, 128)));
      receive('since the login');
      bob.loadHistory = load;
      receive('at the same time');
      await vi.waitFor(() => expect(lines(bob)).toContain('m129'));
      expect(requests.at(-1)).toMatchObject({ after: { id: 'm127' } });
      expect(lines(bob).slice(-5)).toEqual(['m127', 'm128', 'm129', 'since the login', 'at the same time']);
      expect(bob.unread).toBe(4);
    });

    test('a gap that an earlier page left is filled from where it begins', async () => {
      const kept = [...numbered(0, 10), ...numbered(20, 130)];
      const bob = open(new FakeArchive(...kept));
      bob.missing = 'm9';
      bob.loadHistory = load;
      await vi.waitFor(() => expect(lines(bob)).toContain('m10'));
      expect(requests[0]).toMatchObject({ after: { id: 'm9' } });
      // Known until it is written down: this page may be gone before.
      expect(bob.missing).toBe('m9');
      vi.spyOn(systemClock, 'monotonic').mockReturnValue(systemClock.monotonic() + 2_001);
      expect(bob.missing).toBeUndefined();
      expect(lines(bob)).toEqual(['(transport)', ...all.map(({ id }) => id)].slice(-lines(bob).length));
      expect(lines(bob)).toContain('m9');
    });

    test('a gap of which only the device knows is filled from where it begins, once', async () => {
      const archive = new FakeArchive(...numbered(0, 10), ...numbered(20, 130));
      archive.missing = 'm9';
      const bob = open(archive);
      bob.loadHistory = load;
      await vi.waitFor(() => expect(lines(bob)).toContain('m10'));
      expect(requests[0]).toMatchObject({ after: { id: 'm9' } });
      expect(lines(bob)).toEqual(['(transport)', ...all.map(({ id }) => id)].slice(-lines(bob).length));
      requests.length = 0;
      bob.resync(undefined);
      await vi.waitFor(() => expect(requests).toHaveLength(1));
      expect(requests[0]).toMatchObject({ after: { id: 'm129' } });
    });

    test('a gap that an earlier page left is filled though a later one is being asked about', async () => {
      const kept = [...numbered(0, 10), ...numbered(20, 100)];
      let answer = () => {};
      const asked = new Promise<void>((resolve) => {
        answer = resolve;
      });
      const bob = open(new FakeArchive(...kept));
      bob.loadHistory = async (request) => {
        const found = load(request);
        if (requests.length === 1) await asked;
        return found;
      };
      // Known at once: this page may be gone before the gap is open.
      await bob.loaded;
      expect(bob.missing).toBe('m99');
      await vi.waitFor(() => expect(requests).toHaveLength(1));
      bob.missing = 'm9';
      await vi.waitFor(() => expect(lines(bob)).toContain('m10'));
      expect(requests.map(({ after }) => after?.id)).toContain('m9');
      answer();
      await vi.waitFor(() => expect(lines(bob)).toEqual(all.map(({ id }) => id).slice(-lines(bob).length)));
    });

    test('each login tells whoever writes it down that something may be missing, before anything comes after it', async () => {
      const bob = await withHistory(new FakeArchive(...numbered(0, 130)));
      const told: unknown[] = [];
      tabs.tab().listen((fact) => told.push(fact), new AbortController().signal);
      bob.resync(undefined);
      // A frame is a task of its own.
      await new Promise(setImmediate);
      const nothing = { messages: [], news: [], isAll: false };
      expect(told[0]).toEqual({ fact: 'found', peerId: 'bob', after: 'm129', ...nothing });
    });

    test('a gap that is open is known by the message before it', async () => {
      let works = true;
      const bob = await withHistory(new FakeArchive(...numbered(0, 130)), (request) => {
        if (!works) throw new Error('not now');
        return load(request);
      });
      vi.spyOn(systemClock, 'monotonic').mockReturnValue(systemClock.monotonic() + 2_001);
      expect(bob.missing).toBeUndefined();
      works = false;
      bob.resync(undefined);
      await vi.waitFor(() => expect(lines(bob).at(-1)).toBe('(gap)'));
      expect(bob.missing).toBe('m129');
      bob.clear();
      expect(bob.missing).toBeUndefined();
      bob.missing = 'what an earlier page left';
      bob.clear();
      expect(bob.missing).toBeUndefined();
    });
  });

  test('are loaded until the one that is looked for is there, and not for ever', async () => {
    const archive = new FakeArchive(...numbered(0, 2_000));
    const bob = await opened(archive);
    expect(await bob.reach('m1800')).toBe(true);
    expect(lines(bob)[0]).toBe('m1800');
    expect(await bob.reach('nobody')).toBe(false);
    expect(archive.asked.length).toBe(4 + 20);
  });
});

test('own news are followed while the page is read', async () => {
  const bob = open(new FakeArchive());
  const { id } = bob.send('typed');
  scene.socket.deliver(ackOf(id));
  await bob.loaded;
  expect(bob.store.messages.map(({ content, status }) => `${content} ${status}`)).toEqual([
    'transport note',
    'typed delivered',
  ]);
});

describe('what was deleted', () => {
  const gone = (id: string) => messageOf(id, { content: '', deleted: true, sentAt: numbered(0, 300)[0]?.sentAt ?? 0 });
  const isGone = ({ store }: PeerConversation, id: string) =>
    store.get(id)?.deleted === true && store.shown.every((each) => each.id !== id);
  const remove = (id: string) => tabs.tab().tell({ fact: 'deleted', peerId: 'bob', id });

  test('stays so on the next page, the older ones too', async () => {
    const all = numbered(0, 60).map((each) => (/^m(5|57)$/.test(each.id) ? { ...each, ...gone(each.id) } : each));
    const bob = await opened(new FakeArchive(...all));
    await bob.loadOlder();
    expect(['m5', 'm57'].map((id) => isGone(bob, id))).toEqual([true, true]);
    expect([bob.store.size, bob.store.shown.length]).toEqual([61, 59]);
  });

  test('while the page is read does not come with it, nor with the older ones', async () => {
    const archive = new FakeArchive(...numbered(0, 60));
    let answer = held(archive);
    const bob = open(archive);
    remove('m57');
    answer();
    await bob.loaded;
    expect(isGone(bob, 'm57')).toBe(true);
    answer = held(archive);
    const older = bob.loadOlder();
    remove('m5');
    answer();
    await older;
    expect(isGone(bob, 'm5')).toBe(true);
  });

  test('and is told of a moment later is no news', async () => {
    const bob = await opened(new FakeArchive(messageOf('m0'), gone('m1')));
    const told: string[] = [];
    session.addEventListener('message', (event) => told.push(event.message.id));
    receive('m1');
    expect([told, bob.unread, isGone(bob, 'm1')]).toEqual([[], 0, true]);
  });

  test('while this page was stopped goes, wherever it stands', async () => {
    const archive = new FakeArchive(...numbered(0, 260));
    const bob = await opened(archive);
    while (bob.store.messages[0]?.id !== 'm110') await bob.loadOlder();
    for (const id of ['m120', 'm259']) await archive.erase('bob', id);
    archive.asked.length = 0;
    await bob.catchUp();
    expect(['m120', 'm259', 'm200'].map((id) => isGone(bob, id))).toEqual([true, true, false]);
    // Not what is older than all that is shown.
    expect(archive.asked).toHaveLength(4);
    expect(bob.store.has('m109')).toBe(false);
  });

  test('goes from a store of the page that has it as it was, with the older ones too', async () => {
    const archive = new FakeArchive(...numbered(0, 60));
    for (const id of ['m5', 'm57']) await archive.erase('bob', id);
    session = new ChatSession(scene.client, tabs.tab(), Promise.resolve(archive));
    const store = new MessageStore();
    store.appendAll(numbered(5, 60));
    const bob = session.conversation('bob', store);
    await bob.answered;
    await bob.loadOlder();
    expect(['m5', 'm57'].map((id) => isGone(bob, id))).toEqual([true, true]);
  });
});

describe('nothing of a user comes back on the screen', () => {
  const news = new Event('joined');

  test.each(['over', 'wiped'] as const)('once it is %s, until somebody logs in again', async (fact) => {
    const archive = new FakeArchive(...numbered(0, 3));
    const bob = await opened(archive);
    archive.unread.set('bob', ['m2']);
    scene.client.disconnect();
    tabs.tab().tell({ fact });
    scene.client.dispatchEvent(news);
    await scene.settle();
    expect([lines(bob), session.unread]).toEqual([[], 0]);
    scene.client.connect();
    await vi.waitFor(() => expect(lines(bob)).toEqual(['m0', 'm1', 'm2']));
    expect(session.unread).toBe(1);
  });

  test('in a conversation that is opened meanwhile neither', async () => {
    const archive = new FakeArchive(messageOf('c', { from: 'carol' }));
    await opened(archive);
    scene.client.disconnect();
    tabs.tab().tell({ fact: 'over' });
    const carol = session.conversation('carol');
    await scene.settle();
    expect(lines(carol)).toEqual([]);
    scene.client.connect();
    await carol.answered;
    expect(carol.store.has('c')).toBe(true);
  });

  test('of hundreds that were missed none is left out, though the last one is known already', async () => {
    const archive = new FakeArchive(...numbered(0, 60));
    const bob = await opened(archive);
    for (const missed of numbered(60, 300)) await archive.received(missed);
    receive('m299');
    await bob.catchUp();
    expect(lines(bob)).toEqual(numbered(10, 300).map(({ id }) => id));
  });

  test('what is missed after a transcript was cleared while it was read is shown all the same', async () => {
    const archive = new FakeArchive(...numbered(0, 2));
    const bob = open(archive);
    bob.clear();
    await bob.loaded;
    await archive.clear('bob');
    await archive.received(messageOf('later', { content: 'later' }));
    await bob.catchUp();
    expect(lines(bob)).toEqual(['later']);
  });
});
