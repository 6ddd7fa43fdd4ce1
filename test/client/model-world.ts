import { expect } from 'vitest';
import { type Packet, PacketType } from '../../src/protocol/index.js';
import type { FakeSocket, WrittenFrame } from '../support/fake-socket.js';
import { Scene } from './scene.js';
import { ackOf, answerAll, kickedOut, loggedIn, message, pong, refused } from './server-frames.js';

const WAITING = new Set(['queued', 'sending', 'failed']);
const FINAL = new Set(['delivered', 'sent', 'cancelled', 'removed']);

/**
 * The client between a user and a server that take turns at random, and what must be true of it after each turn: the
 * invariants by their ids. It looks at frames, sockets and events only.
 */
export class World {
  readonly scene: Scene;
  /** Ids in typing order. */
  readonly typed: string[] = [];
  /** Frames that a socket's client wrote and the server has not yet read. */
  readonly #onTheWay = new Map<FakeSocket, Packet[]>();
  readonly #status = new Map<string, string>();
  readonly #accepted = new Set<string>();
  readonly #acknowledged = new Set<string>();
  readonly #retried = new Set<string>();
  readonly #announced = new Map<string, number>();
  readonly #acksOwed = new Map<FakeSocket, string[]>();
  /** Whether the session was ended for good: by the user, a refusal or a kick-out. */
  #ended = false;
  /** Number of sockets at the time of a final state. */
  #finalSockets: number | undefined;

  constructor(randoms: readonly number[], heedsSignal: boolean) {
    let n = 0;
    this.scene = new Scene({
      heedsSignal,
      random: () => randoms[n++ % randoms.length] ?? 0,
      onSocket: (socket) => {
        this.#onTheWay.set(socket, []);
        socket.onFrame = (packet) => this.#onTheWay.get(socket)?.push(packet);
      },
    });
    const { client } = this.scene;
    client.addEventListener('delivery', ({ message: { id }, status }) => {
      expect(FINAL.has(this.#status.get(id) ?? ''), `I1: ${id} was final`).toBe(false);
      this.#status.set(id, status);
    });
    client.addEventListener('message', ({ message: { id } }) => {
      this.#announced.set(id, (this.#announced.get(id) ?? 0) + 1);
    });
  }

  /** The newest socket, if there is one. */
  get socket(): FakeSocket | undefined {
    return this.scene.sockets.at(-1);
  }

  id(n: number): string {
    return this.typed[n % this.typed.length] ?? 'none';
  }

  send(qos: boolean): void {
    const { id } = this.scene.client.send(`message ${this.typed.length}`, { to: 'bob', qos });
    this.typed.push(id);
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
      if (this.#hears(socket)) this.#acknowledged.add(packet.fp);
      socket.deliver(ackOf(packet.fp));
    }
  }

  disconnect(): void {
    this.scene.client.disconnect();
    this.#ended = true;
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
    socket.deliver(message(`from bob ${n}`));
  }

  check(): void {
    const { client, sockets } = this.scene;
    const waiting = this.typed.filter((id) => WAITING.has(this.#status.get(id) ?? ''));
    expect(this.typed.every((id) => this.#status.has(id))).toBe(true);
    expect(client.pending, 'I1: what waits is in the outbox').toBe(waiting.length);
    for (const [id, status] of this.#status) {
      if (status === 'delivered') expect(this.#acknowledged.has(id) && this.#accepted.has(id), `I2: ${id}`).toBe(true);
    }

    const live = sockets.filter(({ abandoned, readyState }) => !abandoned && readyState < 2);
    expect(live.length, 'I9: one socket').toBeLessThanOrEqual(1);
    for (const socket of sockets) expect(socket.sent(PacketType.login).length, 'I9').toBeLessThanOrEqual(1);

    const writes = sockets.flatMap((socket) => socket.sent(PacketType.data));
    const first = new Map<string, string>();
    for (const { packet, text } of writes) {
      const fp = packet.fp ?? 'null';
      if (!first.has(fp)) first.set(fp, text);
      expect(text, 'I3: the same frame').toBe(first.get(fp));
    }
    const order = [...first.keys()].map((fp) => this.typed.indexOf(fp));
    expect(order, 'I5: typing order').toEqual(order.toSorted((a, b) => a - b));
    for (const socket of sockets) this.#checkRetries(socket.sent(PacketType.data));

    for (const [socket, owed] of this.#acksOwed) {
      expect(
        socket.sent(PacketType.ack).map(({ packet }) => packet.dataContent),
        'I7',
      ).toEqual(owed);
    }
    for (const [id, times] of this.#announced) expect(times, `I4: ${id}`).toBe(1);

    expect(['disconnected', 'connecting', 'connected'], 'I16').toContain(client.state.name);
    if (this.#ended) expect(client.state.name, 'I10: final').toBe('disconnected');
    if (client.state.name === 'disconnected') {
      this.#finalSockets ??= sockets.length;
      expect(sockets.length, 'I10: final').toBe(this.#finalSockets);
      expect(live.length, 'I10: nothing open').toBe(0);
    }
  }

  /** I8, on one socket. What the user retried has new tries. */
  #checkRetries(frames: readonly WrittenFrame[]): void {
    const times = new Map<string, number[]>();
    for (const { packet, at } of frames) {
      const fp = packet.fp ?? '';
      if (!this.#retried.has(fp)) times.set(fp, [...(times.get(fp) ?? []), at]);
    }
    for (const list of times.values()) {
      expect(list.length, 'I8: two retransmissions').toBeLessThanOrEqual(3);
      list.reduce((before, at) => {
        expect(at - before, 'I8: not before 3 s').toBeGreaterThanOrEqual(3_000);
        return at;
      });
    }
  }

  /** From now on all is well: the rest must be delivered, what failed by a retry. */
  async heal(): Promise<void> {
    const { scene } = this;
    const { client, clock } = scene;
    for (const socket of scene.sockets) socket.serverClose(1001);
    this.connect();
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
    client.disconnect();
    expect(scene.clock.pending, 'I11').toBe(0);
  }

  /** Whether the client still listens to a socket, by what the socket saw of it. */
  #hears(socket: FakeSocket): boolean {
    return !socket.abandoned && !socket.dead;
  }
}
