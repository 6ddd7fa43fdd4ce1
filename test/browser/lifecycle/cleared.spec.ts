import { arrivals } from '../../support/arrivals.js';
import type { CdpPage } from '../../support/cdp-page.js';
import { expect, test } from './lifecycle-test.js';

/**
 * Records in the outboxes of the page's origin; -1 if the database does not answer within 3 s: Chromium drops what it is asked
 * while it deletes it.
 */
const storedRecords = (page: CdpPage) =>
  page.evaluate(() => {
    const answer = <T>(request: IDBRequest<T>) =>
      new Promise<T>((resolve, reject) => {
        request.onsuccess = () => resolve(request.result);
        request.onerror = () => reject(request.error);
      });
    const count = async () => {
      // Asked for where it is not, it would be made.
      if (!(await indexedDB.databases()).some(({ name }) => name === 'harmonychat')) return 0;
      const database = await answer(indexedDB.open('harmonychat'));
      const records = await answer(database.transaction('outbox').objectStore('outbox').count());
      database.close();
      return records;
    };
    return Promise.race([count(), new Promise<number>((resolve) => setTimeout(resolve, 3_000, -1))]);
  });

const typed = ['one', 'two', 'three'];

test('the data of the site are cleared while messages wait (T3): they are delivered', async ({
  openChat,
  gateway,
  userId,
}) => {
  const user = userId('alice');
  const chat = await openChat({ user, peer: userId('bob') });
  gateway.stop();
  await chat.say(...typed);
  await expect.poll(() => chat.own(user)).toEqual(typed.map((text) => `${text}: queued`));
  await chat.page.clearStorage();
  await chat.say('four');
  gateway.start();
  await expect.poll(() => chat.own(user)).toEqual([...typed, 'four'].map((text) => `${text}: delivered`));
  expect(arrivals(gateway.journal, user).map(({ content }) => content)).toEqual([...typed, 'four']);
});

test('cleared, they are written down again, and survive a crash after that (T3)', async ({
  openChat,
  gateway,
  userId,
}) => {
  const user = userId('alice');
  const chat = await openChat({ user, peer: userId('bob') });
  gateway.stop();
  await chat.say(...typed);
  await expect.poll(() => chat.own(user)).toEqual(typed.map((text) => `${text}: queued`));
  await expect.poll(() => storedRecords(chat.page)).toBe(3);
  await chat.page.clearStorage();
  await expect.poll(() => storedRecords(chat.page)).toBe(3);
  await chat.page.kill();
  await chat.page.reload();
  gateway.start();
  await expect.poll(() => chat.own(user)).toEqual(typed.map((text) => `${text}: delivered`));
  await expect.poll(() => storedRecords(chat.page)).toBe(0);
});
