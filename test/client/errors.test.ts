import { describe, expect, it } from 'vitest';
import {
  LoginRefusedError,
  NotDeliveredError,
  OutboxFullError,
  ServerError,
  StorageError,
  TokenError,
} from '../../src/client/index.js';
import { Scene } from './scene.js';

describe('errors', () => {
  it.each<[string, Error, string]>([
    ['LoginRefusedError', new LoginRefusedError(1025), 'The server refused the login with code 1025'],
    ['ServerError', new ServerError(301), 'The server reported error 301'],
    ['NotDeliveredError', new NotDeliveredError('m1', 'cancelled'), 'Message m1 was not delivered: cancelled'],
    [
      'OutboxFullError',
      new OutboxFullError(500, 1_000_000),
      'Expected at most 500 messages of 1000000 bytes together to wait for their delivery',
    ],
    ['StorageError', new StorageError('kept in memory'), 'kept in memory'],
    ['TokenError', new TokenError('none'), 'none'],
  ])('%s tells its name and what happened', (name, error, text) => {
    expect(error).toBeInstanceOf(Error);
    expect([error.name, error.message]).toEqual([name, text]);
  });

  it('of a token say what the page’s own function did, with its error as the cause', async () => {
    const cause = new Error('the page’s own');
    const answers: (() => unknown)[] = [() => Promise.reject(cause), () => 7, () => new Promise(() => {})];
    const errors: Error[] = [];
    for (const getToken of answers) {
      const scene = new Scene({ getToken: getToken as () => string, reconnect: false });
      scene.client.addEventListener('error', ({ error }) => errors.push(error));
      scene.client.connect();
      await scene.clock.advanceAsync(10_000);
      expect(scene.clock.pending).toBe(0);
    }
    expect(errors.map(({ message }) => message)).toEqual([
      'getToken failed',
      'getToken: expected a string, got a value of type number',
      'getToken gave no token within 10 s',
    ]);
    expect(errors[0]?.cause).toBe(cause);
  });

  it('of a storage that is slow say how slow', async () => {
    const scene = new Scene({
      storage: {
        emptied: undefined,
        claim: async () => [],
        put: () => new Promise(() => {}),
        delete: async () => {},
        clear: async () => {},
      },
    });
    const errors: (Error | undefined)[] = [];
    scene.client.addEventListener('durability', ({ error }) => errors.push(error));
    await scene.dial();
    scene.client.send('hello', { to: 'bob' });
    await scene.clock.advanceAsync(2_000);
    const told = errors.find((error) => error);
    expect(told?.message).toBe('What waits to be sent cannot be kept on this device');
    expect(told?.cause).toEqual(new Error('not written within 2000 ms'));
  });
});
