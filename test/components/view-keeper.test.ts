import { beforeEach, expect, test, vi } from 'vitest';
import type { ViewKeeper } from '../../src/components/view-keeper.js';
import type { ViewHost } from '../../src/components/view-key.js';

const FILE = '../../src/components/views.js';
const settled = () => new Promise<void>((resolve) => setImmediate(resolve));

/** What keeps the views, with what it was given. */
class FakeViews {
  static made: FakeViews[] = [];
  forgets = 0;

  constructor(
    readonly host: ViewHost,
    readonly key: string,
    readonly forgotten: readonly string[],
  ) {
    FakeViews.made.push(this);
  }

  forget(): void {
    this.forgets += 1;
  }
}

let composer: { value: string };
let keeper: ViewKeeper;
let host: { userId: string; peerId: string };
/** Lets the file come, or fail. */
let come: (error?: Error) => Promise<void>;
let asked: number;

beforeEach(async () => {
  FakeViews.made = [];
  composer = { value: '' };
  asked = 0;
  host = { userId: 'alice', peerId: 'bob' };
  const window = {
    addController: () => {},
    renderRoot: { querySelector: () => composer },
    get conversation() {
      return host.peerId ? host : undefined;
    },
    get userId() {
      return host.userId;
    },
    serverUrl: 'wss://im.example.com',
    appId: '',
  };
  const { ViewKeeper } = await file();
  keeper = new ViewKeeper(window as unknown as ViewHost);
});

/** The file as it is asked for from now on. */
function file() {
  let end = (_: Error | undefined) => {};
  const coming = new Promise<Error | undefined>((resolve) => {
    end = resolve;
  });
  come = async (error) => {
    end(error);
    await settled();
    await settled();
  };
  vi.resetModules();
  vi.doMock(FILE, async () => {
    asked += 1;
    const error = await coming;
    if (error) throw error;
    return { Views: FakeViews };
  });
  // Only then it is known that the file is not the real one.
  return import('../../src/components/view-keeper.js');
}

async function show(peerId: string): Promise<void> {
  host.peerId = peerId;
  keeper.hostUpdate();
  await settled();
}

test('without a conversation nothing is loaded; what was typed is for whoever is chosen', async () => {
  composer.value = 'hello';
  await show('');
  expect(asked).toBe(0);
  await show('bob');
  expect([asked, composer.value]).toEqual([1, 'hello']);
});

test('what was typed before it has come stays, and it knows for whom', async () => {
  await show('bob');
  composer.value = 'hello';
  await show('bob');
  await come();
  expect(composer.value).toBe('hello');
  expect(FakeViews.made).toMatchObject([{ key: expect.stringMatching(/"alice"\]"bob"$/), forgotten: [] }]);
});

test('what was typed for one is not left standing for another', async () => {
  await show('bob');
  composer.value = 'for bob';
  await show('carol');
  expect(composer.value).toBe('');
  composer.value = 'for carol';
  await show('');
  expect(composer.value).toBe('');
});

test('once it has come, it sees to all of that itself', async () => {
  await show('bob');
  await come();
  composer.value = 'for bob';
  await show('carol');
  expect([composer.value, asked]).toEqual(['for bob', 1]);
  keeper.forget();
  expect([composer.value, FakeViews.made[0]?.forgets]).toEqual(['', 1]);
});

test('who was to be forgotten before it has come is forgotten then', async () => {
  await show('bob');
  composer.value = 'private';
  keeper.forget();
  expect(composer.value).toBe('');
  host.userId = 'dave';
  composer.value = 'of dave';
  await show('bob');
  expect(composer.value).toBe('of dave');
  await come();
  expect(FakeViews.made).toMatchObject([
    { key: expect.stringMatching(/"dave"\]"bob"$/), forgotten: [expect.stringMatching(/"alice"\]$/)] },
  ]);
});

test('where it cannot be loaded, the next conversation tries again', async () => {
  await show('bob');
  await come(new Error('404'));
  await file();
  await show('bob');
  expect(asked).toBe(1);
  await show('carol');
  expect(asked).toBe(2);
  await come();
  expect(FakeViews.made).toHaveLength(1);
});
