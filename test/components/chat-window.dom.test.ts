import './all-rows.js';
import { describe, expect, test, vi } from 'vitest';
import { ChatWindow } from '../../src/components/chat-window.js';
import { EdgeReachedEvent } from '../../src/components/list/edge-reached-event.js';
import type { MessageBubble } from '../../src/components/message-bubble.js';
import type { MessageComposer } from '../../src/components/message-composer.js';
import { SendRequestEvent } from '../../src/components/request-events.js';
import type { ChatErrorEvent } from '../../src/components/window-events.js';
import { en } from '../../src/locales/en.js';
import { strings as zhCN } from '../../src/locales/zh-CN.js';
import { MessageStore } from '../../src/store/message-store.js';
import { messageOf } from '../store/messages.js';
import { change, heard, inside, mount, textOf } from './mount.js';

/** A window that shows a store and connects nowhere. */
function storeWindow(properties: Partial<ChatWindow> = {}, ...ids: string[]) {
  const store = new MessageStore();
  store.append(...ids.map((id) => messageOf(id)));
  return mount(ChatWindow, { store, userId: 'alice', peerId: 'bob', locale: 'en', ...properties });
}

function errorsOf(window: ChatWindow): () => string[] {
  const events = heard<ChatErrorEvent>(window, 'chat-error');
  return () => events.map(({ error }) => error.message.split(':')[0] ?? '');
}

/** As if the person had written it and pressed Enter. Returns whether it was taken. */
async function write(window: ChatWindow, text: string): Promise<boolean> {
  const taken = inside(window, 'message-composer').dispatchEvent(new SendRequestEvent(text));
  await window.updateComplete;
  return taken;
}

const hintOf = (window: ChatWindow) => textOf(inside(inside(window, 'message-composer'), '#hint'));

async function rowsOf(window: ChatWindow): Promise<MessageBubble[]> {
  await window.updateComplete;
  const list = inside<MessageBubble>(window, 'message-list');
  await list.updateComplete;
  const rows = [...(list.shadowRoot?.querySelectorAll<MessageBubble>('message-bubble') ?? [])];
  await Promise.all(rows.map((row) => row.updateComplete));
  return rows;
}

describe('a message that is deleted', () => {
  const readOut = (window: ChatWindow) => textOf(inside(window, '[aria-live=polite]')).replace(/\s+/g, ' ');

  test('is neither shown nor read out any more; without another one the chat is empty', async () => {
    const window = await storeWindow();
    window.store?.append(messageOf('a'), messageOf('b'));
    expect(await rowsOf(window)).toHaveLength(2);
    expect(readOut(window)).toContain('text of a');
    expect(window.remove('a')).toBe(true);
    expect((await rowsOf(window)).map(({ message }) => message?.id)).toEqual(['b']);
    expect(readOut(window)).not.toContain('text of a');
    expect(readOut(window)).toContain('text of b');
    expect([window.remove('a'), window.remove('b')]).toEqual([false, true]);
    await window.updateComplete;
    expect(textOf(inside(window, '[part=empty]'))).toBe(en.empty);
  });

  test('and comes from the page like that is no news', async () => {
    const window = await storeWindow();
    const events = heard(window, 'chat-message');
    window.store?.append(messageOf('a', { content: '', deleted: true }), messageOf('b'));
    await window.updateComplete;
    expect([events.length, inside(window, '[aria-live=polite]').querySelectorAll('p').length]).toEqual([1, 1]);
  });
});

describe('a wrong configuration', () => {
  test('is told in the window and by one chat-error; set right, the chat appears and is ready', async () => {
    const window = new ChatWindow();
    window.locale = 'en';
    const errors = errorsOf(window);
    const ready = heard(window, 'chat-ready');
    document.body.append(window);
    await window.updateComplete;
    expect(errors()).toEqual(['server-url']);
    expect(textOf(inside(window, '[part=problem]'))).toMatch(/^The chat cannot start\s+server-url: expected .*, got /);
    expect(inside(window, '[part=problem]').getAttribute('role')).toBe('alert');
    expect(window.shadowRoot?.querySelector('message-composer')).toBeNull();

    await change(window, { heading: 'Help', heartbeat: 10 });
    expect(errors(), 'nothing new, nothing told').toEqual(['server-url']);
    await change(window, { serverUrl: 'wss://im.example.com/' });
    expect(errors()).toEqual(['server-url', 'user-id']);
    expect(ready).toEqual([]);

    await change(window, { serverUrl: undefined, store: new MessageStore() });
    expect(window.shadowRoot?.querySelector('[part=problem]')).toBeNull();
    expect(textOf(inside(window, 'message-composer'))).toContain(en.send);
    expect(ready).toHaveLength(1);
    await change(window, { heading: 'Help!' });
    expect(ready).toHaveLength(1);
  });

  test('a token attribute is told when it comes, and forgiven when it goes', async () => {
    const window = await storeWindow();
    const errors = errorsOf(window);
    window.setAttribute('token', 'secret');
    await window.updateComplete;
    expect(errors()).toEqual(['token']);
    expect(textOf(inside(window, '[part=problem]'))).not.toContain('secret');
    window.removeAttribute('token');
    await window.updateComplete;
    expect(window.shadowRoot?.querySelector('[part=problem]')).toBeNull();
    expect(errors()).toEqual(['token']);
  });

  test('an unparsable locale is told; the chat goes on in the language of the page', async () => {
    const window = await storeWindow();
    const errors = errorsOf(window);
    document.documentElement.lang = 'zh-CN';
    await change(window, { locale: 'zh_CN!' });
    document.documentElement.lang = '';
    expect(errors()).toEqual(['locale']);
    expect(textOf(inside(inside(window, 'message-composer'), 'button'))).toBe(zhCN.send);
  });

  test('a heartbeat attribute is a number, and without one the default is back', async () => {
    const window = await storeWindow();
    const beats = ['10', '', 'fast', null].map((value) => {
      if (value === null) window.removeAttribute('heartbeat');
      else window.setAttribute('heartbeat', value);
      return window.heartbeat;
    });
    expect(beats).toEqual([10, 0, Number.NaN, 5]);
  });

  test('without a receiver send() is told, and settles as failed', async () => {
    const window = await mount(ChatWindow);
    const errors = errorsOf(window);
    const { id, delivered } = window.send('hello');
    expect([id, await delivered]).toEqual(['', 'failed']);
    expect(errors()).toEqual(['server-url']);
  });
});

describe('a window that shows a store', () => {
  test('shows its messages, and what becomes of them', async () => {
    const window = await storeWindow({}, 'a', 'b');
    expect((await rowsOf(window)).map((row) => row.message?.id)).toEqual(['a', 'b']);
    window.store?.append(messageOf('c'));
    window.store?.update('a', { content: 'new' });
    const rows = await rowsOf(window);
    expect(rows.map((row) => row.message?.content)).toEqual(['new', 'text of b', 'text of c']);
    expect(rows.map((row) => row.previous?.id)).toEqual([undefined, 'a', 'b']);
    window.clear();
    await window.updateComplete;
    expect(textOf(inside(window, '[part=empty]'))).toBe(en.empty);
    expect(window.connectionState).toEqual({ name: 'disconnected', reason: 'idle' });
    expect(inside(window, 'chat-title-bar').shadowRoot?.querySelector('status-light')).toBeNull();
  });

  test('says nothing of an empty one while what is kept is still to come', async () => {
    const window = await storeWindow();
    Object.defineProperty(window.conversation, 'isLoading', { value: true });
    await change(window, { heading: 'waits' });
    expect(textOf(inside(window, '[part=empty]'))).toBe('');
  });

  test('asks for older messages when the oldest come into view', async () => {
    const window = await storeWindow({}, 'a');
    const { conversation } = window;
    if (!conversation) throw new Error('Expected a conversation');
    const asked = vi.spyOn(conversation, 'loadOlder');
    inside(window, 'message-list').dispatchEvent(new EdgeReachedEvent());
    expect(asked).toHaveBeenCalledTimes(1);
  });

  test('puts what is written into it; its status is for the page to tell', async () => {
    const window = await storeWindow();
    expect(await write(window, 'hello')).toBe(true);
    const [written] = window.store?.messages ?? [];
    expect(written).toMatchObject({ content: 'hello', from: 'alice', to: 'bob', status: 'sending' });

    const outcomes = ['delivered', 'failed', 'removed'].map((outcome) => {
      const { id, delivered } = window.send(outcome);
      if (outcome === 'removed') window.store?.remove(id);
      else window.store?.update(id, { status: outcome as 'delivered' | 'failed' });
      return delivered;
    });
    expect(await Promise.all(outcomes)).toEqual(['delivered', 'failed', 'removed']);
  });

  test('lets a failed message be sent again or removed from its row', async () => {
    const window = await storeWindow();
    const { id } = window.send('hello');
    const press = async (nth: number) => {
      window.store?.update(id, { status: 'failed' });
      const [row] = await rowsOf(window);
      row?.shadowRoot?.querySelectorAll<HTMLElement>('.failure button')[nth]?.click();
    };
    await press(0);
    expect(window.store?.get(id)?.status).toBe('sending');
    await press(1);
    expect(window.store?.size).toBe(0);
    expect(window.isConnected, 'remove(id) takes away the message, not the window').toBe(true);
    expect([window.retry(id), window.cancel(id), window.remove(id)]).toEqual([false, false, false]);
  });

  test('needs no ids of anybody', async () => {
    const window = await storeWindow({ userId: undefined, peerId: '' });
    expect(await write(window, 'hello')).toBe(true);
    expect(window.store?.messages.map(({ content }) => content)).toEqual(['hello']);
  });

  test('shows another store in its place, and heeds the first no more', async () => {
    const window = await storeWindow({}, 'a');
    const first = window.store;
    const second = new MessageStore();
    second.append(messageOf('b'));
    await change(window, { store: second });
    first?.append(messageOf('c'));
    expect((await rowsOf(window)).map((row) => row.message?.id)).toEqual(['b']);
  });

  test('L9: goes on after it was moved in the document', async () => {
    const window = await storeWindow({}, 'a');
    const inComposer = inside<MessageComposer>(window, 'message-composer');
    inComposer.value = 'draft';
    document.body.appendChild(document.createElement('div')).append(window);
    window.store?.append(messageOf('b'));
    expect((await rowsOf(window)).map((row) => row.message?.id)).toEqual(['a', 'b']);
    expect(inComposer.value).toBe('draft');
  });
});

test('nobody writes to themselves', async () => {
  const window = await storeWindow({ userId: 'bob', locale: 'zh-CN' });
  expect(await write(window, 'hello')).toBe(false);
  await inside<MessageComposer>(window, 'message-composer').updateComplete;
  expect(hintOf(window)).toBe('不能给自己发送消息哦！');
  expect(window.store?.size).toBe(0);
});

test('the page replaces texts and message types', async () => {
  const window = await storeWindow({ strings: { send: 'Go' } }, 'a');
  expect(textOf(inside(inside(window, 'message-composer'), 'button'))).toBe('Go');
  await change(window, { messageTypes: new Map([[0, ({ id }) => `own ${id}`]]) });
  const [row] = await rowsOf(window);
  expect(textOf(inside(row as MessageBubble, '[part=bubble]'))).toBe('own a');
  await change(window, { strings: {}, locale: 'zh-SG' });
  expect(textOf(inside(inside(window, 'message-composer'), 'button'))).toBe(zhCN.send);
});

test('the heading is what was given, else the peer’s name, else "Chat"', async () => {
  const window = await storeWindow({ heading: 'Help', peerName: 'Bob' });
  const heading = async () => {
    const bar = inside<ChatWindow>(window, 'chat-title-bar');
    await bar.updateComplete;
    return textOf(inside(bar, 'h2'));
  };
  expect(await heading()).toBe('Help');
  await change(window, { heading: '' });
  expect(await heading()).toBe('Bob');
  await change(window, { peerName: '' });
  expect(await heading()).toBe(en.heading);
});
