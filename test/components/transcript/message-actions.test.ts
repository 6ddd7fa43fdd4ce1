import { describe, expect, it } from 'vitest';
import type { Message } from '../../../src/client/message.js';
import { actionsFor, textOf } from '../../../src/components/transcript/message-actions.js';

function message(change: Partial<Message>): Message {
  return { id: 'm', type: 0, content: 'text', from: 'bob', to: 'me', sentAt: 0, status: 'received', ...change };
}

const media = JSON.stringify({ url: 'https://cdn.example.com/a', name: 'a name' });

describe('what a message says, as text', () => {
  it.each<[string, Partial<Message>, string]>([
    ['a text', { content: ' as\ntyped ' }, ' as\ntyped '],
    ['a text of the oldest clients', { type: -1 }, 'text'],
    ['a notice', { type: 90, content: 'notice' }, 'notice'],
    ['an image', { type: 1, content: media }, 'https://cdn.example.com/a'],
    ['a voice message', { type: 2, content: media }, 'https://cdn.example.com/a'],
    ['a file', { type: 5, content: media }, 'https://cdn.example.com/a'],
    ['an image that is none', { type: 1, content: '{"url":"javascript:1"}' }, '{"url":"javascript:1"}'],
    ['a question', { type: 20, content: '{"text":"Size?","replies":["S"]}' }, 'Size?'],
    ['a card', { type: 21, content: '{"title":"Teapot","text":"600 ml","buttons":[]}' }, 'Teapot\n600 ml'],
    ['a card without a text', { type: 21, content: '{"title":"Teapot"}' }, 'Teapot'],
    ['a type of the application', { type: 1001, content: '4711' }, ''],
    ['a note', { type: 90, status: 'note', content: 'transport' }, ''],
  ])('%s', (_, change, expected) => {
    expect(textOf(message(change))).toBe(expected);
  });
});

describe('what can be done', () => {
  it.each<[string, Partial<Message>, string[]]>([
    ['of a text', {}, ['copy', 'select', 'remove']],
    ['of an image', { type: 1, content: media }, ['copy', 'remove']],
    ['of an empty text', { content: '' }, ['select', 'remove']],
    ['of a type of the application', { type: 1001 }, ['remove']],
    ['of a note', { type: 90, status: 'note' }, []],
    ['while it waits', { status: 'queued' }, ['copy', 'select', 'cancel']],
    ['after a failure', { status: 'failed' }, ['copy', 'select', 'retry', 'remove']],
  ])('%s', (_, change, expected) => {
    expect(actionsFor(message(change)).map(({ name }) => name)).toEqual(expected);
  });
});
