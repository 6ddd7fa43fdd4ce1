import { Faults, type FaultTarget } from './faults.js';
import { type Frame, FrameType, MAX_FRAME_BYTES, parseFrame, utf8Length, writeFrame } from './frames.js';
import { History, type HistoryMessage, type HistoryQuery } from './history.js';
import { Journal, type JournalEntry } from './journal.js';
import { Link } from './link.js';
import { type Login, parseLogin } from './login.js';
import { OfflineStore } from './offline-store.js';
import { OnlineUsers } from './online-users.js';
import type { AcceptOptions, GatewayOptions } from './options.js';
import { readTimeout } from './read-timeout.js';
import { RecentIds } from './recent-ids.js';
import * as replies from './replies.js';
import { Retransmission } from './retransmission.js';
import { ROBOT_ID, Robot } from './robot.js';
import { Session } from './session.js';
import type { Transport, TransportHandlers } from './transport.js';
import { uuid } from './uuid.js';

const needLogin: ReadonlySet<number> = new Set([FrameType.keepAlive, FrameType.data, FrameType.received]);

/**
 * A MobileIMSDK server in a few hundred lines, in the role of the Java one.
 *
 * **Code for development and tests, not for production**: it trusts whoever connects, keeps everything in memory, and its
 * hosts bind to loopback only. It knows neither Node nor the DOM: clock, random numbers and transports come in.
 */
export class Gateway implements FaultTarget {
  readonly name: string;
  readonly journal: Journal;
  readonly faults: Faults;
  readonly #options: GatewayOptions;
  readonly #random: () => number;
  readonly #online = new OnlineUsers();
  readonly #sockets = new Set<Session>();
  readonly #retransmission: Retransmission;
  readonly #offline: OfflineStore;
  readonly #history: History;
  readonly #toServer: RecentIds;
  readonly #robot: Robot | undefined;
  #socketCount = 0;
  #running = false;

  constructor(options: GatewayOptions) {
    const { clock, random = Math.random } = options;
    readTimeout(options.heartbeat ?? 5);
    this.#options = options;
    this.#random = random;
    this.name = options.name ?? 'gateway';
    this.journal = new Journal(options.journalCapacity);
    this.faults = new Faults(this, clock);
    this.#retransmission = new Retransmission(clock, (frame) => this.#deliver(frame));
    this.#offline = new OfflineStore(options.offlineStore ?? false);
    this.#history = new History(options.historyCapacity);
    this.#toServer = new RecentIds(clock);
    this.#robot = options.robot ? new Robot(this, clock, random, options.robotFiles) : undefined;
    this.start();
  }

  get running(): boolean {
    return this.#running;
  }

  /** Number of open sockets, logged in or not. */
  get connections(): number {
    return this.#sockets.size;
  }

  /** Messages that were written to their receivers, not acknowledged by them yet, and not given up either. */
  get unacknowledged(): number {
    return this.#retransmission.size;
  }

  /** Who is logged in. */
  sessions(): { readonly user: string; readonly socket: number; readonly firstLoginTime: number }[] {
    return [...this.#online].map(([user, { socket, firstLoginTime }]) => ({ user, socket, firstLoginTime }));
  }

  isOnline(userId: string): boolean {
    return this.#online.get(userId) !== undefined;
  }

  socketsOf(user: string): readonly Session[] {
    return [...this.#sockets].filter((session) => user === '*' || session.label === user);
  }

  /** Accepts sockets again. Does nothing while running. */
  start(): void {
    if (this.#running) return;
    this.faults.cancelRestart();
    this.#running = true;
    this.#retransmission.start();
  }

  /** Drops every connection (clients see 1006), forgets what a process forgets, and refuses sockets until `start()`. */
  stop(): void {
    this.faults.cancelRestart();
    this.#running = false;
    for (const session of this.#sockets) session.terminate();
    this.#sockets.clear();
    this.#retransmission.stop();
    this.#toServer.clear();
    this.#robot?.stop();
  }

  /**
   * Takes a socket that a host has accepted.
   * @throws RangeError if `heartbeat` is none of the modes.
   */
  accept(transport: Transport, { heartbeat }: AcceptOptions = {}): TransportHandlers {
    const timeout = readTimeout(heartbeat ?? this.#options.heartbeat ?? 5);
    if (!this.#running) {
      transport.terminate();
      return { onText() {}, onBinary() {}, onClose() {} };
    }
    const { clock } = this.#options;
    const link: Link = new Link(transport, clock, () => this.faults.delayFor(session.label), {
      onText: (text) => this.#onText(session, text),
      onBinary: () => session.close(),
      onClose: (code, reason) => {
        session.left(code, reason);
        this.#sockets.delete(session);
      },
    });
    const session: Session = new Session(++this.#socketCount, link, clock, timeout, (_, code, reason, by) => {
      this.#online.remove(session);
      this.#record(session, { dir: 'close', code, reason, by });
    });
    this.#sockets.add(session);
    this.#record(session, { dir: 'open' });
    return link.inbound;
  }

  /** Kicks a user out; false if nobody of that id is online. */
  kick(userId: string, code = 2, reason: string | null = null): boolean {
    const session = this.#online.get(userId);
    if (!session) return false;
    this.#write(session, replies.kickOut(userId, code, reason));
    session.close();
    return true;
  }

  /** Sends a message that asks for an acknowledgement, by default from the server itself; false if nobody got or keeps it. */
  send(to: string, content: string, { from = replies.SERVER_ID, typeu = -1 } = {}): boolean {
    const frame = replies.dataFrame(from, to, content, typeu, uuid(this.#random));
    return this.#accept(frame);
  }

  /** Messages between two users that were accepted: delivered, or kept by the offline store. The robot's are among them. */
  history(query: HistoryQuery): HistoryMessage[] {
    return this.#history.find(query);
  }

  /** The receiver has it: no retransmission. */
  acknowledge(fp: string): void {
    this.#retransmission.acknowledge(fp);
  }

  #onText(session: Session, text: string): void {
    if (!session.isOpen) return;
    session.touch();
    if (utf8Length(text) > MAX_FRAME_BYTES) {
      session.close(1009, `Max frame length of ${MAX_FRAME_BYTES} has been exceeded.`);
    } else if (session.verifying) {
      session.held.push(text);
    } else {
      this.#handle(session, text);
    }
  }

  #handle(session: Session, text: string): void {
    const frame = parseFrame(text);
    const login = frame?.type === FrameType.login ? parseLogin(frame.dataContent) : undefined;
    if (login) session.claimedId = login.userId;
    this.#record(session, { dir: 'in', text, ...(frame && { frame }) });
    if (frame?.type === FrameType.login && login) this.#login(session, login);
    else if (!frame || frame.type === FrameType.login || frame.type === FrameType.logout) session.close();
    else if (frame.type === FrameType.echo) this.#write(session, replies.echoResponse(frame));
    else if (session.userId !== null) this.#handleOf(session.userId, session, frame);
    else if (needLogin.has(frame.type)) {
      this.#write(session, replies.notLoggedIn(frame));
      session.close();
    }
  }

  /** Frames that need a login; unknown types are ignored. */
  #handleOf(userId: string, session: Session, frame: Frame): void {
    if (frame.type === FrameType.data) this.#data(session, frame);
    if (frame.type === FrameType.received) this.acknowledge(frame.dataContent ?? '');
    // The answer goes to the user's current session, which need not be the one that asks.
    const current = frame.type === FrameType.keepAlive ? this.#online.get(userId) : undefined;
    if (current) this.#write(current, replies.keepAliveResponse(userId));
  }

  #data(session: Session, frame: Frame): void {
    if (frame.to === replies.SERVER_ID) {
      if (frame.QoS) this.#history.add(frame, this.#options.clock.now());
      const isNew = !frame.QoS || frame.fp === null || this.#toServer.add(frame.fp);
      if (isNew) this.#options.onServerMessage?.(frame, this);
    } else if (!this.#accept(frame)) {
      return;
    }
    if (frame.QoS) this.#write(session, replies.receivedFor(frame));
  }

  /** Takes charge of a message: it is written to its receiver or kept; false if neither is possible. */
  #accept(frame: Frame): boolean {
    const sentAt = this.#options.clock.now();
    const isAccepted = this.#deliver(frame) || this.#offline.put(frame);
    if (isAccepted && frame.QoS) this.#history.add(frame, sentAt);
    return isAccepted;
  }

  /** Writes a message to its receiver; false if nobody is there. */
  #deliver(frame: Frame): boolean {
    const session = this.#online.get(frame.to);
    const robot = !session && frame.to === ROBOT_ID ? this.#robot : undefined;
    if (!session && !robot) return false;
    if (session) {
      this.#write(session, frame);
      if (this.faults.isDuplicated(session.label)) this.#write(session, frame);
    }
    this.#retransmission.add(frame);
    robot?.receive(frame);
    return true;
  }

  #login(session: Session, login: Login): void {
    if (session.userId === null && this.faults.isRefused(login.userId)) {
      session.terminate();
      return;
    }
    const isKnown = session.userId !== null && (session.userId === login.userId || !this.#options.closeTakeoverHole);
    const verdict = isKnown ? 0 : (this.#options.verifier?.(login) ?? 0);
    if (typeof verdict === 'number') {
      this.#decide(session, login, verdict);
      return;
    }
    session.verifying = true;
    void verdict.then((code) => {
      session.verifying = false;
      if (session.isOpen) this.#decide(session, login, code);
      for (let text = session.held.shift(); text !== undefined && session.isOpen; text = session.held.shift()) {
        this.#onText(session, text);
      }
    });
  }

  #decide(session: Session, login: Login, code: number): void {
    const { userId } = login;
    if (code !== 0) {
      this.#write(session, replies.loginRefusal(code));
      session.close();
      return;
    }
    const firstLoginTime = login.firstLoginTime > 0 ? login.firstLoginTime : Math.floor(this.#options.clock.now());
    const admission = this.#online.judge(session, userId, login.firstLoginTime);
    this.#write(session, replies.loginResponse(userId, firstLoginTime));
    if (admission === 'was kicked while away') {
      // Not registered in between: what the client sends on the strength of that success gets error 301.
      this.#write(session, replies.kickOut(userId, 1, null));
      session.closeSoon();
      return;
    }
    if (admission === 'kicks the held session') this.kick(userId, 1);
    this.#online.add(session, userId, firstLoginTime);
    for (const frame of this.#offline.take(userId)) this.#deliver(frame);
    this.#robot?.noticeLogin(login);
    this.#options.onLogin?.(login, this);
  }

  #write(session: Session, frame: Frame): void {
    const stamped = this.#options.serverTimestamp ? { ...frame, sm: Math.floor(this.#options.clock.now()) } : frame;
    const text = writeFrame(stamped);
    this.#record(session, { dir: 'out', text, frame: stamped });
    // The server believes in its write, as it does on a half-open line.
    const isLost = frame.type === FrameType.received && this.faults.losesAcks(session.label);
    if (!isLost) session.link.send(text);
  }

  #record(session: Session, what: Omit<JournalEntry, 'n' | 't' | 'socket' | 'user'>): void {
    this.journal.add({ t: this.#options.clock.now(), socket: session.socket, user: session.label, ...what });
  }
}
