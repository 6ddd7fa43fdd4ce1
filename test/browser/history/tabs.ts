import type { BrowserContext, Page } from '@playwright/test';
import { ChatPage } from '../support/chat-page.js';
import { test as base, expect } from '../support/chat-test.js';
import { recordEvents } from '../support/recorded-events.js';

/** What a page did to be noticed, and whether somebody looks at it. */
interface Attention {
  isLookedAt: boolean;
  chimes: number;
  asked: number;
  permission: string;
  readonly notifications: string[];
}

declare global {
  interface Window {
    attention: Attention;
  }
}

/** A record of one of the databases: where it is, and whose. */
export interface StoredRecord {
  readonly store: string;
  readonly scope: string;
  readonly content: string | undefined;
  readonly peer: string | undefined;
  readonly status: string | undefined;
  /** Of a message: where it stands. Of a mark: where the last stands that was seen. */
  readonly place: number | undefined;
  readonly read: number | undefined;
}

interface Fixtures {
  /** Opens a tab of the one browser. */
  tab: (address: string) => Promise<ChatPage>;
  /** The demo page, with a history to ask. */
  demo: (user: string, peer: string, more?: Readonly<Record<string, string>>) => string;
  /** A page without a history to ask. Nobody looks at it, unless somebody is told to. */
  plain: (user: string, peer: string, attributes?: Readonly<Record<string, string>>) => string;
  context: BrowserContext;
}

/** Runs in the page before everything else: nobody looks at it, and what it does to be noticed is counted. */
function watch(): void {
  const attention: Attention = { isLookedAt: false, chimes: 0, asked: 0, permission: 'granted', notifications: [] };
  window.attention = attention;
  Document.prototype.hasFocus = () => attention.isLookedAt;
  Object.defineProperty(Document.prototype, 'visibilityState', {
    get: () => (attention.isLookedAt ? 'visible' : 'hidden'),
  });
  Object.defineProperty(Document.prototype, 'hidden', { get: () => !attention.isLookedAt });
  window.AudioContext = class extends AudioContext {
    constructor() {
      super();
      attention.chimes += 1;
    }
  };
  class RecordedNotification {
    static get permission() {
      return attention.permission;
    }
    static async requestPermission() {
      attention.asked += 1;
      attention.permission = 'granted';
      return attention.permission;
    }
    constructor(title: string, { body = '' }: NotificationOptions = {}) {
      if (attention.permission === 'granted') attention.notifications.push(`${title}: ${body}`);
    }
    close() {}
  }
  Object.assign(window, { Notification: RecordedNotification });
}

/** Tabs of one browser. */
export const test = base.extend<Fixtures>({
  tab: async ({ context, gateway: _ }, use) => {
    await context.addInitScript(recordEvents);
    await use(async (address) => {
      const chat = new ChatPage(await context.newPage());
      await chat.page.goto(address);
      return chat;
    });
  },

  demo: ({ site }, use) =>
    use((user, peer, more = {}) => `${site.url}?${new URLSearchParams({ user, peer, locale: 'en', ...more })}`),

  plain: async ({ site, context, serverUrl }, use) => {
    await context.addInitScript(watch);
    await use((user, peer, attributes = {}) => {
      const all = { 'server-url': serverUrl, 'user-id': user, 'peer-id': peer, locale: 'en', ...attributes };
      return `${site.url}test/browser/pages/window.html?${new URLSearchParams(all)}`;
    });
  },
});

export async function connected(chat: ChatPage): Promise<void> {
  await expect(chat.light).toHaveAccessibleName('Connected');
}

/** A tab that has been opened, once it is connected. */
export async function online(opening: Promise<ChatPage>): Promise<ChatPage> {
  const chat = await opening;
  await connected(chat);
  return chat;
}

/** Says something, and sees that it is delivered. */
export async function delivered(chat: ChatPage, text: string): Promise<void> {
  await chat.say(text);
  await expect(chat.statusOf(text)).toHaveAccessibleName('Delivered');
}

/** Somebody turns to a page of `plain`, or away from it. */
export function look({ page }: ChatPage, isLookedAt: boolean): Promise<void> {
  return page.evaluate((value) => {
    window.attention.isLookedAt = value;
    document.dispatchEvent(new Event('visibilitychange'));
    window.dispatchEvent(new Event(value ? 'focus' : 'blur'));
  }, isLookedAt);
}

/** All rows that are drawn, as they are read: name, text, time, and the status of own messages. Of notes, what they say. */
export function rows(chat: ChatPage): Promise<string[]> {
  return chat.list.evaluate((list) =>
    [...list.querySelectorAll('message-bubble')].map(({ shadowRoot, message }) => {
      const mark = shadowRoot?.querySelector('[part~=status]');
      const label = mark?.getAttribute('aria-label') ?? mark?.getAttribute('title') ?? '';
      const text = shadowRoot?.textContent?.replace(/\s+/g, ' ').trim();
      if (message?.status === 'note') return message.content;
      return [message?.id, message?.sentAt, message?.content, text, label].join(' | ');
    }),
  );
}

/** Texts of the whole transcript, drawn or not; a note is in brackets. */
export function texts(chat: ChatPage): Promise<string[]> {
  return chat.root.evaluate((root: HTMLElementTagNameMap['chat-window']) =>
    (root.conversation?.store.messages ?? []).map(({ status, content }) =>
      status === 'note' ? `[${content}]` : content,
    ),
  );
}

/** What is in all databases of the origin. */
export function stored(page: Page): Promise<StoredRecord[]> {
  return page.evaluate(async () => {
    const answer = <T>(request: IDBRequest<T>) =>
      new Promise<T>((resolve, reject) => {
        request.onsuccess = () => resolve(request.result);
        request.onerror = () => reject(request.error);
      });
    const records: StoredRecord[] = [];
    for (const { name } of await indexedDB.databases()) {
      if (name === undefined) continue;
      const database = await answer(indexedDB.open(name));
      for (const store of database.objectStoreNames) {
        for (const record of await answer(database.transaction(store).objectStore(store).getAll())) {
          const { scope, content, peer, status, place, read } = record;
          records.push({ store, scope, content, peer, status, place, read });
        }
      }
      database.close();
    }
    return records;
  });
}

/**
 * The texts that a next page finds, sorted. What is shown is written down a moment later: a page that is left before that has the
 * server send it once more.
 */
export async function kept(page: Page): Promise<(string | undefined)[]> {
  return (await stored(page)).flatMap(({ store, content }) => (store === 'messages' ? [content] : [])).sort();
}

/** How many messages a next page finds unread. */
export async function keptUnread(page: Page): Promise<number> {
  const records = await stored(page);
  const marks = new Map(records.filter(({ store }) => store === 'marks').map(({ peer, read }) => [peer, read]));
  return records.filter(
    ({ peer, status, place = 0 }) => status === 'received' && place > (marks.get(peer) ?? Number.NEGATIVE_INFINITY),
  ).length;
}

/** Keys of ours that this tab remembers. */
export function keys(page: Page): Promise<string[]> {
  return page.evaluate(() =>
    [...Object.keys(sessionStorage), ...Object.keys(localStorage)].filter((key) => key.startsWith('harmonychat')),
  );
}

export { expect };
