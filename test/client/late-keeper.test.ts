import { beforeEach, describe, expect, it } from 'vitest';
import { keepers } from '../../src/client/late-keeper.js';
import { PacketType } from '../../src/protocol/index.js';
import { FakeDevice } from '../support/fake-device.js';
import { notHere } from '../support/not-here.js';
import { Scene } from './scene.js';
import { ackOf, answerKeepAlives } from './server-frames.js';

const toBob = { to: 'bob' } as const;

const contents = (scene: Scene) => scene.socket.sent(PacketType.data).map(({ packet }) => packet.dataContent);
const stored = (device: FakeDevice) =>
  [...device.records.values()].map((record) => (record as { content: string }).content);

let device: FakeDevice;
let scene: Scene;
/** Lets what keeps the outbox come, or not come. */
let come: () => Promise<void>;
let fail: () => Promise<void>;

/** What an earlier page of this user left on the device. */
async function leave(...texts: string[]): Promise<void> {
  const earlier = new Scene({ storage: device.storage() });
  earlier.client.connect();
  for (const text of texts) earlier.client.send(text, toBob);
  await earlier.settle();
  earlier.client.disconnect();
  await earlier.settle();
}

/** A page whose bundle is there, and nothing else. */
function page(storage = device.storage()): void {
  ({ come, fail } = notHere(keepers));
  scene = new Scene({ storage, onSocket: answerKeepAlives });
}

beforeEach(() => {
  device = new FakeDevice();
});

describe('what keeps the outbox is still to come', () => {
  it('I2: what is typed is on the device all the same', async () => {
    page();
    scene.client.connect();
    scene.client.send('typed', toBob);
    await scene.settle();
    expect(scene.take()).toEqual(['connecting 0', 'typed queued']);
    expect([stored(device), scene.client.status.durability]).toEqual([['typed'], 'memory']);
    await come();
    expect([stored(device), scene.client.status.durability]).toEqual([['typed'], 'disk']);
    expect(scene.take()).toEqual(['kept in disk']);
  });

  it('I2: nothing is shown before it is there, unless that takes too long', async () => {
    device.putting = 'hangs';
    page();
    scene.client.connect();
    scene.client.send('typed', toBob);
    await scene.clock.advanceAsync(149);
    expect(scene.take()).toEqual(['connecting 0']);
    await scene.clock.advanceAsync(1);
    expect(scene.take()).toEqual(['typed queued']);
  });

  it('I3: what an earlier page left goes out first', async () => {
    await leave('left');
    page();
    await scene.online();
    scene.client.send('typed', toBob);
    await scene.settle();
    expect(contents(scene)).toEqual([]);
    await come();
    expect(contents(scene)).toEqual(['left', 'typed']);
  });

  it('nobody waits for it longer than for a storage', async () => {
    await leave('left');
    page();
    await scene.online();
    scene.client.send('typed', toBob);
    await scene.clock.advanceAsync(1_999);
    expect(contents(scene)).toEqual([]);
    await scene.clock.advanceAsync(1);
    expect(contents(scene)).toEqual(['typed']);
    await come();
    expect(contents(scene)).toEqual(['typed', 'left']);
  });

  it('I5: what was left still goes first if there was no connection so far', async () => {
    await leave('left');
    const storage = device.storage();
    let read = () => {};
    const isRead = new Promise<void>((resolve) => {
      read = resolve;
    });
    page({ ...storage, emptied: undefined, claim: (signal) => isRead.then(() => storage.claim(signal)) });
    await scene.dial();
    scene.client.send('typed', toBob);
    await scene.clock.advanceAsync(2_500);
    await come();
    scene.accept();
    read();
    await scene.settle();
    expect(contents(scene)).toEqual(['left', 'typed']);
  });

  it('I1: what was delivered meanwhile does not come back, nor what was given up', async () => {
    page();
    await scene.online();
    await scene.clock.advanceAsync(2_000);
    const { id } = scene.client.send('delivered', toBob);
    scene.socket.deliver(ackOf(id));
    await come();
    expect([stored(device), scene.client.pending]).toEqual([[], 0]);
    await leave('left');
    page();
    scene.client.discard();
    await scene.settle();
    await come();
    await scene.online();
    expect([stored(device), scene.client.pending]).toEqual([[], 0]);
  });

  it('I1: what was taken back meanwhile is not sent, though it could not be deleted', async () => {
    const storage = device.storage();
    let isBroken = true;
    page({
      ...storage,
      emptied: undefined,
      delete: (id) => (isBroken ? Promise.reject(new DOMException('no', 'AbortError')) : storage.delete(id)),
    });
    scene.client.connect();
    const { id } = scene.client.send('typed', toBob);
    await scene.settle();
    expect(scene.client.cancel(id)).toBe(true);
    await scene.settle();
    expect(stored(device)).toEqual(['typed']);
    isBroken = false;
    await come();
    scene.accept();
    await scene.clock.advanceAsync(3_000);
    expect([contents(scene), stored(device)]).toEqual([[], []]);
  });

  it('an outbox that was given back is not taken', async () => {
    await leave('left');
    page();
    await scene.online();
    scene.client.disconnect();
    await come();
    expect(device.log.at(-1)).not.toBe('claim');
    expect([scene.client.pending, scene.clock.pending]).toEqual([0, 0]);
  });

  it('T3: that the storage was emptied is heard by the client that uses it, not by one that was only made', async () => {
    const storage = device.storage();
    page(storage);
    const idle = new Scene({ storage });
    scene.client.connect();
    scene.client.send('typed', toBob);
    await come();
    device.records.clear();
    storage.emptied?.();
    await scene.settle();
    expect([stored(device), idle.take()]).toEqual([['typed'], []]);
  });

  it('T1: a storage that throws is one that rejects', async () => {
    const refuse = () => {
      throw new DOMException('Refused', 'SecurityError');
    };
    page({ emptied: undefined, claim: refuse, put: refuse, delete: refuse, clear: refuse });
    await scene.online();
    const { id } = scene.client.send('typed', toBob);
    await scene.clock.advanceAsync(2_000);
    scene.socket.deliver(ackOf(id));
    scene.client.discard();
    expect(scene.take()).toEqual(['typed queued', 'typed sending', 'typed delivered']);
  });
});

describe('what keeps the outbox does not come', () => {
  it('it is told once, the chat goes on, and it is tried again', async () => {
    await leave('left');
    page();
    await scene.online();
    scene.client.send('typed', toBob);
    await scene.settle();
    await fail();
    expect(scene.take()).toEqual(['typed queued', 'kept in memory', 'typed sending']);
    await scene.clock.advanceAsync(4_999);
    expect(scene.client.pending).toBe(1);
    await scene.clock.advanceAsync(1);
    await come();
    expect(contents(scene)).toEqual(['typed', 'typed', 'left']);
    expect([stored(device).sort(), scene.client.status.durability]).toEqual([['left', 'typed'], 'disk']);
  });

  it('a page that has ended its session does not try', async () => {
    page();
    await scene.online();
    scene.client.disconnect();
    await fail();
    expect(scene.clock.pending).toBe(0);
  });
});
