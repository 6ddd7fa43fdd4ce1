import 'fake-indexeddb/auto';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { OutboxRecord } from '../../src/client/index.js';
import type { Device } from '../../src/store/device.js';
import type { loadDevice } from '../../src/store/load-device.js';

const FILE = '../../src/store/device.js';
const memory = { read: () => undefined, write: () => {} };
const record = (id: string): OutboxRecord => {
  const content = { to: 'bob', type: 0, content: id, qos: true };
  return { v: 1, id, seq: 1, ...content, sentAt: 1, written: false, failed: false };
};
let load: typeof loadDevice;
let scope = 0;

beforeEach(async () => {
  vi.resetModules();
  ({ loadDevice: load } = await import('../../src/store/load-device.js'));
  scope += 1;
});

afterEach(() => {
  vi.doUnmock(FILE);
  vi.unstubAllGlobals();
});

const open = () => load(`user ${scope}`, 'device', memory);
const { signal } = new AbortController();

test('what is asked before the file has come is done in its order when it has', async () => {
  const { outbox, keeper, archive } = open();
  const done = Promise.all([
    outbox.put(record('a')),
    outbox.put(record('b')),
    outbox.delete('a'),
    outbox.claim(signal),
  ]);
  keeper.delivery({ id: 'c', type: 0, content: 'c', from: 'me', to: 'bob', sentAt: 1, status: 'queued' }, 'queued');
  expect((await done)[3]).toMatchObject([{ id: 'b' }]);
  expect((await (await archive)?.page('bob', 10))?.messages).toMatchObject([{ id: 'c' }]);
  expect(await keeper.before()).toMatchObject({ waiting: [{ id: 'c' }] });
  await outbox.clear();
  expect(await outbox.claim(signal)).toEqual([]);
});

test('that the storage lost what it held is told, whenever somebody began to listen', async () => {
  let device: Device | undefined;
  const { openDevice } = await import('../../src/store/device.js');
  vi.doMock(FILE, () => ({
    openDevice(...args: Parameters<typeof openDevice>) {
      device = openDevice(...args);
      return device;
    },
  }));
  const { outbox } = open();
  await outbox.put(record('a'));
  let told = 0;
  outbox.emptied = () => {
    told += 1;
  };
  device?.outbox.emptied?.();
  expect(told).toBe(1);
});

test.each([
  ['the file cannot be loaded', () => void vi.doMock(FILE, () => Promise.reject(new Error('404')))],
  ['there is no IndexedDB', () => void vi.stubGlobal('indexedDB', undefined)],
])('%s: nothing is kept, and all are told', async (_, deny) => {
  deny();
  const { outbox, keeper, archive } = open();
  keeper.fact({ fact: 'wiped' });
  const message = { id: 'c', type: 0, content: 'c', from: 'bob', to: 'me', sentAt: 1, status: 'received' } as const;
  const asked = [outbox.claim(signal), outbox.put(record('a')), outbox.delete('a'), outbox.clear()];
  const ends = await Promise.allSettled([...asked, keeper.message(message)]);
  expect(ends.map(({ status }) => status)).toEqual(Array(5).fill('rejected'));
  expect(await keeper.before()).toEqual({ known: [], waiting: [] });
  expect(await archive).toBeUndefined();
});

test('the file did not come: messages on their way are kept once it does', async () => {
  vi.doMock(FILE, () => Promise.reject(new Error('offline')));
  const { outbox, archive } = open();
  await expect(outbox.put(record('a'))).rejects.toThrow();
  await expect(archive).resolves.toBeUndefined();
  vi.doUnmock(FILE);
  expect(await outbox.claim(signal)).toEqual([]);
  await outbox.put(record('b'));
  expect(await outbox.claim(signal)).toMatchObject([{ id: 'b' }]);
  let told = 0;
  outbox.emptied = () => {
    told += 1;
  };
  await outbox.clear();
  indexedDB.deleteDatabase('harmonychat');
  await vi.waitFor(() => expect(told).toBe(1));
});
