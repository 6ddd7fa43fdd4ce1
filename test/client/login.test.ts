import { describe, expect, it } from 'vitest';
import { type ClientErrorEvent, LoginRefusedError, TokenError } from '../../src/client/index.js';
import { PacketType } from '../../src/protocol/index.js';
import { Scene } from './scene.js';
import { FIRST_LOGIN_TIME, loggedIn, message, refused } from './server-frames.js';

const loginOf = (text: string | null | undefined) => JSON.parse(text ?? '') as Record<string, unknown>;

function lastError(scene: Scene): () => unknown {
  let error: unknown;
  scene.client.addEventListener('error', (event: ClientErrorEvent) => {
    error = event.error;
  });
  return () => error;
}

describe('login', () => {
  it('has an empty token and no extra unless they are given', async () => {
    const scene = new Scene();
    (await scene.dial()).open();
    expect(loginOf(scene.socket.packets[0]?.dataContent)).toMatchObject({ loginToken: '', extra: null });
    // What is awaited now: the answer to the login, and the clock's next jump. No token any more.
    expect(scene.clock.pending).toBe(2);
  });

  it('writes the login as the first frame, with token and extra, and is connected when it is answered', async () => {
    const scene = new Scene({ getToken: () => 'tok', extra: '{"device":"web"}' });
    expect(scene.state).toBe('disconnected idle');
    const socket = await scene.dial();
    expect(socket.url).toBe('wss://im.example.com/websocket');
    expect(scene.take()).toEqual(['connecting 0']);
    expect(socket.written).toEqual([]);

    socket.open();
    expect(socket.packets).toMatchObject([{ type: PacketType.login, from: 'alice', to: '0' }]);
    expect(loginOf(socket.packets[0]?.dataContent)).toEqual({
      loginUserId: 'alice',
      loginToken: 'tok',
      extra: '{"device":"web"}',
      firstLoginTime: 0,
    });
    expect(scene.state).toBe('connecting 0');

    socket.deliver(loggedIn());
    expect(scene.take()).toEqual(['connected', 'login']);
    expect(socket.packets).toHaveLength(1);
  });

  it('tells the first login time and whether the login is a repetition', async () => {
    const scene = new Scene();
    const logins: unknown[] = [];
    scene.client.addEventListener('login', ({ firstLoginTime, again }) => logins.push([firstLoginTime, again]));
    (await scene.online()).serverClose();
    await scene.onlineAgain();
    expect(logins).toEqual([
      [FIRST_LOGIN_TIME, false],
      [FIRST_LOGIN_TIME, true],
    ]);
  });

  it('asks for a token at every login', async () => {
    let count = 0;
    const scene = new Scene({ getToken: async () => `token ${++count}` });
    (await scene.online()).serverClose();
    await scene.onlineAgain();
    scene.client.disconnect();
    await scene.online();
    const tokens = scene.sockets.map(({ packets }) => loginOf(packets[0]?.dataContent)['loginToken']);
    expect(tokens).toEqual(['token 1', 'token 2', 'token 3']);
  });

  it('repeats the first login time at a reconnect; a connect() of the user starts at 0', async () => {
    const scene = new Scene();
    (await scene.online()).serverClose();
    const again = await scene.onlineAgain();
    expect(loginOf(again.packets[0]?.dataContent)['firstLoginTime']).toBe(FIRST_LOGIN_TIME);
    scene.client.disconnect();
    const anew = await scene.online();
    expect(loginOf(anew.packets[0]?.dataContent)['firstLoginTime']).toBe(0);
  });

  it.each([
    [
      'throws',
      () => {
        throw new Error('no network');
      },
    ],
    ['rejects', () => Promise.reject(new Error('no network'))],
    ['gives no string', () => 42 as unknown as string],
  ])('counts a getToken that %s as a failed attempt, and repeats it', async (_, getToken) => {
    const scene = new Scene({ getToken });
    const error = lastError(scene);
    scene.client.connect();
    await scene.settle();
    expect(scene.take()).toEqual(['connecting 0', 'TokenError', 'connecting 1', 'close 1006']);
    expect(error()).toBeInstanceOf(TokenError);
    expect(scene.sockets).toHaveLength(0);
    await scene.clock.advanceAsync(500);
    expect(scene.take()).toEqual(['connecting 1', 'TokenError', 'connecting 2', 'close 1006']);
  });

  it('gives getToken 10 s; a token that comes later opens nothing', async () => {
    const answers: ((token: string) => void)[] = [];
    const scene = new Scene({ getToken: () => new Promise<string>((resolve) => answers.push(resolve)) });
    scene.client.connect();
    await scene.clock.advanceAsync(9_999);
    expect(scene.take()).toEqual(['connecting 0']);
    await scene.clock.advanceAsync(1);
    expect(scene.take()).toEqual(['TokenError', 'connecting 1', 'close 1006']);
    answers[0]?.('late');
    await scene.settle();
    expect(scene.sockets).toHaveLength(0);
    await scene.clock.advanceAsync(500);
    answers[1]?.('in time');
    await scene.settle();
    scene.accept();
    expect(scene.sockets.map(({ packets }) => loginOf(packets[0]?.dataContent)['loginToken'])).toEqual(['in time']);
  });

  it('V1: takes a refused login as final and keeps the outbox', async () => {
    const scene = new Scene();
    const error = lastError(scene);
    scene.client.send('hello', { to: 'bob' });
    const socket = await scene.dial();
    scene.take();
    socket.open();
    socket.deliver(refused(1025));
    socket.serverClose(1000);
    expect(scene.take()).toEqual(['disconnected refused', 'LoginRefusedError']);
    expect(scene.client.state).toEqual({ name: 'disconnected', reason: 'refused', code: 1025 });
    expect(error()).toMatchObject({ code: 1025 });
    expect(error()).toBeInstanceOf(LoginRefusedError);

    await scene.clock.advanceAsync(7_200_000);
    expect(scene.sockets).toHaveLength(1);
    expect(scene.client.pending).toBe(1);

    const next = await scene.online();
    expect(loginOf(next.packets[0]?.dataContent)['firstLoginTime']).toBe(0);
    expect(next.sent(PacketType.data)).toHaveLength(1);
  });

  it('N2: gives a connect 4 s, then 8, then 12, and lets go of each socket; an opening begins anew', async () => {
    const scene = new Scene();
    await scene.dial();
    for (const patience of [4_000, 8_000, 12_000, 12_000]) {
      const { socket: hung } = scene;
      await scene.clock.advanceAsync(patience - 1);
      expect(hung.abandoned).toBe(false);
      scene.take();
      await scene.clock.advanceAsync(1);
      expect(hung.abandoned).toBe(true);
      expect(scene.take()).toEqual([expect.stringMatching(/^connecting \d$/), 'close 1006']);
      const { state } = scene.client;
      await scene.clock.advanceAsync(state.name === 'connecting' ? state.retryInMs : 0);
    }
    expect(scene.sockets).toHaveLength(5);
    scene.socket.open();
    scene.socket.serverClose();
    const { state } = scene.client;
    await scene.clock.advanceAsync(state.name === 'connecting' ? state.retryInMs : 0);
    const { socket: hung } = scene;
    await scene.clock.advanceAsync(3_999);
    expect(hung.abandoned).toBe(false);
    await scene.clock.advanceAsync(1);
    expect(hung.abandoned).toBe(true);
  });

  it('V2: gives the answer to a login 10 s, counted from the opening', async () => {
    const scene = new Scene();
    const silent = await scene.dial();
    await scene.clock.advanceAsync(3_000);
    silent.open();
    await scene.clock.advanceAsync(9_999);
    expect(scene.state).toBe('connecting 0');
    await scene.clock.advanceAsync(1);
    expect(scene.state).toBe('connecting 1');
    expect(silent.abandoned).toBe(true);
  });

  it('V16: waits for an answer that takes 7 s', async () => {
    const scene = new Scene();
    const socket = await scene.dial();
    socket.open();
    await scene.clock.advanceAsync(7_000);
    socket.deliver(loggedIn());
    await scene.clock.advanceAsync(4_000);
    expect(scene.state).toBe('connected');
    expect(scene.sockets).toHaveLength(1);
  });
});

describe('F8: answers to no login of ours', () => {
  it('ignores a 50 for another user, be it success or refusal', async () => {
    const scene = new Scene();
    const socket = await scene.dial();
    socket.open();
    socket.deliver(loggedIn('bob'));
    socket.deliver(refused(1025, 'bob'));
    expect(scene.state).toBe('connecting 0');
    expect(scene.client.drops.size).toBeGreaterThan(0);
    socket.deliver(loggedIn());
    expect(scene.state).toBe('connected');
  });

  it.each([
    ['a success', loggedIn('alice', 1)],
    ['a refusal', refused(1025)],
  ])('ignores a second 50: %s', async (_, frame) => {
    const scene = new Scene();
    const socket = await scene.online();
    socket.deliver(frame);
    expect(scene.take()).toEqual([]);
    expect(scene.state).toBe('connected');
    socket.serverClose();
    const next = await scene.onlineAgain();
    expect(loginOf(next.packets[0]?.dataContent)['firstLoginTime']).toBe(FIRST_LOGIN_TIME);
  });

  it.each([
    ['a success', loggedIn()],
    ['a refusal', refused(1025)],
  ])('ignores a 50 that comes before the login was written: %s', async (_, frame) => {
    const scene = new Scene();
    const socket = await scene.dial();
    socket.deliver(frame);
    expect(scene.state).toBe('connecting 0');
    socket.open();
    expect(scene.state).toBe('connecting 0');
    socket.deliver(loggedIn());
    await scene.clock.advanceAsync(4_000);
    expect(scene.state).toBe('connected');
  });

  it.each([['{}'], ['{"code":"no"}'], ['nonsense'], [null]])(
    'drops a 50 without a code (%s) and runs into the timeout',
    async (dataContent) => {
      const scene = new Scene();
      const socket = await scene.dial();
      socket.open();
      socket.deliver({ ...loggedIn(), dataContent });
      expect(scene.state).toBe('connecting 0');
      await scene.clock.advanceAsync(10_000);
      expect(scene.state).toBe('connecting 1');
    },
  );

  it('takes no message before the login is answered, and acknowledges none', async () => {
    const scene = new Scene();
    const socket = await scene.dial();
    socket.open();
    scene.take();
    socket.deliver(message('m1'));
    expect(scene.take()).toEqual([]);
    expect(socket.sent(PacketType.ack)).toEqual([]);
    socket.deliver(loggedIn());
    socket.deliver(message('m1'));
    expect(scene.take()).toEqual(['connected', 'login', 'message hello']);
    expect(socket.sent(PacketType.ack)).toHaveLength(1);
  });
});
