import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Message } from '../../src/client/index.js';
import { MAX_INBOUND_BYTES, PacketType } from '../../src/protocol/index.js';
import { Scene } from './scene.js';
import { answerAll, message, pong } from './server-frames.js';

const MINUTE = 60_000;

async function listening(options: { answering?: boolean } = {}) {
  const scene = new Scene(options.answering ? { onSocket: answerAll } : {});
  const socket = await scene.online();
  const messages: Message[] = [];
  scene.client.addEventListener('message', ({ message }) => messages.push(message));
  const acks = () => socket.sent(PacketType.ack).map(({ packet }) => packet.dataContent);
  return { scene, socket, messages, acks };
}

describe('a message that arrives', () => {
  it('is announced with all that it has', async () => {
    const { scene, socket, messages } = await listening();
    socket.deliver(message('m1', { dataContent: 'hi', typeu: 4_711, sm: scene.clock.now() - 2_000 }));
    expect(messages).toEqual([
      {
        id: 'm1',
        type: 4_711,
        content: 'hi',
        from: 'bob',
        to: 'alice',
        sentAt: scene.clock.now() - 2_000,
        status: 'received',
      },
    ]);
  });

  it('I7: is acknowledged after the listeners ran, from the receiver to the sender', async () => {
    const { scene, socket, acks } = await listening();
    let acknowledgedBefore: unknown;
    scene.client.addEventListener('message', () => {
      acknowledgedBefore = acks();
    });
    socket.deliver(message('m1', { bridge: true }));
    expect(acknowledgedBefore).toEqual([]);
    expect(socket.packets.at(-1)).toMatchObject({
      type: PacketType.ack,
      dataContent: 'm1',
      from: 'alice',
      to: 'bob',
      QoS: false,
      bridge: true,
    });
  });

  it('V10: is announced once and acknowledged every time, for ten minutes after its last copy', async () => {
    const { scene, socket, messages, acks } = await listening({ answering: true });
    socket.deliver(message('m1'));
    socket.deliver(message('m1'));
    await scene.clock.advanceAsync(9 * MINUTE);
    socket.deliver(message('m1'));
    await scene.clock.advanceAsync(9 * MINUTE);
    socket.deliver(message('m1'));
    expect(messages).toHaveLength(1);
    expect(acks()).toEqual(['m1', 'm1', 'm1', 'm1']);
  });

  it('V10: is known again after a reconnect', async () => {
    const { scene, socket, messages } = await listening();
    socket.deliver(message('m1'));
    socket.serverClose();
    const next = await scene.onlineAgain();
    next.deliver(message('m1'));
    expect(messages).toHaveLength(1);
    expect(next.sent(PacketType.ack)).toHaveLength(1);
  });

  it('C1: is still known when the wall clock jumps by a day, or ten years, either way', async () => {
    const { scene, socket, messages } = await listening();
    socket.deliver(message('m1'));
    for (const days of [1, -2, 3_650, -7_300]) {
      scene.clock.jumpWall(days * 86_400_000);
      socket.deliver(message('m1'));
    }
    expect(messages).toHaveLength(1);
  });

  it('I6: keeps its place: first arrivals are announced in their order', async () => {
    const { scene, socket } = await listening();
    for (const n of [1, 2, 1, 3, 2, 1, 4]) socket.deliver(message(`m${n}`, { dataContent: `${n}` }));
    expect(scene.take()).toEqual(['message 1', 'message 2', 'message 3', 'message 4']);
  });

  it('without QoS: is announced, not acknowledged, and its copies are removed all the same', async () => {
    const { socket, messages, acks } = await listening();
    socket.deliver(message('m1', { QoS: false }));
    socket.deliver(message('m1', { QoS: false }));
    expect(messages).toHaveLength(1);
    expect(acks()).toEqual([]);
  });

  it.each(['__proto__', 'constructor', 'toString', 'hasOwnProperty', 'x'.repeat(128)])(
    'F11: has a fingerprint like any other: %s',
    async (fp) => {
      const { socket, messages, acks } = await listening();
      socket.deliver(message(fp));
      socket.deliver(message(fp));
      expect(messages.map(({ id }) => id)).toEqual([fp]);
      expect(acks()).toEqual([fp, fp]);
    },
  );

  it.each([
    ['null', null],
    ['an empty string', ''],
    ['129 characters', 'x'.repeat(129)],
  ])('F10: with %s for a fingerprint it is shown under an id of our own, and not acknowledged', async (_, fp) => {
    const { socket, messages, acks } = await listening();
    socket.deliver(message(fp));
    socket.deliver(message(fp));
    expect(messages).toHaveLength(2);
    expect(new Set(messages.map(({ id }) => id)).size).toBe(2);
    for (const { id } of messages) expect(id).toHaveLength(36);
    expect(acks()).toEqual([]);
  });

  it('without an optional field it is a message all the same', async () => {
    const { socket, messages } = await listening();
    socket.deliver({ type: PacketType.data });
    expect(messages).toMatchObject([{ content: '', from: '-1', to: 'alice', type: -1 }]);
  });

  it('for another user: is dropped, counted and not announced', async () => {
    const { scene, socket, messages } = await listening();
    socket.deliver(message('m1', { to: 'carol' }));
    expect(messages).toEqual([]);
    expect([...scene.client.drops]).toEqual([['message for another user', 1]]);
  });

  it.each([
    ['absent', undefined],
    ['unset', -1],
    ['0', 0],
    ['of 1970', 1_000],
    ['in two days', 2 * 86_400_000 + 1e13],
  ])('V20: gets the time of its arrival when the server time is %s', async (_, sm) => {
    const { scene, socket, messages } = await listening();
    socket.deliver(message('m1', sm === undefined ? {} : { sm }));
    expect(messages[0]?.sentAt).toBe(scene.clock.now());
  });

  it('V20: gets the time of its arrival when the server is more than a day ahead', async () => {
    const { scene, socket, messages } = await listening();
    const now = scene.clock.now();
    socket.deliver(message('m1', { sm: now + 86_400_000 - 1 }));
    socket.deliver(message('m2', { sm: now + 86_400_001 }));
    expect(messages.map(({ sentAt }) => sentAt)).toEqual([now + 86_400_000 - 1, now]);
  });
});

describe('F10: an own message that comes back', () => {
  it('is an echo: no second bubble, no acknowledgement', async () => {
    const { scene, socket, messages, acks } = await listening();
    const { id } = scene.client.send('note to self', { to: 'alice' });
    const echo = message(id, { from: 'alice', dataContent: 'note to self' });
    socket.deliver(echo);
    socket.deliver({ ...echo, type: PacketType.ack, dataContent: id, QoS: false });
    socket.deliver(echo);
    expect(messages).toEqual([]);
    expect(acks()).toEqual([]);
    expect(scene.client.pending).toBe(0);
  });

  it('is an echo though it waited for hours before it was written', async () => {
    const scene = new Scene();
    const { id } = scene.client.send('note to self', { to: 'alice' });
    await scene.clock.advanceAsync(3 * 60 * MINUTE);
    const socket = await scene.online();
    socket.deliver(message(id, { from: 'alice' }));
    expect(scene.take()).toEqual([]);
  });

  it('is an echo whoever it claims to come from', async () => {
    const { scene, socket, messages } = await listening();
    const { id } = scene.client.send('hello', { to: 'bob' });
    socket.deliver(message(id, { from: 'bob' }));
    expect(messages).toEqual([]);
  });

  it('from another device of the same user is a message', async () => {
    const { socket, messages, acks } = await listening();
    socket.deliver(message('made elsewhere', { from: 'alice' }));
    expect(messages).toHaveLength(1);
    expect(acks()).toEqual(['made elsewhere']);
  });
});

describe('I16: whatever arrives, nothing is thrown and the session goes on', () => {
  const large = 'x'.repeat(70_000);
  it.each<[string, Parameters<Awaited<ReturnType<Scene['online']>>['deliver']>[0]]>([
    ['nothing (F1)', ''],
    ['no JSON (F1)', '{"type":'],
    ['a NUL', '\0'],
    ['an array (F2)', '[]'],
    ['null (F2)', 'null'],
    ['a deep nest (F2)', '['.repeat(10_000)],
    ['no type', '{}'],
    ['a type in words (F3)', '{"type":"data"}'],
    ['a fingerprint that is an object (F3)', '{"type":2,"fp":{}}'],
    ['a prototype to pollute (F4)', '{"type":2,"to":[],"__proto__":{"polluted":1}}'],
    ['over 512 KiB (F5)', JSON.stringify(message('big', { dataContent: 'x'.repeat(MAX_INBOUND_BYTES) }))],
    ['bytes (F6)', new ArrayBuffer(8)],
    ['a blob (F6)', new Blob(['x'])],
    ['an unknown type (F7)', { type: 99 }],
    ['a login from the server (F7)', { type: 0, dataContent: '{}' }],
    ['a logout from the server (F7)', { type: 3 }],
    ['an echo response (F7)', { type: 53, dataContent: 'x' }],
    ['an unreadable error', { type: 52, dataContent: 'x' }],
  ])('drops and counts %s', async (_, frame) => {
    const { scene, socket } = await listening();
    socket.deliver(frame);
    expect(scene.take()).toEqual([]);
    expect([...scene.client.drops.values()]).toEqual([1]);
    expect(socket.packets).toHaveLength(1);
    socket.deliver(message('m1'));
    expect(scene.take()).toEqual(['message hello']);
    expect(Object.hasOwn(Object.prototype, 'polluted')).toBe(false);
  });

  it('shows a message whose acknowledgement would be too large, and does without it', async () => {
    const { scene, socket, messages, acks } = await listening();
    socket.deliver(message('m1', { from: large }));
    expect(messages).toHaveLength(1);
    expect(acks()).toEqual([]);
    expect(scene.state).toBe('connected');
  });

  it('counts without end in little room', async () => {
    const { scene, socket } = await listening();
    for (let type = 100; type < 1_100; type++) socket.deliver({ type });
    for (let n = 0; n < 1_000; n++) socket.deliver(`{"type":2,"key ${n}":${n},"fp":[${n}]}`);
    expect([...scene.client.drops.values()].reduce((sum, count) => sum + count)).toBe(2_000);
    expect(scene.client.drops.size).toBeLessThan(20);
  });

  it('any text at all', async () => {
    const { scene, socket } = await listening();
    const json = fc.json();
    const utf16 = fc.array(fc.integer({ min: 0, max: 0xffff })).map((units) => String.fromCharCode(...units));
    const frame = fc
      .record(
        {
          type: fc.oneof(fc.constantFrom(2, 4, 51, 52, 53), fc.integer(), fc.jsonValue()),
          dataContent: fc.oneof(fc.string(), json, fc.jsonValue()),
          from: fc.oneof(fc.string(), fc.jsonValue()),
          to: fc.oneof(fc.constant('alice'), fc.jsonValue()),
          fp: fc.oneof(fc.string(), fc.jsonValue()),
          QoS: fc.oneof(fc.boolean(), fc.jsonValue()),
          typeu: fc.oneof(fc.integer(), fc.jsonValue()),
          sm: fc.oneof(fc.integer(), fc.jsonValue()),
          bridge: fc.jsonValue(),
        },
        { requiredKeys: [] },
      )
      .map((value) => JSON.stringify(value));
    // An error frame of code 301 ends the session by right.
    const harmless = fc.oneof(utf16, json, frame).filter((text) => !text.includes('301'));
    fc.assert(
      fc.property(harmless, (text) => {
        socket.deliver(text);
        expect(scene.state).toBe('connected');
      }),
      { numRuns: 300 },
    );
    scene.take();
    socket.deliver(pong());
    expect(scene.take()).toEqual(['pong']);
  });
});
