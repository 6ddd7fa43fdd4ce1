import { writeJson } from './json.js';
import { type Packet, PacketType } from './packet.js';

const SERVER = '0';

/** What every frame to the server starts from. */
const unset = { dataContent: null, to: SERVER, fp: null, QoS: false, typeu: -1, sm: -1, bridge: false } as const;

export interface Login {
  /** Must not be empty: the server would accept that as a user. */
  readonly userId: string;
  readonly token: string;
  /** Free data for the server's application; default null. */
  readonly extra?: string | null | undefined;
  /** 0 (the default) when the user starts a session, the value of its first login response on every reconnect after that. */
  readonly firstLoginTime?: number | undefined;
}

/** The first frame on every socket. */
export function login({ userId, token, extra = null, firstLoginTime = 0 }: Login): Packet {
  const dataContent =
    `{"loginUserId":${writeJson(userId)},"loginToken":${writeJson(token)}` +
    `,"extra":${writeJson(extra)},"firstLoginTime":${writeJson(firstLoginTime)}}`;
  return { ...unset, type: PacketType.login, dataContent, from: userId };
}

/** The heartbeat; the server answers with 51. */
export function keepAlive({ userId }: { readonly userId: string }): Packet {
  return { ...unset, type: PacketType.keepAlive, dataContent: '{}', from: userId };
}

export interface Data {
  /** Fingerprint, the same for every retransmission. Null is possible only without `qos`. */
  readonly id: string | null;
  readonly content: string;
  readonly from: string;
  /** User id of the receiver; `"0"` is the server's application. */
  readonly to: string;
  /** The application's message type. */
  readonly type: number;
  /** True: acknowledged and retransmitted. */
  readonly qos: boolean;
}

/** A message. */
export function data({ id, content, from, to, type, qos }: Data): Packet {
  return { ...unset, type: PacketType.data, dataContent: content, from, to, fp: id, QoS: qos, typeu: type };
}

/** The acknowledgement of a packet that was received with QoS. */
export function ack(packet: Packet): Packet {
  const { from, to, fp, bridge } = packet;
  return { ...unset, type: PacketType.ack, dataContent: fp, from: to, to: from, bridge };
}

/** Ends the session; the server closes the socket without an answer. */
export function logout({ userId }: { readonly userId: string }): Packet {
  return { ...unset, type: PacketType.logout, from: userId };
}

/** A test of the line that needs no login; the server sends the content back as 53. */
export function echo({ userId, content }: { readonly userId: string; readonly content: string }): Packet {
  return { ...unset, type: PacketType.echo, dataContent: content, from: userId };
}
