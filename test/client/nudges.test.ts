import { describe, expect, it, vi } from 'vitest';
import { backoff } from '../../src/client/index.js';
import { PacketType } from '../../src/protocol/index.js';
import { FakeClock } from '../support/fake-clock.js';
import { FakePage } from '../support/fake-page.js';
import { Scene, type SceneOptions } from './scene.js';
import { answerKeepAlives, kickedOut, message, pong, refused } from './server-frames.js';

function scenery(options: SceneOptions = {}): { scene: Scene; page: FakePage } {
  const page = new FakePage();
  return { scene: new Scene({ page, reconnectDelay: () => 30_000, ...options }), page };
}

/** Waiting half a minute for the next attempt. */
async function waiting(options: SceneOptions = {}) {
  const { scene, page } = scenery(options);
  (await scene.online()).serverClose();
  return { scene, page };
}

const keepAlives = (scene: Scene) => scene.socket.sent(PacketType.keepAlive).length;

describe('N13: a wait between attempts', () => {
  it.each(['online', 'visible', 'resumed'] as const)('ends at "%s", and the counter is kept', async (signal) => {
    const { scene, page } = await waiting();
    await scene.clock.advanceAsync(1_000);
    page.tell(signal);
    await scene.settle();
    expect(scene.sockets).toHaveLength(2);
    expect(scene.state).toBe('connecting 1');
    scene.socket.serverClose();
    expect(scene.state).toBe('connecting 2');
  });

  it('ends when the user sends something, or the page asks for it', async () => {
    const { scene } = await waiting();
    scene.client.send('hello', { to: 'bob' });
    await scene.settle();
    expect(scene.sockets).toHaveLength(2);
    scene.socket.serverClose();
    await scene.clock.advanceAsync(2_000);
    scene.client.nudge();
    await scene.settle();
    expect(scene.sockets).toHaveLength(3);
  });

  it('I13: is cut short at most once in 2 s; the last wish counts', async () => {
    const { scene, page } = await waiting();
    for (let n = 0; n < 19; n++) {
      page.tell('online');
      await scene.clock.advanceAsync(100);
      if (scene.socket.readyState === 0) scene.socket.serverClose();
    }
    expect(scene.sockets).toHaveLength(2);
    await scene.clock.advanceAsync(99);
    expect(scene.sockets).toHaveLength(2);
    await scene.clock.advanceAsync(1);
    expect(scene.sockets).toHaveLength(3);
    scene.socket.serverClose();
    await scene.clock.advanceAsync(25_000);
    expect(scene.sockets).toHaveLength(3);
  });

  it('is not made longer by a nudge', async () => {
    const { scene, page } = await waiting({ reconnectDelay: () => 700 });
    page.tell('online');
    await scene.settle();
    scene.socket.serverClose();
    page.tell('online');
    await scene.clock.advanceAsync(700);
    expect(scene.sockets).toHaveLength(3);
  });

  it('N14: does not ask the browser, which may say for ever that it has no network', async () => {
    vi.stubGlobal('navigator', { onLine: false });
    const { scene, page } = await waiting({ reconnectDelay: backoff });
    page.tell('offline');
    await scene.onlineAgain();
    expect(scene.state).toBe('connected');
    scene.socket.serverClose();
    scene.client.send('hello', { to: 'bob' });
    await scene.settle();
    expect(scene.sockets).toHaveLength(3);
    vi.unstubAllGlobals();
  });

  it('N14: "offline" changes nothing: attempts go on', async () => {
    const { scene, page } = await waiting();
    page.tell('offline');
    await scene.clock.advanceAsync(29_999);
    expect(scene.sockets).toHaveLength(1);
    await scene.clock.advanceAsync(1);
    expect(scene.sockets).toHaveLength(2);
  });
});

describe('L14, N2: an attempt under way', () => {
  it('is replaced if its socket has been connecting for over 4 s, and left alone before', async () => {
    const { scene, page } = scenery();
    await scene.dial();
    // The first takes 4 s at most; the second may take 8.
    await scene.clock.advanceAsync(34_000);
    expect(scene.sockets).toHaveLength(2);
    await scene.clock.advanceAsync(4_000);
    page.tell('visible');
    await scene.settle();
    expect(scene.sockets).toHaveLength(2);
    await scene.clock.advanceAsync(1);
    const hung = scene.socket;
    page.tell('visible');
    await scene.settle();
    expect(hung.abandoned).toBe(true);
    expect(scene.sockets).toHaveLength(3);
  });

  it('is left alone by a page that resumes, if it is young', async () => {
    const { scene, page } = scenery();
    const socket = await scene.dial();
    await scene.clock.advanceAsync(100);
    page.tell('resumed');
    await scene.settle();
    expect(scene.sockets).toHaveLength(1);
    expect(socket.abandoned).toBe(false);
  });

  it('V16: is not replaced while it waits for the answer to its login', async () => {
    const { scene, page } = scenery();
    (await scene.dial()).open();
    await scene.clock.advanceAsync(7_000);
    page.tell('online');
    await scene.settle();
    expect(scene.sockets).toHaveLength(1);
  });
});

describe('L14, G4: an attempt that hangs', () => {
  const nudges: [string, (scene: Scene, page: FakePage) => void][] = [
    ['a message', ({ client }) => client.send('hello', { to: 'bob' })],
    ['nudge()', ({ client }) => client.nudge()],
    ['online', (_, page) => page.tell('online')],
    ['visible', (_, page) => page.tell('visible')],
    ['resumed', (_, page) => page.tell('resumed')],
  ];

  it.each(nudges)('in getToken for over 4 s is replaced after sleep alone: %s', async (name, nudge) => {
    const answers: ((token: string) => void)[] = [];
    const { scene, page } = scenery({ getToken: () => new Promise<string>((resolve) => answers.push(resolve)) });
    const isReplaced = name === 'resumed';
    scene.client.connect();
    await scene.clock.advanceAsync(4_000);
    nudge(scene, page);
    await scene.settle();
    expect(answers).toHaveLength(1);
    await scene.clock.advanceAsync(1);
    nudge(scene, page);
    await scene.settle();
    expect(answers).toHaveLength(isReplaced ? 2 : 1);
    if (isReplaced) answers[0]?.('late');
    await scene.settle();
    expect(scene.sockets).toHaveLength(0);
    answers.at(-1)?.('in time');
    await scene.settle();
    scene.accept();
    expect(scene.state).toBe('connected');
    expect(scene.client.status.attempt).toBe(0);
  });

  it('I12: in a getToken that takes 5 s is waited for, however much is typed meanwhile', async () => {
    const clock = new FakeClock();
    const getToken = () => new Promise<string>((resolve) => clock.setTimeout(() => resolve('t'), 5_000));
    const scene = new Scene({ clock, getToken });
    scene.client.connect();
    for (let n = 0; n < 3; n++) {
      await clock.advanceAsync(2_100);
      scene.client.send(`${n}`, { to: 'bob' });
    }
    expect(scene.sockets).toHaveLength(1);
  });

  it('L13, I20: in a page that is being prepared is left alone, whatever a listener does', async () => {
    const { scene, page } = scenery();
    page.prerendering = true;
    scene.client.addEventListener('state', () => scene.client.nudge());
    scene.client.connect();
    await scene.settle();
    expect(scene.take()).toEqual(['connecting 0']);
  });

  it.each(nudges)('V16: in its login for over 4 s is replaced after sleep alone: %s', async (name, nudge) => {
    const { scene, page } = scenery();
    const socket = await scene.dial();
    socket.open();
    await scene.clock.advanceAsync(4_001);
    nudge(scene, page);
    await scene.settle();
    expect(socket.abandoned).toBe(name === 'resumed');
  });

  it.each(['token', 'socket', 'login'])('L8: at its %s when the machine slept is replaced', async (stage) => {
    let asked = 0;
    const { scene } = scenery({ getToken: () => (++asked === 1 && stage === 'token' ? new Promise(() => {}) : 'tok') });
    scene.client.connect();
    await scene.settle();
    if (stage === 'login') scene.socket.open();
    await scene.clock.advanceAsync(100);
    scene.clock.jumpWall(7_200_000);
    await scene.clock.advanceAsync(1_000);
    expect(asked).toBe(2);
    scene.accept();
    expect(scene.state).toBe('connected');
  });

  it('is not touched while another attempt is planned', async () => {
    const { scene, page } = await waiting();
    page.tell('online');
    await scene.settle();
    scene.socket.serverClose();
    await scene.clock.advanceAsync(1_000);
    page.tell('resumed');
    await scene.settle();
    expect(scene.sockets).toHaveLength(2);
  });
});

describe('N12, G5: an open line', () => {
  it.each(['online', 'offline', 'visible'] as const)(
    'is asked at "%s", and dead after 3 s of silence',
    async (signal) => {
      const { scene, page } = scenery();
      await scene.online();
      await scene.clock.advanceAsync(1_000);
      page.tell(signal);
      expect(keepAlives(scene)).toBe(1);
      expect(scene.state).toBe('connected');
      await scene.clock.advanceAsync(2_999);
      expect(scene.state).toBe('connected');
      await scene.clock.advanceAsync(1);
      expect(scene.state).toBe('connecting 1');
    },
  );

  it('stays when anything answers', async () => {
    const { scene, page } = scenery();
    await scene.online();
    await scene.clock.advanceAsync(1_000);
    page.tell('offline');
    await scene.clock.advanceAsync(2_000);
    scene.socket.deliver(message('m', { QoS: false }));
    await scene.clock.advanceAsync(2_000);
    expect(scene.state).toBe('connected');
    expect(keepAlives(scene)).toBe(1);
    await scene.clock.advanceAsync(1_000);
    expect(keepAlives(scene)).toBe(2);
  });

  it('is not asked twice at once, but must answer sooner', async () => {
    const { scene, page } = scenery();
    await scene.online();
    await scene.clock.advanceAsync(5_500);
    page.tell('online');
    page.tell('visible');
    expect(keepAlives(scene)).toBe(1);
    await scene.clock.advanceAsync(2_999);
    expect(scene.state).toBe('connected');
    await scene.clock.advanceAsync(1);
    expect(scene.state).toBe('connecting 1');
  });

  it('gets no more time by being asked again while an answer is awaited', async () => {
    const { scene, page } = scenery();
    await scene.online();
    // The keepalive of the rhythm was sent at 5 s, and is waited for until 10 s.
    await scene.clock.advanceAsync(9_000);
    page.tell('visible');
    await scene.clock.advanceAsync(999);
    expect(scene.state).toBe('connected');
    await scene.clock.advanceAsync(1);
    expect(scene.state).toBe('connecting 1');
  });

  it('N7: is judged by its best moments again, once they have lasted', async () => {
    const { scene, page } = scenery();
    const socket = await scene.online();
    await scene.clock.advanceAsync(9_000);
    socket.deliver(pong());
    await scene.clock.advanceAsync(1_000);
    socket.deliver(pong());
    for (let n = 0; n < 10; n++) {
      await scene.clock.advanceAsync(5_000);
      socket.deliver(pong());
    }
    page.tell('online');
    await scene.clock.advanceAsync(2_999);
    expect(scene.state).toBe('connected');
    await scene.clock.advanceAsync(1);
    expect(scene.state).toBe('connecting 1');
  });

  it('N7: gets twice the longest round trip of late', async () => {
    const { scene, page } = scenery();
    const socket = await scene.online();
    await scene.clock.advanceAsync(5_000);
    await scene.clock.advanceAsync(4_000);
    socket.deliver(pong());
    page.tell('online');
    await scene.clock.advanceAsync(7_999);
    expect(scene.state).toBe('connected');
    expect(scene.client.status.roundTripMs).toBe(4_000);
    await scene.clock.advanceAsync(1);
    expect(scene.state).toBe('connecting 1');
  });

  it('that says nothing after a message is probed, and dead within 6 s', async () => {
    const { scene } = scenery();
    const socket = await scene.online();
    await scene.clock.advanceAsync(100);
    scene.client.send('into a dead line', { to: 'bob' });
    await scene.clock.advanceAsync(2_499);
    expect(keepAlives(scene)).toBe(0);
    await scene.clock.advanceAsync(1);
    expect(keepAlives(scene)).toBe(1);
    await scene.clock.advanceAsync(3_000);
    expect(socket.abandoned).toBe(true);
    expect(scene.take()).toContain('into a dead line queued');
  });

  it('that answers a message is not probed', async () => {
    const { scene } = scenery({ onSocket: answerKeepAlives });
    const socket = await scene.online();
    await scene.clock.advanceAsync(100);
    scene.client.send('hello', { to: 'bob' });
    await scene.clock.advanceAsync(500);
    socket.deliver(pong());
    await scene.clock.advanceAsync(4_000);
    expect(keepAlives(scene)).toBe(0);
  });
});

describe('L2, L3: a page that is stopped', () => {
  it('closes its socket, so that nobody writes into it, and is back at once', async () => {
    const { scene, page } = scenery();
    const old = await scene.online();
    page.tell('frozen');
    expect(old.abandoned).toBe(true);
    expect(scene.state).toBe('connecting 1');
    page.tell('resumed');
    page.tell('visible');
    await scene.settle();
    expect(scene.sockets).toHaveLength(2);
    scene.accept();
    expect(scene.resyncs.at(-1)?.[1]).toBe('frozen');
  });

  it('0.1: that resumes with a socket it could not close lets go of it', async () => {
    const { scene, page } = scenery();
    const old = await scene.online();
    page.tell('resumed');
    await scene.settle();
    expect(old.abandoned).toBe(true);
    expect(scene.sockets).toHaveLength(2);
    scene.accept();
    expect(scene.resyncs).toEqual([
      [undefined, 'start'],
      [expect.any(Number), 'frozen'],
    ]);
  });

  it('while it waits for the next attempt has lost the line before: that is what is told', async () => {
    const { scene, page } = await waiting();
    page.tell('frozen');
    expect(scene.state).toBe('connecting 1');
    page.tell('resumed');
    await scene.settle();
    scene.accept();
    expect(scene.resyncs.at(-1)?.[1]).toBe('lost');
  });

  it('0.8: and whose socket says that it is closed as well makes one new socket', async () => {
    const { scene, page } = scenery();
    const old = await scene.online();
    old.closing = 'never';
    page.tell('frozen');
    page.tell('resumed');
    old.serverClose(1006);
    await scene.clock.advanceAsync(100);
    expect(scene.sockets).toHaveLength(2);
  });
});

describe('L13: a page that is prepared before anybody asked for it', () => {
  it('connects when it is shown', async () => {
    const { scene, page } = scenery();
    page.prerendering = true;
    scene.client.connect();
    await scene.clock.advanceAsync(600_000);
    expect(scene.sockets).toHaveLength(0);
    expect(scene.state).toBe('connecting 0');
    page.prerendering = false;
    page.tell('visible');
    await scene.settle();
    expect(scene.sockets).toHaveLength(1);
    scene.accept();
    expect(scene.state).toBe('connected');
  });
});

describe('I10: after an end', () => {
  it.each([
    ['kicked out', (scene: Scene) => scene.socket.deliver(kickedOut(1))],
    ['disconnected', (scene: Scene) => scene.client.disconnect()],
  ])('%s: no signal opens a socket, nobody listens, no timer runs', async (_, end) => {
    const { scene, page } = scenery();
    await scene.online();
    expect(page.listenerCount).toBe(1);
    end(scene);
    for (const signal of ['online', 'offline', 'visible', 'frozen', 'resumed'] as const) page.tell(signal);
    scene.client.nudge();
    scene.client.send('typed all the same', { to: 'bob' });
    scene.clock.jumpWall(86_400_000);
    await scene.clock.advanceAsync(86_400_000);
    expect(scene.sockets).toHaveLength(1);
    expect(page.listenerCount).toBe(0);
    expect(scene.clock.pending).toBe(0);
  });

  it('a refused login is not repeated by a signal', async () => {
    const { scene, page } = scenery();
    (await scene.dial()).open();
    scene.socket.deliver(refused(1025));
    page.tell('online');
    page.tell('resumed');
    await scene.clock.advanceAsync(600_000);
    expect(scene.sockets).toHaveLength(1);
  });
});
