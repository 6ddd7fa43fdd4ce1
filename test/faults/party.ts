import { ChatClient, type ChatClientOptions, OutboxFullError } from '../../src/client/index.js';
import { ChatSession } from '../../src/store/chat-session.js';
import type { LoadHistory } from '../../src/store/history.js';
import type { PeerConversation } from '../../src/store/peer-conversation.js';
import { ClientJournal } from './client-journal.js';
import type { FaultProxy } from './fault-proxy.js';
import { CLEAR, type LineConditions } from './lane.js';
import { RecordingSockets } from './recording-socket.js';
import { runClock } from './run-clock.js';
import { between, oneOf } from './seeded.js';
import { until } from './until.js';

const FILLERS = ['so ', 'and so on ', '你好，', 'a "quote" <b>&amp;</b> ', '\u{1F642}', 'tab\tand\nline '] as const;

export interface PartyOptions {
  readonly user: string;
  readonly peer: string;
  /** The line to the server. */
  readonly proxy: FaultProxy;
  /** Decides texts and the client's backoff. */
  readonly random: () => number;
  /** What its client is told beyond that. */
  readonly client?: Partial<ChatClientOptions>;
  /** What the line is like when nothing is wrong with it. */
  readonly line?: Pick<LineConditions, 'latencyMs' | 'jitterMs'>;
  /** The application's history, if it has one. */
  readonly loadHistory?: LoadHistory | undefined;
}

/** One of two users who write to each other: a client on a line of its own, what it shows, and all that it did. */
export class Party {
  readonly user: string;
  readonly proxy: FaultProxy;
  readonly journal: ClientJournal;
  readonly client: ChatClient;
  readonly #conversation: PeerConversation;
  readonly #ordinary: LineConditions;
  readonly #peer: string;
  readonly #random: () => number;
  readonly #sockets: RecordingSockets;
  #typed = 0;
  #waiting = 0;
  #steady: NodeJS.Timeout | undefined;

  constructor({ user, peer, proxy, random, client, line, loadHistory }: PartyOptions) {
    this.user = user;
    this.proxy = proxy;
    this.#peer = peer;
    this.#random = random;
    this.#ordinary = { ...CLEAR, ...line };
    this.journal = new ClientJournal(user);
    this.#sockets = new RecordingSockets(this.journal);
    let attempts = 0;
    this.client = new ChatClient({
      serverUrl: proxy.url(),
      userId: user,
      // A token for each attempt: it tells which socket of the server is which of ours.
      getToken: () => String(++attempts),
      WebSocket: this.#sockets.WebSocket,
      clock: runClock(),
      random,
      ...client,
    });
    this.journal.follow(this.client);
    this.#conversation = new ChatSession(this.client).conversation(peer);
    this.#conversation.loadHistory = loadHistory && this.journal.ask(loadHistory);
    this.journal.watch(this.#conversation.store);
    this.restoreLine();
  }

  get isConnected(): boolean {
    return this.client.state.name === 'connected';
  }

  /** Messages typed. */
  get typed(): number {
    return this.#typed;
  }

  /** Whether everything that was to be typed has been. */
  get isIdle(): boolean {
    return this.#steady === undefined && this.#waiting === 0;
  }

  /** Messages of the other side on the screen. */
  get shown(): number {
    return this.#conversation.store.messages.filter(({ status }) => status === 'received').length;
  }

  /** Bytes on their way through the line. */
  get underWay(): number {
    return this.proxy.connections.reduce((sum, each) => sum + each.waiting('up') + each.waiting('down'), 0);
  }

  connect(): void {
    this.client.connect();
  }

  connected(withinMs: number): Promise<boolean> {
    return until(() => this.isConnected, withinMs);
  }

  /** Types messages, as many as the outbox has room for; the others when it has. */
  type(count: number, length?: number): void {
    this.#waiting += count;
    try {
      for (; this.#waiting > 0; this.#waiting--) this.#type(length ?? between(this.#random, 5, 250));
    } catch (error) {
      if (!(error instanceof OutboxFullError)) throw error;
    }
  }

  /** Types so many messages, spread over about so much time. */
  typeSteadily(count: number, overMs: number): void {
    let left = count;
    const step = () => {
      this.type(left > 0 ? 1 : 0);
      left -= 1;
      // Goes on until there was room for all.
      this.#steady = undefined;
      if (left <= 0 && this.#waiting === 0) return;
      const ms = left > 0 ? ((overMs / count) * between(this.#random, 50, 150)) / 100 : 200;
      this.#steady = setTimeout(step, ms);
    };
    clearTimeout(this.#steady);
    step();
  }

  /** Asks the history again for what it did not tell, as a user does who presses the button in the gap. */
  fillGap(): void {
    this.#conversation.fillGap();
  }

  /** Writes down what is on the screen. */
  look(): void {
    this.journal.look(this.#conversation.store);
  }

  /** The line is an ordinary one. */
  restoreLine(): void {
    this.proxy.set('both', this.#ordinary);
  }

  async close(): Promise<void> {
    clearTimeout(this.#steady);
    this.client.disconnect();
    this.#sockets.terminate();
    await this.proxy.close();
  }

  #type(length: number): void {
    let content = `${this.user} ${this.#typed + 1}: `;
    while (content.length < length) content += oneOf(this.#random, FILLERS);
    const { id } = this.client.send(content, { to: this.#peer });
    this.#typed += 1;
    this.journal.add({ what: 'typed', fp: id, to: this.#peer, content });
  }
}
