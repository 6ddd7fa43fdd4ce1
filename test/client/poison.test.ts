import { describe, expect, it } from 'vitest';
import { PacketType } from '../../src/protocol/index.js';
import { Scene } from './scene.js';
import { ackOf } from './server-frames.js';

const toBob = { to: 'bob' } as const;

/** The next session begins, and ends after `ms` with this code. */
async function session(scene: Scene, code: number, ms = 100): Promise<void> {
  await scene.onlineAgain();
  await scene.clock.advanceAsync(ms);
  scene.socket.serverClose(code);
}

async function withMessages(...texts: string[]): Promise<{ scene: Scene; ids: string[] }> {
  const scene = new Scene();
  const ids = texts.map((text) => scene.client.send(text, toBob).id);
  await scene.online();
  return { scene, ids };
}

const failures = (scene: Scene) => scene.take().filter((line) => line.endsWith(' failed'));

describe('I8: a message for which the server closes the connection', () => {
  it.each([1000, 1009])('is given up after three sessions in a row (%i), and the rest goes on', async (code) => {
    const { scene, ids } = await withMessages('poison', 'harmless');
    await scene.clock.advanceAsync(100);
    scene.socket.serverClose(code);
    await session(scene, code);
    expect(failures(scene)).toEqual([]);
    await session(scene, code);
    expect(failures(scene)).toEqual(['poison failed']);
    const socket = await scene.onlineAgain();
    expect(socket.sent(PacketType.data).map(({ packet }) => packet.dataContent)).toEqual(['harmless']);
    socket.deliver(ackOf(ids[1]));
    expect(scene.client.pending).toBe(1);
  });

  it.each([1001, 1006, 1011, 1012, 4000])('is not suspected when the line breaks (%i)', async (code) => {
    const { scene } = await withMessages('harmless');
    scene.socket.serverClose(code);
    for (let n = 0; n < 10; n++) await session(scene, code);
    expect(failures(scene)).toEqual([]);
  });

  it('is suspected for itself, not for what another one did before it', async () => {
    const { scene, ids } = await withMessages('one', 'two');
    scene.socket.serverClose(1000);
    await session(scene, 1000);
    // Given up by the user: the next session begins with the second message.
    scene.client.cancel(ids[0] ?? '');
    scene.take();
    await session(scene, 1000);
    await session(scene, 1000);
    expect(failures(scene)).toEqual([]);
    await session(scene, 1000);
    expect(failures(scene)).toEqual(['two failed']);
  });

  it('is not suspected when the close comes later than 2 s after it', async () => {
    const { scene } = await withMessages('harmless');
    await scene.clock.advanceAsync(2_001);
    scene.socket.serverClose(1000);
    for (let n = 0; n < 5; n++) await session(scene, 1000, 2_001);
    expect(failures(scene)).toEqual([]);
    await session(scene, 1000, 2_000);
    await session(scene, 1000, 2_000);
    expect(failures(scene)).toEqual([]);
    await session(scene, 1000, 2_000);
    expect(failures(scene)).toEqual(['harmless failed']);
  });

  it('is acquitted by a session that ends otherwise', async () => {
    const { scene } = await withMessages('harmless');
    scene.socket.serverClose(1009);
    await session(scene, 1009);
    await session(scene, 1006);
    await session(scene, 1009);
    await session(scene, 1009);
    expect(failures(scene)).toEqual([]);
  });

  it('a server that closes sessions without a message suspects nobody', async () => {
    const scene = new Scene();
    await scene.online();
    scene.socket.serverClose(1000);
    for (let n = 0; n < 5; n++) await session(scene, 1000);
    scene.client.send('hello', toBob);
    await session(scene, 1000);
    await session(scene, 1000);
    expect(failures(scene)).toEqual([]);
  });

  it('has three more sessions after a retry', async () => {
    const { scene, ids } = await withMessages('poison');
    scene.socket.serverClose(1009);
    await session(scene, 1009);
    await session(scene, 1009);
    expect(failures(scene)).toEqual(['poison failed']);
    expect(scene.client.retry(ids[0] ?? '')).toBe(true);
    await session(scene, 1009);
    await session(scene, 1009);
    expect(failures(scene)).toEqual([]);
    await session(scene, 1009);
    expect(failures(scene)).toEqual(['poison failed']);
  });
});
