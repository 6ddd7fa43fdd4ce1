import fc from 'fast-check';
import { beforeAll, describe, expect, test, vi } from 'vitest';
import type { RichText } from '../../src/components/bubbles/rich-text.js';
import { TextBubble } from '../../src/components/bubbles/text-bubble.js';
import { en } from '../../src/locales/en.js';
import { messageOf } from '../store/messages.js';
import { change, mount } from './mount.js';

const surroundings = { isLast: false, imageHosts: '', send: () => {} };
const mountText = async (content?: string) => {
  const message = content === undefined ? undefined : messageOf('m', { content });
  const bubble = await mount(TextBubble, { message, strings: en, surroundings });
  await richIn(bubble)?.updateComplete;
  return bubble;
};
const say = async (bubble: TextBubble, content: string) => {
  await change(bubble, { message: messageOf('n', { content }) });
  await richIn(bubble)?.updateComplete;
};
const richIn = (bubble: TextBubble) => bubble.shadowRoot?.querySelector('rich-text') as RichText | null;
const elementsOf = (bubble: TextBubble, selector = '*') => [
  ...(richIn(bubble)?.shadowRoot?.querySelectorAll(selector) ?? []),
];
const linksOf = (bubble: TextBubble) => elementsOf(bubble, 'a');
const shown = (bubble: TextBubble) => (richIn(bubble) ?? bubble).shadowRoot?.textContent;

beforeAll(async () => {
  vi.stubGlobal('ResizeObserver', NoResizeObserver);
  const bubble = await mountText('https://example.com');
  // Text first; the links come when whoever finds them has been loaded.
  expect(linksOf(bubble)).toEqual([]);
  expect(shown(bubble)).toBe('https://example.com');
  await vi.waitFor(() => expect(linksOf(bubble)).toHaveLength(1));
});

const fragment = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 8 }),
  fc.constantFrom(
    ...[
      '<b>',
      '</b>',
      '<script>alert(1)</script>',
      '<img src=x onerror=alert(1)>',
      '&lt;',
      '&amp;',
      '<!--',
      '-->',
      '$&',
    ],
    ...[
      'https://',
      'www.',
      'example.com',
      'javascript:',
      'mailto:',
      'tel:',
      'bob@example.com',
      '13800138000',
      '"',
      "'",
    ],
    ...[
      ' ',
      '\n',
      '\r\n',
      '\t',
      '\0',
      '\u2028',
      '\u202e',
      '\ud800',
      '你好',
      '。',
      '👩‍👩‍👧‍👦',
      '<?lit$1$?>',
      '{{',
      '/*',
    ],
  ),
);
const texts = fc.array(fragment, { maxLength: 12 }).map((pieces) => pieces.join(''));

describe('I19 H1: text only', () => {
  test('whatever the content, that is what is shown, character by character, in nothing but links', async () => {
    const bubble = await mountText('');
    await fc.assert(
      fc.asyncProperty(texts, async (content) => {
        await say(bubble, content);
        expect(shown(bubble)).toBe(content);
        for (const element of elementsOf(bubble)) {
          if (element.className === 'emoji') continue;
          expect(element.localName).toBe('a');
          expect(element.getAttributeNames().sort()).toEqual(['href', 'part', 'rel', 'target']);
          expect(element.getAttribute('href')).toMatch(/^(https?|mailto|tel):/i);
          expect(element.getAttribute('rel')).toBe('noopener noreferrer nofollow ugc');
          expect(element.getAttribute('target')).toBe('_blank');
        }
      }),
      { numRuns: 200 },
    );
  });

  test('5,000 characters and 100 emoji are shown whole', async () => {
    const content = `${'字'.repeat(2_500)}${'w'.repeat(2_500)}${'👩‍🚀'.repeat(100)}`;
    expect(shown(await mountText(content))).toBe(content);
  });

  test('no message, no text', async () => {
    expect(shown(await mountText())).toBe('');
  });
});

test.each([
  ['请看https://example.com/a吧，谢谢', 'https://example.com/a', 'https://example.com/a'],
  ['HTTP://EXAMPLE.COM', 'HTTP://EXAMPLE.COM', 'HTTP://EXAMPLE.COM'],
  ['www.example.com', 'www.example.com', 'https://www.example.com'],
  ['bob@example.com', 'bob@example.com', 'mailto:bob@example.com'],
  ['138 0013 8000', '138 0013 8000', 'tel:13800138000'],
])('a link in %s', async (content, text, href) => {
  const links = linksOf(await mountText(content));
  expect(links.map((link) => [link.textContent, link.getAttribute('href'), link.getAttribute('part')])).toEqual([
    [text, href, 'link'],
  ]);
});

test.each(['javascript:alert(1)', 'data:text/html,<b>', 'vbscript:x', 'file:///etc/passwd', 'ftp://example.com/'])(
  'H2 no link in %s',
  async (content) => {
    const bubble = await mountText(content);
    expect(linksOf(bubble)).toEqual([]);
    expect(shown(bubble)).toBe(content);
  },
);

test('another message takes the place of the first, links and all', async () => {
  const bubble = await mountText('a https://a.com b https://b.com');
  await say(bubble, 'https://c.com c');
  expect(shown(bubble)).toBe('https://c.com c');
  expect(linksOf(bubble).map((link) => link.getAttribute('href'))).toEqual(['https://c.com']);
});

/** Here nothing has a size. */
class NoResizeObserver {
  observe(): void {}
  disconnect(): void {}
}
