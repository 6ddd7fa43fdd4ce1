import './all-rows.js';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { ChatWindow } from '../../src/components/chat-window.js';
import type { MessageComposer } from '../../src/components/message-composer.js';
import { ReceiverRequestEvent, SendRequestEvent } from '../../src/components/request-events.js';
import type { ChatWindowEventMap } from '../../src/components/window-events.js';
import { WindowSession } from '../../src/components/window-session.js';
import { en } from '../../src/locales/en.js';
import { onDemandEn } from '../../src/locales/on-demand-en.js';
import { ChatSession } from '../../src/store/chat-session.js';
import type { Fact } from '../../src/store/facts.js';
import type { PeerConversation } from '../../src/store/peer-conversation.js';
import { Scene } from '../client/scene.js';
import { ackOf, kickedOut, message, refused, serverError } from '../client/server-frames.js';
import { FakeArchive } from '../support/fake-archive.js';
import type { FakeSocket } from '../support/fake-socket.js';
import { change, inside, mount, textOf } from './mount.js';

let scene: Scene;
let socket: FakeSocket;
let visibility: DocumentVisibilityState;
let log: string[];

const describeEvent: { [K in keyof ChatWindowEventMap]: (event: ChatWindowEventMap[K]) => string } = {
  'chat-ready': () => 'ready',
  'chat-message': ({ direction, peerId, message }) => `${direction} ${peerId}: ${message.content}`,
  'chat-status': ({ state, previous }) => `${previous.name} -> ${state.name}`,
  'chat-delivery': ({ id, status, message }) => `${message.content} ${status}${id === message.id ? '' : '?'}`,
  'chat-unread': ({ peerId, count, total }) => `unread ${peerId} ${count} of ${total}`,
  'chat-resync': ({ reason }) => `resync ${reason}`,
  'chat-kickout': ({ code, detail }) => `kickout ${code} ${detail}`,
  'chat-error': ({ error }) => error.name,
};

beforeEach(async () => {
  scene = new Scene();
  socket = await scene.online();
  log = [];
  for (const [type, tell] of Object.entries(describeEvent)) {
    document.body.addEventListener(type, note, { signal: ended.signal });
    function note(event: Event): void {
      log.push(`${event.composed ? '' : 'not composed: '}${tell(event as never)}`);
    }
  }
  visibility = 'visible';
  vi.spyOn(Document.prototype, 'visibilityState', 'get').mockImplementation(() => visibility);
});

let ended = new AbortController();
afterEach(() => {
  ended.abort();
  ended = new AbortController();
  vi.restoreAllMocks();
  scene.client.disconnect();
});

/** A window over the client of the scene, and what it told the page beyond being ready. */
async function windowOf(properties: Partial<ChatWindow> = {}): Promise<ChatWindow> {
  const window = await mount(ChatWindow, {
    client: scene.client,
    userId: 'alice',
    peerId: 'bob',
    locale: 'en',
    ...properties,
  });
  expect(take()).toContain('ready');
  return window;
}

const take = () => log.splice(0);

const contents = (window: ChatWindow) =>
  window.conversation?.store.messages.filter(({ status }) => status !== 'note').map(({ content }) => content);

async function choose(window: ChatWindow, peerId: string): Promise<void> {
  inside(window, 'message-composer').dispatchEvent(new ReceiverRequestEvent(peerId));
  await window.updateComplete;
}

describe('a window tells the page', () => {
  test('of messages in both directions and of what becomes of its own', async () => {
    const window = await windowOf();
    socket.deliver(message('1'));
    const { id, delivered } = window.send('hi');
    socket.deliver(ackOf(id));
    expect(await delivered).toBe('delivered');
    expect(take()).toEqual(['in bob: hello', 'out bob: hi', 'hi sending', 'hi delivered']);
  });

  test('how a message ended that was never sent', async () => {
    const window = await windowOf();
    window.disconnect();
    take();
    const { id, delivered } = window.send('hi');
    expect([window.remove(id), window.cancel(id)]).toEqual([false, true]);
    expect(await delivered).toBe('cancelled');
    expect(take()).toEqual(['out bob: hi', 'hi queued', 'hi cancelled']);
    expect(contents(window)).toEqual([]);
  });

  test('of the connection, a kick-out and errors', async () => {
    const window = await windowOf();
    socket.deliver(serverError(4));
    expect(take()).toEqual(['ServerError']);
    socket.deliver(kickedOut(2, 'spam'));
    expect(take()).toEqual(['connected -> disconnected', 'kickout 2 spam']);
    window.connect();
    await scene.settle();
    scene.socket.open();
    scene.socket.deliver(refused(1025));
    expect(take()).toEqual(['disconnected -> connecting', 'connecting -> disconnected', 'LoginRefusedError']);
    await window.updateComplete;
    expect(inside<MessageComposer>(window, 'message-composer').readonly).toBe(true);
    // It comes on demand; until then two words have to do.
    expect(window.shadowRoot?.querySelector('session-ended')?.textContent).toBe(en.disconnected);
    await vi.waitFor(() => expect(textOf(inside(window, 'session-ended'))).toContain(onDemandEn.refused(1025)));
  });

  test('of a message too large to send, which does not appear', async () => {
    const window = await windowOf();
    const { id, delivered } = window.send('字'.repeat(22_000));
    expect([id, await delivered]).toEqual(['', 'failed']);
    expect(take()).toEqual(['FrameTooLargeError']);
    expect(contents(window)).toEqual([]);
  });
});

describe('I22: unread', () => {
  test('are the messages that come while the page is hidden, until it is seen', async () => {
    await windowOf();
    visibility = 'hidden';
    socket.deliver(message('1'));
    socket.deliver(message('2'));
    expect(take()).toEqual(['in bob: hello', 'unread bob 1 of 1', 'in bob: hello', 'unread bob 2 of 2']);
    visibility = 'visible';
    document.dispatchEvent(new Event('visibilitychange'));
    expect(take()).toEqual(['unread bob 0 of 0']);
    document.dispatchEvent(new Event('visibilitychange'));
    socket.deliver(message('3'));
    expect(take()).toEqual(['in bob: hello']);
  });

  test.each([
    ['is not displayed', { display: 'none' }],
    ['is not visible', { visibility: 'hidden' }],
  ])('are the messages that come while the window %s, until somebody works in it', async (_, style) => {
    vi.spyOn(Document.prototype, 'hasFocus').mockReturnValue(true);
    const window = await windowOf();
    Object.assign(window.style, style);
    // What a look says holds for 100 ms.
    window.dispatchEvent(new FocusEvent('focusin'));
    socket.deliver(message('1'));
    window.dispatchEvent(new FocusEvent('focusin'));
    expect(take()).toEqual(['in bob: hello', 'unread bob 1 of 1']);
    window.removeAttribute('style');
    window.dispatchEvent(new FocusEvent('focusin'));
    expect(take()).toEqual(['unread bob 0 of 0']);
  });

  test('are the messages of a peer whom no window shows; they are in no other window', async () => {
    const window = await windowOf();
    socket.deliver(message('1', { from: 'carol', dataContent: 'for later' }));
    socket.deliver(message('2', { from: '0', dataContent: 'of the server' }));
    expect(take()).toEqual(['unread carol 1 of 1', 'unread 0 1 of 2']);
    expect(contents(window)).toEqual([]);
    await change(window, { peerId: 'carol' });
    expect(contents(window)).toEqual(['for later']);
    expect(take()).toEqual(['unread carol 0 of 1']);
  });

  test('are none once another tab shows them, and what comes while this one is in view is read in all', async () => {
    const window = await windowOf();
    const { tabs } = (window.conversation as PeerConversation).surroundings;
    visibility = 'hidden';
    socket.deliver(message('1'));
    take();
    tabs.tell({ fact: 'read', peerId: 'bob' });
    expect(take()).toEqual(['unread bob 0 of 0']);
    visibility = 'visible';
    const told: Fact[] = [];
    tabs.listen((fact) => told.push(fact), ended.signal);
    socket.deliver(message('2'));
    expect(told).toEqual([{ fact: 'read', peerId: 'bob' }]);
  });

  test('are none of a peer whom another window shows', async () => {
    await windowOf();
    await windowOf({ peerId: 'carol' });
    socket.deliver(message('1', { from: 'carol' }));
    expect(take()).toEqual(['in carol: hello']);
  });
});

test.each(['wiped', 'over'] as const)('of a user who is %s, told by another tab, nothing stays', async (fact) => {
  const window = await windowOf();
  socket.deliver(message('1'));
  await window.updateComplete;
  const composer = inside<MessageComposer>(window, 'message-composer');
  composer.value = 'private';
  (window.conversation as PeerConversation).surroundings.tabs.tell({ fact });
  await window.updateComplete;
  expect([contents(window), composer.value, textOf(inside(window, '[role=log]'))]).toEqual([[], '', '']);
});

test('clear() tells all tabs', async () => {
  const window = await windowOf();
  const { tabs } = (window.conversation as PeerConversation).surroundings;
  const told: Fact[] = [];
  tabs.listen((fact) => told.push(fact), ended.signal);
  socket.deliver(message('1'));
  told.length = 0;
  window.clear();
  expect([contents(window), told]).toEqual([[], [{ fact: 'cleared', peerId: 'bob' }]]);
});

describe('without a fixed peer', () => {
  test('the person names the receiver; before that nothing is sent', async () => {
    const window = await windowOf({ peerId: '' });
    const composer = inside<MessageComposer>(window, 'message-composer');
    expect(composer.askReceiver).toBe(true);
    expect(textOf(inside(window, '[part=empty]'))).toBe(en.chooseReceiver);
    expect(composer.dispatchEvent(new SendRequestEvent('hi'))).toBe(false);
    await composer.updateComplete;
    expect(textOf(inside(composer, '#hint'))).toBe(en.chooseReceiver);

    await choose(window, 'bob');
    expect(composer.dispatchEvent(new SendRequestEvent('hi'))).toBe(true);
    expect(take()).toEqual(['out bob: hi', 'hi sending']);
    await choose(window, '');
    expect(window.conversation).toBeUndefined();
    expect(window.send('hi').id).toBe('');
    expect(take()).toEqual(['Error']);
  });

  test('whoever writes first is the one; others are announced, and shown at a press', async () => {
    const window = await windowOf({ peerId: '' });
    socket.deliver(message('1'));
    await window.updateComplete;
    expect(contents(window)).toEqual(['hello']);
    socket.deliver(message('2', { from: 'carol', dataContent: 'me too' }));
    await window.updateComplete;
    expect(contents(window)).toEqual(['hello']);
    const button = inside(window, '.heard');
    expect(textOf(button)).toBe('New message from UID: carol');
    button.click();
    await window.updateComplete;
    expect(contents(window)).toEqual(['me too']);
    expect(window.shadowRoot?.querySelector('.heard')).toBeNull();
  });

  test('nothing of it stays for the next user', async () => {
    const window = await windowOf({ peerId: '' });
    socket.deliver(message('1'));
    socket.deliver(message('2', { from: 'carol' }));
    await window.updateComplete;
    inside<MessageComposer>(window, 'message-composer').value = 'draft';
    const next = new Scene({ userId: 'dave' });
    window.client = next.client;
    window.identify({ userId: 'dave' });
    await window.updateComplete;
    const composer = inside<MessageComposer>(window, 'message-composer');
    expect([composer.value, composer.receiver, textOf(inside(window, '[role=log]'))]).toEqual(['', '', '']);
    expect(window.shadowRoot?.querySelector('.heard')).toBeNull();
    expect(contents(window)).toBeUndefined();
  });
});

test('a screen reader hears who wrote what, briefly', async () => {
  const window = await windowOf({ peerName: 'Bob' });
  socket.deliver(message('1', { dataContent: `<b>${'x'.repeat(1_000)}` }));
  await window.updateComplete;
  const spoken = textOf(inside(window, '[role=log]'));
  expect(spoken).toBe(`Bob: <b>${'x'.repeat(297)}`);
});

describe('I11: once removed', () => {
  test('a window hears nothing more, and its messages are unread', async () => {
    const window = await windowOf();
    const { conversation } = window;
    window.remove();
    socket.deliver(message('1'));
    socket.serverClose(1006);
    document.dispatchEvent(new Event('visibilitychange'));
    expect(take()).toEqual([]);
    expect(conversation?.store.messages.at(-1)?.content).toBe('hello');
    document.body.append(window);
    await window.updateComplete;
    expect(window.conversation).toBe(conversation);
    expect(take()).toEqual(['unread bob 0 of 0']);
  });

  test('and put back a hundred times, it tells everything once', async () => {
    const window = await windowOf();
    for (let i = 0; i < 100; i++) {
      window.remove();
      document.body.append(window);
    }
    await window.updateComplete;
    socket.deliver(message('1'));
    expect(take()).toEqual(['in bob: hello']);
  });
});

test('the lines of a conversation begin with the transport', async () => {
  const window = await windowOf();
  expect(window.conversation?.store.messages.map(({ status, content }) => [status, content])).toEqual([
    ['note', 'transport'],
  ]);
});

test('what is kept and comes late is read when it is there', async () => {
  vi.spyOn(Document.prototype, 'hasFocus').mockReturnValue(true);
  let open = (_: FakeArchive) => {};
  const archive = new Promise<FakeArchive>((resolve) => {
    open = resolve;
  });
  const session = new ChatSession(scene.client, undefined, archive);
  const wishes = { unreadTitle: 'off', sound: 'off', notifications: 'off', peerId: 'bob', peerName: '' } as const;
  const own = new WindowSession(Object.assign(new EventTarget(), wishes), {
    ...{ changed: () => {}, received: () => {}, turned: () => {}, forgotten: () => {}, heardFrom: () => {} },
    texts: () => ({ ...en }),
  });
  const shown = { userId: 'alice', peerId: 'bob', store: undefined, loadHistory: undefined, log: undefined };
  own.use({ session, join: () => {}, connect: () => {}, end: () => {}, release: () => {} }, shown);
  const bob = session.conversation('bob');
  bob.addUnread(['m']);
  socket.deliver(message('1'));
  expect(session.unread).toBe(1);
  open(new FakeArchive());
  await bob.answered;
  await scene.settle();
  expect(session.unread).toBe(0);
  session.close();
});

test('hears when what is kept on the device is there, though it is nothing', async () => {
  const session = new ChatSession(scene.client, undefined, Promise.resolve(new FakeArchive()));
  const changed = vi.fn();
  const wishes = { unreadTitle: 'off', sound: 'off', notifications: 'off', peerId: 'bob', peerName: '' } as const;
  const own = new WindowSession(Object.assign(new EventTarget(), wishes), {
    ...{ changed, received: () => {}, turned: () => {}, forgotten: () => {}, heardFrom: () => {} },
    texts: () => ({ ...en }),
  });
  const shown = { userId: 'alice', peerId: 'bob', store: undefined, loadHistory: () => [], log: undefined };
  own.use({ session, join: () => {}, connect: () => {}, end: () => {}, release: () => {} }, shown);
  changed.mockClear();
  expect(own.conversation?.isLoading).toBe(true);
  await session.conversation('bob').loaded;
  expect([own.conversation?.isLoading, own.conversation?.store.size, changed.mock.calls]).toEqual([false, 0, [[]]]);
  session.close();
});
