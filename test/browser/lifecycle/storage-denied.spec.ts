import type { ChatWindow } from '../../../src/index.js';
import { arrivals } from '../../support/arrivals.js';
import { expect, test } from '../support/chat-test.js';

// The browser's own words about a server that does not answer.
test.use({ allowErrors: [/^console\.error: WebSocket connection to |503 \(Service Unavailable\)/] });

/** Ways in which a browser, its settings or its state keep a page from storing anything. Each runs before the page's scripts. */
const denials: readonly [string, () => void][] = [
  ['there is no IndexedDB', () => Object.defineProperty(window, 'indexedDB', { value: undefined })],
  [
    'to look at any storage is forbidden',
    () => {
      for (const name of ['indexedDB', 'localStorage', 'sessionStorage']) {
        Object.defineProperty(window, name, {
          get: () => {
            throw new DOMException('Access is denied', 'SecurityError');
          },
        });
      }
    },
  ],
  [
    'opening throws',
    () => {
      IDBFactory.prototype.open = () => {
        throw new DOMException('Access is denied', 'SecurityError');
      };
    },
  ],
  [
    'opening fails',
    () => {
      const { open } = IDBFactory.prototype;
      IDBFactory.prototype.open = function (...args) {
        const request = open.apply(this, args);
        request.addEventListener('upgradeneeded', (event) => {
          event.stopImmediatePropagation();
          request.transaction?.abort();
        });
        return request;
      };
    },
  ],
  [
    'opening has no end',
    () => {
      const { open } = IDBFactory.prototype;
      IDBFactory.prototype.open = function (...args) {
        const request = open.apply(this, args);
        for (const type of ['upgradeneeded', 'success', 'error']) {
          request.addEventListener(type, (event) => event.stopImmediatePropagation());
        }
        return request;
      };
    },
  ],
  [
    'the disk is full',
    () => {
      IDBObjectStore.prototype.put = () => {
        throw new DOMException('The quota has been exceeded', 'QuotaExceededError');
      };
    },
  ],
  [
    'every transaction is rolled back',
    () => {
      const { put } = IDBObjectStore.prototype;
      IDBObjectStore.prototype.put = function (...args) {
        const request = put.apply(this, args);
        this.transaction.abort();
        return request;
      };
    },
  ],
  [
    'no transaction can be begun',
    () => {
      IDBDatabase.prototype.transaction = () => {
        throw new DOMException('The database connection is closing', 'InvalidStateError');
      };
    },
  ],
];

for (const [name, deny] of denials) {
  const tag = /disk is full|no end|opening fails/.test(name) ? [] : '@long';
  test(`${name}: the chat works from memory, and says so (G16, T1, T2)`, { tag }, async ({
    enter,
    gateway,
    userId,
  }) => {
    const [user, peer] = [userId('alice'), userId('bob')];
    const chat = await enter({ user, peer }, {}, (context) => context.addInitScript(deny));
    await chat.say('hello');
    await expect(chat.bubbles).toHaveText(['You: hello']);
    expect(await chat.root.evaluate((root: ChatWindow) => root.status?.durability)).toBe('memory');
    gateway.send(user, 'hello to you', { from: peer, typeu: 0 });
    await expect(chat.bubbles).toHaveText(['You: hello', 'hello to you']);
    await expect(chat.statusOf('You: hello')).toHaveAccessibleName('Delivered');
    gateway.stop();
    await chat.say('one', 'two');
    for (const text of ['one', 'two']) {
      await expect(chat.statusOf(text)).toHaveAccessibleName('Waiting for the connection');
    }
    gateway.start();
    for (const text of ['one', 'two']) await expect(chat.statusOf(text)).toHaveAccessibleName('Delivered');
    expect(arrivals(gateway.journal, user).map(({ content }) => content)).toEqual(['hello', 'one', 'two']);
  });
}

test('locks are refused: what waits is kept, and found after a reload, all the same (G16)', async ({
  enter,
  gateway,
  userId,
}) => {
  const user = userId('alice');
  const chat = await enter({ user, peer: userId('bob') }, {}, (context) =>
    context.addInitScript(() => {
      const request = () => Promise.reject(new DOMException('Access is denied', 'SecurityError'));
      Object.defineProperty(navigator, 'locks', { value: { request } });
    }),
  );
  gateway.stop();
  await chat.say('hello');
  await expect(chat.statusOf('hello')).toHaveAccessibleName('Waiting for the connection');
  expect(await chat.root.evaluate((root: ChatWindow) => root.status?.durability)).toBe('disk');
  await chat.page.reload();
  await expect(chat.statusOf('hello')).toHaveAccessibleName('Waiting for the connection');
  gateway.start();
  await expect(chat.statusOf('hello')).toHaveAccessibleName('Delivered');
  expect(arrivals(gateway.journal, user).map(({ content }) => content)).toEqual(['hello']);
});
