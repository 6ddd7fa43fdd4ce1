import './all-rows.js';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { ChatWindow } from '../../src/components/chat-window.js';
import type { MessageComposer } from '../../src/components/message-composer.js';
// Comes on demand, and is there at once when it was before.
import { Views } from '../../src/components/views.js';
import { MessageStore } from '../../src/store/message-store.js';
import { Scene } from '../client/scene.js';
import { messageOf } from '../store/messages.js';
import type { AllRows } from './all-rows.js';
import { change, inside, mount } from './mount.js';

const composerOf = (window: ChatWindow) => inside<MessageComposer>(window, 'message-composer');
const listOf = (window: ChatWindow) => inside<AllRows>(window, 'message-list');
const settled = () => new Promise<void>((resolve) => setImmediate(resolve));
/** What would be there after a crash. */
const stored = () => Object.entries(sessionStorage).map(([key, value]) => `${key} ${value}`);

function storeOf(...ids: string[]): MessageStore {
  const store = new MessageStore();
  store.append(...ids.map((id) => messageOf(id)));
  return store;
}

async function open(properties: Partial<ChatWindow> = {}): Promise<ChatWindow> {
  const store = storeOf('a', 'b', 'c');
  const window = await mount(ChatWindow, { store, userId: 'alice', peerId: 'bob', locale: 'en', ...properties });
  await settled();
  await window.updateComplete;
  return window;
}

/** The page goes, and comes again. */
async function navigate(window: ChatWindow, properties: Partial<ChatWindow> = {}): Promise<ChatWindow> {
  dispatchEvent(new Event('pagehide'));
  const kept = { ...sessionStorage };
  window.remove();
  sessionStorage.clear();
  for (const [key, value] of Object.entries(kept)) sessionStorage.setItem(key, value);
  const next = await open(properties);
  await settled();
  await next.updateComplete;
  return next;
}

function type(window: ChatWindow, text: string): void {
  const field = inside<HTMLTextAreaElement>(composerOf(window), 'textarea');
  field.value = text;
  field.dispatchEvent(new InputEvent('input', { bubbles: true, composed: true }));
}

afterEach(() => {
  vi.useRealTimers();
  vi.restoreAllMocks();
});

describe('after a navigation', () => {
  test('what was sent is in no field again, though the page crashes in the next moment', async () => {
    const window = await open();
    type(window, 'sent');
    document.dispatchEvent(new Event('visibilitychange'));
    expect(stored().join()).toContain('sent');
    inside<HTMLFormElement>(composerOf(window), 'form').requestSubmit();
    await settled();
    expect(window.conversation?.store.messages.at(-1)?.content).toBe('sent');
    expect(stored().join()).not.toContain('sent');
  });

  test('the draft is in the field again, each peer’s own', async () => {
    const first = await open();
    type(first, 'for bob');
    await change(first, { peerId: 'carol' });
    expect(composerOf(first).value).toBe('');
    type(first, 'for carol');
    const second = await navigate(first);
    expect(composerOf(second).value).toBe('for bob');
    await change(second, { peerId: 'carol' });
    expect(composerOf(second).value).toBe('for carol');
  });

  test.each([
    ['user', { userId: 'dave' }],
    ['application', { appId: 'other' }],
  ])('another %s finds nothing of it', async (_, properties) => {
    const first = await open();
    type(first, 'private');
    listOf(first).anchor = { id: 'b', offset: 12 };
    const second = await navigate(first, properties);
    expect([composerOf(second).value, listOf(second).shown]).toEqual(['', undefined]);
  });

  test('nothing is stored where there is nothing to remember any more', async () => {
    const window = await open();
    type(window, 'half a thought');
    dispatchEvent(new Event('pagehide'));
    expect(stored()).toEqual([expect.stringContaining('half a thought')]);
    type(window, '');
    dispatchEvent(new Event('pagehide'));
    expect(stored()).toEqual([]);
  });

  test('the reader is where they were', async () => {
    const first = await open();
    listOf(first).anchor = { id: 'b', offset: -12.5 };
    expect(listOf(await navigate(first)).shown).toEqual(['b', -12.5]);
  });

  test('the reader who was at the end is there, and one whose message is gone stays where they are', async () => {
    const first = await open();
    const second = await navigate(first);
    expect(listOf(second).shown).toBeUndefined();
    listOf(second).anchor = { id: 'b', offset: 0 };
    expect(listOf(await navigate(second, { store: storeOf('a', 'c') })).shown).toBeUndefined();
  });

  test('the message behind which some are missing is known', async () => {
    const first = await open();
    if (first.conversation) first.conversation.missing = 'a';
    expect((await navigate(first)).conversation?.missing).toBe('a');
  });

  test('nothing is there where nothing may be stored, and nothing is stored', async () => {
    const first = await open({ history: 'none' });
    type(first, 'private');
    listOf(first).anchor = { id: 'b', offset: 0 };
    dispatchEvent(new Event('pagehide'));
    expect(stored()).toEqual([]);
    const second = await navigate(first, { history: 'none' });
    expect([composerOf(second).value, listOf(second).shown]).toEqual(['', undefined]);
  });

  test.each(['no JSON', 'null', '[]', '["draft"]', '[1,2,3,4]', '["","","b","no number"]'])(
    'what somebody else has stored there (%s) counts for nothing',
    async (json) => {
      const first = await open();
      dispatchEvent(new Event('pagehide'));
      for (const key of Object.keys(sessionStorage)) sessionStorage.setItem(key, json);
      first.remove();
      for (const key of Object.keys(sessionStorage)) sessionStorage.setItem(key, json);
      const second = await open();
      await settled();
      expect([composerOf(second).value, listOf(second).shown]).toEqual(['', undefined]);
    },
  );
});

describe('coming late', () => {
  test('it leaves what was typed meanwhile for the one whom the window shows, and no other', async () => {
    const first = await open({ history: 'none' });
    composerOf(first).value = 'for bob';
    first.requestUpdate();
    new Views(first, 'of carol', []);
    await first.updateComplete;
    expect(composerOf(first).value).toBe('');
  });

  test('it forgets who was to be forgotten', async () => {
    sessionStorage.setItem('view alice bob', '["private","","",0]');
    sessionStorage.setItem('view dave bob', '["","","",0]');
    new Views(await open({ history: 'none' }), '', ['view alice']);
    expect(Object.keys(sessionStorage)).toEqual(['view dave bob']);
  });
});

describe('what is stored', () => {
  beforeEach(() => vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] }));

  test('is what was typed 300 ms ago, and what was sent is not', async () => {
    const window = await open();
    vi.advanceTimersByTime(300);
    type(window, 'half a th');
    vi.advanceTimersByTime(200);
    type(window, 'half a thought');
    vi.advanceTimersByTime(99);
    expect(stored().join()).not.toContain('half');
    vi.advanceTimersByTime(1);
    expect(stored().join()).toContain('"half a thought"');
    inside(composerOf(window), 'form').dispatchEvent(new Event('submit', { cancelable: true }));
    await window.updateComplete;
    vi.advanceTimersByTime(300);
    expect(stored().join()).not.toContain('half');
  });

  test('is complete when the page is hidden', async () => {
    const window = await open();
    type(window, 'half a thought');
    vi.spyOn(Document.prototype, 'visibilityState', 'get').mockReturnValue('hidden');
    document.dispatchEvent(new Event('visibilitychange'));
    expect(stored().join()).toContain('"half a thought"');
  });

  test('of a user is forgotten with everything else, and of others stays', async () => {
    const other = await open({ userId: 'dave' });
    type(other, 'of dave');
    other.remove();
    const window = await open();
    type(window, 'for bob');
    await change(window, { peerId: 'carol' });
    type(window, 'for carol');
    dispatchEvent(new Event('pagehide'));
    expect(stored()).toHaveLength(3);
    window.logout({ wipe: true });
    expect([composerOf(window).value, stored().join()]).toEqual(['', expect.stringContaining('of dave')]);
    expect(stored()).toHaveLength(1);
    await change(window, { peerId: 'bob' });
    expect(composerOf(window).value).toBe('');
    dispatchEvent(new Event('pagehide'));
    expect(stored()).toHaveLength(1);
  });

  test('is forgotten by a window that shows nobody just now, too', async () => {
    const scene = new Scene();
    const properties = { store: undefined, client: scene.client, userId: undefined };
    const window = await open(properties);
    type(window, 'private');
    const next = await navigate(window, { ...properties, peerId: '' });
    expect(stored()).toHaveLength(1);
    next.logout({ wipe: true });
    // What keeps it has to be loaded first.
    await vi.waitFor(() => expect(stored()).toEqual([]));
    await change(next, { peerId: 'bob' });
    expect(composerOf(next).value).toBe('');
  });

  test('stays when the same user logs in anew', async () => {
    const window = await open({ store: undefined, client: new Scene().client });
    type(window, 'half a thought');
    window.identify({ userId: 'alice', getToken: () => 'fresh' });
    await window.updateComplete;
    expect(composerOf(window).value).toBe('half a thought');
  });

  test('I11: is left alone by a window that is gone', async () => {
    const listeners = new Set<unknown>();
    vi.spyOn(globalThis, 'addEventListener').mockImplementation((_, listener) => listeners.add(listener));
    vi.spyOn(globalThis, 'removeEventListener').mockImplementation((_, listener) => listeners.delete(listener));
    const window = await open();
    expect(listeners.size).toBe(1);
    window.remove();
    expect(listeners.size).toBe(0);
    await window.updateComplete;
    const before = stored();
    type(window, 'nobody sees this');
    document.dispatchEvent(new Event('visibilitychange'));
    dispatchEvent(new Event('pagehide'));
    expect(stored()).toEqual(before);
  });

  test('T1: may not work at all, and then lives as long as the page', async () => {
    for (const method of ['getItem', 'setItem', 'removeItem'] as const) {
      vi.spyOn(Storage.prototype, method).mockImplementation(() => {
        throw new DOMException('denied', 'SecurityError');
      });
    }
    const window = await open();
    type(window, 'for bob');
    await change(window, { peerId: 'carol' });
    await change(window, { peerId: 'bob' });
    expect(composerOf(window).value).toBe('for bob');
  });
});
