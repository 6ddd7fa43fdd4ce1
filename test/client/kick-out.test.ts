import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { PacketType } from '../../src/protocol/index.js';
import { Scene } from './scene.js';
import { ackOf, kickedOut, loggedIn, message, pong, refused, serverError } from './server-frames.js';

describe('kick-out', () => {
  it('V4: ends the session for good, and tells code and reason', async () => {
    const scene = new Scene();
    const socket = await scene.online();
    const details: unknown[] = [];
    scene.client.addEventListener('kickout', ({ kickout }) => details.push(kickout));
    socket.deliver(kickedOut(2, 'spam'));
    socket.serverClose(1000);
    expect(scene.take()).toEqual(['disconnected kicked', 'kickout 2']);
    expect(details).toEqual([{ code: 2, detail: 'spam' }]);
    expect(scene.client.state).toEqual({ name: 'disconnected', reason: 'kicked', kickout: details[0] });
    expect(socket.abandoned).toBe(true);
    expect(scene.clock.pending).toBe(0);
  });

  it('V5: 50 and 54 in one task end kicked; what was flushed in between is not marked failed', async () => {
    const scene = new Scene();
    scene.client.send('one', { to: 'bob' });
    scene.client.send('two', { to: 'bob' });
    const socket = await scene.dial();
    scene.take();
    socket.open();
    socket.deliver(loggedIn());
    socket.deliver(kickedOut(1));
    socket.serverClose(1000);
    expect(scene.take()).toEqual([
      'connected',
      'login',
      'one sending',
      'two sending',
      'one queued',
      'two queued',
      'disconnected kicked',
      'kickout 1',
    ]);
    await scene.clock.advanceAsync(7_200_000);
    expect(scene.take()).toEqual([]);
    expect(scene.sockets).toHaveLength(1);
    expect(scene.client.pending).toBe(2);
  });

  it('V4: is heard even before the login was answered', async () => {
    const scene = new Scene();
    const socket = await scene.dial();
    socket.open();
    socket.deliver(kickedOut(1));
    expect(scene.state).toBe('disconnected kicked');
  });

  it.each([
    ['null', null, -1],
    ['no JSON', 'bye', -1],
    ['an array', '[1]', -1],
    ['no code', '{}', -1],
    ['a code in words', '{"code":"one"}', -1],
    ['a code and nonsense beside it', '{"code":1,"reason":{}}', 1],
  ])('F9: a 54 whose content is %s kicks all the same', async (_, dataContent, code) => {
    const scene = new Scene();
    const socket = await scene.online();
    socket.deliver({ ...kickedOut(1), dataContent });
    expect(scene.take()).toEqual(['disconnected kicked', `kickout ${code}`]);
  });

  it('V19: "use it here" flushes the outbox under the old fingerprints', async () => {
    const scene = new Scene();
    const socket = await scene.online();
    const { id } = scene.client.send('hello', { to: 'bob' });
    socket.deliver(kickedOut(1));
    const next = await scene.online();
    expect(next.sent(PacketType.data).map(({ text }) => text)).toEqual([socket.written.at(-1)?.text]);
    next.deliver(ackOf(id));
    expect(scene.take()).toEqual(['hello delivered']);
  });
});

describe('I10: final states stay final', () => {
  const endings: Record<string, (scene: Scene) => void> = {
    'a kick-out': ({ socket }) => socket.deliver(kickedOut(1)),
    'disconnect()': ({ client }) => client.disconnect(),
    'a lost connection with reconnect switched off': ({ socket }) => socket.serverClose(1006),
  };
  const anything: fc.Arbitrary<(scene: Scene) => unknown> = fc.oneof(
    fc.integer({ min: 1, max: 7_200_000 }).map((ms) => (scene: Scene) => scene.clock.advanceAsync(ms)),
    fc
      .constantFrom(
        loggedIn(),
        refused(1025),
        kickedOut(2),
        pong(),
        message('m1'),
        serverError(301),
        ackOf('x'),
        'junk',
      )
      .map((frame) => (scene: Scene) => scene.socket.deliver(frame)),
    fc.constantFrom(1000, 1001, 1006, 1012).map((code) => (scene: Scene) => scene.socket.serverClose(code)),
    fc.constant((scene: Scene) => scene.socket.error()),
    fc.constant((scene: Scene) => scene.socket.open()),
    fc.constant((scene: Scene) => scene.client.send('more', { to: 'bob' })),
    fc.constant((scene: Scene) => scene.client.retry('x')),
    fc.constant((scene: Scene) => scene.clock.jumpWall(86_400_000)),
  );

  it.each(Object.keys(endings))(
    'whatever happens after %s, there is no further socket, frame or timer',
    async (name) => {
      await fc.assert(
        fc.asyncProperty(fc.array(anything, { maxLength: 12 }), fc.boolean(), async (happenings, heedsSignal) => {
          const scene = new Scene({ heedsSignal, reconnect: name !== 'a lost connection with reconnect switched off' });
          await scene.online();
          scene.client.send('pending', { to: 'bob' });
          endings[name]?.(scene);
          const { state } = scene;
          const frames = scene.socket.written.length;
          for (const happen of happenings) {
            await happen(scene);
            expect(scene.state).toBe(state);
            expect(scene.sockets).toHaveLength(1);
            expect(scene.socket.written).toHaveLength(frames);
            expect(scene.clock.pending).toBe(0);
          }
        }),
        { numRuns: 100 },
      );
    },
  );

  it('a refused login stays refused, though its socket goes on talking', async () => {
    const scene = new Scene({ heedsSignal: false });
    const socket = await scene.dial();
    socket.open();
    socket.deliver(refused(2000));
    socket.deliver(loggedIn());
    socket.deliver(kickedOut(1));
    socket.serverClose(1000);
    await scene.clock.advanceAsync(3_600_000);
    expect(scene.state).toBe('disconnected refused');
    expect(scene.sockets).toHaveLength(1);
  });
});
