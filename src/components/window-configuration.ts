import type { ChatClient } from '../client/chat-client.js';
import { ConfigurationError } from '../client/errors.js';
import { type ChatClientOptions, checkOptions } from '../client/options.js';
import type { MessageStore } from '../store/message-store.js';
import { takenName } from './element-names.js';

/** What a window is told by its attributes and properties about whom it talks to. */
export interface WindowConfiguration {
  readonly serverUrl: string | undefined;
  readonly appId: string;
  readonly userId: string | undefined;
  readonly heartbeat: number;
  readonly giveUpAfter: number;
  readonly history: string;
  readonly getToken: (() => string | Promise<string>) | undefined;
  readonly extra: string | undefined;
  readonly client: ChatClient | undefined;
  readonly store: MessageStore | undefined;
  hasAttribute(name: string): boolean;
}

/** Attributes that take one of a few words. */
const WORDS = {
  history: 'session, device or none',
  unreadTitle: 'on or off',
  sound: 'on or off',
  notifications: 'on, private or off',
} as const;

/** Properties that decide whom the window talks to, and how. */
export const CONFIGURATION = [
  ...['serverUrl', 'appId', 'userId', 'peerId', 'heartbeat', 'getToken', 'extra', 'client', 'store'],
  ...['receiver', 'token', 'identified', 'history', 'giveUpAfter', 'loadHistory', 'log'],
  ...['unreadTitle', 'sound', 'notifications'],
];

/** Those of them that make another person of whoever sits there. */
export const IDENTITY = ['serverUrl', 'appId', 'userId', 'client'];

const LOOPBACK = /^(localhost|127\.\d+\.\d+\.\d+|\[::1\])$/;

/** What keeps a window from starting, or undefined. Each sentence says what was expected and what came. */
export function configurationProblem(
  window: WindowConfiguration & Readonly<Record<keyof typeof WORDS, string>>,
): ConfigurationError | undefined {
  const { serverUrl, userId, heartbeat, giveUpAfter } = window;
  const taken = takenName();
  if (taken) return new ConfigurationError(`<${taken}>`, 'a tag name that the page leaves free', 'its own element');
  if (window.hasAttribute('token')) {
    return new ConfigurationError('token', 'the property getToken, which the document does not show', 'an attribute');
  }
  try {
    for (const [option, expected] of Object.entries(WORDS)) {
      const word = window[option as keyof typeof WORDS];
      if (!expected.split(/, | or /).includes(word)) throw new ConfigurationError(option, expected, word);
    }
    if (window.client || (window.store && !serverUrl)) return undefined;
    checkOptions({ serverUrl, userId, heartbeat } as ChatClientOptions);
    if (!(giveUpAfter >= 0)) throw new ConfigurationError('giveUpAfter', 'a number of seconds', giveUpAfter);
  } catch (error) {
    if (!(error instanceof ConfigurationError)) throw error;
    // Whoever writes attributes looks for the attribute's name.
    const attribute = error.option.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
    return new ConfigurationError(attribute, error.expected, error.found);
  }
  const { protocol, hostname } = new URL(serverUrl ?? '');
  if (protocol === 'ws:' && globalThis.location?.protocol === 'https:' && !LOOPBACK.test(hostname)) {
    return new ConfigurationError('server-url', 'wss:// on a page that is served over https', serverUrl);
  }
  return undefined;
}
