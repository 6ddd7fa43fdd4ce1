import './all-rows.js';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { type LogEntry, OutboxFullError } from '../../src/client/index.js';
import { ChatWindow } from '../../src/components/chat-window.js';
import type { MessageComposer } from '../../src/components/message-composer.js';
import { MessageRequestEvent } from '../../src/components/request-events.js';
import type { ChatErrorEvent, ChatResyncEvent } from '../../src/components/window-events.js';
import { en } from '../../src/locales/en.js';
import { Scene } from '../client/scene.js';
import { ackOf, answerKeepAlives } from '../client/server-frames.js';
import { change, heard, inside, mount, textOf } from './mount.js';

let scene: Scene;
let window: ChatWindow;
let composer: MessageComposer;

beforeEach(async () => {
  scene = new Scene({ onSocket: answerKeepAlives });
  window = await mount(ChatWindow, { client: scene.client, peerId: 'bob', locale: 'en' });
  composer = inside<MessageComposer>(window, 'message-composer');
});

afterEach(() => {
  vi.restoreAllMocks();
  scene.client.disconnect();
});

async function type(text: string): Promise<void> {
  const field = inside<HTMLTextAreaElement>(composer, 'textarea');
  field.value = text;
  field.dispatchEvent(new Event('input'));
  inside(composer, 'form').dispatchEvent(new Event('submit', { cancelable: true }));
  await window.updateComplete;
  await composer.updateComplete;
}

/** Presses a button of a row. */
async function ask(action: MessageRequestEvent['action'], id: string): Promise<void> {
  const list = inside(window, 'message-list');
  const rows = list.shadowRoot?.querySelectorAll('message-bubble') ?? [];
  rows[rows.length - 1]?.dispatchEvent(new MessageRequestEvent(action, id));
  await window.updateComplete;
  await composer.updateComplete;
}

const statuses = () =>
  window.conversation?.store.messages
    .filter(({ content }) => content !== 'transport')
    .map(({ content, status }) => `${content} ${status}`);
const lastId = () => window.conversation?.store.messages.at(-1)?.id ?? '';

test('a message that is taken back returns to the empty field', async () => {
  await type('not yet');
  expect([composer.value, statuses()]).toEqual(['', ['not yet queued']]);
  await ask('cancel', lastId());
  expect([composer.value, statuses()]).toEqual(['not yet', []]);
});

test('also if another tab has to do it, a moment later, unless somebody else is shown by then', async () => {
  const bob = window.conversation;
  const cancel = scene.client.cancel.bind(scene.client);
  vi.spyOn(scene.client, 'cancel').mockReturnValue(true);
  await type('not yet');
  const id = lastId();
  await ask('cancel', id);
  expect(composer.value).toBe('');
  cancel(id);
  expect([composer.value, statuses()]).toEqual(['not yet', []]);
  composer.value = '';
  await type('never');
  const next = lastId();
  await ask('cancel', next);
  await change(window, { peerId: 'carol' });
  cancel(next);
  expect([composer.value, bob?.store.has(next)]).toEqual(['', false]);
});

test('but not over what was typed meanwhile', async () => {
  await type('not yet');
  composer.value = 'something else';
  await ask('cancel', lastId());
  expect([composer.value, statuses()]).toEqual(['something else', []]);
});

test('a message that nobody confirms is given up where it stands', async () => {
  await scene.online();
  await type('are you there?');
  await scene.clock.advanceAsync(20_000);
  expect(statuses()).toEqual(['are you there? unconfirmed']);
  await ask('cancel', lastId());
  expect([composer.value, statuses()]).toEqual(['', ['are you there? failed']]);
  await ask('remove', lastId());
  expect([composer.value, statuses()]).toEqual(['', []]);
});

test('O3: a full outbox leaves the text in the field and says why', async () => {
  const errors = heard<ChatErrorEvent>(window, 'chat-error');
  for (let n = 0; n < 500; n++) window.send(`message ${n}`);
  await type('one too many');
  expect(composer.value).toBe('one too many');
  expect(textOf(inside(composer, '[part=bytes]'))).toBe(en.outboxFull);
  expect(errors.map(({ error }) => error)).toEqual([expect.any(OutboxFullError)]);
});

test('I15: each login is told once, before the window says that it is connected', async () => {
  const order: string[] = [];
  window.addEventListener('chat-status', ({ state }) => order.push(state.name));
  window.addEventListener('chat-resync', ({ since, reason }: ChatResyncEvent) =>
    order.push(`resync ${reason} ${since === undefined ? 'from nothing' : 'since'}`),
  );
  await scene.online();
  scene.socket.serverClose();
  await scene.onlineAgain();
  expect(order).toEqual([
    ...['connecting', 'resync start from nothing', 'connected'],
    ...['connecting', 'connecting', 'resync lost since', 'connected'],
  ]);
});

test('a gap that could not be filled is filled by a press', async () => {
  let answers = false;
  window.loadHistory = async ({ peerId }) => {
    if (!answers) throw new Error('not yet');
    return [{ id: 'h', type: 0, content: 'from the history', from: peerId, sentAt: 1_000 }];
  };
  await window.updateComplete;
  await scene.online();
  await expect.poll(statuses).toEqual(['gap note']);
  answers = true;
  await ask('fill', lastId());
  await expect.poll(statuses).toEqual(['from the history received']);
});

test('asks the history that it was given last', async () => {
  const load = (content: string) => async () => {
    if (content === '') throw new Error('this token has expired');
    return [{ id: 'h', type: 0, content, from: 'bob', sentAt: 1_000 }];
  };
  window.loadHistory = load('');
  await window.updateComplete;
  await scene.online();
  await expect.poll(statuses).toEqual(['gap note']);
  window.loadHistory = load('by a fresh token');
  await window.updateComplete;
  await ask('fill', lastId());
  await expect.poll(statuses).toEqual(['by a fresh token received']);
});

test('tells how its client fares', async () => {
  expect(window.status).toMatchObject({ state: { name: 'disconnected' }, pending: 0, durability: 'memory' });
  await type('waits');
  expect(window.status?.pending).toBe(1);
  window.remove();
  expect(window.status).toBeUndefined();
});

test('hands its log to the client, and takes it back', async () => {
  const entries: LogEntry[] = [];
  const other = await mount(ChatWindow, { client: scene.client, peerId: 'carol' });
  window.log = (entry) => entries.push(entry);
  await window.updateComplete;
  other.peerId = 'dave';
  await other.updateComplete;
  await scene.online();
  expect(entries.map(({ event }) => event)).toContain('logged in');
  const before = entries.length;
  window.log = undefined;
  await window.updateComplete;
  scene.socket.deliver(ackOf('nothing'));
  expect(entries).toHaveLength(before);
});
