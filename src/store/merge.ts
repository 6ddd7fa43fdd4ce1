import type { Message } from '../client/message.js';
import { isCommon } from './history.js';
import type { MessageStore } from './message-store.js';

/** How messages are put among those that are shown. */
export interface MergeOptions {
  /** Where those before all that are shown begin; undefined: they are left out. `first`: place of the first that is shown. */
  readonly start: (first: number | undefined) => number | undefined;
  /** Skips what is to stay before a message: from this place on, the first where it may stand. Default: this place. */
  readonly past?: ((message: Message, at: number) => number) | undefined;
  /**
   * Whether what stands behind all of these that its author wrote, and is none of them, is later than they are: then none of them
   * is put behind it. Default: every message.
   */
  readonly isLater?: (message: Message) => boolean;
  /** Whether it comes before this part, wherever it stands. Default: if it stands before where they begin. */
  readonly isEarlier?: ((message: Message) => boolean) | undefined;
  /**
   * Nothing was shown when they were read: what is not among them comes behind them, and what is takes its place, for it may have
   * been told late, by a leader who did not know what the one before had written down. Else nothing moves.
   */
  readonly isFirst?: boolean;
}

/**
 * Adds what is unknown of these, each behind the one before it, as far as that leaves own messages in their order, and those of
 * the peer in theirs: the two may cross differently in every tab, in the archive, and for the server.
 * @param messages a part of the conversation, without holes
 * @returns what was added
 */
export function merge(store: MessageStore, messages: readonly Message[], options: MergeOptions): readonly Message[] {
  const { start, past = (_, at) => at, isFirst = false } = options;
  const landmarks = new Set(isFirst ? [] : landmarksIn(store, messages));
  const placeOf = (id: string | undefined) => (id === undefined ? undefined : store.indexOf(id));
  const behind = (id: string | undefined) => (placeOf(id) ?? -1) + 1;
  const first = messages.find(({ id }) => landmarks.has(id))?.id;
  const { earlier, later } = othersIn(store, messages, landmarks, start(placeOf(first)) ?? 0, options);
  const next = nextOnes(messages, landmarks, later);
  const added: Message[] = [];
  /** The last one that is there; the last one of each side. */
  let last: string | undefined;
  const lastOf = new Map(earlier);
  for (const message of messages) {
    const { id } = message;
    const side = isTheirs(message);
    const known = store.get(id);
    const place = store.indexOf(id);
    const least = behind(lastOf.get(side));
    const most = () => placeOf(next.get(id)) ?? store.size;
    if (!known || (isFirst && (place < least || place > most()))) {
      store.remove(id);
      const begin = last === undefined ? start(placeOf(first)) : behind(last);
      if (begin === undefined) continue;
      const at = Math.max(past(message, begin), behind(lastOf.get(side)));
      added.push(...store.insert(Math.min(at, most()), [known ?? message]));
    } else if (!isFirst && !landmarks.has(id)) {
      // It stands out of order, and says nothing of where the next ones belong.
      continue;
    }
    last = id;
    lastOf.set(side, id);
  }
  return added;
}

/** How a part of a history is put there. */
export interface PartOptions {
  /** The message behind which it was asked for, if that is there. */
  readonly behind: string | undefined;
  /** Else: where it begins, see {@link MergeOptions}. */
  readonly start: MergeOptions['start'];
  /** Id of a note that stands before what comes behind it. */
  readonly row?: string | undefined;
}

/** Puts what a history says, part by part, each asked for behind the one before. */
export class HistoryParts {
  /** Ids of all that was read. */
  readonly found = new Set<string>();
  /** What comes before the next part. */
  #earlier = new Set<string>();
  #last: string | undefined;

  /** Adds what is unknown of a part. Of what stands before the first part, all comes before it. Returns what was added. */
  merge(store: MessageStore, found: readonly Message[], { behind, start, row }: PartOptions): readonly Message[] {
    if (!this.endAt(behind)) {
      const before = store.messages.slice(0, store.indexOf(behind ?? '') + 1);
      this.#earlier = new Set(before.map(({ id }) => id));
    }
    return merge(store, found, {
      start: behind === undefined ? start : () => store.indexOf(behind) + 1,
      past: pastWaiting(store, found, row),
      isLater: isCommon,
      isEarlier: behind === undefined ? undefined : ({ id }) => this.#earlier.has(id),
    });
  }

  /** Whether what was read last ends there. */
  endAt(id: string | undefined): boolean {
    return id !== undefined && id === this.#last;
  }

  /** All of this was read. */
  add(messages: readonly Message[]): void {
    for (const { id } of messages) {
      this.#earlier.add(id);
      this.found.add(id);
    }
    this.#last = messages.at(-1)?.id ?? this.#last;
  }
}

/**
 * Own messages that wait, were typed before what the peer wrote, and are none of what was found keep their place before that. Own
 * ones that were found come first: they went out first, and the history has another clock.
 */
function pastWaiting(store: MessageStore, found: readonly Message[], row: string | undefined): MergeOptions['past'] {
  const ids = new Set(found.map(({ id }) => id));
  return (message, begin) => {
    for (let at = begin; isTheirs(message); at++) {
      const next = store.messages[row !== undefined && store.messages[at]?.id === row ? at + 1 : at];
      if (!next || isCommon(next) || ids.has(next.id) || next.sentAt > message.sentAt) return at;
    }
    return begin;
  };
}

/** Whether it is of the peer. */
export const isTheirs = ({ status }: Message) => status === 'received';

/** Of each message, the one of its side before which it has to stand. */
function nextOnes(
  messages: readonly Message[],
  landmarks: ReadonlySet<string>,
  later: ReadonlyMap<boolean, string>,
): ReadonlyMap<string, string | undefined> {
  const next = new Map<string, string | undefined>();
  const nextOf = new Map(later);
  for (const message of [...messages].reverse()) {
    next.set(message.id, nextOf.get(isTheirs(message)));
    if (landmarks.has(message.id)) nextOf.set(isTheirs(message), message.id);
  }
  return next;
}

interface Others {
  /** Of each side, the last message that is earlier than these. It may stand behind where they begin: the other side's crossed it. */
  readonly earlier: ReadonlyMap<boolean, string>;
  /** The first that is later, and stands behind those that are shown. */
  readonly later: ReadonlyMap<boolean, string>;
}

/** Messages that are none of these: they are a part without holes, so what stands before all of a side that are shown is earlier. */
function othersIn(
  store: MessageStore,
  messages: readonly Message[],
  landmarks: ReadonlySet<string>,
  start: number,
  { isLater = ({ status }) => status !== 'note', isEarlier }: MergeOptions,
): Others {
  const known = new Set(messages.map(({ id }) => id));
  const [earlier, later] = [new Map<boolean, string>(), new Map<boolean, string>()];
  const begun = new Set<boolean>();
  /** What stands before the first of a side that is shown. */
  const before = new Map<boolean, string>();
  store.messages.forEach((message, place) => {
    const { id } = message;
    const side = isTheirs(message);
    if (landmarks.has(id)) {
      const other = before.get(side);
      if (other !== undefined && !begun.has(side)) earlier.set(side, other);
      begun.add(side);
      later.delete(side);
    } else if (!known.has(id) && isLater(message)) {
      before.set(side, id);
      if (later.has(side)) return;
      if (isEarlier ? isEarlier(message) : place < start) earlier.set(side, id);
      else later.set(side, id);
    }
  });
  return { earlier, later };
}

/** Those that stand in their order among those of their side. */
function landmarksIn(store: MessageStore, messages: readonly Message[]): string[] {
  const known = messages.filter(({ id }) => store.has(id));
  return [true, false].flatMap((side) =>
    inOrder(
      store,
      known.filter((message) => isTheirs(message) === side),
    ),
  );
}

interface Run {
  readonly id: string;
  readonly place: number;
  length: number;
  before: Run | undefined;
}

/** Ids of the messages that stand in this order in the store: as many as there can be. All are there. */
function inOrder(store: MessageStore, messages: readonly Message[]): readonly string[] {
  const runs: Run[] = [];
  let longest: Run | undefined;
  for (const { id } of messages) {
    const run: Run = { id, place: store.indexOf(id), length: 1, before: undefined };
    for (const earlier of runs) {
      if (earlier.place > run.place || earlier.length < run.length) continue;
      run.length = earlier.length + 1;
      run.before = earlier;
    }
    runs.push(run);
    if (run.length >= (longest?.length ?? 0)) longest = run;
  }
  const ids: string[] = [];
  for (let run = longest; run; run = run.before) ids.push(run.id);
  return ids;
}
