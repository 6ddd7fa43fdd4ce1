import { describe, expect, test, vi } from 'vitest';
import type { ChatClient } from '../../src/client/chat-client.js';
import { define } from '../../src/components/element-names.js';
import { configurationProblem } from '../../src/components/window-configuration.js';
import { MessageStore } from '../../src/store/message-store.js';

type Configuration = Parameters<typeof configurationProblem>[0];

const good: Configuration = {
  serverUrl: 'wss://im.example.com/websocket',
  appId: '',
  userId: 'alice',
  heartbeat: 5,
  giveUpAfter: Number.POSITIVE_INFINITY,
  history: 'session',
  unreadTitle: 'on',
  sound: 'on',
  notifications: 'off',
  getToken: undefined,
  extra: undefined,
  client: undefined,
  store: undefined,
  hasAttribute: () => false,
};

const problemWith = (configuration: Partial<Configuration>) => configurationProblem({ ...good, ...configuration });

function onPage(url: string): void {
  vi.stubGlobal('location', new URL(url));
}

describe('works', () => {
  test.each<[string, Partial<Configuration>, string?]>([
    ['wss on https', {}, 'https://shop.example/'],
    ['wss on http', {}, 'http://shop.example/'],
    ['ws on http', { serverUrl: 'ws://im.example.com' }, 'http://shop.example/'],
    ['ws to this machine on https', { serverUrl: 'ws://localhost:3000/websocket' }, 'https://shop.example/'],
    ['ws to 127.0.0.1 on https', { serverUrl: 'ws://127.0.0.1:3000' }, 'https://shop.example/'],
    ['ws to [::1] on https', { serverUrl: 'ws://[::1]:3000' }, 'https://shop.example/'],
    ['everything switched off', { unreadTitle: 'off', sound: 'off', notifications: 'off' }],
    ['private notifications', { notifications: 'private' }],
    ['a store alone', { store: new MessageStore(), serverUrl: undefined, userId: undefined, heartbeat: 7 }],
    ['a client alone', { client: {} as ChatClient, serverUrl: undefined, userId: undefined, heartbeat: 7 }],
    ...[3, 5, 10, 15, 30, 60, 120].map((heartbeat): [string, Partial<Configuration>] => [
      `heartbeat ${heartbeat}`,
      { heartbeat },
    ]),
  ])('%s', (_, configuration, page = 'https://shop.example/') => {
    onPage(page);
    expect(problemWith(configuration)).toBeUndefined();
  });
});

describe('does not work, and says what was expected and what came', () => {
  const address = /wss:\/\/.*ws:\/\//;
  const secure = /wss:\/\/ on a page that is served over https/;
  const user = /\bid\b/;
  const otherUser = /id other than "0" .* and "-1"/;
  const modes = /3, 5, 10, 15, 30, 60, 120 \(seconds\)/;
  const property = /the property getToken/;
  const withToken = { hasAttribute: (name: string) => name === 'token' };

  test.each<[string, Partial<Configuration>, string, RegExp, string]>([
    ['no server-url', { serverUrl: undefined }, 'server-url', address, 'undefined'],
    ['an empty server-url', { serverUrl: '' }, 'server-url', address, 'an empty string'],
    ['an http address', { serverUrl: 'https://im.example.com/' }, 'server-url', address, '"https://im.example.com/"'],
    ['no address at all', { serverUrl: 'im.example.com' }, 'server-url', address, '"im.example.com"'],
    ['a path', { serverUrl: '/websocket' }, 'server-url', address, '"/websocket"'],
    ['a script', { serverUrl: 'javascript:alert(1)' }, 'server-url', address, '"javascript:alert(1)"'],
    ['N16 ws on https', { serverUrl: 'ws://im.example.com/' }, 'server-url', secure, '"ws://im.example.com/"'],
    [
      'a host named like this machine',
      { serverUrl: 'ws://localhost.evil' },
      'server-url',
      secure,
      '"ws://localhost.evil"',
    ],
    ['a host that begins like it', { serverUrl: 'ws://127.0.0.1.evil' }, 'server-url', secure, '"ws://127.0.0.1.evil"'],
    ['no user-id', { userId: undefined }, 'user-id', user, 'undefined'],
    ['an empty user-id', { userId: '' }, 'user-id', user, 'an empty string'],
    ['the id of the server', { userId: '0' }, 'user-id', otherUser, '"0"'],
    ['the id of nobody', { userId: '-1' }, 'user-id', otherUser, '"-1"'],
    ['an unknown heartbeat', { heartbeat: 7 }, 'heartbeat', modes, '7'],
    ['no number', { heartbeat: Number.NaN }, 'heartbeat', modes, 'NaN'],
    ['zero', { heartbeat: 0 }, 'heartbeat', modes, '0'],
    ['an unknown history', { history: 'ever' }, 'history', /session, device or none/, '"ever"'],
    ['an unknown title', { unreadTitle: 'or' }, 'unread-title', /: expected on or off/, '"or"'],
    ['an empty sound', { sound: '' }, 'sound', /: expected on or off/, 'an empty string'],
    ['a true notification', { notifications: 'true' }, 'notifications', /: expected on, private or off/, '"true"'],
    ['a wrong sound beside a client', { sound: 'loud', client: {} as ChatClient }, 'sound', /on or off/, '"loud"'],
    ['a token attribute', withToken, 'token', property, '"an attribute"'],
    ['a token beside a client', { ...withToken, client: {} as ChatClient }, 'token', property, '"an attribute"'],
    ['a token beside a store', { ...withToken, store: new MessageStore() }, 'token', property, '"an attribute"'],
    ['a store with a wrong server-url', { store: new MessageStore(), serverUrl: 'x' }, 'server-url', address, '"x"'],
  ])('%s', (_, configuration, option, expectation, finding) => {
    onPage('https://shop.example/');
    const problem = problemWith(configuration);
    expect(problem?.name).toBe('ConfigurationError');
    expect(problem?.option).toBe(option);
    const [expected, found] = problem?.message.split(/, got (?=[^,]*$)/) ?? [];
    expect(expected).toMatch(new RegExp(`^${option}: expected `));
    expect(expected).toMatch(expectation);
    expect(found).toBe(finding);
  });

  test('a tag name that somebody else has taken', () => {
    onPage('https://shop.example/');
    customElements.define('status-light', class extends HTMLElement {});
    define('status-light', class extends HTMLElement {});
    expect(problemWith({})?.message).toBe(
      '<status-light>: expected a tag name that the page leaves free, got "its own element"',
    );
  });
});
