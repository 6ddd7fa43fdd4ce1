import type { FakeSocket } from '../support/fake-socket.js';

/** What a fake line is like: bytes per second, and the bytes that the system takes off the socket's hands. */
export interface LineOptions {
  readonly up?: number;
  readonly down?: number;
  readonly kernel?: number;
}

/**
 * Puts a socket on a line that has a byte rate in each direction: frames arrive one after the other, each when its last byte
 * has. What the kernel does not take is the socket's `bufferedAmount`. Returns what the server writes with.
 */
export function slowLine(
  socket: FakeSocket,
  { up = 1e9, down = 1e9, kernel = Number.POSITIVE_INFINITY }: LineOptions,
  onFrame: NonNullable<FakeSocket['onFrame']>,
): (frame: Parameters<FakeSocket['deliver']>[0]) => void {
  const { clock } = socket;
  let upFreeAt = 0;
  let downFreeAt = 0;
  const backlog = () => (Math.max(0, upFreeAt - clock.monotonic()) * up) / 1_000;
  const busyUntil = (freeAt: number, bytes: number, rate: number) =>
    Math.max(freeAt, clock.monotonic()) + (bytes * 1_000) / rate;
  const send = socket.send.bind(socket);
  socket.send = (text) => {
    upFreeAt = busyUntil(upFreeAt, Buffer.byteLength(text), up);
    send(text);
  };
  Object.defineProperty(socket, 'bufferedAmount', { get: () => Math.max(0, backlog() - kernel) });
  socket.onFrame = (packet, text) => {
    // Both ends of a line that was given up forget what is on it.
    clock.setTimeout(() => socket.abandoned || onFrame(packet, text), upFreeAt - clock.monotonic());
  };
  return (frame) => {
    downFreeAt = busyUntil(downFreeAt, JSON.stringify(frame).length, down);
    clock.setTimeout(() => socket.abandoned || socket.deliver(frame), downFreeAt - clock.monotonic());
  };
}
