import { exceeds, FrameTooLargeError, MAX_INBOUND_BYTES, MAX_OUTBOUND_BYTES, utf8Length } from './frame-size.js';
import { readBoolean, readInteger, readObject, readString, writeJson } from './json.js';
import { ProtocolError } from './protocol-error.js';

/** Frame types. Those below 50 go from client to server, 2 and 4 both ways, those from 50 on from server to client. */
export const PacketType = {
  login: 0,
  keepAlive: 1,
  data: 2,
  logout: 3,
  ack: 4,
  echo: 5,
  loginResponse: 50,
  keepAliveResponse: 51,
  error: 52,
  echoResponse: 53,
  kickout: 54,
} as const;

/** One frame ("Protocal" in the original), under the names it has on the wire. */
export interface Packet {
  /** Frame type, see {@link PacketType}. Others are possible and not an error. */
  readonly type: number;
  /** The payload. For control frames a JSON object encoded as a string, see `responses.ts`. */
  readonly dataContent: string | null;
  /** User id of the sender as the sender claims, `"0"` for the server, `"-1"` unset. */
  readonly from: string;
  /** User id of the receiver, `"0"` for the server, `"-1"` unset. */
  readonly to: string;
  /** Fingerprint: the message's unique id. */
  readonly fp: string | null;
  /** True: the receiver must acknowledge, the sender retransmits. */
  readonly QoS: boolean;
  /** The application's message type; -1 is unset. */
  readonly typeu: number;
  /** The server's send time in milliseconds since 1970, or -1. */
  readonly sm: number;
  /** The frame crossed between two server clusters. An ack repeats it. */
  readonly bridge: boolean;
}

/**
 * Reads one frame. Gives a packet of exactly the nine fields, or throws a {@link ProtocolError} and nothing else, whatever the text.
 * Missing and null fields get the defaults of the protocol, unknown ones are dropped, only `type` is required. Text over
 * {@link MAX_INBOUND_BYTES} is refused unparsed.
 */
export function parsePacket(text: string): Packet {
  if (exceeds(text, MAX_INBOUND_BYTES)) {
    throw new ProtocolError('frame', `at most ${MAX_INBOUND_BYTES} bytes`, `${text.length} characters`);
  }
  const frame = readObject(text, 'frame');
  return {
    type: readInteger(frame, 'type', undefined),
    dataContent: readString(frame, 'dataContent', null),
    from: readString(frame, 'from', '-1'),
    to: readString(frame, 'to', '-1'),
    fp: readString(frame, 'fp', null),
    QoS: readBoolean(frame, 'QoS', false),
    typeu: readInteger(frame, 'typeu', -1),
    sm: readInteger(frame, 'sm', -1),
    bridge: readBoolean(frame, 'bridge', false),
  };
}

/** Writes one frame. @throws {FrameTooLargeError} when it has more than {@link MAX_OUTBOUND_BYTES} */
export function stringifyPacket(packet: Packet): string {
  const text = frameText(packet);
  if (exceeds(text, MAX_OUTBOUND_BYTES)) throw new FrameTooLargeError(utf8Length(text), MAX_OUTBOUND_BYTES);
  return text;
}

/** UTF-8 bytes that the packet takes on the wire, however many. */
export function frameBytes(packet: Packet): number {
  return utf8Length(frameText(packet));
}

function frameText(packet: Packet): string {
  return (
    `{"type":${writeJson(packet.type)},"dataContent":${writeJson(packet.dataContent)}` +
    `,"from":${writeJson(packet.from)},"to":${writeJson(packet.to)},"fp":${writeJson(packet.fp)}` +
    `,"QoS":${writeJson(packet.QoS)},"typeu":${writeJson(packet.typeu)},"sm":${writeJson(packet.sm)}` +
    `,"bridge":${writeJson(packet.bridge)}}`
  );
}
