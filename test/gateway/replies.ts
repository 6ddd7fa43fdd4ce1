import { type Frame, FrameType, writeFrame } from './frames.js';
import { gson } from './gson.js';

/** The id under which the server itself speaks and is spoken to. */
export const SERVER_ID = '0';
const UNSET_ID = '-1';
/** Error code for a frame that needs a login on a socket that has none. */
const NOT_LOGGED_IN = 301;

const control: Omit<Frame, 'type' | 'dataContent' | 'to'> = {
  bridge: false,
  from: SERVER_ID,
  fp: null,
  QoS: false,
  typeu: -1,
  sm: -1,
};

export function loginResponse(userId: string, firstLoginTime: number): Frame {
  const dataContent = gson({ code: 0, firstLoginTime });
  return { ...control, type: FrameType.loginResponse, dataContent, to: userId };
}

export function loginRefusal(code: number): Frame {
  const dataContent = gson({ code, firstLoginTime: -1 });
  return { ...control, type: FrameType.loginResponse, dataContent, to: UNSET_ID };
}

export function keepAliveResponse(userId: string): Frame {
  return { ...control, type: FrameType.keepAliveResponse, dataContent: '{}', to: userId };
}

/** The acknowledgement of `frame`: in the name of its receiver, to whomever it claims as its sender. */
export function receivedFor(frame: Frame): Frame {
  const { bridge, from, to, fp } = frame;
  return { ...control, bridge, type: FrameType.received, dataContent: fp, from: to, to: from };
}

/** Error 301, which repeats the whole refused frame. */
export function notLoggedIn(refused: Frame): Frame {
  const dataContent = gson({ errorCode: NOT_LOGGED_IN, errorMsg: writeFrame(refused) });
  return { ...control, type: FrameType.error, dataContent, to: UNSET_ID };
}

export function echoResponse(frame: Frame): Frame {
  const { dataContent, from, to } = frame;
  return { ...control, type: FrameType.echoResponse, dataContent, from, to };
}

/** @param code 1: the same user logged in elsewhere; 2: by an administrator. */
export function kickOut(userId: string, code: number, reason: string | null): Frame {
  return { ...control, type: FrameType.kickOut, dataContent: gson({ code, reason }), to: userId };
}

export function dataFrame(from: string, to: string, content: string, typeu: number, fp: string | null): Frame {
  return { ...control, type: FrameType.data, dataContent: content, from, to, fp, QoS: fp !== null, typeu };
}
