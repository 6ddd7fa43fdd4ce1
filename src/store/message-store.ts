import { typedEventTarget } from '../client/events.js';
import { isWaiting, type Message, MessageType } from '../client/message.js';
import { newId } from '../client/new-id.js';

/** What one change did. Positions can be looked up with `indexOf(id)`. */
export type StoreChange =
  | { readonly kind: 'append' | 'prepend' | 'clear'; readonly messages: readonly Message[] }
  | { readonly kind: 'insert'; readonly index: number; readonly messages: readonly Message[] }
  | { readonly kind: 'update'; readonly message: Message; readonly previous: Message }
  | { readonly kind: 'remove'; readonly message: Message };

/** The store has changed; `store.messages` is already the new list. */
export class StoreChangeEvent extends Event {
  constructor(readonly change: StoreChange) {
    super('change');
  }
}

/**
 * The messages of one conversation, in the order in which they came to be shown. No message moves and no id stands twice;
 * lookup and update by id take constant time.
 *
 * @fires change - after every change, see {@link StoreChangeEvent}
 */
export class MessageStore extends typedEventTarget<{ change: StoreChangeEvent }>() {
  #list: Message[] = [];
  #snapshot: readonly Message[] | undefined;
  /** Position of each message plus `#origin`, so that older messages put in front renumber nothing. */
  readonly #positions = new Map<string, number>();
  #origin = 0;
  #shown: readonly Message[] | undefined;
  readonly #erased = new Set<string>();

  /**
   * The list as it is now, with what was deleted. A new array after each change, never changed itself; copied when it is asked
   * for.
   */
  get messages(): readonly Message[] {
    this.#snapshot ??= Object.freeze(this.#list.slice());
    return this.#snapshot;
  }

  /** The same without what was deleted; the very array where nothing is. */
  get shown(): readonly Message[] {
    this.#shown ??= this.#list.some(({ deleted }) => deleted)
      ? this.#list.filter(({ deleted }) => !deleted)
      : this.messages;
    return this.#shown;
  }

  /** Ids of what was erased. Some may be still to come. */
  get erased(): ReadonlySet<string> {
    return this.#erased;
  }

  /** Number of messages, with what was deleted. */
  get size(): number {
    return this.#list.length;
  }

  /** Whether a message with this id is there. */
  has(id: string): boolean {
    return this.#positions.has(id);
  }

  /** The message with this id, if it is there. */
  get(id: string): Message | undefined {
    return this.#list[this.indexOf(id)];
  }

  /** Position in the list, -1 for an unknown id. */
  indexOf(id: string): number {
    const position = this.#positions.get(id);
    return position === undefined ? -1 : position - this.#origin;
  }

  /** Adds messages at the end. Those whose id is known already are left out. Returns the messages that were added. */
  append(...messages: readonly Message[]): readonly Message[] {
    return this.appendAll(messages);
  }

  /** The same for a list of any length. */
  appendAll(messages: readonly Message[]): readonly Message[] {
    const added = this.#unknown(messages);
    for (const message of added) {
      this.#positions.set(message.id, this.#origin + this.#list.length);
      this.#list.push(message);
    }
    if (added.length > 0) this.#changed({ kind: 'append', messages: added });
    return added;
  }

  /** Adds a page of older messages, oldest first, before all others. Known ids are left out. Returns what was added. */
  prepend(messages: readonly Message[]): readonly Message[] {
    const added = this.#unknown(messages);
    this.#origin -= added.length;
    added.forEach((message, i) => {
      this.#positions.set(message.id, this.#origin + i);
    });
    if (added.length > 0) {
      this.#list = [...added, ...this.#list];
      this.#changed({ kind: 'prepend', messages: added });
    }
    return added;
  }

  /**
   * Adds messages, in their order, before the one at `at`: for a gap that is filled. Known ids are left out. Returns what was
   * added.
   */
  insert(at: number, messages: readonly Message[]): readonly Message[] {
    const added = this.#unknown(messages);
    const index = Math.min(at, this.#list.length);
    if (added.length > 0) {
      this.#list.splice(index, 0, ...added);
      this.#renumber(index);
      this.#changed({ kind: 'insert', index, messages: added });
    }
    return added;
  }

  /** Adds a message before the one at `at`, or at the end. Without effect for a known id. */
  put(message: Message, at: number): void {
    if (at < this.size) this.insert(at, [message]);
    else this.append(message);
  }

  /** Replaces parts of a message. Returns false if the id is unknown. Without effect if nothing differs. */
  update(id: string, patch: Partial<Pick<Message, 'status' | 'content' | 'sentAt' | 'type' | 'deleted'>>): boolean {
    const index = this.indexOf(id);
    const previous = this.#list[index];
    if (!previous) return false;
    const message: Message = { ...previous, ...patch };
    if (Object.entries(patch).every(([key, value]) => previous[key as keyof Message] === value)) return true;
    this.#list[index] = message;
    this.#changed({ kind: 'update', message, previous });
    return true;
  }

  /** Whether it is there, is not erased, nothing happens to it any more, and it is no line of the client. */
  isErasable(id: string): boolean {
    const message = this.get(id);
    return !!message && !message.deleted && message.status !== 'note' && !isWaiting(message.status);
  }

  /** Makes a tombstone of a message, see {@link Message.deleted}: now, or when it comes. Returns false if the id is unknown. */
  erase(id: string): boolean {
    this.#erased.add(id);
    return this.update(id, { content: '', deleted: true });
  }

  /** Takes a message out. Returns false if the id is unknown. */
  remove(id: string): boolean {
    const index = this.indexOf(id);
    const message = this.#list[index];
    if (!message) return false;
    this.#list.splice(index, 1);
    this.#positions.delete(id);
    this.#renumber(index);
    this.#changed({ kind: 'remove', message });
    return true;
  }

  /** Takes all messages out. */
  clear(): void {
    const messages = this.#list;
    if (messages.length === 0) return;
    this.#list = [];
    this.#positions.clear();
    this.#changed({ kind: 'clear', messages });
  }

  /**
   * Adds a line of the client itself, shown as a system message that no peer can imitate.
   * @param content text, or the name of one of the locale's notes (`transport`)
   * @param at when, ms since 1970
   * @param index before which message; default the end
   */
  note(content: string, at: number, index = this.size): Message {
    const message: Message = {
      id: newId(),
      type: MessageType.system,
      content,
      from: '',
      to: '',
      sentAt: at,
      status: 'note',
    };
    this.put(message, index);
    return message;
  }

  #renumber(from: number): void {
    for (let i = from; i < this.#list.length; i++) {
      const later = this.#list[i];
      if (later) this.#positions.set(later.id, this.#origin + i);
    }
  }

  #unknown(messages: readonly Message[]): readonly Message[] {
    const seen = new Set<string>();
    return messages
      .filter(({ id }) => !this.#positions.has(id) && seen.size < seen.add(id).size)
      .map((message) => (this.#erased.has(message.id) ? { ...message, content: '', deleted: true } : message));
  }

  #changed(change: StoreChange): void {
    this.#snapshot = this.#shown = undefined;
    this.dispatchEvent(new StoreChangeEvent(change));
  }
}
