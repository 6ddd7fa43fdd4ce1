import { KickoutCode } from './codes.js';
import { readInteger, readObject, readString, type UntrustedObject } from './json.js';
import type { Packet } from './packet.js';
import { ProtocolError } from './protocol-error.js';

/** Answer to a login. */
export interface LoginResponse {
  /** 0: logged in. Others, from 1025 on the application's own, are refusals. */
  readonly code: number;
  /** Milliseconds since 1970, to be repeated at each reconnect; -1 with a refusal. */
  readonly firstLoginTime: number;
}

/** The server's complaint about a frame. */
export interface ErrorResponse {
  readonly code: number;
}

/** The server ended the session for good. */
export interface Kickout {
  /** See {@link KickoutCode}; others are possible. */
  readonly code: number;
  /** The administrator's words, where there are any. */
  readonly reason?: string;
}

/** Reads a 50. @throws {ProtocolError} when there is no code to be found in it */
export function readLoginResponse(packet: Packet): LoginResponse {
  const content = readContent(packet);
  return {
    code: readInteger(content, 'code', undefined, 'dataContent.code'),
    firstLoginTime: readInteger(content, 'firstLoginTime', -1, 'dataContent.firstLoginTime'),
  };
}

/**
 * Reads a 52. Its `errorMsg` is left out on purpose: it repeats the refused frame, hence what somebody wrote, and belongs in no
 * log and on no screen.
 * @throws {ProtocolError} when there is no code to be found in it
 */
export function readError(packet: Packet): ErrorResponse {
  return { code: readInteger(readContent(packet), 'errorCode', undefined, 'dataContent.errorCode') };
}

/** Reads a 54. Never throws: somebody whose kick-out cannot be read is kicked out all the same. */
export function readKickout(packet: Packet): Kickout {
  const content = attempt(() => readContent(packet)) ?? {};
  const code = attempt(() => readInteger(content, 'code', undefined)) ?? KickoutCode.unknown;
  const reason = attempt(() => readString(content, 'reason', undefined));
  return reason === undefined ? { code } : { code, reason };
}

function readContent(packet: Packet): UntrustedObject {
  if (packet.dataContent === null) throw new ProtocolError('dataContent', 'a JSON object', 'null');
  return readObject(packet.dataContent, 'dataContent');
}

function attempt<T>(read: () => T): T | undefined {
  try {
    return read();
  } catch {
    return undefined;
  }
}
