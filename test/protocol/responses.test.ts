import { describe, expect, test } from 'vitest';
import {
  ErrorCode,
  HEARTBEAT_MODES,
  KickoutCode,
  type Packet,
  PacketType,
  ProtocolError,
  parsePacket,
  readError,
  readKickout,
  readLoginResponse,
} from '../../src/protocol/index.js';
import { tracedFrames } from './traces.js';

const withContent = (type: number, content: string | null): Packet =>
  parsePacket(JSON.stringify({ type, dataContent: content }));

const recorded = (type: number): Packet[] =>
  tracedFrames
    .filter(({ direction, text }) => direction === 'received' && text.includes(`"type":${type},`))
    .map(({ text }) => parsePacket(text));

describe('login response', () => {
  test('every recorded one is read', () => {
    const responses = recorded(PacketType.loginResponse).map(readLoginResponse);
    expect(responses.length).toBeGreaterThan(40);
    expect(responses).toContainEqual({ code: 0, firstLoginTime: 1_795_391_518_553 });
    expect(responses).toContainEqual({ code: 1027, firstLoginTime: -1 });
  });

  test('without a first login time it is -1', () => {
    expect(readLoginResponse(withContent(50, '{"code":"1030"}'))).toEqual({ code: 1030, firstLoginTime: -1 });
  });

  test.each([
    [null, 'dataContent: expected a JSON object, found null'],
    ['', 'dataContent: expected a JSON object, found empty text'],
    ['[0]', 'dataContent: expected a JSON object, found an array of 1'],
    ['{}', 'dataContent.code: expected an integer, found nothing'],
    ['{"code":{}}', 'dataContent.code: expected an integer, found an object'],
    ['{"__proto__":{"code":0}}', 'dataContent.code: expected an integer, found nothing'],
    ['{"code":0,"firstLoginTime":"soon"}', 'dataContent.firstLoginTime: expected an integer, found "soon"'],
  ])('%s is refused', (content, message) => {
    expect(() => readLoginResponse(withContent(50, content))).toThrow(new ProtocolError(...split(message)));
  });
});

function split(message: string): [string, string, string] {
  const parts = /^(.*): expected (.*), found (.*)$/.exec(message);
  if (parts === null) throw new Error(`not a message of a ProtocolError: ${message}`);
  return [parts[1] ?? '', parts[2] ?? '', parts[3] ?? ''];
}

describe('error', () => {
  test('every recorded one is "not logged in", and the refused frame is left behind', () => {
    const errors = recorded(PacketType.error).map(readError);
    expect(errors.length).toBeGreaterThanOrEqual(3);
    for (const error of errors) expect(error).toStrictEqual({ code: ErrorCode.serverNotLoggedIn });
  });

  test('a complaint that cannot be read does not quote what it repeats', () => {
    const content = '{"errorMsg":"secret","errorCode":[]}';
    expect(() => readError(withContent(52, content))).toThrow(
      'dataContent.errorCode: expected an integer, found an array of 0',
    );
  });
});

describe('kick-out', () => {
  test('the recorded ones', () => {
    const kickouts = recorded(PacketType.kickout).map(readKickout);
    expect(kickouts).toContainEqual({ code: KickoutCode.duplicateLogin });
    expect(kickouts).toContainEqual({ code: KickoutCode.byAdministrator, reason: 'abuse of the service' });
  });

  test.each([
    ['no content', null, { code: -1 }],
    ['not JSON', '{oops', { code: -1 }],
    ['no object', '[]', { code: -1 }],
    ['no code', '{"reason":"x"}', { code: -1, reason: 'x' }],
    ['a code of the wrong type', '{"code":true,"reason":"x"}', { code: -1, reason: 'x' }],
    ['a reason of the wrong type', '{"code":2,"reason":{}}', { code: 2 }],
    ['a reason of null', '{"code":2,"reason":null}', { code: 2 }],
    ['an unknown code', '{"code":9}', { code: 9 }],
  ])('F9 counts with %s', (_, content, expected) => {
    expect(readKickout(withContent(54, content))).toStrictEqual(expected);
  });
});

test.each([
  [3, 3, 5, 7],
  [5, 5, 8, 11],
  [10, 10, 15, 15],
  [15, 15, 20, 20],
  [30, 30, 35, 35],
  [60, 60, 65, 65],
  [120, 120, 125, 125],
] as const)('heartbeat mode %i', (seconds, interval, timeout, serverReadTimeout) => {
  expect(HEARTBEAT_MODES[seconds]).toEqual({
    interval: interval * 1000,
    timeout: timeout * 1000,
    serverReadTimeout: serverReadTimeout * 1000,
  });
});

test('there is no other heartbeat mode', () => {
  expect(Object.keys(HEARTBEAT_MODES).map(Number)).toEqual([3, 5, 10, 15, 30, 60, 120]);
});
