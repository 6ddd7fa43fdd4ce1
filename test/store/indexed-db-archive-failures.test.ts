import { forceCloseDatabase, IDBDatabase, IDBObjectStore } from 'fake-indexeddb';
import { openDB } from 'idb';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { ArchiveScene, own, shown, tell } from './archive-scene.js';
import { messageOf } from './messages.js';

let scene: ArchiveScene;

beforeEach(() => {
  scene = new ArchiveScene();
});

afterEach(async () => {
  await scene.leave();
  vi.unstubAllGlobals();
  vi.restoreAllMocks();
});

/** The connections that were opened. */
function connections(): IDBDatabase[] {
  const opened: IDBDatabase[] = [];
  const { open } = indexedDB;
  vi.spyOn(indexedDB, 'open').mockImplementation((...args) => {
    const request = open.apply(indexedDB, args);
    request.addEventListener('success', () => opened.push(request.result as never));
    return request;
  });
  return opened;
}

describe('T2: a full disk', () => {
  /** So many writes of messages find no room, at the commit or at once. */
  function fill(times: number, atCommit: boolean): { times: number } {
    const left = { times };
    const { put } = IDBObjectStore.prototype;
    vi.spyOn(IDBObjectStore.prototype, 'put').mockImplementation(function (this: IDBObjectStore, value, ...key) {
      const request = put.call(this, value, ...key);
      if (this.name !== 'messages' || left.times-- <= 0) return request;
      const error = new DOMException('no room', 'QuotaExceededError');
      Object.defineProperty(this.transaction, 'error', { value: error, configurable: true });
      if (atCommit) request.addEventListener('success', () => this.transaction.abort());
      else this.transaction.abort();
      return request;
    });
    return left;
  }

  it.each([
    ['at the commit', true],
    ['at once', false],
  ])('found %s, costs the oldest tenth, and then there is room', async (_, atCommit) => {
    const archive = await scene.open();
    await tell(archive, 'waits', 'queued');
    for (let i = 1; i <= 29; i++) await archive.received(messageOf(`m${i}`));
    fill(1, atCommit);
    await archive.received(messageOf('new'));
    const left = await shown(archive);
    expect(left.slice(0, 3)).toEqual(['waits', 'm4', 'm5']);
    expect(left.at(-1)).toBe('new');
    expect((await scene.stored()).scopes).toMatchObject([{ messages: 28 }]);
  });

  it('that stays full is told, and costs nothing else', async () => {
    const archive = await scene.open();
    await archive.received(messageOf('one'));
    // Both together, then the first one alone, then after trimming.
    fill(4, true);
    const refused = archive.received(messageOf('two'));
    const next = archive.received(messageOf('three'));
    await expect(refused).rejects.toMatchObject({ name: 'QuotaExceededError' });
    await next;
    expect((await shown(archive)).at(-1)).toBe('three');
  });
});

describe('T1, T5: a database that cannot be opened', () => {
  it('is told at once: no IndexedDB, none that opens, one of a later version', async () => {
    const open = vi.spyOn(indexedDB, 'open').mockImplementation(() => {
      throw new DOMException('denied', 'SecurityError');
    });
    await expect(scene.open()).rejects.toMatchObject({ name: 'SecurityError' });
    open.mockRestore();
    (await openDB('harmonychat history', 2)).close();
    await expect(scene.open()).rejects.toMatchObject({ name: 'VersionError' });
    vi.stubGlobal('indexedDB', undefined);
    await expect(scene.open()).rejects.toThrow(TypeError);
    await scene.leave();
    expect(scene.locks.held).toEqual([]);
  });

  it('refuses everything from the beginning: told after three times', async () => {
    await scene.open();
    await scene.leave();
    const dead = vi.spyOn(IDBDatabase.prototype, 'transaction').mockImplementation(() => {
      throw new DOMException('lost', 'UnknownError');
    });
    await expect(scene.open()).rejects.toMatchObject({ name: 'UnknownError' });
    expect(dead).toHaveBeenCalledTimes(3);
  });

  it('is given up after 10 s, and let go should it come later', async () => {
    const opened = connections();
    // A later version has it open, deletes it, and takes its time.
    const other = await openDB('harmonychat history', 1);
    opened.length = 0;
    const deleting = indexedDB.deleteDatabase('harmonychat history');
    const opening = scene.open();
    const outcome = expect(opening).rejects.toMatchObject({ name: 'TimeoutError' });
    await vi.waitFor(() => expect(indexedDB.open).toHaveBeenCalledTimes(2));
    scene.clock.advance(9_999);
    expect(
      await Promise.race([opening.catch(() => 'rejected'), new Promise((resolve) => setImmediate(resolve))]),
    ).toBeUndefined();
    scene.clock.advance(1);
    await outcome;
    other.close();
    await new Promise((resolve) => deleting.addEventListener('success', resolve));
    const close = vi.spyOn(IDBDatabase.prototype, 'close');
    await vi.waitFor(() => expect(opened).toHaveLength(1));
    await vi.waitFor(() => expect(close.mock.contexts).toEqual(opened));
  });

  it('a visit that another tab begins, and never has begun, is waited for no longer than 10 s', async () => {
    let release = () => {};
    void scene.locks.request('harmonychat visit ["wss://im.example.com","","alice"]', () => {
      return new Promise<void>((resolve) => {
        release = resolve;
      });
    });
    const outcome = expect(scene.open()).rejects.toMatchObject({ name: 'TimeoutError' });
    await vi.waitFor(() => expect(scene.clock.pending).toBe(1));
    scene.clock.advance(10_000);
    await outcome;
    release();
    await scene.leave();
    expect(scene.locks.held).toEqual([]);
  });
});

describe('T3, T4, T5: a database that is taken away', () => {
  it('lost by the browser: opened again by the next call', async () => {
    const opened = connections();
    const archive = await scene.open();
    await archive.received(messageOf('one'));
    const [lost] = opened;
    if (!lost) throw new Error('Expected a connection');
    const closed = new Promise((resolve) => lost.addEventListener('close', resolve));
    forceCloseDatabase(lost as never);
    await closed;
    await archive.received(messageOf('two'));
    expect(await shown(archive)).toEqual(['one', 'two']);
    expect(opened).toHaveLength(2);
  });

  it('lost, though nobody said so: opened again, in the order of the calls', async () => {
    const opened = connections();
    const archive = await scene.open();
    for (const database of opened) {
      database.transaction = () => {
        throw new DOMException('Connection to Indexed Database server lost', 'UnknownError');
      };
    }
    await Promise.all([archive.delivery(own('one'), 'queued'), tell(archive, 'one', 'sending')]);
    expect((await archive.page('bob', 9)).messages).toEqual([own('one', { status: 'sending' })]);
    expect(opened).toHaveLength(2);
  });

  it('lost again and again: told after three times; the next call tries anew', async () => {
    const archive = await scene.open();
    const dead = vi.spyOn(IDBDatabase.prototype, 'transaction').mockImplementation(() => {
      throw new DOMException('lost', 'UnknownError');
    });
    await expect(archive.received(messageOf('one'))).rejects.toMatchObject({ name: 'UnknownError' });
    expect(dead).toHaveBeenCalledTimes(3);
    dead.mockRestore();
    await archive.received(messageOf('two'));
    expect(await shown(archive)).toEqual(['two']);
  });

  it('a later version need not wait for us, and is left alone', async () => {
    const archive = await scene.open();
    const blocked = vi.fn();
    (await openDB('harmonychat history', 2, { blocked })).close();
    expect(blocked).not.toHaveBeenCalled();
    await expect(archive.received(messageOf('one'))).rejects.toMatchObject({ name: 'VersionError' });
  });

  it('deleted by somebody: goes on with an empty one, in the same visit', async () => {
    const archive = await scene.open();
    await archive.received(messageOf('one'));
    await new Promise((resolve) => {
      indexedDB.deleteDatabase('harmonychat history').onsuccess = resolve;
    });
    await archive.received(messageOf('two'));
    await scene.leave();
    expect(await shown(await scene.open())).toEqual(['two']);
  });
});

describe('close', () => {
  it('lets what was asked before come to its end, refuses what comes later, and leaves the visit', async () => {
    const opened = connections();
    const archive = await scene.open();
    const close = vi.spyOn(IDBDatabase.prototype, 'close');
    const last = archive.received(messageOf('one'));
    archive.close();
    archive.close();
    await expect(archive.received(messageOf('two'))).rejects.toMatchObject({ name: 'InvalidStateError' });
    await expect(archive.page('bob', 1)).rejects.toMatchObject({ name: 'InvalidStateError' });
    await last;
    await scene.leave();
    expect(scene.locks.held).toEqual([]);
    expect(close.mock.contexts).toContain(opened[0]);
    expect(opened).toHaveLength(1);
    expect(scene.clock.pending).toBe(0);
  });
});
