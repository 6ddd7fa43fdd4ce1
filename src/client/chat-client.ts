import { ack, ErrorCode, type Packet, PacketType, readError } from '../protocol/index.js';
import { Acknowledgements } from './acknowledgements.js';
import { ClientLog, type LogEntry } from './client-log.js';
import { LoginRefusedError, ServerError } from './errors.js';
import {
  type ChatClientEventMap,
  ClientErrorEvent,
  DeliveryEvent,
  DurabilityEvent,
  HeartbeatEvent,
  KickoutEvent,
  LinkClosedEvent,
  LoginEvent,
  MessageReceivedEvent,
  ResyncEvent,
  StateEvent,
  typedEventTarget,
} from './events.js';
import { Inbox } from './inbox.js';
import { LateKeeper, type LeftReader } from './late-keeper.js';
import { Link } from './link.js';
import type { Message } from './message.js';
import { type ChatClientOptions, type CheckedOptions, checkOptions } from './options.js';
import { Outbox } from './outbox.js';
import { toRecord } from './outbox-entry.js';
import type { OutboxRecord } from './outbox-storage.js';
import { type Framed, frame, frameSize, newRecord, type Outgoing, type SendOptions } from './outgoing.js';
import type { ConnectionState, PastSession } from './state.js';
import type { ClientStatus } from './status.js';

/**
 * One user's connection to a MobileIMSDK server, kept alive: login, heartbeat, delivery with acknowledgements, removal of
 * duplicates, reconnect. Needs a WebSocket, timers and EventTarget; of a page, where there is one, it hears when it sleeps
 * and wakes.
 *
 * @fires state - where the connection stands, see {@link ConnectionState}
 * @fires login - a login succeeded
 * @fires resync - a login succeeded, and since when messages may be missing
 * @fires close - a connection is gone
 * @fires message - a message arrived
 * @fires delivery - an outgoing message has a new status
 * @fires durability - what waits is kept elsewhere from now on
 * @fires error - a refused login, a failed `getToken`, an error frame of the server
 * @fires ping - a keepalive was sent
 * @fires pong - a keepalive was answered
 * @fires kickout - the server ended the session
 */
export class ChatClient extends typedEventTarget<ChatClientEventMap>() {
  readonly #options: CheckedOptions;
  readonly #log: ClientLog;
  readonly #link: Link;
  readonly #outbox: Outbox;
  readonly #keeper: LateKeeper;
  readonly #inbox: Inbox;
  readonly #acks: Acknowledgements;
  #logins = 0;

  /**
   * @param left for a client that is shared by several pages
   * @throws {ConfigurationError} for an option that cannot work
   */
  constructor(options: ChatClientOptions, left: LeftReader = {}) {
    super();
    this.#options = checkOptions(options);
    const { clock, storage, giveUpAfterMs } = this.#options;
    this.#log = new ClientLog(clock);
    this.#inbox = new Inbox(this.userId, clock);
    this.#acks = new Acknowledgements(clock);
    this.#outbox = new Outbox(clock, giveUpAfterMs, {
      write: (packet) => {
        this.#inbox.noteOwn(packet);
        return this.#link.send(packet);
      },
      buffered: () => this.#link.buffered,
      settled: () => this.#link.settled(),
      announce: (message, status, restored) => {
        this.#log.note('delivery', { id: message.id, status });
        this.dispatchEvent(new DeliveryEvent(message, status, restored));
      },
      save: (entry, done) => this.#keeper.save(toRecord(entry), done),
      forget: (id) => this.#keeper.forget(id),
    });
    this.#keeper = new LateKeeper(storage, clock, {
      gone: (ids) => this.#outbox.discard(ids),
      ...left,
      restored: (records) => {
        this.#outbox.restore(
          records.map((record) => ({ ...frame(record, this.userId), seq: record.seq, written: record.written })),
        );
        // Given up by a page that had the outbox meanwhile.
        for (const { id, failed } of records) if (failed) this.#outbox.cancel(id);
      },
      isConnected: () => this.state.name === 'connected',
      ready: () => this.state.name === 'connected' && this.#outbox.open(),
      emptied: () => this.#outbox.saveAll(),
      durability: (durability, error) => {
        this.#log.note(`kept in ${durability}`);
        this.dispatchEvent(new DurabilityEvent(durability, error));
      },
      dropped: () => this.#inbox.drop('stored record'),
    });
    this.#link = this.#newLink();
  }

  /** The id that this client logs in with. */
  get userId(): string {
    return this.#options.userId;
  }

  /** Where the connection stands; a new object at each change. */
  get state(): ConnectionState {
    return this.#link.state;
  }

  /** Frames that were dropped, counted by reason: malformed, binary, too large, not addressed to this user. */
  get drops(): ReadonlyMap<string, number> {
    return this.#inbox.drops;
  }

  /** Number of messages that wait for their acknowledgement or for a retry. */
  get pending(): number {
    return this.#outbox.entries.size;
  }

  /** The messages that wait for their acknowledgement or for a retry, in typing order. */
  get waiting(): Message[] {
    return [...this.#outbox.entries.values()].map(({ message }) => message);
  }

  /** How the client fares, as it is now. */
  get status(): ClientStatus {
    const { state, lastFrameAt, roundTripMs, nextTryInMs } = this.#link;
    return {
      state,
      attempt: state.name === 'connecting' ? state.attempt : 0,
      nextTryInMs,
      lastFrameAt,
      roundTripMs,
      logins: this.#logins,
      retransmissions: this.#outbox.retransmissions,
      pending: this.#outbox.entries.size,
      pendingBytes: this.#outbox.bytes,
      durability: this.#keeper.durability,
      drops: Object.fromEntries(this.#inbox.drops),
    };
  }

  /** Hears a detailed log while it is set: frames, attempts, storage; never tokens or what people write. Default: nobody. */
  get log(): ((entry: LogEntry) => void) | undefined {
    return this.#log.listener;
  }

  set log(listener: ((entry: LogEntry) => void) | undefined) {
    this.#log.listener = listener;
  }

  /** Takes up what an earlier page left. */
  claim(): void {
    this.#keeper.claim();
  }

  /** Takes up what another page has left since then. Returns whether it looks; not before `claim()`. */
  reclaim(): boolean {
    return this.#keeper.reclaim();
  }

  /** Connects, by default as a new session; while waiting for a reconnect, tries at once. Else without effect. */
  connect(past?: Partial<PastSession>): void {
    this.claim();
    this.#link.connect(past);
  }

  /**
   * Logs out and closes. What was not acknowledged stays and goes out after the next `connect()`. Without effect when there
   * is no connection (any more): the reason stays.
   */
  disconnect(): void {
    this.#keeper.release();
    this.#link.disconnect();
  }

  /**
   * Something speaks for a look at the line now: the next attempt comes at once (at most one in 2 s); an open line must show a
   * sign of life within 3 s or twice its round trip. The page's own signals do this by themselves.
   */
  nudge(): void {
    this.#link.nudge();
  }

  /**
   * Sends a message now or, without a connection, after the next login.
   * @throws {FrameTooLargeError} if its frame would have more than 65,536 bytes; nothing is sent then
   * @throws {OutboxFullError} if 500 messages, or 1 MB of them, wait already
   * @throws {ConfigurationError} if `to` is empty, `content` no string or `type` no 32-bit integer
   */
  send(content: string, options: SendOptions): Outgoing {
    const { record, framed } = newRecord(content, options, this.userId, this.#options.clock.now());
    this.#outbox.checkRoom(framed.bytes);
    return { id: record.id, delivered: this.#add(framed) };
  }

  /** Sends a message that another page of this user made, with its id. Without effect if it is here already, or no server could read it. */
  adopt(record: OutboxRecord): void {
    const framed = frame(record, this.userId);
    if (framed.message.status === 'queued' && !this.#outbox.entries.has(record.id))
      this.#add(framed, record.written, record.seq);
  }

  /** Takes these messages as received: copies of them are acknowledged, and not announced. */
  recognise(ids: Iterable<string>): void {
    for (const id of ids) this.#inbox.recognise(id);
  }

  /** UTF-8 bytes of the frame that `send` would write: what counts against the limit of 65,536. */
  frameBytes(content: string, options: SendOptions): number {
    return frameSize(content, options, this.userId);
  }

  /** Sends a failed message again under the same id. Returns false if there is none. */
  retry(id: string): boolean {
    return this.#outbox.retry(id);
  }

  /**
   * Takes back a message that waits and was never written. One that was may have arrived; it is given up instead, and becomes
   * failed. Returns false if there is none.
   */
  cancel(id: string): boolean {
    return this.#outbox.cancel(id);
  }

  /** Forgets a failed message. Returns false if there is none. */
  remove(id: string): boolean {
    return this.#outbox.remove(id);
  }

  /** Gives up every message that waits for its delivery, as if each had been removed, in the storage too. */
  discard(): void {
    this.#outbox.discard();
    this.#keeper.clear();
  }

  #newLink(): Link {
    return new Link(
      this.#options,
      {
        state: (state, previous) => {
          if (state.name === 'disconnected') this.#keeper.release();
          this.dispatchEvent(new StateEvent(state, previous));
        },
        resync: (since, reason) => this.dispatchEvent(new ResyncEvent(since, reason)),
        loggedIn: (firstLoginTime, again, signal) => {
          this.#logins += 1;
          this.dispatchEvent(new LoginEvent(firstLoginTime, again));
          if (!signal.aborted && this.#keeper.ready) this.#outbox.open();
        },
        frame: (packet) => this.#receive(packet),
        dropped: (reason) => this.#inbox.drop(reason),
        heartbeat: (type) => this.dispatchEvent(new HeartbeatEvent(type)),
        down: (closeCode) => this.#outbox.close(closeCode),
        lost: (closeCode, willReconnect) => this.dispatchEvent(new LinkClosedEvent(closeCode, willReconnect)),
        refused: (code) => this.dispatchEvent(new ClientErrorEvent(new LoginRefusedError(code))),
        kicked: (kickout) => this.dispatchEvent(new KickoutEvent(kickout)),
        failed: (error) => this.dispatchEvent(new ClientErrorEvent(error)),
      },
      this.#log,
    );
  }

  #receive(packet: Packet): void {
    if (packet.type === PacketType.data) this.#receiveData(packet);
    else if (packet.type === PacketType.ack) {
      if (!this.#outbox.acknowledge(packet.dataContent ?? '')) this.#inbox.drop('ack of an unknown message');
    } else if (packet.type === PacketType.error) {
      const { code } = readError(packet);
      const { signal } = this.#link;
      this.dispatchEvent(new ClientErrorEvent(new ServerError(code)));
      // The server has forgotten the session: only a new login helps. What was refused is still in the outbox.
      if (code === ErrorCode.serverNotLoggedIn && !signal.aborted) this.#link.fail();
    } else this.#inbox.drop('unexpected frame type');
  }

  #receiveData(packet: Packet): void {
    const { signal } = this.#link;
    const message = this.#inbox.take(packet);
    const event = message && new MessageReceivedEvent(message);
    if (event) this.dispatchEvent(event);
    if (signal.aborted) return;
    const write = () => this.#link.send(ack(packet));
    // Only now: an acknowledgement says that the message is in safe hands.
    if (this.#inbox.owesAck(packet)) this.#acks.after(event?.keeping ?? [], packet.fp ?? '', signal, write);
    if (message) this.#outbox.peerIsThere(message.from);
  }

  #add({ message, packet, bytes }: Framed, written = false, typedAt?: number): Promise<void> {
    const delivered = this.#outbox.add(message, packet, bytes, written, typedAt);
    this.#link.sent();
    return delivered;
  }
}
