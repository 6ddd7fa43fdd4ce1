import { expect } from 'vitest';
import { type Packet, PacketType } from '../../src/protocol/index.js';
import { FakeClock } from '../support/fake-clock.js';
import { FakeDevice, type StorageTrouble } from '../support/fake-device.js';
import { FakePage } from '../support/fake-page.js';
import type { FakeSocket } from '../support/fake-socket.js';
import { Scene } from './scene.js';
import { ackOf, answerAll, kickedOut, loggedIn, message, pong, refused } from './server-frames.js';

const WAITING = new Set(['queued', 'sending', 'unconfirmed', 'failed']);
/** Written down by an earlier page, and not yet taken up by this one. */
const ON_DISK = 'on disk';
/** How long the client hopes that a record will be written down after all: the only timers that outlive a session. */
const HOPE_MS = 2_000;
const FINAL = new Set(['delivered', 'sent', 'cancelled', 'removed']);

/**
 * The client between a user, a page, a device and a server that take turns at random, and what must be true of it after each
 * turn: the invariants by their ids. It looks at frames, sockets, events and records only. A page may be reloaded or crash: the
 * next one is a new client on the same device.
 */
export class World {
  scene: Scene;
  page = new FakePage();
  readonly device = new FakeDevice();
  /** Ids in typing order. */
  readonly typed: string[] = [];
  /** Frames that a socket's client wrote and the server has not yet read. */
  readonly #onTheWay = new Map<FakeSocket, Packet[]>();
  readonly #status = new Map<string, string>();
  readonly #accepted = new Set<string>();
  readonly #acknowledged = new Set<string>();
  readonly #retried = new Set<string>();
  /** When a copy of each message received was last seen. */
  readonly #seenAt = new Map<string, number>();
  /** Left by an earlier page, and not to be read when this one opened: others went before. */
  readonly #late = new Set<string>();
  readonly #acksOwed = new Map<FakeSocket, string[]>();
  /** Logins of this page, and announcements of what may be missing. */
  #logins = 0;
  #resyncs = 0;
  /** Of all pages, oldest first. */
  readonly #sockets: FakeSocket[] = [];
  /** Signs of the receiver on each socket, a message or what they confirmed: each may be a reason to repeat what they did not. */
  readonly #signs = new Map<FakeSocket, number>();
  /** What a listener does in the midst of an event (I20). */
  reaction: (() => void) | undefined;
  /** Whether the session was ended for good: by the user, a refusal or a kick-out. */
  #ended = false;
  /** When each write to the storage began that will never end. */
  #hung: number[] = [];
  /** Number of sockets at the time of a final state. */
  #finalSockets: number | undefined;
  #randoms = 0;
  #violation: unknown;

  constructor(
    readonly randoms: readonly number[],
    readonly heedsSignal: boolean,
  ) {
    this.scene = this.#open(new FakeClock());
  }

  #open(clock: FakeClock): Scene {
    const { randoms, heedsSignal, device } = this;
    this.page = new FakePage();
    this.#hung = [];
    device.onHang = () => this.#hung.push(clock.monotonic());
    const scene = new Scene({
      clock,
      heedsSignal,
      storage: device.storage(),
      page: this.page,
      random: () => randoms[this.#randoms++ % randoms.length] ?? 0,
      onSocket: (socket) => {
        this.#sockets.push(socket);
        this.#onTheWay.set(socket, []);
        socket.onFrame = (packet) => this.#onTheWay.get(socket)?.push(packet);
      },
    });
    const { client } = scene;
    client.addEventListener('delivery', ({ message: { id }, status }) => {
      this.#note(() => expect(FINAL.has(this.#status.get(id) ?? ''), `I1: ${id} was final`).toBe(false));
      this.#status.set(id, status);
      this.#react();
    });
    client.addEventListener('message', ({ message: { id } }) => {
      const seenAt = this.#seenAt.get(id);
      const remembered = seenAt !== undefined && scene.clock.monotonic() - seenAt < 10 * 60_000;
      this.#note(() => expect(remembered, `I4: ${id} once more`).toBe(false));
      this.#react();
    });
    client.addEventListener('resync', () => {
      this.#resyncs += 1;
      this.#note(() => expect(client.state.name, 'I15: before connected').toBe('connecting'));
    });
    client.addEventListener('state', ({ state }) => {
      if (state.name === 'connected') this.#logins += 1;
      this.#note(() => expect(this.#resyncs, 'I15: one for each login').toBeGreaterThanOrEqual(this.#logins));
      this.#react();
    });
    return scene;
  }

  /** What is thrown in a listener reaches nobody: kept for the next {@link check}, which belongs to a history. */
  #note(assert: () => void): void {
    try {
      assert();
    } catch (error) {
      this.#violation ??= error;
    }
  }

  /** Does what a listener of the page does, once. */
  #react(): void {
    const { reaction } = this;
    this.reaction = undefined;
    reaction?.();
  }

  /** The page is gone, without a word; another one opens on the same device. */
  async reload(): Promise<void> {
    const { clock, sockets } = this.scene;
    for (const id of [...this.typed]) {
      if (FINAL.has(this.#status.get(id) ?? '')) continue;
      // What nobody has seen, or what could not be written down, goes with the page.
      if (this.device.records.has(id)) this.#status.set(id, ON_DISK);
      else this.#forget(id);
    }
    for (const socket of sockets) {
      socket.abandoned = true;
      socket.dead = true;
      socket.readyState = 3;
    }
    this.device.crash();
    this.#onTheWay.clear();
    this.#acksOwed.clear();
    this.#seenAt.clear();
    this.#logins = this.#resyncs = 0;
    this.#ended = false;
    this.#finalSockets = undefined;
    this.scene = this.#open(new FakeClock(clock.now()));
    this.scene.client.connect();
    await this.scene.settle();
    for (const id of this.typed) if (this.#status.get(id) === ON_DISK) this.#late.add(id);
    if (this.device.claiming || this.scene.client.state.name === 'disconnected') return;
    const unseen = this.typed.filter((id) => this.#status.get(id) === ON_DISK);
    expect(unseen, 'I1, T7: what was left is taken up again').toEqual([]);
  }

  /** The user clears the site's data. What no page has taken up is gone. */
  wipe(): void {
    for (const id of this.typed.filter((id) => this.#status.get(id) === ON_DISK)) this.#forget(id);
    this.device.wipe();
  }

  #forget(id: string): void {
    this.typed.splice(this.typed.indexOf(id), 1);
    this.#status.delete(id);
  }

  trouble(what: 'claiming' | 'putting', trouble: StorageTrouble): void {
    this.device[what] = trouble;
  }

  /** The newest socket, if there is one. */
  get socket(): FakeSocket | undefined {
    return this.scene.sockets.at(-1);
  }

  /** Every frame that a client wrote, with its socket and time. */
  get journal(): string[] {
    return this.#sockets.flatMap(({ written }, n) => written.map(({ at, text }) => `socket ${n}, ${at} ms: ${text}`));
  }

  id(n: number): string {
    return this.typed[n % this.typed.length] ?? 'none';
  }

  send(qos: boolean): void {
    // A listener that sends something in the midst of it types later.
    const place = this.typed.length;
    const { id } = this.scene.client.send(`message ${place}`, { to: 'bob', qos });
    this.typed.splice(place, 0, id);
  }

  retry(n: number): void {
    if (this.scene.client.retry(this.id(n))) this.#retried.add(this.id(n));
  }

  connect(): void {
    this.#finalSockets = undefined;
    this.#ended = false;
    this.scene.client.connect();
  }

  /** The server takes its next step: lets the socket open, or reads a frame and answers it. */
  serve(socket: FakeSocket | undefined): void {
    if (socket?.readyState === 0 && !socket.dead) socket.open();
    const packet = socket && this.#onTheWay.get(socket)?.shift();
    if (!socket || !packet) return;
    if (packet.type === PacketType.login) socket.deliver(loggedIn());
    else if (packet.type === PacketType.keepAlive) socket.deliver(pong());
    else if (packet.type === PacketType.data && packet.fp) {
      this.#accepted.add(packet.fp);
      if (!packet.QoS) return;
      if (!this.#acknowledged.has(packet.fp)) this.#noteSign(socket);
      if (this.#hears(socket)) this.#acknowledged.add(packet.fp);
      socket.deliver(ackOf(packet.fp));
    }
  }

  #noteSign(socket: FakeSocket): void {
    this.#signs.set(socket, (this.#signs.get(socket) ?? 0) + 1);
  }

  disconnect(): void {
    this.#ended = true;
    this.scene.client.disconnect();
  }

  kick(): void {
    if (this.socket && this.#hears(this.socket)) this.#ended = true;
    this.socket?.deliver(kickedOut(1));
  }

  refuse(): void {
    const { socket } = this;
    const asked = socket?.sent(PacketType.login).length === 1 && this.scene.client.state.name === 'connecting';
    if (asked && this.#hears(socket)) this.#ended = true;
    socket?.deliver(refused(1025));
  }

  /** The frame that comes next is lost. */
  lose(): void {
    if (this.socket) this.#onTheWay.get(this.socket)?.shift();
  }

  /** Bob's nth message arrives, perhaps not for the first time. */
  receive(n: number): void {
    const { socket } = this;
    if (!socket) return;
    const canAnswer = this.#hears(socket) && socket.readyState === 1;
    if (canAnswer && this.scene.client.state.name === 'connected') {
      const owed = this.#acksOwed.get(socket) ?? [];
      this.#acksOwed.set(socket, [...owed, `from bob ${n}`]);
    }
    this.#noteSign(socket);
    socket.deliver(message(`from bob ${n}`));
    if (canAnswer && this.scene.client.state.name === 'connected') {
      this.#seenAt.set(`from bob ${n}`, this.scene.clock.monotonic());
    }
    // A listener has ended the session: nobody may write on it any more.
    if (canAnswer && !this.#hears(socket)) this.#acksOwed.get(socket)?.pop();
  }

  check(): void {
    if (this.#violation) throw this.#violation;
    const { client, sockets } = this.scene;
    const waiting = this.typed.filter((id) => WAITING.has(this.#status.get(id) ?? ''));
    // What is being written down has not been shown yet.
    const unseen = this.typed.filter((id) => !this.#status.has(id));
    expect(client.pending, 'I1: what waits is in the outbox').toBe(waiting.length + unseen.length);
    if (client.status.durability === 'disk' && !this.device.putting) {
      const records = new Set(this.device.records.keys());
      expect(
        waiting.filter((id) => !records.has(id)),
        'I14, T7: what waits is on the disk',
      ).toEqual([]);
    }

    for (const [id, status] of this.#status) {
      if (status === 'delivered') expect(this.#acknowledged.has(id) && this.#accepted.has(id), `I2: ${id}`).toBe(true);
    }

    const live = sockets.filter(({ abandoned, readyState }) => !abandoned && readyState < 2);
    expect(live.length, 'I9: one socket').toBeLessThanOrEqual(1);
    for (const socket of sockets) expect(socket.sent(PacketType.login).length, 'I9').toBeLessThanOrEqual(1);

    const writes = this.#sockets.flatMap((socket) => socket.sent(PacketType.data));
    const first = new Map<string, string>();
    for (const { packet, text } of writes) {
      const fp = packet.fp ?? 'null';
      if (!first.has(fp)) first.set(fp, text);
      expect(text, 'I3: the same frame').toBe(first.get(fp));
    }
    const order = [...first.keys()]
      .map((fp) => (this.#late.has(fp) ? -1 : this.typed.indexOf(fp)))
      .filter((n) => n >= 0);
    expect(order, 'I5: typing order').toEqual(order.toSorted((a, b) => a - b));
    for (const socket of sockets) this.#checkRetries(socket);

    for (const [socket, owed] of this.#acksOwed) {
      expect(
        socket.sent(PacketType.ack).map(({ packet }) => packet.dataContent),
        'I7',
      ).toEqual(owed);
    }

    expect(['disconnected', 'connecting', 'connected'], 'I16').toContain(client.state.name);
    if (this.#ended) expect(client.state.name, 'I10: final').toBe('disconnected');
    if (client.state.name === 'disconnected') {
      this.#finalSockets ??= sockets.length;
      expect(sockets.length, 'I10: final').toBe(this.#finalSockets);
      expect(live.length, 'I10: nothing open').toBe(0);
      this.#checkResidue();
    }
  }

  /** I11: a session that is over leaves nothing that waits or listens. */
  #checkResidue(): void {
    const { clock, sockets } = this.scene;
    const hopes = this.#hung.filter((at) => at > clock.monotonic() - HOPE_MS);
    expect(clock.pending, 'I11: timers').toBeLessThanOrEqual(hopes.length);
    expect(this.page.listenerCount, 'I11: listeners on the page').toBe(0);
    if (!this.heedsSignal) return;
    const listeners = sockets.reduce((sum, { listenerCount }) => sum + listenerCount, 0);
    expect(listeners, 'I11: listeners on sockets').toBe(0);
  }

  /**
   * I8, on one socket. What the user retried has new tries. After three copies one may come each minute, and one for each
   * sign of the receiver.
   */
  #checkRetries(socket: FakeSocket): void {
    const times = new Map<string, number[]>();
    for (const { packet, at } of socket.sent(PacketType.data)) {
      const fp = packet.fp ?? '';
      if (!this.#retried.has(fp)) times.set(fp, [...(times.get(fp) ?? []), at]);
    }
    for (const list of times.values()) {
      const minutes = Math.floor(((list.at(-1) ?? 0) - (list[0] ?? 0)) / 60_000);
      const allowed = 3 + minutes + (this.#signs.get(socket) ?? 0);
      expect(list.length, 'I8: two retransmissions').toBeLessThanOrEqual(allowed);
      list.reduce((before, at) => {
        expect(at - before, 'I8: not before 3 s').toBeGreaterThanOrEqual(3_000);
        return at;
      });
    }
  }

  /** From now on all is well: the rest must be delivered, what failed by a retry. */
  async heal(): Promise<void> {
    this.reaction = undefined;
    this.device.claiming = this.device.putting = undefined;
    if (this.typed.some((id) => this.#status.get(id) === ON_DISK)) await this.reload();
    const { scene } = this;
    const { client, clock } = scene;
    for (const socket of scene.sockets) socket.serverClose(1001);
    this.connect();
    // What nobody confirmed on the old line.
    for (const socket of scene.sockets) socket.bufferedAmount = 0;
    for (let second = 0; second < 60; second++) {
      await clock.advanceAsync(1_000);
      const { socket } = this;
      if (socket?.readyState === 0) {
        socket.onFrame = undefined;
        answerAll(socket);
        const answer = socket.onFrame as ((packet: Packet, text: string) => void) | undefined;
        socket.onFrame = (packet, text) => {
          if (packet.fp) {
            this.#accepted.add(packet.fp);
            this.#acknowledged.add(packet.fp);
          }
          answer?.(packet, text);
        };
        socket.open();
      }
    }
    for (const id of this.typed) client.retry(id);
    await clock.advanceAsync(1_000);
    expect(client.state.name, 'I12').toBe('connected');
    expect(client.pending, 'I1: quiescence').toBe(0);
    if (client.status.durability === 'disk') expect(this.device.contents, 'I14: nothing waits').toEqual([]);
    client.disconnect();
    await clock.advanceAsync(200);
    expect(scene.clock.pending, 'I11').toBe(0);
    expect(this.page.listenerCount, 'I11').toBe(0);
  }

  /** Whether the client still listens to a socket, by what the socket saw of it. */
  #hears(socket: FakeSocket): boolean {
    return !socket.abandoned && !socket.dead;
  }
}
