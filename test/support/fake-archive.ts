import type { DeliveryOutcome, Message } from '../../src/client/index.js';
import type { Archive, ArchivePage, ArchiveState } from '../../src/store/archive.js';

/** What is kept on a device, in memory: pages read it at once, unless the test holds them back. */
export class FakeArchive implements Archive {
  readonly conversations = new Map<string, Message[]>();
  readonly unread = new Map<string, string[]>();
  /** Pages that were asked for: peer, limit and place. */
  readonly asked: [string, number, number | undefined][] = [];
  /** Of the newest page. */
  missing: string | undefined;
  /** What is awaited before each answer; a promise that rejects is a failing archive, one that never ends a hanging one. */
  trouble: Promise<void> | undefined;

  constructor(...messages: readonly Message[]) {
    for (const message of messages) this.#of(peerOf(message)).push(message);
  }

  async state(): Promise<ArchiveState> {
    await this.trouble;
    return { known: [], waiting: [], unread: this.unread };
  }

  async page(peerId: string, limit: number, before?: number): Promise<ArchivePage> {
    this.asked.push([peerId, limit, before]);
    await this.trouble;
    const all = this.#of(peerId);
    const end = before ?? all.length;
    const begin = Math.max(0, end - limit);
    const missing = before === undefined ? this.missing : undefined;
    return { messages: all.slice(begin, end), before: begin > 0 ? begin : undefined, missing };
  }

  async received(message: Message): Promise<void> {
    this.#of(message.from).push(message);
  }

  async delivery(message: Message, _: DeliveryOutcome): Promise<void> {
    this.#of(message.to).push(message);
  }

  async outcome(id: string): Promise<DeliveryOutcome> {
    await this.trouble;
    const found = [...this.conversations.values()].flat().findLast((message) => message.id === id);
    return found && found.status !== 'received' && found.status !== 'note' ? found.status : 'removed';
  }

  async insert(peerId: string, after: string | undefined, messages: readonly Message[]): Promise<void> {
    const all = this.#of(peerId);
    const news = messages.filter(({ id }) => all.every((known) => known.id !== id));
    all.splice(after === undefined ? 0 : all.findIndex(({ id }) => id === after) + 1, 0, ...news);
  }

  async erase(peerId: string, id: string): Promise<void> {
    const all = this.#of(peerId);
    const place = all.findIndex((message) => message.id === id);
    const [message] = all.splice(place, place < 0 ? 0 : 1);
    if (message) all.splice(place, 0, { ...message, content: '', deleted: true });
  }

  async read(peerId: string): Promise<void> {
    this.unread.delete(peerId);
  }

  async clear(peerId?: string): Promise<void> {
    for (const known of [this.conversations, this.unread]) {
      if (peerId === undefined) known.clear();
      else known.delete(peerId);
    }
  }

  rest(): void {}

  close(): void {}

  #of(peerId: string): Message[] {
    const all = this.conversations.get(peerId) ?? [];
    this.conversations.set(peerId, all);
    return all;
  }
}

function peerOf({ from, to, status }: Message): string {
  return status === 'received' ? from : to;
}
