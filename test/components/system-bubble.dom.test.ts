import { describe, expect, test } from 'vitest';
import { SystemBubble } from '../../src/components/bubbles/system-bubble.js';
import { UnknownBubble } from '../../src/components/bubbles/unknown-bubble.js';
// Defines it.
import '../../src/components/bubbles/rich-types.js';
import { en } from '../../src/locales/en.js';
import { strings as zhCN } from '../../src/locales/zh-CN.js';
import { messageOf } from '../store/messages.js';
import { change, inside, mount, textOf } from './mount.js';

const markup = '<img src=x onerror=alert(1)> & <b>bold</b>';

describe('a line of the client itself', () => {
  const note = (content: string) => messageOf('n', { type: 90, status: 'note', from: '', content });

  test('is written in the reader’s language where it is one of its notes', async () => {
    const bubble = await mount(SystemBubble, { message: note('transport'), strings: en });
    expect(textOf(bubble)).toBe(en.notes['transport']);
    await change(bubble, { strings: zhCN });
    expect(textOf(bubble)).toBe(zhCN.notes['transport']);
    expect(bubble.hasAttribute('foreign')).toBe(false);
  });

  test.each(['transport ', 'constructor', '__proto__', 'hasOwnProperty', markup])(
    'is text otherwise: %s',
    async (text) => {
      const bubble = await mount(SystemBubble, { message: note(text), strings: en });
      expect(inside(bubble, 'span').textContent).toBe(text);
      expect(inside(bubble, 'span').children).toHaveLength(0);
    },
  );
});

describe('a system message of somebody else', () => {
  test('H9: names the sender and looks different, whatever its content', async () => {
    for (const content of ['transport', en.notes['transport'] ?? '', markup]) {
      const message = messageOf('m', { type: 90, content });
      const bubble = await mount(SystemBubble, { message, strings: en, sender: 'Bob <i>' });
      expect(textOf(inside(bubble, 'b'))).toBe('Notice from Bob <i>');
      expect(textOf(bubble)).toBe(`Notice from Bob <i>${content}`);
      expect(bubble.hasAttribute('foreign')).toBe(true);
      expect(inside(bubble, 'span').querySelectorAll('*')).toHaveLength(1);
    }
  });

  test('does not hide behind an empty name', async () => {
    const bubble = await mount(SystemBubble, { message: messageOf('m', { type: 90 }), strings: en, sender: '' });
    expect(bubble.hasAttribute('foreign')).toBe(true);
  });

  test('does not pass its look on to a note drawn by the same element', async () => {
    const bubble = await mount(SystemBubble, { message: messageOf('m', { type: 90 }), strings: en, sender: 'bob' });
    await change(bubble, { message: messageOf('n', { status: 'note', content: 'transport' }), sender: undefined });
    expect(bubble.hasAttribute('foreign')).toBe(false);
    expect(textOf(bubble)).toBe(en.notes['transport']);
  });
});

describe('a message of an unknown type', () => {
  test('says so, and gives its content as text', async () => {
    const bubble = await mount(UnknownBubble, { message: messageOf('m', { type: 77, content: markup }), strings: en });
    expect(textOf(inside(bubble, 'em'))).toBe(en.unknownType(77));
    expect(textOf(bubble)).toBe(`${en.unknownType(77)}\n${markup}`);
    expect(bubble.shadowRoot?.querySelectorAll('*')).toHaveLength(1);
  });

  test('gives the beginning of what is not meant for reading', async () => {
    const message = messageOf('m', { type: 1, content: 'A'.repeat(60_000) });
    const bubble = await mount(UnknownBubble, { message, strings: zhCN });
    expect(textOf(bubble)).toBe(`${zhCN.unknownType(1)}\n${'A'.repeat(500)}…`);
    await change(bubble, { message: messageOf('m', { type: 1, content: 'A'.repeat(500) }) });
    expect(textOf(bubble)).toBe(`${zhCN.unknownType(1)}\n${'A'.repeat(500)}`);
  });
});
