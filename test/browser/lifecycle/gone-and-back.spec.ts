import { arrivals } from '../../support/arrivals.js';
import type { CdpPage } from '../../support/cdp-page.js';
import { expect, test } from './lifecycle-test.js';

/** Ways for a page to lose all it knows, each ending with the page loaded anew. */
const losses: readonly [string, (page: CdpPage) => Promise<void>, 'say' | 'send'][] = [
  ['reloaded (L4)', (page) => page.reload(), 'say'],
  [
    'crashed (L5)',
    async (page) => {
      await page.crash();
      await page.reload();
    },
    'say',
  ],
  [
    'killed by the system (L5)',
    async (page) => {
      await page.kill();
      await page.reload();
    },
    'say',
  ],
  // Browsers do not discard pages into which somebody typed.
  ['discarded (L6)', (page) => page.discard(), 'send'],
];

const typed = ['one', 'two', 'three'];

for (const [name, lose, write] of losses) {
  test(`${name} while messages wait for the connection: they are delivered once, in order, as the same messages`, async ({
    openChat,
    gateway,
    userId,
  }) => {
    const user = userId('alice');
    const chat = await openChat({ user, peer: userId('bob') });
    gateway.stop();
    await chat[write](...typed);
    await expect.poll(() => chat.own(user)).toEqual(typed.map((text) => `${text}: queued`));
    const before = await chat.transcript();

    await lose(chat.page);
    await expect.poll(() => chat.own(user)).toEqual(typed.map((text) => `${text}: queued`));
    gateway.start();

    await expect.poll(() => chat.own(user)).toEqual(typed.map((text) => `${text}: delivered`));
    expect(arrivals(gateway.journal, user)).toEqual(before.map(({ id, content }) => ({ id, content })));
  });

  test(`${name} while messages are on a line that swallows them: the same`, async ({ openChat, gateway, userId }) => {
    const user = userId('alice');
    const chat = await openChat({ user, peer: userId('bob') });
    gateway.faults.halfOpen(user);
    await chat[write](...typed);
    await expect.poll(() => chat.own(user)).toEqual(typed.map((text) => `${text}: sending`));
    const before = await chat.transcript();

    await lose(chat.page);

    await expect.poll(() => chat.own(user)).toEqual(typed.map((text) => `${text}: delivered`));
    expect(arrivals(gateway.journal, user)).toEqual(before.map(({ id, content }) => ({ id, content })));
  });
}

test('left while a message is being sent, and entered again (L7): nothing is lost', async ({
  openChat,
  gateway,
  site,
  userId,
}) => {
  const user = userId('alice');
  const chat = await openChat({ user, peer: userId('bob') });
  gateway.faults.slow(user, 300);
  await chat.say('on the way out');
  await expect.poll(() => chat.own(user)).toEqual(['on the way out: sending']);
  const [line] = await chat.transcript();
  // Another origin: that page is not kept in the same process.
  await chat.page.navigate(site.url.replace('localhost', '127.0.0.1'));
  gateway.faults.clear(user);
  await chat.page.go(-1);
  await expect.poll(() => chat.own(user)).toEqual(['on the way out: delivered']);
  expect(arrivals(gateway.journal, user)).toEqual([{ id: line?.id, content: line?.content }]);
});

test('left in the moment in which something is sent: it is on the device', async ({ openChat, gateway, userId }) => {
  const user = userId('alice');
  const chat = await openChat({ user, peer: userId('bob') });
  await chat.say('zero');
  await expect.poll(() => chat.own(user)).toEqual(['zero: delivered']);
  gateway.stop();
  // The last that the page does: nothing of it runs after that.
  await chat.page.evaluate(() => {
    addEventListener('pagehide', () => document.querySelector('chat-window')?.send('on the way out'));
  });
  await chat.page.reload();
  await expect.poll(() => chat.own(user)).toEqual(['zero: delivered', 'on the way out: queued']);
  gateway.start();
  await expect.poll(() => chat.own(user)).toEqual(['zero: delivered', 'on the way out: delivered']);
});

test('nothing listens for `beforeunload` and `unload`: pages with such listeners are never cached (L7)', async ({
  openChat,
  userId,
}) => {
  const chat = await openChat({ user: userId('alice'), peer: userId('bob') });
  await chat.say('in use');
  const types = await chat.page.listeners('window');
  expect(types).toContain('pageshow');
  expect(types.filter((type) => /unload/.test(type))).toEqual([]);
});
