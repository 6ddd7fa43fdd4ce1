import { expect, test } from '../fixtures.js';
import type {} from '../pages/archive.js';

const MESSAGES = 50_000;
const PAGE = 50;

// T10: what is kept must not be paid for at each opening. Counted is what is asked of the database, not the time.
test('50,000 stored messages: opening and the first page read a page', { tag: '@long' }, async ({ page, site }) => {
  test.slow();
  await page.goto(`${site.url}test/browser/pages/archive.html`);
  const result = await page.evaluate(
    async ([count, size]) => {
      // Before idb looks at them: it knows those that move a cursor by what they are then.
      let asked = 0;
      let records = 0;
      const noted = (request: IDBRequest) => {
        asked += 1;
        request.addEventListener('success', () => {
          const { result } = request;
          records += Array.isArray(result) ? result.length : Number(result !== undefined && result !== null);
        });
        return request;
      };
      const targets = [IDBObjectStore.prototype, IDBIndex.prototype, IDBCursor.prototype] as const;
      for (const target of targets as unknown as Record<string, (...args: unknown[]) => IDBRequest>[]) {
        for (const name of ['get', 'getKey', 'getAll', 'getAllKeys', 'count', 'openCursor', 'openKeyCursor']) {
          const method = Object.hasOwn(target, name) ? target[name] : undefined;
          if (!method) continue;
          target[name] = function (...args) {
            return noted(method.apply(this, args));
          };
        }
      }
      for (const name of ['continue', 'advance', 'continuePrimaryKey'] as const) {
        const move = IDBCursor.prototype[name] as (this: IDBCursor, ...args: unknown[]) => void;
        IDBCursor.prototype[name] = function (this: IDBCursor, ...args: unknown[]) {
          // The listener of the request that opened it counts what this brings.
          asked += 1;
          move.apply(this, args);
        };
      }

      const { openArchive } = await window.loadArchive();
      const [scope, id] = ['["wss://im.example.com","","speedy"]', 'visit'];
      const options = { scope, lifetime: 'device', visit: { get: () => id, set: () => {} } } as const;
      const first = await openArchive({ ...options, limits: { messages: count, bytes: 1e9 } });
      first.close();

      const database = await new Promise<IDBDatabase>((resolve, reject) => {
        const request = indexedDB.open('harmonychat history');
        request.onsuccess = () => resolve(request.result);
        request.onerror = () => reject(request.error);
      });
      const filling = database.transaction(['messages', 'marks', 'scopes'], 'readwrite');
      for (let i = 1; i <= count; i++) {
        const peer = i % 5 ? 'bob' : 'carol';
        const [from, to, status] = i % 3 ? [peer, 'me', 'received'] : ['me', peer, 'delivered'];
        const message = { id: `m${i}`, type: 0, content: 'some words '.repeat(i % 9), from, to, sentAt: i, status };
        filling.objectStore('messages').put({ v: 1, scope, peer, place: i, kept: i, ...message });
      }
      for (const peer of ['bob', 'carol']) filling.objectStore('marks').put({ scope, peer, read: count - 300 });
      const counts = { messages: count, bytes: 1_000_000, next: count + 1 };
      filling.objectStore('scopes').put({ scope, lifetime: 'device', visit: id, touched: Date.now(), ...counts });
      await new Promise((resolve) => {
        filling.oncomplete = resolve;
      });
      database.close();

      const measure = async <T>(work: () => Promise<T>) => {
        const [askedBefore, recordsBefore, begin] = [asked, records, performance.now()];
        const value = await work();
        const ms = performance.now() - begin;
        return { value, ms, asked: asked - askedBefore, records: records - recordsBefore };
      };

      const opening = await measure(async () => {
        const archive = await openArchive({ ...options, limits: { messages: count + 1, bytes: 1e9 } });
        return { archive, page: await archive.page('bob', size) };
      });
      const { archive } = opening.value;
      const older = await measure(() => archive.page('bob', size, opening.value.page.before));
      const state = await measure(() => archive.state());
      const message = {
        id: 'new',
        type: 0,
        content: 'new',
        from: 'bob',
        to: 'me',
        sentAt: 1,
        status: 'received',
      } as const;
      const receiving = await measure(() => archive.received(message));
      const trimming = await measure(() => archive.received({ ...message, id: 'newer' }));
      const { known, unread } = state.value;
      const told = [known.length, unread.get('bob')?.length, unread.get('carol')?.length];
      await archive.clear();
      archive.close();
      const figures = { opening, older, state, receiving, trimming };
      return {
        ids: [opening.value.page, older.value].map(({ messages }) => [messages.length, messages.at(-1)?.id]),
        told,
        figures: Object.entries(figures).map(([name, { ms, asked, records }]) => ({ name, ms, asked, records })),
      };
    },
    [MESSAGES, PAGE] as const,
  );
  for (const { name, ms, asked, records } of result.figures)
    console.log(`${MESSAGES} messages, ${name}: ${ms.toFixed(0)} ms, ${asked} requests, ${records} records`);
  expect(result.ids).toEqual([
    [PAGE, `m${MESSAGES - 1}`],
    [PAGE, 'm49937'],
  ]);
  expect(result.told).toEqual([500, 160, 40]);
  const of = (name: string) => result.figures.find((figure) => figure.name === name);
  // The page, the one that tells whether there are older ones, and the row of the user.
  expect(of('opening')?.records).toBeLessThanOrEqual(PAGE + 5);
  expect(of('opening')?.asked).toBeLessThanOrEqual(10);
  // Not step by step: the key of the last one, that of the one before the page, and all between.
  expect(of('older')?.records).toBeLessThanOrEqual(PAGE + 2);
  expect(of('older')?.asked).toBeLessThanOrEqual(3);
  expect(of('state')?.records).toBeLessThanOrEqual(500 + 200 + 10);
  expect(of('state')?.asked).toBeLessThanOrEqual(20);
  expect(of('receiving')?.records).toBeLessThanOrEqual(5);
  expect(of('trimming')?.records).toBeGreaterThan(2_500);
});
