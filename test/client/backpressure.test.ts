import { describe, expect, it } from 'vitest';
import { OutboxFullError } from '../../src/client/index.js';
import { PacketType } from '../../src/protocol/index.js';
import { Scene } from './scene.js';
import { ackOf, answerKeepAlives } from './server-frames.js';

const toBob = { to: 'bob' } as const;
const contents = (scene: Scene) => scene.socket.sent(PacketType.data).map(({ packet }) => packet.dataContent);

async function online(): Promise<Scene> {
  const scene = new Scene({ onSocket: answerKeepAlives });
  await scene.online();
  return scene;
}

describe('O4: a socket that passes nothing on', () => {
  it('gets nothing more while it holds over 256 kB, and then all of it in order', async () => {
    const scene = await online();
    scene.client.send('one', toBob);
    scene.socket.bufferedAmount = 256 * 1024 + 1;
    scene.client.send('two', toBob);
    scene.client.send('three', toBob);
    expect(scene.take()).toEqual(['one sending', 'two queued', 'three queued']);
    await scene.clock.advanceAsync(2_000);
    expect(contents(scene)).toEqual(['one']);
    scene.socket.bufferedAmount = 256 * 1024;
    await scene.clock.advanceAsync(100);
    expect(contents(scene)).toEqual(['one', 'two']);
    scene.socket.bufferedAmount = 0;
    await scene.clock.advanceAsync(100);
    expect(contents(scene)).toEqual(['one', 'two', 'three']);
    expect(scene.take()).toEqual(['two sending', 'three sending']);
  });

  it('that passes everything on lets nobody see a message wait', async () => {
    const scene = await online();
    scene.client.send('one', toBob);
    scene.client.send('two', toBob);
    expect(scene.take()).toEqual(['one sending', 'two sending']);
  });

  it('stops in the middle of a flush, and a message typed meanwhile waits its turn', async () => {
    const scene = new Scene({
      onSocket: (socket) => {
        answerKeepAlives(socket);
        const { onFrame } = socket;
        socket.onFrame = (packet, text) => {
          onFrame?.(packet, text);
          if (packet.dataContent === 'one') socket.bufferedAmount = 300_000;
        };
      },
    });
    scene.client.send('one', toBob);
    await scene.online();
    await scene.settle();
    scene.client.send('two', toBob);
    scene.client.send('three', toBob);
    expect(contents(scene)).toEqual(['one']);
    scene.socket.bufferedAmount = 0;
    // The line is free again: what is typed now must not overtake what waits.
    scene.take();
    scene.client.send('four', toBob);
    expect(scene.take()).toEqual(['four queued', 'two sending', 'three sending', 'four sending']);
    await scene.clock.advanceAsync(100);
    expect(contents(scene)).toEqual(['one', 'two', 'three', 'four']);
  });

  it('that does not tell how much it holds is taken to hold nothing', async () => {
    const scene = new Scene({
      onSocket: (socket) => {
        answerKeepAlives(socket);
        Reflect.deleteProperty(socket, 'bufferedAmount');
      },
    });
    await scene.online();
    scene.client.send('one', toBob);
    await scene.clock.advanceAsync(5_000);
    expect(contents(scene)).toEqual(['one', 'one']);
  });

  it('N8: repeats nothing while the first copy has not left', async () => {
    const scene = await online();
    const { id } = scene.client.send('x'.repeat(6_000), toBob);
    scene.socket.bufferedAmount = 6_000;
    await scene.clock.advanceAsync(30_000);
    expect(scene.state).toBe('connected');
    expect(contents(scene)).toHaveLength(1);
    scene.socket.bufferedAmount = 0;
    await scene.clock.advanceAsync(1_000);
    expect(contents(scene)).toHaveLength(2);
    scene.socket.deliver(ackOf(id));
    expect(scene.client.pending).toBe(0);
  });

  it.each([100, 60_000])('N4: is dead in time if it holds %i bytes for ever', async (bytes) => {
    const scene = new Scene();
    const socket = await scene.online();
    socket.bufferedAmount = bytes;
    await scene.clock.advanceAsync(9_999);
    expect(scene.state).toBe('connected');
    await scene.clock.advanceAsync(1);
    expect(scene.state).toBe('connecting 1');
  });
});

describe('O3: a full outbox', () => {
  it('takes 500 messages, and refuses the next with an error; a free place is taken again', async () => {
    const scene = new Scene();
    const ids = Array.from({ length: 500 }, (_, n) => scene.client.send(`message ${n}`, toBob).id);
    scene.take();
    expect(() => scene.client.send('one too many', toBob)).toThrow(OutboxFullError);
    expect(() => scene.client.send('one too many', toBob)).toThrow('at most 500 messages of 1000000 bytes');
    expect(scene.take()).toEqual([]);
    expect(scene.client.pending).toBe(500);
    scene.client.cancel(ids[7] ?? '');
    scene.client.send('fits again', toBob);
    expect(scene.client.pending).toBe(500);
    const socket = await scene.online();
    expect(socket.sent(PacketType.data)).toHaveLength(500);
  });

  it('takes 1 MB, counted in bytes of frames', async () => {
    const scene = new Scene();
    const text = '好'.repeat(20_000);
    const { length } = Array.from({ length: 16 }, () => scene.client.send(text, toBob));
    expect(scene.client.status.pendingBytes).toBe(length * scene.client.frameBytes(text, toBob));
    expect(() => scene.client.send(text, toBob)).toThrow(OutboxFullError);
    scene.client.send('short', toBob);
    const socket = await scene.online();
    // Four times as much as a socket may hold at once.
    await scene.clock.advanceAsync(400);
    for (const { packet } of socket.sent(PacketType.data)) socket.deliver(ackOf(packet.fp));
    expect(scene.client.status).toMatchObject({ pending: 0, pendingBytes: 0 });
  });
});
