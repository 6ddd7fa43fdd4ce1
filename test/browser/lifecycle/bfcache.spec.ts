import { arrivals } from '../../support/arrivals.js';
import { eventsOf, expect, test } from './lifecycle-test.js';

const elsewhere = 'test/browser/pages/window.html';

test('through the back-forward cache and out again (L3): one socket, nothing lost, no word of trouble', async ({
  openChat,
  gateway,
  site,
  userId,
}) => {
  const [user, peer] = [userId('alice'), userId('bob')];
  const { journal } = gateway;
  const chat = await openChat({ user, peer });
  await chat.say('before');
  await expect.poll(() => chat.own(user)).toEqual(['before: delivered']);

  await chat.page.navigate(site.url + elsewhere);
  const { n: left } = await journal.waitFor({ user, dir: 'close' });
  gateway.send(user, 'while away', { from: peer, typeu: 0 });
  expect(await chat.page.go(-1), 'restored from the cache').toBe(true);

  await expect.poll(() => chat.received()).toEqual(['while away']);
  await chat.say('after');
  await expect.poll(() => chat.own(user)).toEqual(['before: delivered', 'after: delivered']);
  expect(await chat.light()).toBe('Connected');
  // The page's return and the news that the old socket is closed both speak for a new one.
  expect(journal.filter({ dir: 'open', after: left })).toHaveLength(1);
  expect(journal.logins(user)).toHaveLength(2);
  expect(await eventsOf(chat, 'chat-error')).toEqual([]);
  expect((await eventsOf(chat, 'chat-resync')).map(({ reason }) => reason)).toEqual(['start', 'frozen']);
});

test('restored on a line that fails at first: still one socket in the end (L3)', async ({
  openChat,
  gateway,
  site,
  userId,
}) => {
  const user = userId('alice');
  const chat = await openChat({ user, peer: userId('bob') });
  await chat.page.navigate(site.url + elsewhere);
  gateway.stop();
  expect(await chat.page.go(-1)).toBe(true);
  await chat.say('typed in between');
  await expect.poll(() => chat.own(user)).toEqual(['typed in between: queued']);
  gateway.start();
  await expect.poll(() => chat.own(user)).toEqual(['typed in between: delivered']);
  expect(gateway.socketsOf(user)).toHaveLength(1);
});

test('the chat of another page of the site is not held up by the one in the cache', async ({
  openChat,
  gateway,
  site,
  userId,
}) => {
  const [user, peer] = [userId('alice'), userId('bob')];
  const chat = await openChat({ user, peer });
  gateway.stop();
  await chat.say('first');
  await expect.poll(() => chat.own(user)).toEqual(['first: queued']);
  await chat.page.navigate(`${site.url}?${new URLSearchParams({ user, peer })}&page=2`);
  await expect.poll(() => chat.own(user)).toEqual(['first: queued']);
  await chat.say('second');
  await expect.poll(() => chat.own(user)).toEqual(['first: queued', 'second: queued']);
  gateway.start();
  await expect.poll(() => chat.own(user)).toEqual(['first: delivered', 'second: delivered']);
  await chat.page.go(-1);
  await chat.say('third');
  await expect
    .poll(() => arrivals(gateway.journal, user).map(({ content }) => content))
    .toEqual(['first', 'second', 'third']);
});
