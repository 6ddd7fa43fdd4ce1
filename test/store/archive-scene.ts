import * as fake from 'fake-indexeddb';
import { type IDBPDatabase, openDB } from 'idb';
import { vi } from 'vitest';
import type { DeliveryOutcome, Message } from '../../src/client/index.js';
import type { Archive, ArchiveOptions } from '../../src/store/archive.js';
import { openArchive } from '../../src/store/indexed-db-archive.js';
import { FakeClock } from '../support/fake-clock.js';
import { FakeLocks } from '../support/fake-locks.js';
import { messageOf } from './messages.js';

export const ALICE = '["wss://im.example.com","","alice"]';
export const BOB = '["wss://im.example.com","","bob"]';

/** A tab: what it keeps over navigations. */
export class Tab {
  visitId: string | undefined;
  get(): string | undefined {
    return this.visitId;
  }
  set(id: string | undefined): void {
    this.visitId = id;
  }
}

/** A browser with an empty database, and a clock that stands still. */
export class ArchiveScene {
  readonly clock = new FakeClock();
  readonly locks = new FakeLocks();
  readonly tab = new Tab();
  readonly #open: Archive[] = [];

  constructor() {
    for (const [name, value] of Object.entries(fake)) if (name.startsWith('IDB')) vi.stubGlobal(name, value);
    vi.stubGlobal('indexedDB', new fake.IDBFactory());
    vi.stubGlobal('navigator', { locks: this.locks });
  }

  async open(options: Partial<ArchiveOptions> = {}): Promise<Archive> {
    const archive = await openArchive({
      scope: ALICE,
      lifetime: 'session',
      visit: this.tab,
      clock: this.clock,
      ...options,
    });
    this.#open.push(archive);
    return archive;
  }

  /** The pages go away; what is under way is done before. */
  async leave(...archives: readonly Archive[]): Promise<void> {
    for (const archive of archives.length > 0 ? archives : this.#open.splice(0)) archive.close();
    for (let i = 0; i < 200 && this.locks.held.length > 0; i++) await new Promise(setImmediate);
  }

  /** Whatever can go on without news from outside has. */
  async settle(): Promise<void> {
    for (let i = 0; i < 200; i++) await new Promise(setImmediate);
  }

  /** All that is in the database, as it is there. */
  async stored(): Promise<Record<'messages' | 'marks' | 'scopes', Record<string, unknown>[]>> {
    return this.inDatabase(async (database) => ({
      messages: await database.getAll('messages'),
      marks: await database.getAll('marks'),
      scopes: await database.getAll('scopes'),
    }));
  }

  /** Somebody else's script in the same origin. */
  async inDatabase<T>(work: (database: IDBPDatabase) => Promise<T>): Promise<T> {
    const database = await openDB('harmonychat history');
    try {
      return await work(database);
    } finally {
      database.close();
    }
  }
}

/** An own message, from alice to bob. */
export function own(id: string, fields: Partial<Message> = {}): Message {
  return messageOf(id, { from: 'alice', to: 'bob', status: 'queued', ...fields });
}

/** News of an own message, as a client tells it. */
export function tell(archive: Archive, id: string, outcome: DeliveryOutcome): Promise<void> {
  const status = outcome === 'cancelled' || outcome === 'removed' ? 'queued' : outcome;
  return archive.delivery(own(id, { status }), outcome);
}

export function ids(messages: readonly Message[]): string[] {
  return messages.map(({ id }) => id);
}

/** Ids of the newest messages with bob. */
export async function shown(archive: Archive, limit = 100): Promise<string[]> {
  return ids((await archive.page('bob', limit)).messages);
}
