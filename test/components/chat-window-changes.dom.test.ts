import './all-rows.js';
import { beforeEach, describe, expect, test, vi } from 'vitest';
import type { ChatWindow as ChatWindowClass } from '../../src/components/chat-window.js';
import type { MessageComposer } from '../../src/components/message-composer.js';
import type { ChatErrorEvent, ChatMessageEvent } from '../../src/components/window-events.js';
import { PacketType } from '../../src/protocol/index.js';
import { kickedOut, loggedIn, message, refused } from '../client/server-frames.js';
import { messageOf } from '../store/messages.js';
import { FakeClock } from '../support/fake-clock.js';
import { type FakeSocket, fakeSockets } from '../support/fake-socket.js';

// The client takes the global WebSocket when it is loaded.
const { WebSocket, sockets } = fakeSockets(new FakeClock());
vi.stubGlobal('WebSocket', WebSocket);
// Nowhere to meet other tabs: a window connects at once.
vi.stubGlobal('localStorage', undefined);
const { change, heard, inside, mount, textOf } = await import('./mount.js');
const { ChatWindow } = await import('../../src/components/chat-window.js');
const { MessageStore } = await import('../../src/store/message-store.js');
// Comes on demand, and is there at once when it was before.
await import('../../src/components/views.js');

const serverUrl = 'wss://im.example.com/websocket';
let userId = '';
let users = 0;
beforeEach(() => {
  users += 1;
  userId = `user ${users}`;
});

/** All that promises still have to do. */
const settled = () => new Promise<void>((resolve) => setImmediate(resolve));

async function lastSocket(): Promise<FakeSocket> {
  await settled();
  const socket = sockets.at(-1);
  if (!socket) throw new Error('Expected a socket');
  return socket;
}

async function open(properties: Partial<ChatWindowClass> = {}): Promise<[ChatWindowClass, FakeSocket]> {
  const window = await mount(ChatWindow, { serverUrl, userId, peerId: 'bob', locale: 'en', ...properties });
  const socket = await lastSocket();
  socket.open();
  socket.deliver(loggedIn(userId));
  return [window, socket];
}

const composerOf = (window: ChatWindowClass) => inside<MessageComposer>(window, 'message-composer');
const readOut = (window: ChatWindowClass) => textOf(inside(window, '[aria-live=polite]')).replace(/\s+/g, ' ');
const transcript = (window: ChatWindowClass) =>
  window.conversation?.store.messages.filter(({ status }) => status !== 'note').map(({ content }) => content);
const from = (peer: string, fp: string) => message(fp, { from: peer, to: userId, dataContent: `from ${peer}` });

describe('another peer', () => {
  test('gets none of what was typed for the first, who gets it back', async () => {
    const [window] = await open();
    composerOf(window).value = 'for bob';
    await change(window, { peerId: 'carol' });
    expect(composerOf(window).value).toBe('');
    composerOf(window).value = 'for carol';
    await change(window, { peerId: 'bob' });
    expect(composerOf(window).value).toBe('for bob');
    await change(window, { peerId: 'carol' });
    expect(composerOf(window).value).toBe('for carol');
  });

  test('is not shown the store that came for the first', async () => {
    const store = new MessageStore();
    const [window, socket] = await open({ store });
    socket.deliver(from('bob', 'b1'));
    await change(window, { peerId: 'carol' });
    socket.deliver(from('carol', 'c1'));
    expect(transcript(window)).toEqual(['from carol']);
    expect(store.messages.map(({ content }) => content)).toEqual(['transport', 'from bob']);
    await change(window, { peerId: 'bob' });
    expect(window.conversation?.store).toBe(store);
  });

  test('begins with nothing read out', async () => {
    const [window, socket] = await open();
    socket.deliver(from('bob', 'b1'));
    socket.deliver(from('bob', 'b2'));
    await window.updateComplete;
    expect(readOut(window)).toBe('UID: bob: from bobUID: bob: from bob');
    await change(window, { peerId: 'carol' });
    expect(readOut(window)).toBe('');
  });

  test('a store that comes while another window shows the conversation is not used, and both go on', async () => {
    const [first, socket] = await open();
    const store = new MessageStore();
    const second = await mount(ChatWindow, { serverUrl, userId, peerId: 'bob', store });
    socket.deliver(from('bob', 'b1'));
    expect([transcript(first), transcript(second)]).toEqual([['from bob'], ['from bob']]);
    expect(store.size).toBe(0);
  });
});

describe('another user', () => {
  test.each(['attribute', 'identify'])('by %s sees nothing of the one before', async (way) => {
    const [window, socket] = await open();
    socket.deliver(from('bob', 'b1'));
    composerOf(window).value = 'private';
    const before = userId;
    userId = `${before} next`;
    if (way === 'identify') window.identify({ userId });
    else window.setAttribute('user-id', userId);
    await window.updateComplete;
    expect([transcript(window), composerOf(window).value, readOut(window)]).toEqual([[], '', '']);
    const next = await lastSocket();
    expect(next).not.toBe(socket);
  });
});

describe('who connects', () => {
  test('V1: new credentials after a refused login do, by identify() and by getToken', async () => {
    const window = await mount(ChatWindow, { serverUrl, userId, peerId: 'bob' });
    for (const renew of [
      () => window.identify({ userId, getToken: () => 'better' }),
      () => {
        window.getToken = () => 'best';
      },
    ]) {
      const socket = await lastSocket();
      socket.open();
      socket.deliver(refused(1027));
      expect(window.connectionState).toMatchObject({ reason: 'refused' });
      renew();
      await window.updateComplete;
      expect(await lastSocket()).not.toBe(socket);
      expect(window.connectionState.name).toBe('connecting');
    }
  });

  test('I10: a window that comes back long after a kick-out does not', async () => {
    const [window, socket] = await open();
    socket.deliver(kickedOut(1));
    const made = sockets.length;
    window.remove();
    await new Promise((resolve) => setTimeout(resolve));
    document.body.append(window);
    await window.updateComplete;
    await settled();
    expect(sockets).toHaveLength(made);
    expect(window.connectionState).toMatchObject({ reason: 'kicked' });
    window.connect();
    await settled();
    expect(sockets).toHaveLength(made + 1);
  });

  test('disconnect() in answer to a kick-out leaves the reason and "use it here"', async () => {
    const [window, socket] = await open();
    window.addEventListener('chat-kickout', () => window.disconnect());
    socket.deliver(kickedOut(1));
    expect(window.connectionState).toMatchObject({ reason: 'kicked' });
  });

  test('what a chat-error listener sets right is heeded', async () => {
    const window = new ChatWindow();
    window.addEventListener('chat-error', () => Object.assign(window, { serverUrl, userId, peerId: 'bob' }), {
      once: true,
    });
    const made = sockets.length;
    document.body.append(window);
    await window.updateComplete;
    await window.updateComplete;
    await settled();
    expect(sockets).toHaveLength(made + 1);
    expect(window.shadowRoot?.querySelector('[part=problem]')).toBeNull();
  });

  test('what is sent at the first status finds its conversation', async () => {
    const window = new ChatWindow();
    Object.assign(window, { serverUrl, userId, peerId: 'bob' });
    const ids: string[] = [];
    window.addEventListener('chat-status', () => ids.push(window.send('early').id), { once: true });
    document.body.append(window);
    await window.updateComplete;
    expect(ids).toEqual([expect.stringMatching(/.+/)]);
    // Shown when it is certain whether it can be kept.
    await expect.poll(() => transcript(window)).toContain('early');
  });
});

test('an attribute that is taken away has its default again', async () => {
  const [window] = await open();
  const client = window.conversation;
  for (const name of ['theme', 'app-id', 'peer-avatar']) {
    window.setAttribute(name, name === 'theme' ? 'dark' : '');
    window.removeAttribute(name);
  }
  await window.updateComplete;
  expect([window.getAttribute('theme'), window.appId, window.peerAvatar]).toEqual(['auto', '', '']);
  expect(window.conversation).toBe(client);
});

test('logout with wipe forgets what waits, what is shown and what was typed', async () => {
  const [window, socket] = await open();
  socket.deliver(from('bob', 'b1'));
  window.disconnect();
  window.send('waiting');
  composerOf(window).value = 'typed';
  window.logout({ wipe: true });
  expect([transcript(window), composerOf(window).value]).toEqual([[], '']);
  window.connect();
  const next = await lastSocket();
  next.open();
  next.deliver(loggedIn(userId));
  expect(next.sent(PacketType.data)).toEqual([]);
});

test.each([undefined, 42, { a: 1 }])('send(%j) sends nothing and is told', async (content) => {
  const [window, socket] = await open();
  const errors = heard<ChatErrorEvent>(window, 'chat-error');
  expect(window.send(content as unknown as string).id).toBe('');
  expect(errors.map(({ error }) => error.message)).toEqual([
    expect.stringMatching(/^content: expected a string, got /),
  ]);
  expect(socket.sent(PacketType.data)).toEqual([]);
});

test('the server and nobody are not taken for somebody who wants to talk', async () => {
  const [window, socket] = await open({ peerId: '' });
  for (const sender of ['0', '-1']) socket.deliver(from(sender, `fp ${sender}`));
  await window.updateComplete;
  expect(window.conversation).toBeUndefined();
  socket.deliver(from('bob', 'b1'));
  await window.updateComplete;
  expect(window.conversation?.peerId).toBe('bob');
});

test('a window over a store tells what was typed, what came and what became of it', async () => {
  const store = new MessageStore();
  const window = await mount(ChatWindow, { store, userId: 'alice', peerId: 'bob', locale: 'en' });
  const messages = heard<ChatMessageEvent>(window, 'chat-message');
  const deliveries = heard<Event & { status: string }>(window, 'chat-delivery');
  const { id, delivered } = window.send('hello');
  store.append({ ...messageOf('in'), status: 'received', content: 'hi' });
  store.update(id, { status: 'delivered' });
  await expect(delivered).resolves.toBe('delivered');
  expect(messages.map(({ direction, message: { content } }) => `${direction} ${content}`)).toEqual([
    'out hello',
    'in hi',
  ]);
  expect(deliveries.map(({ status }) => status)).toEqual(['delivered']);
  await window.updateComplete;
  expect(readOut(window)).toContain('hi');
});

test('a renderer of the page that fails leaves the content readable, and is told', async () => {
  const store = new MessageStore();
  const types = new Map([[7, ({ content }: { content: string }) => JSON.parse(content)]]);
  const window = await mount(ChatWindow, { store, userId: 'alice', peerId: 'bob', messageTypes: types, locale: 'en' });
  const errors = heard<ChatErrorEvent>(window, 'chat-error');
  store.append({ ...messageOf('m'), type: 7, content: 'no JSON', status: 'received' });
  await window.updateComplete;
  await settled();
  expect(errors.map(({ error }) => error.message)).toEqual(['The renderer of message type 7 failed']);
  const row = inside(inside(window, 'message-list'), 'message-bubble');
  await vi.waitFor(() => expect(textOf(inside(inside(row, 'text-bubble'), 'unknown-bubble'))).toContain('no JSON'));
});
