import { type Packet, PacketType } from '../../src/protocol/index.js';
import type { FakeSocket } from '../support/fake-socket.js';

/** Frames as a server writes them: absent fields are absent. */
type Frame = Partial<Packet>;

export const FIRST_LOGIN_TIME = 1_767_605_400_123;

export function loggedIn(to = 'alice', firstLoginTime = FIRST_LOGIN_TIME): Frame {
  const dataContent = JSON.stringify({ code: 0, firstLoginTime });
  return { type: PacketType.loginResponse, dataContent, from: '0', to };
}

export function refused(code: number, to = '-1'): Frame {
  const dataContent = JSON.stringify({ code, firstLoginTime: -1 });
  return { type: PacketType.loginResponse, dataContent, from: '0', to };
}

export function pong(to = 'alice'): Frame {
  return { type: PacketType.keepAliveResponse, dataContent: '{}', from: '0', to };
}

export function kickedOut(code: number, reason?: string): Frame {
  return { type: PacketType.kickout, dataContent: JSON.stringify({ code, reason }), from: '0', to: 'alice' };
}

export function serverError(errorCode: number): Frame {
  const dataContent = JSON.stringify({ errorCode, errorMsg: '{"dataContent":"a secret"}' });
  return { type: PacketType.error, dataContent, from: '0', to: '-1' };
}

export function ackOf(fp: string | null | undefined): Frame {
  return { type: PacketType.ack, dataContent: fp ?? null, from: 'bob', to: 'alice', QoS: false };
}

/** A message from bob to alice. */
export function message(fp: string | null, fields: Frame = {}): Frame {
  return { type: PacketType.data, dataContent: 'hello', from: 'bob', to: 'alice', fp, QoS: true, typeu: 0, ...fields };
}

/** A server that answers keepalives and nothing else. */
export function answerKeepAlives(socket: FakeSocket): void {
  socket.onFrame = ({ type }) => type === PacketType.keepAlive && socket.deliver(pong());
}

/** A server that answers everything as it should. */
export function answerAll(socket: FakeSocket): void {
  socket.onFrame = ({ type, fp, QoS, from }) => {
    if (type === PacketType.login) socket.deliver(loggedIn(from));
    else if (type === PacketType.keepAlive) socket.deliver(pong(from));
    else if (type === PacketType.data && QoS) socket.deliver(ackOf(fp));
  };
}
