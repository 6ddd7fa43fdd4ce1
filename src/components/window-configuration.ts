import type { ChatClient } from '../client/chat-client.js';
import { ConfigurationError } from '../client/errors.js';
import { HEARTBEAT_MODES } from '../protocol/codes.js';
import type { MessageStore } from '../store/message-store.js';
import { takenName } from './element-names.js';

/** What a window is told by its attributes and properties about whom it talks to. */
export interface WindowConfiguration {
  readonly serverUrl: string | undefined;
  readonly appId: string;
  readonly userId: string | undefined;
  readonly heartbeat: number;
  readonly getToken: (() => string | Promise<string>) | undefined;
  readonly extra: string | undefined;
  readonly client: ChatClient | undefined;
  readonly store: MessageStore | undefined;
  hasAttribute(name: string): boolean;
}

/** Properties that decide whom the window talks to, and how. */
export const CONFIGURATION = [
  ...['serverUrl', 'appId', 'userId', 'peerId', 'heartbeat', 'getToken', 'extra', 'client', 'store'],
  ...['receiver', 'token'],
];

const LOOPBACK = /^(localhost|127\.\d+\.\d+\.\d+|\[::1\])$/;

/** What keeps a window from starting, or undefined. Each sentence says what was expected and what came. */
export function configurationProblem(window: WindowConfiguration): ConfigurationError | undefined {
  const { serverUrl, userId, heartbeat } = window;
  const taken = takenName();
  if (taken) return new ConfigurationError(`<${taken}>`, 'a tag name that the page leaves free', 'its own element');
  if (window.hasAttribute('token')) {
    return new ConfigurationError(
      'token',
      'the property getToken (an attribute can be read by everybody)',
      'an attribute',
    );
  }
  if (window.client || (window.store && !serverUrl)) return undefined;
  if (!serverUrl) return new ConfigurationError('server-url', 'the address of a server (wss://…)', serverUrl);
  const url = parse(serverUrl);
  if (url?.protocol !== 'wss:' && url?.protocol !== 'ws:') {
    return new ConfigurationError('server-url', 'an address that starts with wss:// or ws://', serverUrl);
  }
  if (url.protocol === 'ws:' && globalThis.location?.protocol === 'https:' && !LOOPBACK.test(url.hostname)) {
    return new ConfigurationError('server-url', 'wss:// on a page that is served over https', serverUrl);
  }
  if (!userId) return new ConfigurationError('user-id', 'the id of the user who logs in', userId);
  if (userId === '0' || userId === '-1') {
    return new ConfigurationError('user-id', 'an id other than "0" (the server) and "-1" (nobody)', userId);
  }
  if (!Object.hasOwn(HEARTBEAT_MODES, heartbeat)) {
    const modes = Object.keys(HEARTBEAT_MODES).join(', ');
    return new ConfigurationError('heartbeat', `one of ${modes} (seconds)`, heartbeat);
  }
  return undefined;
}

function parse(url: string): URL | undefined {
  try {
    return new URL(url);
  } catch {
    return undefined;
  }
}
