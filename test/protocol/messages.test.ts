import { describe, expect, test } from 'vitest';
import {
  ack,
  data,
  echo,
  keepAlive,
  login,
  logout,
  type Packet,
  PacketType,
  parsePacket,
  stringifyPacket,
} from '../../src/protocol/index.js';
import { tracedFrames } from './traces.js';

const ALL_FIELDS = ['type', 'dataContent', 'from', 'to', 'fp', 'QoS', 'typeu', 'sm', 'bridge'];
const FROM_THE_SENDER_OF_DATA = 'the packet that is acknowledged';

/** Made by our functions from nothing but what a caller knows. Undefined where no function makes such a frame. */
function remake(frame: Record<string, unknown>): Packet | undefined {
  const { from, to, fp } = frame as { from: string; to: string; fp: string | null };
  const content = frame['dataContent'] as string;
  switch (frame['type']) {
    case PacketType.login: {
      const { loginUserId, loginToken, extra, firstLoginTime } = JSON.parse(content);
      return loginUserId === undefined
        ? undefined
        : login({ userId: loginUserId, token: loginToken, extra, firstLoginTime });
    }
    case PacketType.keepAlive:
      return keepAlive({ userId: from });
    case PacketType.data:
      return data({ id: fp, content, from, to, type: frame['typeu'] as number, qos: frame['QoS'] as boolean });
    case PacketType.ack: {
      const acknowledged = { id: content, from: to, to: from, content: FROM_THE_SENDER_OF_DATA, type: 7, qos: true };
      return ack(data(acknowledged));
    }
    case PacketType.logout:
      return logout({ userId: from });
    case PacketType.echo:
      return echo({ userId: from, content });
    default:
      return undefined;
  }
}

function fieldsOf(text: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return Array.isArray(value) ? undefined : (value as Record<string, unknown>);
  } catch {
    return undefined;
  }
}

describe('the frames that were recorded', () => {
  const received = tracedFrames.filter(({ direction }) => direction === 'received');
  const sent = tracedFrames.filter(({ direction }) => direction === 'sent');

  test.each(received)('parse: $scenario $text.length', ({ text }) => {
    expect(parsePacket(text)).toMatchObject(JSON.parse(text));
  });

  const comparable = sent.flatMap(({ scenario, text }) => {
    const fields = fieldsOf(text);
    const complete = fields !== undefined && Object.keys(fields).join() === ALL_FIELDS.join();
    const packet = complete && text.length < 65_537 ? remake(fields) : undefined;
    return packet === undefined ? [] : [{ scenario, text, packet }];
  });

  test.each(comparable)('sent byte for byte: $scenario, type $packet.type', ({ text, packet }) => {
    expect(stringifyPacket(packet)).toBe(text);
    expect(parsePacket(text)).toEqual(packet);
  });

  // Not ours to make: three frames with fields left out, a login without an id, two of type 99, two that are no frames, and
  // one that is too large.
  test('all but nine of those sent were compared, of every type', () => {
    expect(sent.length - comparable.length).toBe(9);
    expect(new Set(comparable.map(({ packet }) => packet.type))).toEqual(new Set([0, 1, 2, 3, 4, 5]));
  });
});

describe('ack', () => {
  const received = parsePacket(
    '{"type":2,"dataContent":"x","from":"bob","to":"alice","fp":"id","QoS":true,"bridge":true}',
  );

  test('goes back to the sender, carries the fingerprint and asks for no ack itself', () => {
    expect(ack(received)).toMatchObject({ type: 4, from: 'alice', to: 'bob', dataContent: 'id', fp: null, QoS: false });
  });

  test('repeats bridge', () => {
    expect(ack(received).bridge).toBe(true);
    expect(ack({ ...received, bridge: false }).bridge).toBe(false);
  });
});

test('login carries extra data and the first login time', () => {
  expect(login({ userId: 'a"b', token: 't', extra: '{"app":1}', firstLoginTime: 1_795_391_518_553 }).dataContent).toBe(
    '{"loginUserId":"a\\"b","loginToken":"t","extra":"{\\"app\\":1}","firstLoginTime":1795391518553}',
  );
});
