import type { Message } from '../../client/message.js';
import { appendedMessages } from '../list/appended-messages.js';
import type { MessageList } from '../message-list.js';

/** What in a list is new to its reader, as far as they have not come to it, and the line above the first of it. */
export class Unread {
  /** Ids of messages that came while the reader was elsewhere in the list, in order. */
  below: readonly string[] = [];
  /** How many messages came while nobody looked at the window, and begin above what is in view. */
  above = 0;
  /** Id of the message that has the line above it. */
  line: string | undefined;
  /** Ids of messages that have just come at the end. */
  readonly arrived = new Set<string>();
  #messages: readonly Message[] = [];
  #newFrom: string | undefined;
  /** The first new message is still to come: what is kept on the device is being read. */
  #isAwaited = false;

  constructor(readonly list: MessageList) {
    this.#messages = list.messages;
  }

  /** The list is about to be drawn. */
  update(): void {
    const { messages, view, newFrom } = this.list;
    if (newFrom !== this.#newFrom || this.#isAwaited) {
      if (newFrom !== this.#newFrom) this.line = newFrom ?? this.line;
      this.#newFrom = newFrom;
      this.above = newFrom === undefined ? 0 : this.#since(newFrom);
      this.#isAwaited = newFrom !== undefined && this.above === 0;
    }
    if (messages === this.#messages) return;
    const appended = appendedMessages(this.#messages, messages);
    this.#messages = messages;
    this.arrived.clear();
    for (const { id } of appended) this.arrived.add(id);
    const ids = new Set(messages.map(({ id }) => id));
    this.below = this.below.filter((id) => ids.has(id));
    if (appended.some(({ status }) => status === 'queued' || status === 'sending' || status === 'sent')) {
      this.below = [];
      this.above = 0;
      this.line = undefined;
      return;
    }
    const received = appended.filter(({ status }) => status === 'received').map(({ id }) => id);
    if (received.length === 0) return;
    if (this.above > 0) this.above += received.length;
    if (view.atEnd) return;
    if (this.below.length === 0 && this.above === 0) this.line = received[0];
    this.below = [...this.below, ...received];
  }

  /** Another part of the list is in view. */
  look(): void {
    const { first, atEnd } = this.list.view;
    if (atEnd) this.below = [];
    const place = this.line === undefined ? -1 : this.list.items.findIndex(({ id }) => id === this.line);
    if (first >= 0 && (place < 0 || place > first)) this.above = 0;
  }

  #since(id: string): number {
    const { messages } = this.list;
    const at = messages.findIndex((message) => message.id === id);
    return at < 0 ? 0 : messages.slice(at).filter(({ status }) => status === 'received').length;
  }
}
