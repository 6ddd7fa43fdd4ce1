import { arrivals } from '../../support/arrivals.js';
import { eventsOf, test as inWindows } from '../lifecycle/lifecycle-test.js';
import type { ChatPage } from '../support/chat-page.js';
import { connected, delivered, expect, kept, keys, online, rows, test, texts } from './tabs.js';

// Several tabs, each loaded several times: a busy machine takes its time.
test.describe.configure({ timeout: 90_000 });

test.use({ allowErrors: [/^console\.error: WebSocket connection to /] });

const HISTORY = 'harmonychat history';

/** A page of the site without a chat, which has the database before any chat does. */
const emptyTab = async (tab: (address: string) => Promise<ChatPage>, url: string) =>
  (await tab(`${url}test/browser/pages/window.html`)).page;

/** Says and hears something, with and without a server, over a reload: what waits is never lost. */
async function works(
  chat: ChatPage,
  { gateway, alice, bob }: { gateway: import('../../gateway/gateway.js').Gateway; alice: string; bob: string },
): Promise<void> {
  await connected(chat);
  await delivered(chat, 'one');
  gateway.send(alice, 'two', { from: bob, typeu: 0 });
  await expect(chat.message('two')).toBeVisible();
  // Where nothing answers, that is known after 2 s.
  await expect.poll(() => texts(chat)).toEqual(['[transport]', 'one', 'two']);
  gateway.stop();
  await chat.say('three');
  await expect(chat.statusOf('three')).toHaveAccessibleName('Waiting for the connection');
  await chat.page.reload();
  await expect(chat.statusOf('three')).toHaveAccessibleName('Waiting for the connection');
  gateway.start();
  await expect(chat.statusOf('three')).toHaveAccessibleName('Delivered');
  expect(arrivals(gateway.journal, alice).map(({ content }) => content)).toEqual(['one', 'three']);
  expect(await chat.events('chat-error')).toEqual([]);
}

test('a database of a later version is left alone, and the chat works without it (T5)', async ({
  tab,
  plain,
  site,
  gateway,
  userId,
}) => {
  const [alice, bob] = [userId('alice'), userId('bob')];
  const page = await emptyTab(tab, site.url);
  await page.evaluate(
    (name) =>
      new Promise<void>((resolve, reject) => {
        const request = indexedDB.open(name, 99);
        request.onupgradeneeded = () => request.result.createObjectStore('theirs').put('precious', 1);
        request.onerror = () => reject(request.error);
        request.onsuccess = () => {
          request.result.close();
          resolve();
        };
      }),
    HISTORY,
  );
  await works(await tab(plain(alice, bob)), { gateway, alice, bob });
  const databases = await page.evaluate(() => indexedDB.databases());
  expect(databases.find(({ name }) => name === HISTORY)?.version).toBe(99);
});

test('a database that another page does not let go of is not waited for (T5)', async ({
  tab,
  plain,
  site,
  gateway,
  userId,
}) => {
  const [alice, bob] = [userId('alice'), userId('bob')];
  const page = await emptyTab(tab, site.url);
  await page.evaluate(
    (name) =>
      new Promise<void>((resolve, reject) => {
        const request = indexedDB.open(name, 1);
        request.onerror = () => reject(request.error);
        request.onsuccess = () => {
          // Deaf: whoever opens it later waits until this page has gone.
          indexedDB.deleteDatabase(name).onblocked = () => resolve();
        };
      }),
    HISTORY,
  );
  await works(await tab(plain(alice, bob)), { gateway, alice, bob });
});

test('a full disk: what is new is shown, and kept again when there is room (T2)', async ({
  tab,
  plain,
  context,
  gateway,
  userId,
}) => {
  const [alice, bob] = [userId('alice'), userId('bob')];
  await context.addInitScript(() => {
    const { put } = IDBObjectStore.prototype;
    IDBObjectStore.prototype.put = function (...args) {
      if (this.name === 'messages' && document.documentElement.dataset['disk'] === 'full')
        throw new DOMException('The quota has been exceeded', 'QuotaExceededError');
      return put.apply(this, args);
    };
  });
  const chat = await online(tab(plain(alice, bob)));
  const disk = (state: string) =>
    chat.page.evaluate((value) => {
      document.documentElement.dataset['disk'] = value;
    }, state);
  await delivered(chat, 'one');
  await disk('full');
  await delivered(chat, 'two');
  gateway.send(alice, 'three', { from: bob, typeu: 0 });
  await expect(chat.message('three')).toBeVisible();
  await disk('empty');
  await delivered(chat, 'four');
  expect(await texts(chat)).toEqual(['[transport]', 'one', 'two', 'three', 'four']);
  await expect.poll(() => kept(chat.page)).toContain('four');
  gateway.stop();
  await chat.page.reload();
  await expect.poll(async () => (await texts(chat)).at(-1)).toBe('four');
  expect(arrivals(gateway.journal, alice).map(({ content }) => content)).toEqual(['one', 'two', 'four']);
});

test('the data of the site are cleared while the chat is open: what comes after that is kept again (T3)', async ({
  tab,
  plain,
  context,
  site,
  gateway,
  userId,
}) => {
  const [alice, bob] = [userId('alice'), userId('bob')];
  const chat = await online(tab(plain(alice, bob)));
  await delivered(chat, 'one');
  const cdp = await context.newCDPSession(chat.page);
  await cdp.send('Storage.clearDataForOrigin', { origin: new URL(site.url).origin, storageTypes: 'all' });
  await chat.page.evaluate(() => sessionStorage.clear());
  await delivered(chat, 'two');
  gateway.send(alice, 'three', { from: bob, typeu: 0 });
  await expect(chat.message('three')).toBeVisible();
  expect(await texts(chat)).toEqual(['[transport]', 'one', 'two', 'three']);
  await expect.poll(() => kept(chat.page)).toEqual(['three', 'two']);
  gateway.stop();
  await chat.page.reload();
  await expect.poll(() => texts(chat)).toEqual(['[transport]', 'two', 'three']);
});

test('a page that is left before the device has written down what it shows: the next one shows the same', async ({
  tab,
  plain,
  site,
  gateway,
  userId,
}) => {
  const [alice, bob] = [userId('alice'), userId('bob')];
  const chat = await online(tab(plain(alice, bob)));
  await chat.say('zero');
  await expect.poll(() => kept(chat.page)).toEqual(['zero']);
  const busy = await emptyTab(tab, site.url);
  const held = busy.evaluate(
    (name) =>
      new Promise<void>((resolve, reject) => {
        const request = indexedDB.open(name);
        request.onerror = () => reject(request.error);
        request.onsuccess = () => {
          const database = request.result;
          const writing = database.transaction('messages', 'readwrite');
          const messages = writing.objectStore('messages');
          const goOn = () => {
            document.documentElement.dataset['holds'] ??= 'yes';
            if (document.documentElement.dataset['holds'] === 'yes') messages.count().onsuccess = goOn;
          };
          goOn();
          writing.oncomplete = () => {
            database.close();
            resolve();
          };
        };
      }),
    HISTORY,
  );
  await expect(busy.locator('html')).toHaveAttribute('data-holds', 'yes');
  await delivered(chat, 'one');
  gateway.send(alice, 'two', { from: bob, typeu: 0 });
  await expect(chat.message('two')).toBeVisible();
  await delivered(chat, 'three');
  gateway.send(alice, 'four', { from: bob, typeu: 0 });
  await expect(chat.message('four')).toBeVisible();
  gateway.stop();
  const before = await rows(chat);
  await chat.page.reload();
  await busy.evaluate(() => {
    document.documentElement.dataset['holds'] = 'no more';
  });
  await held;
  await expect.poll(() => rows(chat).catch(() => [])).toEqual(before);
  expect((await keys(chat.page)).filter((key) => key.includes(' left '))).toEqual([]);
  gateway.start();
  await connected(chat);
  expect(await texts(chat)).toEqual(['[transport]', 'zero', 'one', 'two', 'three', 'four']);
  await expect.poll(() => kept(chat.page)).toEqual(['four', 'one', 'three', 'two', 'zero']);
  expect(arrivals(gateway.journal, alice).map(({ content }) => content)).toEqual(['zero', 'one', 'three']);
});

test('hostile records: what is no message is dropped, what is one is shown (T6)', async ({
  tab,
  plain,
  gateway,
  userId,
}) => {
  const [alice, bob] = [userId('alice'), userId('bob')];
  const chat = await online(tab(plain(alice, bob)));
  await delivered(chat, 'one');
  gateway.send(alice, 'two', { from: bob, typeu: 0 });
  await expect(chat.message('two')).toBeVisible();
  await expect.poll(() => kept(chat.page)).toEqual(['one', 'two']);
  await chat.page.evaluate(
    ([name, peer]) =>
      new Promise<void>((resolve, reject) => {
        const request = indexedDB.open(name);
        request.onerror = () => reject(request.error);
        request.onsuccess = () => {
          const database = request.result;
          const writing = database.transaction(['messages', 'marks', 'scopes'], 'readwrite');
          const messages = writing.objectStore('messages');
          const marks = writing.objectStore('marks');
          writing.objectStore('scopes').getAllKeys().onsuccess = ({ target }) => {
            for (const scope of (target as IDBRequest<IDBValidKey[]>).result) {
              messages.put({ scope, id: 'bad 1', peer, place: 1.5, status: 'received', kept: 0, content: {} });
              messages.put({ scope, id: 'bad 2', peer, place: 99, status: 'queued', kept: 99, v: 1 });
              messages.put({ scope, id: 'bad 3', peer: [], place: 'x', content: 7 });
              marks.put({ scope, peer, read: 'everything' });
              marks.put({ scope, peer: 7, read: 8 });
            }
          };
          writing.oncomplete = () => {
            database.close();
            resolve();
          };
          writing.onabort = () => reject(writing.error);
        };
      }),
    [HISTORY, bob] as const,
  );
  await chat.page.reload();
  await connected(chat);
  await delivered(chat, 'three');
  await expect.poll(() => kept(chat.page)).toContain('three');
  await chat.page.reload();
  await expect.poll(() => texts(chat)).toEqual(['[transport]', 'one', 'two', 'three']);
  await expect.poll(() => kept(chat.page)).toEqual(['one', 'three', 'two']);
  expect(arrivals(gateway.journal, alice).map(({ content }) => content)).toEqual(['one', 'three']);
});

for (const who of ['leads', 'follows'] as const) {
  inWindows(
    `a tab that ${who} goes into the back-forward cache, and comes back with what it missed`,
    async ({ openChat, gateway, site, userId }) => {
      const [user, peer] = [userId('alice'), userId('bob')];
      const first = await openChat({ user, peer });
      await first.say('one');
      await expect.poll(() => first.own(user)).toEqual(['one: delivered']);
      const second = await openChat({ user, peer });
      await expect.poll(() => second.own(user)).toEqual(['one: delivered']);
      const [goes, stays] = who === 'leads' ? [first, second] : [second, first];
      await goes.page.navigate(`${site.url}test/browser/pages/window.html`);
      await stays.say('two');
      await expect.poll(() => stays.own(user)).toEqual(['one: delivered', 'two: delivered']);
      expect(await goes.page.go(-1), 'restored from the cache').toBe(true);
      await expect.poll(() => goes.own(user)).toEqual(['one: delivered', 'two: delivered']);
      await goes.say('three');
      for (const chat of [goes, stays])
        await expect.poll(() => chat.own(user)).toEqual(['one: delivered', 'two: delivered', 'three: delivered']);
      expect(gateway.socketsOf(user)).toHaveLength(1);
      for (const chat of [goes, stays]) expect(await eventsOf(chat, 'chat-error')).toEqual([]);
    },
  );
}
