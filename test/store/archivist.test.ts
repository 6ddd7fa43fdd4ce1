import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { DeliveryEvent, type DeliveryOutcome, type Message, MessageReceivedEvent } from '../../src/client/index.js';
import type { Archive } from '../../src/store/archive.js';
import { archivist } from '../../src/store/archivist.js';
import type { Fact } from '../../src/store/facts.js';
import { ToldEvent } from '../../src/tabs/news.js';
import type { NewsKeeper } from '../../src/tabs/shared-client-options.js';
import { ArchiveScene, own } from './archive-scene.js';
import { messageOf } from './messages.js';

const PEER = messageOf('any').from;
let scene: ArchiveScene;
let archive: Archive;
let keeper: NewsKeeper;

beforeEach(async () => {
  scene = new ArchiveScene();
  archive = await scene.open();
  keeper = archivist(Promise.resolve(archive));
});

afterEach(async () => {
  await scene.leave();
  vi.unstubAllGlobals();
});

const came = (id: string, fields?: Partial<Message>) => new MessageReceivedEvent(messageOf(id, fields));
const told = (fact: Fact) => new ToldEvent(fact, JSON.stringify(fact));
const read = told({ fact: 'read', peerId: PEER });
const cleared = told({ fact: 'cleared', peerId: PEER });
const became = (id: string, status: DeliveryOutcome) =>
  new DeliveryEvent(own(id, { to: PEER, status: status === 'delivered' ? status : 'queued' }), status);

/** What the page that led has written down before it went. */
async function written(...events: readonly Event[]): Promise<void> {
  for (const event of events) {
    if (event instanceof MessageReceivedEvent) await keeper.message(event.message);
    else if (event instanceof DeliveryEvent) await keeper.delivery(event.message, event.status);
    else if (event instanceof ToldEvent) await keeper.fact(event.fact);
  }
}

async function kept(): Promise<[id: string, status: string][]> {
  const { messages } = await archive.page(PEER, 50);
  return messages.map(({ id, status }) => [id, status]);
}

async function unread(): Promise<readonly string[]> {
  return (await archive.state()).unread.get(PEER) ?? [];
}

describe('T7: what was told in the last seconds of another leader', () => {
  it('is written down where that was not done, each in its place', async () => {
    const events = [became('own', 'queued'), came('one'), became('own', 'delivered'), came('two')];
    await written(...events.slice(0, 2));
    await keeper.replay?.(events);
    const all = [
      ['own', 'delivered'],
      ['one', 'received'],
      ['two', 'received'],
    ];
    expect([await kept(), await unread()]).toEqual([all, ['one', 'two']]);
    await keeper.replay?.(events);
    expect([await kept(), await unread()]).toEqual([all, ['one', 'two']]);
  });

  it('is read, unless something has come since then', async () => {
    const events = [came('one'), read, came('two')];
    await written(...events);
    await keeper.replay?.(events);
    expect(await unread()).toEqual(['two']);
    await keeper.replay?.([...events, read]);
    expect(await unread()).toEqual([]);
  });

  it('of somebody else is read all the same', async () => {
    const events = [came('one'), read, came('two', { from: 'dave' })];
    await keeper.replay?.(events);
    expect([await unread(), (await archive.state()).unread.get('dave')]).toEqual([[], ['two']]);
  });

  it('does not come back when it was cleared away, and takes nothing away that came later', async () => {
    const events = [came('one'), became('own', 'queued'), cleared, came('two'), became('late', 'queued')];
    await written(...events);
    await keeper.replay?.(events);
    expect(await kept()).toEqual([
      ['two', 'received'],
      ['late', 'queued'],
    ]);
    expect(await unread()).toEqual(['two']);
  });

  it('is cleared away if nobody got round to it', async () => {
    await written(came('one'));
    await keeper.replay?.([came('one'), cleared]);
    expect(await kept()).toEqual([]);
  });

  it('was deleted, which is no reason to count it, or anything else, as read or not', async () => {
    const deleted = told({ fact: 'deleted', peerId: PEER, id: 'one' });
    const events = [came('one'), came('two'), read, deleted, came('three')];
    await written(...events.slice(0, 2));
    await keeper.replay?.(events.slice(0, 4));
    expect([(await archive.page(PEER, 9)).messages, await unread()]).toEqual([
      [messageOf('one', { content: '', deleted: true }), messageOf('two')],
      [],
    ]);
    await keeper.replay?.(events);
    expect((await archive.page(PEER, 9)).messages[0]?.deleted).toBe(true);
    expect(await unread()).toEqual(['three']);
    await keeper.replay?.([deleted, cleared]);
    expect(await kept()).toEqual([]);
  });

  it('does not come back after all was wiped', async () => {
    await keeper.replay?.([came('one'), became('own', 'queued'), told({ fact: 'wiped' }), came('two')]);
    expect(await kept()).toEqual([['two', 'received']]);
  });

  it('was removed, and what a history has found is found', async () => {
    const found = told({
      fact: 'found',
      peerId: PEER,
      after: undefined,
      messages: [messageOf('older')],
      news: [],
      isAll: true,
    });
    await keeper.replay?.([became('own', 'failed'), found, became('own', 'removed'), new ToldEvent('nonsense', '')]);
    expect([await kept(), await unread()]).toEqual([[['older', 'received']], []]);
  });

  it('is no reason to fail where nothing can be kept', async () => {
    await expect(archivist(Promise.resolve(undefined)).replay?.([came('one')])).resolves.toBeDefined();
    await expect(archivist(Promise.reject(new Error('broken'))).replay?.([came('one'), read])).resolves.toBeDefined();
  });
});
