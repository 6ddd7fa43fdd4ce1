import { describe, expect, it } from 'vitest';
import { Acknowledgements } from '../../src/client/acknowledgements.js';
import type { OutboxRecord } from '../../src/client/index.js';
import { PacketType } from '../../src/protocol/index.js';
import { FakeClock } from '../support/fake-clock.js';
import { FakeDevice } from '../support/fake-device.js';
import { Scene } from './scene.js';
import { ackOf, message } from './server-frames.js';

const record = (id: string, fields: Partial<OutboxRecord> = {}): OutboxRecord => ({
  ...{ v: 1, id, seq: 1, to: 'bob', type: 0, content: `text of ${id}`, qos: true, sentAt: 1_767_605_000_000 },
  ...{ written: false, failed: false, ...fields },
});

const written = (scene: Scene) => scene.socket.sent(PacketType.data).map(({ packet }) => packet.fp);
const acks = (scene: Scene) => scene.socket.sent(PacketType.ack).map(({ packet }) => packet.dataContent);

describe('adopt()', () => {
  it('sends a message under its own id, once', async () => {
    const scene = new Scene();
    await scene.online();
    scene.client.adopt(record('m1'));
    scene.client.adopt(record('m1'));
    expect([written(scene), scene.client.waiting.map(({ id, status }) => [id, status])]).toEqual([
      ['m1'],
      [['m1', 'sending']],
    ]);
    scene.socket.deliver(ackOf('m1'));
    expect([scene.client.pending, scene.client.waiting]).toEqual([0, []]);
  });

  it('does not send what has failed, or what no server could read', async () => {
    const scene = new Scene();
    await scene.online();
    scene.client.adopt(record('failed', { failed: true }));
    scene.client.adopt(record('large', { content: 'x'.repeat(70_000) }));
    expect([written(scene), scene.client.pending]).toEqual([[], 0]);
  });

  it('one that may have been written is not taken back, but given up', () => {
    const scene = new Scene();
    scene.client.adopt(record('maybe', { written: true }));
    scene.client.adopt(record('never'));
    expect([scene.client.cancel('maybe'), scene.client.cancel('never')]).toEqual([true, true]);
    expect(scene.client.waiting.map(({ id, status }) => [id, status])).toEqual([['maybe', 'failed']]);
  });

  it('(a) before the outbox was read that holds the same: it is there once, in its place', async () => {
    const device = new FakeDevice();
    for (const id of ['m1', 'm2']) device.records.set(id, record(id, { seq: id === 'm1' ? 1 : 2 }));
    const scene = new Scene({ storage: device.storage() });
    scene.client.connect();
    scene.client.adopt(record('m2'));
    scene.client.adopt(record('m3'));
    await scene.settle();
    expect(scene.client.waiting.map(({ id }) => id)).toEqual(['m1', 'm2', 'm3']);
    expect(device.contents).toEqual(['text of m1', 'text of m2', 'text of m3']);
  });
});

describe('recognise()', () => {
  it('copies are acknowledged, and not announced', async () => {
    const scene = new Scene();
    await scene.online();
    scene.client.recognise(['m1']);
    scene.take();
    scene.socket.deliver(message('m1'));
    scene.socket.deliver(message('m2'));
    expect(scene.take().filter((line) => line.startsWith('message'))).toHaveLength(1);
    expect(acks(scene)).toEqual(['m1', 'm2']);
  });
});

describe('connect(past)', () => {
  const login = (scene: Scene) => JSON.parse(scene.socket.sent(PacketType.login)[0]?.packet.dataContent ?? '{}');

  it('goes on with a session, and says since when something may be missing', async () => {
    const scene = new Scene();
    scene.client.connect({ firstLoginTime: 7, lastFrameAt: 5, reason: 'frozen' });
    await scene.settle();
    scene.accept();
    await scene.settle();
    expect([login(scene).firstLoginTime, scene.resyncs]).toEqual([7, [[5, 'frozen']]]);
  });

  it('without one begins anew', async () => {
    const scene = new Scene();
    scene.client.connect({ firstLoginTime: 0, lastFrameAt: 5 });
    await scene.settle();
    scene.accept();
    await scene.settle();
    expect([login(scene).firstLoginTime, scene.resyncs]).toEqual([0, [[5, 'start']]]);
  });

  it('the reason is a lost connection, unless another is given', async () => {
    const scene = new Scene();
    scene.client.connect({ firstLoginTime: 7 });
    await scene.settle();
    scene.accept();
    await scene.settle();
    expect(scene.resyncs).toEqual([[undefined, 'lost']]);
  });
});

describe('I7: waitUntil()', () => {
  it('a message is acknowledged when it is kept, well or not, and so are its copies', async () => {
    for (const end of ['resolve', 'reject'] as const) {
      const scene = new Scene();
      await scene.online();
      let settle = () => {};
      scene.client.addEventListener('message', (event) => {
        event.waitUntil(
          new Promise((resolve, reject) => {
            settle = () => ({ resolve, reject })[end](undefined);
          }),
        );
      });
      scene.socket.deliver(message('m1'));
      scene.socket.deliver(message('m1'));
      await scene.clock.advanceAsync(1_000);
      expect(acks(scene)).toEqual([]);
      settle();
      await scene.settle();
      expect(acks(scene)).toEqual(['m1', 'm1']);
      scene.socket.deliver(message('m1'));
      expect(acks(scene)).toEqual(['m1', 'm1', 'm1']);
    }
  });

  it('waits for all of several, 2 s at most, and leaves no timer', async () => {
    const clock = new FakeClock();
    const acknowledgements = new Acknowledgements(clock);
    const { signal } = new AbortController();
    const log: string[] = [];
    acknowledgements.after([Promise.resolve(), new Promise(() => {})], 'm1', signal, () => log.push('m1'));
    acknowledgements.after([Promise.resolve(), Promise.reject(new Error('full'))], 'm2', signal, () => log.push('m2'));
    acknowledgements.after([], 'm3', signal, () => log.push('m3'));
    await clock.advanceAsync(1_999);
    expect(log).toEqual(['m3', 'm2']);
    await clock.advanceAsync(1);
    expect([log, clock.pending]).toEqual([['m3', 'm2', 'm1'], 0]);
  });

  it('is not acknowledged on another line than the one it came by', async () => {
    const scene = new Scene();
    await scene.online();
    let settle = () => {};
    scene.client.addEventListener('message', (event) => {
      event.waitUntil(new Promise<void>((resolve) => (settle = resolve)));
    });
    scene.socket.deliver(message('m1'));
    scene.socket.serverClose(1006);
    await scene.clock.advanceAsync(500);
    scene.accept();
    settle();
    await scene.settle();
    expect(acks(scene)).toEqual([]);
  });
});
