export { ErrorCode, HEARTBEAT_MODES, type HeartbeatMode, type HeartbeatSeconds, KickoutCode } from './codes.js';
export { FrameTooLargeError, MAX_INBOUND_BYTES, MAX_OUTBOUND_BYTES, utf8Length } from './frame-size.js';
export { ack, type Data, data, echo, keepAlive, type Login, login, logout } from './messages.js';
export { frameBytes, type Packet, PacketType, parsePacket, stringifyPacket } from './packet.js';
export { ProtocolError } from './protocol-error.js';
export {
  type ErrorResponse,
  type Kickout,
  type LoginResponse,
  readError,
  readKickout,
  readLoginResponse,
} from './responses.js';
