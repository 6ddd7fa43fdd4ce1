import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { MessageReceivedEvent } from '../../src/client/events.js';
import type { Message } from '../../src/client/message.js';
import { watchUnread } from '../../src/components/unread-watch.js';
import { en } from '../../src/locales/en.js';

const { attend, loaded } = vi.hoisted(() => ({ attend: vi.fn(), loaded: vi.fn() }));
vi.mock('../../src/components/attention.js', () => {
  loaded();
  return { attend };
});

class Session extends EventTarget {
  unread = 0;
  readonly client = Object.assign(new EventTarget(), { userId: 'alice' });
  readonly conversation = () => ({ unread: this.unread });

  receive(unread: number): void {
    this.unread = unread;
    this.client.dispatchEvent(new MessageReceivedEvent(message));
  }

  read(): void {
    this.unread = 0;
    this.dispatchEvent(new Event('unread'));
  }
}

const message: Message = { id: '1', type: 0, content: 'hi', from: 'bob', to: 'alice', sentAt: 0, status: 'received' };
const texts = () => en;
let session: Session;
let ended: AbortController;

beforeEach(() => {
  session = new Session();
  ended = new AbortController();
});
afterEach(() => {
  ended.abort();
  attend.mockReset();
});

function watch(change: { unreadTitle?: string; sound?: string; notifications?: string } = {}) {
  const wishes = { unreadTitle: 'on', sound: 'on', notifications: 'off', peerId: 'bob', peerName: '', ...change };
  return { wishes, look: watchUnread(session, wishes, texts, ended.signal) };
}

/** How often attention was called for, once the imports have settled. */
async function calls(): Promise<number> {
  await vi.dynamicImportSettled();
  return attend.mock.calls.length;
}

test('nothing is loaded before there is something to tell', async () => {
  const { look } = watch();
  look();
  session.receive(0);
  session.read();
  expect(await calls()).toBe(0);
  expect(loaded).not.toHaveBeenCalled();
});

test('what arrives and stays unread is told, and each change from then on', async () => {
  const { wishes } = watch();
  session.receive(1);
  expect(await calls()).toBe(1);
  expect(attend).toHaveBeenLastCalledWith(session, wishes, texts, ended.signal, message);
  session.read();
  expect(await calls()).toBe(2);
  expect(attend).toHaveBeenLastCalledWith(session, wishes, texts, ended.signal, undefined);
});

test('a window that wants nothing loads nothing, until it wants something', async () => {
  const { wishes, look } = watch({ unreadTitle: 'off', sound: 'off' });
  session.receive(2);
  expect(await calls()).toBe(0);
  wishes.sound = 'on';
  look();
  expect(await calls()).toBe(1);
  // Switched off again: that is to be told too.
  wishes.sound = 'off';
  look();
  expect(await calls()).toBe(2);
});

test('the bell is needed at once', async () => {
  watch({ notifications: 'on' }).look();
  expect(await calls()).toBe(1);
});

test('once ended, nothing is told', async () => {
  watch();
  ended.abort();
  session.receive(1);
  session.read();
  expect(await calls()).toBe(0);
});

test('what fails there troubles nobody', async () => {
  const uncaught = vi.fn();
  process.on('unhandledRejection', uncaught);
  attend.mockImplementation(() => {
    throw new Error('no document');
  });
  watch();
  session.receive(1);
  expect(await calls()).toBe(1);
  await new Promise(setImmediate);
  process.off('unhandledRejection', uncaught);
  expect(uncaught).not.toHaveBeenCalled();
});
