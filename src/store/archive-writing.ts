import { type DeliveryStatus, isWaiting, type Message } from '../client/message.js';
import { type ArchiveTransaction, behindAll, type ScopeRow, under } from './archive-database.js';
import { lastPlace, placesBehind, placesBetween } from './archive-places.js';
import { around, newest } from './archive-reading.js';
import { type ArchiveRecord, BEFORE_ALL, checkRecord, NO_END, recordOf, sizeOf } from './archive-record.js';
import { isCommon } from './history.js';
import { HistoryParts } from './merge.js';
import { MessageStore } from './message-store.js';
import { placeByTyping } from './typing-order.js';

/** Behind so many messages at most a message of an earlier page is looked for its place. */
const MOST_LATER = 100;

/** What a page knows of what it has written. */
export interface Known {
  /** The latest time at which an own message was typed, by peer. */
  readonly typed: Map<string, number>;
  /** Peers with whom nothing is missing: whatever is put behind the rest leaves no hole. Empty, as `parts`, after a failure. */
  readonly whole: Set<string>;
  /** What the history said lately, by peer. */
  readonly parts: Map<string, HistoryParts>;
}

/** What is written in one transaction. The row keeps count. */
export class ArchiveWriting {
  readonly messages;
  /** Of peers with whom something was put at the end: where. */
  readonly #ends = new Map<string, number>();
  /** What is there, by id, as far as somebody has looked. */
  readonly #known = new Map<string, Promise<ArchiveRecord | 'newer' | undefined>>();
  /** Up to which age nothing is missing, by peer. */
  readonly #filled = new Map<string, number>();
  /** Changes that are under way. To wait for each would cost more than all of them: the database is in another process. */
  readonly #changes: Promise<unknown>[] = [];

  constructor(
    readonly transaction: ArchiveTransaction,
    readonly row: ScopeRow,
    readonly known: Known,
  ) {
    this.messages = transaction.objectStore('messages');
  }

  find(id: string): Promise<ArchiveRecord | 'newer' | undefined> {
    const known = this.#known.get(id) ?? this.messages.get([this.row.scope, id]).then(checkRecord);
    // Whoever asks hears of it.
    known.catch(() => {});
    this.#known.set(id, known);
    return known;
  }

  /** Looks for all of these at once, before they are needed. */
  lookFor(ids: readonly string[]): void {
    for (const id of ids) this.find(id);
  }

  /** Puts a record in the place of the one with its id. */
  put(record: ArchiveRecord): void {
    this.#known.set(record.id, Promise.resolve(record));
    this.#change(this.messages.put(record));
  }

  /** Resolves when everything is changed that was to be. */
  async done(): Promise<void> {
    const { row } = this;
    const marks = this.transaction.objectStore('marks');
    for (const [peer, whole] of this.#filled) {
      const mark = await marks.get([row.scope, peer]);
      if (mark) this.#change(marks.put({ ...mark, whole }));
    }
    await Promise.all(this.#changes);
  }

  #change(change: Promise<unknown>): void {
    change.catch(() => {});
    this.#changes.push(change);
  }

  /** Puts an own message where it is shown. News of several tabs may cross. */
  async add(message: Message, status: DeliveryStatus, restored: boolean): Promise<void> {
    const { to, sentAt } = message;
    const { typed } = this.known;
    const last = typed.get(to) ?? 0;
    typed.set(to, Math.max(last, sentAt));
    await (restored || sentAt < last ? this.putBack(message, status, restored) : this.append(message, status));
  }

  /** Everything of this peer was seen. */
  async read(peer: string): Promise<void> {
    const { scope } = this.row;
    const marks = this.transaction.objectStore('marks');
    const read = await lastPlace(this.transaction, scope, peer);
    if (read > BEFORE_ALL) this.#change(marks.put({ ...(await marks.get([scope, peer])), scope, peer, read }));
  }

  /** Leaves nothing of a message but its place and its id. */
  async erase(peer: string, id: string): Promise<void> {
    const record = await this.find(id);
    if (typeof record !== 'object' || record.peer !== peer || isWaiting(record.status)) return;
    this.row.bytes -= record.content.length;
    this.put({ ...record, content: '', deleted: true });
  }

  /** Puts a message behind all others with its peer. */
  async append(message: Message, status: DeliveryStatus): Promise<void> {
    const record = recordOf(this.row.scope, message, status, 0, 0);
    if (!checkRecord(record)) throw new TypeError('Expected a message');
    const { peer } = record;
    const last = this.#ends.get(peer);
    const after = last ?? (await lastPlace(this.transaction, this.row.scope, peer));
    const [place] = placesBetween(after, NO_END, 1) ?? [];
    if (place === undefined) await this.#putBehind(peer, after, [record]);
    else {
      await this.#put(peer, [record], [place], last !== undefined);
      this.#ends.set(peer, place);
    }
    this.#fill(peer);
  }

  #fill(peer: string): void {
    if (this.known.whole.has(peer)) this.#filled.set(peer, this.row.next);
  }

  /** Puts an own message before those that were typed later, as it is shown. */
  async putBack(message: Message, status: DeliveryStatus, restored: boolean): Promise<void> {
    const { scope } = this.row;
    const record = recordOf(scope, message, status, 0, 0);
    if (!checkRecord(record)) throw new TypeError('Expected a message');
    const { peer } = record;
    const { records } = await newest(this.messages.index('place'), under(scope, peer), { isThere: false }, MOST_LATER);
    const first = records[placeByTyping(message, records, restored, this.known.parts.get(peer)?.found)];
    if (!first) return this.append(message, status);
    this.forget(peer);
    const before = await lastPlace(this.transaction, scope, peer, first.place);
    return this.#putBehind(peer, before, [record], await this.#agesBehind(peer, before));
  }

  /** Somebody else has changed what is kept of this peer. */
  forget(peer: string): void {
    this.#ends.delete(peer);
  }

  /** Puts those that are not there yet behind this one, or among those of them that are, as they are shown. */
  async insert(
    peer: string,
    after: string | undefined,
    messages: readonly Message[],
    news: readonly string[],
    isAll: boolean,
  ): Promise<void> {
    this.known.whole.delete(peer);
    if (messages.length > 0) await this.#insert(peer, after, messages, news);
    if (isAll) this.known.whole.add(peer);
    this.#fill(peer);
  }

  async #insert(
    peer: string,
    after: string | undefined,
    messages: readonly Message[],
    news: readonly string[],
  ): Promise<void> {
    this.forget(peer);
    const isNews = new Set(news);
    const wanted = new Map<string, Message>();
    const missing = new Map<string, ArchiveRecord>();
    const begin = await this.#placeOf(peer, after);
    const places = begin > BEFORE_ALL ? [begin] : [];
    for (const message of messages) {
      const { id } = message;
      const record = recordOf(this.row.scope, message, message.status as DeliveryStatus, 0, 0);
      const known = await this.find(id);
      if (!known && record.peer === peer && checkRecord(record))
        missing.set(id, isNews.has(id) ? record : { ...record, seen: true });
      else if (typeof known === 'object' && known.peer === peer) places.push(known.place);
      else continue;
      wanted.set(id, message);
    }
    const parts = this.known.parts.get(peer) ?? new HistoryParts();
    this.known.parts.set(peer, parts);
    const line = new MessageStore();
    if (missing.size > 0 || !parts.endAt(after)) {
      line.appendAll(await around(this.transaction, this.row.scope, peer, places));
    }
    // What is known and so far away that it was not read says nothing of where the others belong.
    const found = [...wanted.values()].filter(({ id }) => missing.has(id) || line.has(id));
    const behind = begin > BEFORE_ALL ? after : undefined;
    parts.merge(line, found, { behind, start: (first = 0) => behindCommon(line, first) });
    parts.add(messages);
    await this.#putRuns(
      peer,
      line.messages.map(({ id }) => id),
      missing,
    );
  }

  /** Takes these out, whatever they are. */
  async delete(ids: readonly string[]): Promise<void> {
    const { messages, row } = this;
    const drop = async (id: string) => {
      this.#known.delete(id);
      const value = await messages.get([row.scope, id]);
      if (!value) return;
      row.messages -= 1;
      row.bytes -= sizeOf(value);
      await messages.delete([row.scope, id]);
    };
    await Promise.all(ids.map(drop));
  }

  /** Puts those that are missing of this line where they stand in it. */
  async #putRuns(peer: string, line: readonly string[], missing: ReadonlyMap<string, ArchiveRecord>): Promise<void> {
    let before: string | undefined;
    let run: ArchiveRecord[] = [];
    for (const id of [...line, undefined]) {
      const record = id === undefined ? id : missing.get(id);
      if (record) {
        run.push(record);
        continue;
      }
      if (run.length > 0) {
        // Asked for now: there may have been need to number all of them anew.
        const place =
          before === undefined && id !== undefined
            ? await lastPlace(this.transaction, this.row.scope, peer, await this.#placeOf(peer, id))
            : await this.#placeOf(peer, before);
        await this.#putBehind(peer, place, run, await this.#agesBehind(peer, place));
      }
      run = [];
      before = id;
    }
  }

  /** Without ages between which theirs are, they are the newest. */
  async #putBehind(
    peer: string,
    after: number,
    records: readonly ArchiveRecord[],
    ages?: readonly [number, number],
  ): Promise<void> {
    const places = await placesBehind(this.transaction, this.row.scope, peer, after, records.length);
    // All may have been numbered anew.
    this.#known.clear();
    await this.#put(peer, records, places, false, ages);
  }

  /** @param isMarked whether it is certain that there is a mark for this peer */
  async #put(
    peer: string,
    records: readonly ArchiveRecord[],
    places: readonly number[],
    isMarked: boolean,
    ages?: readonly [number, number],
  ): Promise<void> {
    const { transaction, row } = this;
    const { scope } = row;
    const marks = transaction.objectStore('marks');
    const hasMark = isMarked || (await marks.getKey([scope, peer]));
    records.forEach((record, i) => {
      row.messages += 1;
      row.bytes += sizeOf(record);
      const kept = ages ? ages[0] + ((ages[1] - ages[0]) * (i + 1)) / (records.length + 1) : row.next++;
      this.put({ ...record, place: places[i] ?? 0, kept });
    });
    if (!hasMark) this.#change(marks.put({ scope, peer, read: BEFORE_ALL }));
  }

  async #placeOf(peer: string, id: string | undefined): Promise<number> {
    const record = id === undefined ? id : await this.find(id);
    return typeof record === 'object' && record.peer === peer ? record.place : BEFORE_ALL;
  }

  /** What is inserted is as old as its neighbours: else it would outlive them, and leave a hole when they are trimmed. */
  async #agesBehind(peer: string, place: number): Promise<[number, number] | undefined> {
    const key = [this.row.scope, peer];
    const line = this.messages.index('place');
    const [before, next] = await Promise.all([
      line.get([...key, place] as [string, string, number]),
      line.get(IDBKeyRange.bound([...key, place], behindAll(...key), true, true)),
    ]);
    const [younger, older] = [checkRecord(next), checkRecord(before)];
    if (typeof younger !== 'object') return undefined;
    return [typeof older === 'object' ? Math.min(older.kept, younger.kept) : younger.kept - 1, younger.kept];
  }
}

/** What comes before this one is put behind the last that a history must know, before own messages that wait. */
function behindCommon({ messages }: MessageStore, first: number): number {
  return messages.slice(0, first).findLastIndex(isCommon) + 1;
}

/** What is to be written, together with others. */
export type Work = (writing: ArchiveWriting) => Promise<unknown>;
