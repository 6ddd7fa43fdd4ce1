import { type DBSchema, type IDBPDatabase, type IDBPTransaction, openDB } from 'idb';
import type { Clock } from '../client/clock.js';
import { BEFORE_ALL, LAST_PLACE, type Stored } from './archive-record.js';
import { within } from './within.js';

/** Not that of the outbox: neither may wait for a change of the other. */
const DATABASE = 'harmonychat history';
const VERSION = 1;
/** A database that cannot be had within so many ms is done without. On an old phone it takes seconds; nothing waits for it that long. */
export const PATIENCE_MS = 10_000;

/** How far a conversation was read, and is without holes. */
export interface ReadMark {
  readonly scope: string;
  readonly peer: string;
  /** Place of the last message that was seen; `-Infinity`: none. */
  readonly read: number;
  /** The age (`kept` of a record) from which on messages may be missing between those that are kept; undefined: unknown. */
  readonly whole?: number;
}

type StoredMark = { readonly [Field in keyof ReadMark]?: unknown };

/** Up to where it was read; of what is no mark: nothing. */
export function readOf(mark: StoredMark | undefined): number {
  const read = mark?.read;
  return typeof read === 'number' && read <= LAST_PLACE ? read : BEFORE_ALL;
}

/** What is known of one user. */
export interface ScopeRow {
  readonly scope: string;
  lifetime: 'session' | 'device';
  /** The visit to which the messages belong. */
  visit: string;
  /** When something was last written, ms since 1970. */
  touched: number;
  messages: number;
  bytes: number;
  /** Age of the next message. */
  next: number;
  /** The page that wrote last, and how many of its changes are made: see `Unwritten`. */
  page?: string | undefined;
  done?: number;
}

export type StoredRow = { readonly [Field in keyof ScopeRow]?: unknown };

export interface ArchiveSchema extends DBSchema {
  messages: {
    key: [scope: string, id: string];
    value: Stored;
    indexes: {
      /** For pages. */
      place: [scope: string, peer: string, place: number];
      /** For what is still on its way, the newest received ones, and the oldest. */
      status: [scope: string, status: string, kept: number];
      /** For unread ones. */
      news: [scope: string, peer: string, status: string, place: number];
    };
  };
  marks: { key: [scope: string, peer: string]; value: StoredMark };
  scopes: { key: string; value: StoredRow };
}

export type ArchiveStores = ('messages' | 'marks' | 'scopes')[];
export const STORES: ArchiveStores = ['messages', 'marks', 'scopes'];
export type ArchiveDatabase = IDBPDatabase<ArchiveSchema>;
export type ArchiveTransaction = IDBPTransaction<ArchiveSchema, ArchiveStores, 'readwrite'>;

/** The key behind all that begin like this, whatever follows there. */
export function behindAll(...key: string[]): string[] {
  return [...key.slice(0, -1), `${key.at(-1)}\0`];
}

/** All keys that begin like this. */
export function under(...key: string[]): IDBKeyRange {
  return IDBKeyRange.bound(key, behindAll(...key), false, true);
}

/** Opens the database. */
export function openDatabase(clock: Clock): Promise<ArchiveDatabase> {
  return within(
    PATIENCE_MS,
    async (signal) => {
      const database = await openDB<ArchiveSchema>(DATABASE, VERSION, {
        upgrade(opened, oldVersion) {
          if (oldVersion < 1) {
            const messages = opened.createObjectStore('messages', { keyPath: ['scope', 'id'] });
            messages.createIndex('place', ['scope', 'peer', 'place']);
            messages.createIndex('status', ['scope', 'status', 'kept']);
            messages.createIndex('news', ['scope', 'peer', 'status', 'place']);
            opened.createObjectStore('marks', { keyPath: ['scope', 'peer'] });
            opened.createObjectStore('scopes', { keyPath: 'scope' });
          }
        },
        // A later version of this client, or whoever deletes the database, must not wait for us.
        blocking() {
          database.close();
        },
      });
      if (signal.aborted) database.close();
      return database;
    },
    { clock },
  );
}
