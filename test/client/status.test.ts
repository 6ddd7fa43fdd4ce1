import { describe, expect, it } from 'vitest';
import type { LogEntry } from '../../src/client/index.js';
import { FakeDevice } from '../support/fake-device.js';
import { FakePage } from '../support/fake-page.js';
import { Scene } from './scene.js';
import { ackOf, answerKeepAlives, loggedIn, message, pong, serverError } from './server-frames.js';

describe('status', () => {
  it('tells how the client fares, as data', async () => {
    const device = new FakeDevice();
    const scene = new Scene({ storage: device.storage(), onSocket: answerKeepAlives });
    expect(scene.client.status).toEqual({
      state: { name: 'disconnected', reason: 'idle' },
      ...{ attempt: 0, nextTryInMs: undefined, lastFrameAt: undefined, roundTripMs: undefined, logins: 0 },
      ...{ retransmissions: 0, pending: 0, pendingBytes: 0, durability: 'memory', drops: {} },
    });
    await scene.dial();
    scene.socket.open();
    await scene.clock.advanceAsync(40);
    scene.accept();
    scene.client.send('hello', { to: 'bob' });
    await scene.clock.advanceAsync(5_000);
    scene.socket.deliver('{');
    const { status } = scene.client;
    expect(status).toMatchObject({ state: { name: 'connected' }, attempt: 0, logins: 1, durability: 'disk' });
    expect(status).toMatchObject({ pending: 1, retransmissions: 1, roundTripMs: 0, drops: { 'malformed frame': 1 } });
    // The message was not answered for 2.5 s, so the line was asked.
    expect(status.lastFrameAt).toBe(scene.clock.now() - 2_500);
    expect(status.pendingBytes).toBe(scene.client.frameBytes('hello', { to: 'bob' }));
    expect(structuredClone(status)).toEqual(status);
  });

  it('counts down to the next attempt', async () => {
    const scene = new Scene({ reconnectDelay: () => 9_000 });
    (await scene.dial()).serverClose();
    expect(scene.client.status).toMatchObject({ attempt: 1, nextTryInMs: 9_000 });
    await scene.clock.advanceAsync(4_000);
    expect(scene.client.status.nextTryInMs).toBe(5_000);
    await scene.clock.advanceAsync(5_000);
    expect(scene.client.status.nextTryInMs).toBeUndefined();
  });

  it('measures the round trip of the login, then of each keepalive', async () => {
    const scene = new Scene();
    const socket = await scene.dial();
    socket.open();
    await scene.clock.advanceAsync(123);
    socket.deliver(loggedIn());
    expect(scene.client.status.roundTripMs).toBe(123);
    // 5 s after the login was sent a keepalive is.
    await scene.clock.advanceAsync(4_877 + 45);
    socket.deliver(pong());
    expect(scene.client.status.roundTripMs).toBe(45);
    expect(scene.clock.pending).toBeGreaterThan(0);
  });
});

describe('log', () => {
  const TOKEN = 'canary-token';
  const TEXT = 'canary text';

  /** A day in the life of a client, with everything it has to hide in play. */
  async function day(scene: Scene): Promise<void> {
    const socket = await scene.online();
    const { id } = scene.client.send(TEXT, { to: 'bob' });
    await scene.clock.advanceAsync(6_000);
    socket.deliver(message('m1', { dataContent: TEXT }));
    socket.deliver(ackOf(id));
    socket.deliver(`{"dataContent":"${TEXT}"`);
    socket.deliver(serverError(7));
    socket.serverClose();
    scene.client.send(TEXT, { to: 'bob' });
    await scene.onlineAgain();
    scene.client.disconnect();
  }

  it('says nothing until it is switched on, and nothing after it is switched off', async () => {
    const scene = new Scene({ onSocket: answerKeepAlives });
    const entries: LogEntry[] = [];
    await scene.online();
    const listener = (entry: LogEntry) => entries.push(entry);
    expect(scene.client.log).toBeUndefined();
    scene.client.log = listener;
    expect(scene.client.log).toBe(listener);
    scene.client.send(TEXT, { to: 'bob' });
    expect(entries.map(({ event }) => event)).toEqual(['out', 'delivery']);
    const fp = scene.socket.packets.at(-1)?.fp;
    expect(entries[0]).toEqual({
      at: scene.clock.now(),
      event: 'out',
      detail: { type: 2, fp, characters: TEXT.length },
    });
    expect(entries[1]?.detail).toEqual({ id: fp, status: 'sending' });
    scene.client.log = undefined;
    scene.client.disconnect();
    expect(entries).toHaveLength(2);
  });

  it('tells of attempts, logins, frames, storage and the end', async () => {
    const scene = new Scene({ storage: new FakeDevice().storage(), onSocket: answerKeepAlives });
    const events = new Set<string>();
    scene.client.log = ({ event }) => events.add(event);
    await day(scene);
    for (const event of ['connecting', 'logged in', 'in', 'out', 'delivery', 'lost', 'kept in disk']) {
      expect([...events]).toContain(event);
    }
  });

  it('tells what it knows of each, and nothing of what was not written', async () => {
    const page = new FakePage();
    const scene = new Scene({ page, onSocket: answerKeepAlives, reconnectDelay: () => 9_000 });
    const entries: Record<string, LogEntry['detail'][]> = {};
    scene.client.log = ({ event, detail }) => {
      entries[event] = [...(entries[event] ?? []), detail];
    };
    scene.client.connect();
    await scene.settle();
    scene.socket.open();
    await scene.clock.advanceAsync(40);
    scene.socket.deliver(loggedIn());
    page.tell('offline');
    await scene.settle();
    scene.clock.jumpWall(60_000);
    await scene.clock.advanceAsync(1_000);
    expect(entries).toMatchObject({
      connecting: [{ attempt: 0, timeoutMs: 4_000 }, { attempt: 1 }],
      'logged in': [{ roundTripMs: 40 }],
      'page: offline': [{}],
      'clock jumped': [{}],
      'line given up': [{}],
      lost: [{ closeCode: 1006, retryInMs: 9_000 }],
    });
    expect(entries['out']).toContainEqual({ type: 1, fp: '', characters: 2 });
    scene.accept();
    const written = entries['out']?.length;
    scene.socket.startClosing();
    scene.client.send('hello', { to: 'bob' });
    expect(entries['out']).toHaveLength(written ?? 0);
  });

  it('never holds a token or what people write', async () => {
    const scene = new Scene({ onSocket: answerKeepAlives, getToken: () => TOKEN, extra: TOKEN });
    let all = '';
    scene.client.log = (entry) => {
      all += JSON.stringify(entry);
    };
    await day(scene);
    all += JSON.stringify(scene.client.status);
    expect(all.length).toBeGreaterThan(1_000);
    expect(all).not.toContain('canary');
    expect(all).not.toContain('secret');
  });

  it('that throws stops nothing', async () => {
    const scene = new Scene({ onSocket: answerKeepAlives });
    scene.client.log = () => {
      throw new Error('the page’s own');
    };
    await day(scene);
    expect(scene.state).toBe('disconnected closed');
  });
});
