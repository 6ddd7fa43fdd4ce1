import { forceCloseDatabase, IDBDatabase, IDBFactory, IDBKeyRange, IDBTransaction } from 'fake-indexeddb';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { systemClock } from '../../src/client/clock.js';
import { indexedDbOutbox, type OutboxRecord } from '../../src/client/index.js';
import { FakeLocks } from '../support/fake-locks.js';

let locks: FakeLocks;
/** The waits that were asked for, ms; none of them takes any time. */
let waits: number[];
/** Ends the patience with each database that is not open yet. */
let impatient: (() => void)[];
const pages: AbortController[] = [];

beforeEach(() => {
  locks = new FakeLocks();
  waits = [];
  impatient = [];
  vi.stubGlobal('indexedDB', new IDBFactory());
  vi.stubGlobal('IDBKeyRange', IDBKeyRange);
  vi.stubGlobal('navigator', { locks });
  vi.spyOn(systemClock, 'setTimeout').mockImplementation((callback, ms) => {
    if (ms === 5_000) {
      impatient.push(callback);
      return callback;
    }
    waits.push(ms);
    queueMicrotask(callback);
    return undefined;
  });
  vi.spyOn(systemClock, 'clearTimeout').mockImplementation((callback) => {
    impatient = impatient.filter((it) => it !== callback);
  });
});

afterEach(() => {
  for (const page of pages.splice(0)) page.abort();
  vi.unstubAllGlobals();
  vi.restoreAllMocks();
});

/** A page that goes away with `abort`, as the end of a session lets it. */
function page(): AbortController {
  const controller = new AbortController();
  pages.push(controller);
  return controller;
}

function record(id: string, seq = 1): OutboxRecord {
  const plain = { v: 1, to: 'bob', type: 0, content: id, qos: true, written: false, failed: false } as const;
  return { ...plain, id, seq, sentAt: 1_767_605_000_000 };
}

const ids = (records: readonly unknown[]) => (records as OutboxRecord[]).map(({ id }) => id);

/** What a page that comes now finds. */
async function found(scope = 'alice'): Promise<string[]> {
  const { signal } = page();
  return ids(await indexedDbOutbox(scope).claim(signal));
}

/** Lets `open` fail so often, and then work; with `Infinity` never. */
function failToOpen(times: number, name: string): { readonly tries: number } {
  const { open } = indexedDB;
  const count = { tries: 0 };
  vi.spyOn(indexedDB, 'open').mockImplementation((...args) => {
    if (++count.tries <= times) throw new DOMException('cannot be opened', name);
    return open.apply(indexedDB, args);
  });
  return count;
}

describe('L4, L5, L6: an outbox in IndexedDB', () => {
  it('gives the next page what was put, as it was put, without what was deleted', async () => {
    const outbox = indexedDbOutbox('alice');
    expect(await outbox.claim(page().signal)).toEqual([]);
    await outbox.put(record('one'));
    await outbox.put(record('two'));
    await outbox.put({ ...record('one'), written: true, content: 'x \ud83d' });
    await outbox.delete('two');
    await outbox.delete('never there');
    pages[0]?.abort();
    const [one, ...others] = await indexedDbOutbox('alice').claim(page().signal);
    expect(one).toEqual({ ...record('one'), written: true, content: 'x \ud83d', scope: 'alice' });
    expect(others).toEqual([]);
  });

  it('put resolves when it is committed, and not before', async () => {
    const outbox = indexedDbOutbox('alice');
    await outbox.put(record('opens the database'));
    const order: string[] = [];
    const { transaction } = IDBDatabase.prototype;
    const modes: unknown[] = [];
    vi.spyOn(IDBDatabase.prototype, 'transaction').mockImplementation(function (this: IDBDatabase, ...args) {
      modes.push(args);
      const made = transaction.apply(this, args);
      made.addEventListener('complete', () => order.push('committed'));
      return made;
    });
    await outbox.put(record('one')).then(() => order.push('resolved'));
    expect(order).toEqual(['committed', 'resolved']);
    await outbox.claim(page().signal);
    expect(modes).toEqual([
      ['outbox', 'readwrite', { durability: 'relaxed' }],
      ['outbox', 'readonly', { durability: 'relaxed' }],
    ]);
  });

  it('T9: keeps users apart, and clears one of them', async () => {
    for (const scope of ['al', 'alice', 'alice2', 'ali']) await indexedDbOutbox(scope).put(record(`of ${scope}`));
    expect(await found('alice')).toEqual(['of alice']);
    await indexedDbOutbox('alice').put(record('more'));
    await indexedDbOutbox('alice').clear();
    expect(await found('alice2')).toEqual(['of alice2']);
    expect(await found('ali')).toEqual(['of ali']);
    expect(await found('al')).toEqual(['of al']);
    for (const controller of pages) controller.abort();
    expect(await found('alice')).toEqual([]);
  });

  it('T9: clears a record with an id that no message has', async () => {
    const alice = indexedDbOutbox('alice');
    await alice.put({ ...record('x'), id: ['y'] as never });
    expect(await found()).toEqual([['y']]);
    await alice.clear();
    pages[0]?.abort();
    expect(await found()).toEqual([]);
  });

  it('opens the database once', async () => {
    const open = vi.spyOn(indexedDB, 'open');
    const outbox = indexedDbOutbox('alice');
    await Promise.all([outbox.claim(page().signal), outbox.put(record('one')), outbox.put(record('two'))]);
    await outbox.delete('one');
    expect(open.mock.calls).toEqual([['harmonychat', 1]]);
  });
});

describe('T8, V19: two pages of one user', () => {
  it('the second waits until the first has gone, and finds what it left', async () => {
    const first = indexedDbOutbox('alice');
    const controller = page();
    await first.claim(controller.signal);
    const second = vi.fn();
    const claimed = indexedDbOutbox('alice').claim(page().signal).then(second);
    await first.put(record('one'));
    await found('bob');
    expect(second).not.toHaveBeenCalled();
    expect(locks.held).toEqual(['harmonychat outbox alice', 'harmonychat outbox bob']);
    controller.abort();
    await claimed;
    expect(ids(second.mock.calls[0]?.[0])).toEqual(['one']);
  });

  it('one that goes while it waits has taken nothing', async () => {
    const first = page();
    await indexedDbOutbox('alice').claim(first.signal);
    const second = page();
    const claimed = indexedDbOutbox('alice').claim(second.signal);
    second.abort();
    await expect(claimed).rejects.toBe(second.signal.reason);
    first.abort();
    expect(await found()).toEqual([]);
  });

  it.each([
    ['there are no locks (an insecure page)', () => vi.stubGlobal('navigator', {})],
    [
      'locks are refused (a sandboxed frame)',
      () => {
        locks.refusal = new DOMException('denied', 'SecurityError');
      },
    ],
  ])('where %s, the outbox is used without them', async (_, arrange) => {
    await indexedDbOutbox('alice').put(record('one'));
    arrange();
    expect(await found()).toEqual(['one']);
    expect(await found()).toEqual(['one']);
  });
});

describe('T1, T2, T4: a database that fails', () => {
  it('T4: is opened again after 100 ms and 1 s, where the failure may pass', async () => {
    const count = failToOpen(2, 'UnknownError');
    await indexedDbOutbox('alice').put(record('one'));
    expect(count.tries).toBe(3);
    expect(waits).toEqual([100, 1_000]);
    expect(await found()).toEqual(['one']);
  });

  it.each(['AbortError', 'InvalidStateError', 'UnknownError'])('T4: three %ss in a row are told', async (name) => {
    const count = failToOpen(3, name);
    const outbox = indexedDbOutbox('alice');
    await expect(outbox.put(record('one'))).rejects.toMatchObject({ name });
    expect(count.tries).toBe(3);
    // The next one is a new beginning.
    await outbox.put(record('one'));
    expect(await found()).toEqual(['one']);
  });

  it('T1: a failure that does not pass is told at once; the next message tries anew', async () => {
    failToOpen(1, 'SecurityError');
    const outbox = indexedDbOutbox('alice');
    await expect(outbox.put(record('one'))).rejects.toMatchObject({ name: 'SecurityError' });
    expect(waits).toEqual([]);
    await outbox.put(record('two'));
    expect(await found()).toEqual(['two']);
  });

  it('T1: a browser without IndexedDB refuses everything, and throws nothing', async () => {
    vi.stubGlobal('indexedDB', undefined);
    const outbox = indexedDbOutbox('alice');
    const refusals = [outbox.claim(page().signal), outbox.put(record('one')), outbox.delete('one'), outbox.clear()];
    for (const { status } of await Promise.allSettled(refusals)) expect(status).toBe('rejected');
  });

  it('T5: a database of a later version is left alone', async () => {
    await new Promise<void>((resolve) => {
      const request = indexedDB.open('harmonychat', 2);
      request.onsuccess = () => {
        request.result.close();
        resolve();
      };
    });
    await expect(indexedDbOutbox('alice').put(record('one'))).rejects.toMatchObject({ name: 'VersionError' });
    expect(waits).toEqual([]);
  });

  it('T2: a full disk is told with its reason, and costs nothing else', async () => {
    const outbox = indexedDbOutbox('alice');
    await outbox.put(record('one'));
    // It is found at the commit.
    const full = vi.spyOn(IDBTransaction.prototype, 'commit').mockImplementation(function (this: IDBTransaction) {
      const error = new DOMException('no room', 'QuotaExceededError');
      Object.defineProperty(this, 'error', { value: error });
      this.abort();
    });
    await expect(outbox.put(record('two'))).rejects.toMatchObject({ name: 'QuotaExceededError' });
    full.mockRestore();
    await outbox.put(record('three'));
    expect((await found()).toSorted()).toEqual(['one', 'three']);
  });
});

describe('T3, T5: a database that is taken away', () => {
  /** The connection that an outbox opens. */
  function connection(): () => IDBDatabase {
    const { open } = indexedDB;
    let database: IDBDatabase | undefined;
    vi.spyOn(indexedDB, 'open').mockImplementation((...args) => {
      const request = open.apply(indexedDB, args);
      request.addEventListener('success', () => {
        database = request.result;
      });
      return request;
    });
    return () => {
      if (!database) throw new Error('Expected an open database');
      return database;
    };
  }

  it('T3: cleared by the user: that is told, and what is put then is kept', async () => {
    const database = connection();
    const outbox = indexedDbOutbox('alice');
    let told = 0;
    const emptied = new Promise<void>((resolve) => {
      outbox.emptied = () => {
        told += 1;
        resolve();
      };
    });
    await outbox.put(record('one'));
    expect(told).toBe(0);
    forceCloseDatabase(database() as never);
    await emptied;
    expect(told).toBe(1);
    await outbox.put(record('two'));
    expect((await found()).toSorted()).toEqual(['one', 'two']);
  });

  it('T5: a request to open it that is not answered is made again; an answer that comes late is closed', async () => {
    const outbox = indexedDbOutbox('alice');
    const late = { result: { close: vi.fn() }, onsuccess: () => {} };
    vi.spyOn(indexedDB, 'open').mockImplementationOnce(() => late as never);
    const put = outbox.put(record('one'));
    expect(impatient).toHaveLength(1);
    impatient[0]?.();
    await put;
    expect(waits).toEqual([100]);
    expect(await found()).toEqual(['one']);
    late.onsuccess();
    expect(late.result.close).toHaveBeenCalledTimes(1);
  });

  it('waits no longer for one that is open, or was refused', async () => {
    await indexedDbOutbox('alice').put(record('one'));
    expect(impatient).toEqual([]);
    failToOpen(Number.POSITIVE_INFINITY, 'SecurityError');
    await expect(indexedDbOutbox('bob').put(record('two'))).rejects.toThrow();
    expect(impatient).toEqual([]);
  });

  it('T3: cleared while nobody listens, it goes on', async () => {
    const database = connection();
    const outbox = indexedDbOutbox('alice');
    await outbox.put(record('one'));
    const lost = database();
    const closed = new Promise((resolve) => lost.addEventListener('close', resolve));
    forceCloseDatabase(lost as never);
    await closed;
    await outbox.put(record('two'));
    expect((await found()).toSorted()).toEqual(['one', 'two']);
  });

  it('T3: deleted by the page: that is told, nobody has to wait for us, and what is put then is kept', async () => {
    const outbox = indexedDbOutbox('alice');
    await outbox.put(record('one'));
    const again: Promise<void>[] = [];
    outbox.emptied = () => again.push(outbox.put(record('again')));
    const blocked = vi.fn();
    await new Promise<void>((resolve) => {
      const request = indexedDB.deleteDatabase('harmonychat');
      request.onblocked = blocked;
      request.onsuccess = () => resolve();
    });
    expect(blocked).not.toHaveBeenCalled();
    expect(again).toHaveLength(1);
    await again[0];
    expect(await found()).toEqual(['again']);
  });

  /** From now on the open connection refuses everything, and no event says so. */
  function die(database: IDBDatabase, name: string): void {
    database.transaction = () => {
      throw new DOMException('Connection to Indexed Database server lost', name);
    };
  }

  it.each(['InvalidStateError', 'UnknownError'])('T4: a dead connection (%s) is replaced at once', async (name) => {
    const database = connection();
    const outbox = indexedDbOutbox('alice');
    await outbox.put(record('one'));
    die(database(), name);
    // In the order of the calls: else the record would stay.
    await Promise.all([outbox.put(record('two')), outbox.put(record('three')), outbox.delete('two')]);
    expect(indexedDB.open).toHaveBeenCalledTimes(2);
    expect((await found()).toSorted()).toEqual(['one', 'three']);
  });

  it('T4: three dead connections in a row are told; the next message tries anew', async () => {
    const { open } = indexedDB;
    const opened = vi.spyOn(indexedDB, 'open').mockImplementation((...args) => {
      const request = open.apply(indexedDB, args);
      request.addEventListener('success', () => die(request.result, 'UnknownError'));
      return request;
    });
    const outbox = indexedDbOutbox('alice');
    await expect(outbox.put(record('one'))).rejects.toMatchObject({ name: 'UnknownError' });
    expect(opened).toHaveBeenCalledTimes(3);
    opened.mockRestore();
    await outbox.put(record('two'));
    expect(await found()).toEqual(['two']);
  });

  it('T5: another page brings a later version: it need not wait for us', async () => {
    const outbox = indexedDbOutbox('alice');
    const emptied = vi.fn();
    outbox.emptied = emptied;
    await outbox.put(record('one'));
    const blocked = vi.fn();
    await new Promise<void>((resolve) => {
      const request = indexedDB.open('harmonychat', 2);
      request.onblocked = blocked;
      request.onsuccess = () => resolve();
    });
    expect(blocked).not.toHaveBeenCalled();
    expect(emptied).not.toHaveBeenCalled();
    await expect(outbox.put(record('two'))).rejects.toMatchObject({ name: 'VersionError' });
  });
});
