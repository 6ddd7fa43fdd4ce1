import { afterEach, describe, expect, it, vi } from 'vitest';
import { ChatClient, type ChatClientOptions, ConfigurationError } from '../../src/client/index.js';
import { Scene } from './scene.js';

const good: ChatClientOptions = { serverUrl: 'wss://im.example.com/websocket', userId: 'alice' };

function construct(options: object): unknown {
  try {
    return new ChatClient({ ...good, WebSocket: class {} as never, ...options });
  } catch (error) {
    return error;
  }
}

describe('a configuration that cannot work', () => {
  it.each<[string, object, string]>([
    [
      'serverUrl',
      { serverUrl: '' },
      'serverUrl: expected an address that starts with wss:// or ws://, got an empty string',
    ],
    [
      'serverUrl',
      { serverUrl: 'https://im.example.com' },
      'serverUrl: expected an address that starts with wss:// or ws://, got "https://im.example.com"',
    ],
    [
      'serverUrl',
      { serverUrl: '/websocket' },
      'serverUrl: expected an address that starts with wss:// or ws://, got "/websocket"',
    ],
    [
      'serverUrl',
      { serverUrl: undefined },
      'serverUrl: expected an address that starts with wss:// or ws://, got undefined',
    ],
    ['userId', { userId: '' }, 'userId: expected a user id, got an empty string'],
    [
      'serverUrl',
      { serverUrl: 'xwss://im.example.com' },
      'serverUrl: expected an address that starts with wss:// or ws://, got "xwss://im.example.com"',
    ],
    ['userId', { userId: 7 }, 'userId: expected a user id, got 7'],
    ['userId', { userId: true }, 'userId: expected a user id, got true'],
    ['userId', { userId: '0' }, 'userId: expected an id other than "0" (the server) and "-1" (nobody), got "0"'],
    ['userId', { userId: '-1' }, 'userId: expected an id other than "0" (the server) and "-1" (nobody), got "-1"'],
    ['heartbeat', { heartbeat: 7 }, 'heartbeat: expected one of 3, 5, 10, 15, 30, 60, 120 (seconds), got 7'],
    [
      'heartbeat',
      { heartbeat: 'toString' },
      'heartbeat: expected one of 3, 5, 10, 15, 30, 60, 120 (seconds), got "toString"',
    ],
    ['getToken', { getToken: 'tok' }, 'getToken: expected a function, got "tok"'],
    ['getToken', { getToken: null }, 'getToken: expected a function, got null'],
    ['giveUpAfterMs', { giveUpAfterMs: -1 }, 'giveUpAfterMs: expected a number of milliseconds, got -1'],
    ['giveUpAfterMs', { giveUpAfterMs: Number.NaN }, 'giveUpAfterMs: expected a number of milliseconds, got NaN'],
    ['giveUpAfterMs', { giveUpAfterMs: 'soon' }, 'giveUpAfterMs: expected a number of milliseconds, got "soon"'],
  ])('is refused, and told with what was expected and what came: %s %j', (option, options, message) => {
    const error = construct(options);
    expect(error).toBeInstanceOf(ConfigurationError);
    expect(error).toMatchObject({ name: 'ConfigurationError', option, message });
  });

  it.each([
    ['', 'an empty string'],
    [undefined, 'undefined'],
    [null, 'null'],
    [{}, 'a value of type object'],
  ])('send() refuses a receiver that is %j', (to, found) => {
    const scene = new Scene();
    expect(() => scene.client.send('hello', { to: to as string })).toThrow(
      `to: expected the user id of a receiver, got ${found}`,
    );
    expect(scene.client.pending).toBe(0);
  });

  it.each<[string, unknown, object, string]>([
    ['a text that is none', 7, {}, 'content: expected a string, got 7'],
    ['a text that is none', undefined, {}, 'content: expected a string, got undefined'],
    ['a type that is no number', 'hello', { type: '7' }, 'type: expected a 32-bit integer, got "7"'],
    ['a type that is no integer', 'hello', { type: 0.5 }, 'type: expected a 32-bit integer, got 0.5'],
    ['a type of 33 bits', 'hello', { type: 2 ** 31 }, 'type: expected a 32-bit integer, got 2147483648'],
    ['a type that is NaN', 'hello', { type: Number.NaN }, 'type: expected a 32-bit integer, got NaN'],
  ])('send() refuses %s', (_, content, options, message) => {
    const scene = new Scene();
    const send = () => scene.client.send(content as string, { to: 'bob', ...options });
    expect(send).toThrow(ConfigurationError);
    expect(send).toThrow(message);
    expect(scene.client.pending).toBe(0);
  });

  it('send() takes the smallest and the largest type', () => {
    const scene = new Scene();
    for (const type of [-(2 ** 31), 2 ** 31 - 1]) scene.client.send('hello', { to: 'bob', type });
    expect(scene.client.pending).toBe(2);
  });

  it('a giveUpAfterMs of 0 is fine', () => {
    expect(construct({ giveUpAfterMs: 0 })).toBeInstanceOf(ChatClient);
  });

  it('does not tell more than 80 characters of what came', () => {
    expect((construct({ serverUrl: 'x'.repeat(100_000) }) as Error).message.length).toBeLessThan(200);
  });

  it.each([3, 5, 10, 15, 30, 60, 120])('a heartbeat of %i s is fine', (heartbeat) => {
    expect(construct({ heartbeat })).toBeInstanceOf(ChatClient);
  });

  it.each(['ws://localhost:3000/websocket', 'wss://im.example.com', 'WSS://im.example.com/a?b=c'])(
    '%s is fine',
    (serverUrl) => {
      expect(construct({ serverUrl })).toBeInstanceOf(ChatClient);
    },
  );
});

describe('N16: an address that the WebSocket itself refuses', () => {
  it('ends in misconfigured, is told once, and is not tried again', async () => {
    let tries = 0;
    const securityError = new DOMException('An insecure WebSocket connection may not be initiated', 'SecurityError');
    const scene = new Scene({
      onSocket: () => {
        tries += 1;
        throw securityError;
      },
    });
    const errors: Error[] = [];
    scene.client.addEventListener('error', ({ error }) => errors.push(error));
    scene.client.connect();
    await scene.clock.advanceAsync(3_600_000);
    expect(scene.client.state).toMatchObject({ name: 'disconnected', reason: 'misconfigured' });
    expect(errors).toEqual([securityError]);
    expect(tries).toBe(1);
    expect(scene.clock.pending).toBe(0);
  });

  it('tells an Error of whatever was thrown', async () => {
    const scene = new Scene({
      onSocket: () => {
        throw 'no error at all';
      },
    });
    scene.client.connect();
    await scene.settle();
    const { state } = scene.client;
    expect(state).toMatchObject({ reason: 'misconfigured', error: { message: 'no error at all' } });
    expect(state).toHaveProperty('error', expect.any(Error));
  });

  it('goes for a login that no server would read', async () => {
    const scene = new Scene({ extra: 'x'.repeat(70_000) });
    scene.client.send('hello', { to: 'bob' });
    scene.take();
    scene.client.connect();
    await scene.clock.advanceAsync(3_600_000);
    expect(scene.take()).toEqual(['connecting 0', 'disconnected misconfigured', 'FrameTooLargeError']);
    expect(scene.sockets).toHaveLength(0);
    expect(scene.client.pending).toBe(1);
  });
});

describe('the WebSocket', () => {
  afterEach(() => {
    vi.unstubAllGlobals();
    vi.resetModules();
  });

  /** A client as it is loaded where the global WebSocket is this one. */
  async function clientWhere(WebSocket: unknown) {
    vi.resetModules();
    vi.stubGlobal('WebSocket', WebSocket);
    return (await import('../../src/client/index.js')).ChatClient;
  }

  it('is the global one unless another is given, as it was when the client was loaded', async () => {
    let opened: (url: string) => void = () => {};
    const url = new Promise<string>((resolve) => {
      opened = resolve;
    });
    class Native {
      readyState = 0;
      constructor(url: string) {
        opened(url);
      }
      addEventListener(): void {}
      close(): void {}
    }
    const Client = await clientWhere(Native);
    vi.stubGlobal('WebSocket', class {});
    const client = new Client(good);
    client.connect();
    expect(await url).toBe(good.serverUrl);
    client.disconnect();
  });

  it('is asked for where there is none', async () => {
    const Client = await clientWhere(undefined);
    expect(() => new Client(good)).toThrow('WebSocket: expected a WebSocket, as there is no global one here');
  });
});

describe('C6, W4: a page that replaces its globals later', () => {
  afterEach(() => vi.unstubAllGlobals());

  it('does not reach the clock', async () => {
    const { systemClock } = await import('../../src/client/clock.js');
    const broken = () => {
      throw new Error('replaced by the page');
    };
    const stubbed = { setTimeout: broken, clearTimeout: broken, Date: { now: broken }, performance: { now: broken } };
    for (const [name, value] of Object.entries(stubbed)) vi.stubGlobal(name, value);
    expect(systemClock.now()).toBeGreaterThan(1.6e12);
    expect(systemClock.monotonic()).toBeGreaterThan(0);
    await new Promise<void>((resolve) => {
      systemClock.clearTimeout(systemClock.setTimeout(broken, 0));
      systemClock.setTimeout(resolve, 0);
    });
  });
});
