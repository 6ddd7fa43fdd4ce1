import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { linkTokens } from '../../src/components/bubbles/links.js';

/** The links of a text, as "text" where it is its own address, else "text -> address". */
function linksOf(text: string): string[] {
  return linkTokens(text).flatMap((token) =>
    token.kind === 'text' ? [] : [token.text === token.href ? token.text : `${token.text} -> ${token.href}`],
  );
}

test('text around a link stays text, in its place', () => {
  expect(linkTokens('请看https://example.com/a吧，谢谢')).toEqual([
    { kind: 'text', text: '请看' },
    { kind: 'link', text: 'https://example.com/a', href: 'https://example.com/a' },
    { kind: 'text', text: '吧，谢谢' },
  ]);
  expect(linkTokens('')).toEqual([]);
  expect(linkTokens('nothing')).toEqual([{ kind: 'text', text: 'nothing' }]);
});

describe('web addresses', () => {
  test.each([
    ['http://example.com', ['http://example.com']],
    ['HTTPS://EXAMPLE.com/Ab', ['HTTPS://EXAMPLE.com/Ab']],
    ['see https://example.com/a?b=c&d=e#f.', ['https://example.com/a?b=c&d=e#f']],
    ['(https://example.com/wiki/A_(b)).', ['https://example.com/wiki/A_(b)']],
    ['http://localhost:5173/?user=a', ['http://localhost:5173/?user=a']],
    ['打开http://localhost:5173看看', ['http://localhost:5173']],
    ['http://192.168.1.1:8080/x', ['http://192.168.1.1:8080/x']],
    ['https://a.com、https://b.com；', ['https://a.com', 'https://b.com']],
    ['《https://example.com》', ['https://example.com']],
    ['https://example.com😀', ['https://example.com']],
    ['ดูhttps://example.com/aครับ', ['https://example.com/a']],
    ['https://xn--fiqs8s.com/', ['https://xn--fiqs8s.com/']],
    ['www.example.com', ['www.example.com -> https://www.example.com']],
    ['访问www.example.ru吧', ['www.example.ru -> https://www.example.ru']],
    ['example.com/path and a.cn', ['example.com/path -> https://example.com/path', 'a.cn -> https://a.cn']],
    ['README.md main.rs see you.in 1.2.3 192.168.1.1 a.b/c.com', []],
    ['http:// https://', []],
    ['https://example.com:99999/', []],
  ])('%s', (text, links) => {
    expect(linksOf(text)).toEqual(links);
  });
});

describe('e-mail addresses', () => {
  test.each([
    ['bob@example.com', ['bob@example.com -> mailto:bob@example.com']],
    ['发到bob.o-k@mail.example.com。', ['bob.o-k@mail.example.com -> mailto:bob.o-k@mail.example.com']],
    ['mailto:bob@example.com', ['mailto:bob@example.com']],
    ['13800138000@example.com', ['13800138000@example.com -> mailto:13800138000@example.com']],
    ['a?bcc=b@example.com', []],
    ['@bob bob@', []],
  ])('%s', (text, links) => {
    expect(linksOf(text)).toEqual(links);
  });
});

describe('telephone numbers', () => {
  test.each([
    ['13800138000', 'tel:13800138000'],
    ['138 0013 8000', 'tel:13800138000'],
    ['138-0013-8000', 'tel:13800138000'],
    ['+86 138 0013 8000', 'tel:+8613800138000'],
    ['+8619912345678', 'tel:+8619912345678'],
    ['010-12345678', 'tel:01012345678'],
    ['0755-1234567', 'tel:07551234567'],
    ['400-123-4567', 'tel:4001234567'],
    ['+1 (415) 555-2671', 'tel:+14155552671'],
    ['+44 20 7946 0958', 'tel:+442079460958'],
    ['+86-10-1234-5678', 'tel:+861012345678'],
  ])('%s, wherever it stands', (number, href) => {
    const link = { kind: 'link', text: number, href };
    expect(linkTokens(number)).toEqual([link]);
    expect(linkTokens(`电话：${number}，谢谢`)).toEqual([
      { kind: 'text', text: '电话：' },
      link,
      { kind: 'text', text: '，谢谢' },
    ]);
    expect(linkTokens(`(${number}).`)).toContainEqual(link);
  });

  test.each([
    ['two in a row', '13800138000 13900139000', ['13800138000', '13900139000']],
    ['a time after it', '+49 30 123456 12:30', ['+49 30 123456']],
    ['a count after it', '+1 415 555 2671 2 people', ['+1 415 555 2671']],
  ])('%s', (_, text, numbers) => {
    expect(linkTokens(text).flatMap((token) => (token.kind === 'link' ? [token.text] : []))).toEqual(numbers);
  });

  test('tel: addresses', () => {
    expect(linksOf('tel:+8613800138000 tel:110 hotel:12345')).toEqual(['tel:+8613800138000', 'tel:110']);
  });

  test.each([
    ['dates', '2024-01-02 2024/01/02 20240102 2024.01.02 10:30:00'],
    ['mobile digits in a longer run', '138001380001 113800138000 8613800138000 20240105138001380001'],
    ['bank card', '6222021234567890123 6222 0212 3456 7890'],
    ['identity card', '11010119900307123X'],
    ['order numbers', '订单号：13912345678 编号13912345678 Order No. 13912345678 #13912345678 SN13912345678'],
    ['amounts', '¥13800138000 $13800138000 13800138000.50 1,13800138000'],
    ['arithmetic', '1+2345678901 13800138000-1 13800138000=x'],
    ['not a mobile prefix', '12800138000'],
    ['too short', '1380013800 010-123456 +1234567'],
    ['in an address', 'ftp://h/13800138000 a_13800138000 https://u:p@13800138000'],
  ])('not %s', (_, text) => {
    expect(linksOf(text)).toEqual([]);
  });
});

describe('H2 what is never a link', () => {
  test.each([
    'javascript:alert(1)',
    'JaVaScRiPt://www.example.com/%0aalert(1)',
    'java\tscript:alert(1)',
    'java\nscript:alert(1)',
    'data:text/html,<script>alert(1)</script>',
    'vbscript:msgbox(1)',
    'file:///etc/passwd',
    'ftp://example.com',
    '//example.com',
    'https://user:password@example.com',
    'https://user@example.com/x',
    'http://example.com:80@evil.example',
    'https://example.com\\@evil.example',
    'http://0x7f.1/',
    'http://2130706433/',
  ])('%s', (text) => {
    expect(linksOf(text)).toEqual([]);
  });

  test('a quote in an address is text like any other character', () => {
    expect(linksOf('https://example.com/"onmouseover="x')).toEqual(['https://example.com/"onmouseover="x']);
  });
});

describe('H3 an address that ASCII alone would cut out of a longer word', () => {
  test.each([
    ['Cyrillic letters before', '\u0440\u0430ypal.com'],
    ['an accented letter before', 'éwww.example.com'],
    ['an accented letter in the host', 'https://exämple.com/'],
    ['a combining mark', 'https://example.com\u0301/'],
    ['a zero-width space in the host', 'https://exam\u200bple.com'],
    ['a zero-width joiner before', 'a\u200dwww.example.com'],
    ['a host in Chinese', 'https://例子.com/ https://my例子.com/'],
    ['an accented name', 'jérôme@example.com'],
  ])('%s', (_, text) => {
    expect(linksOf(text)).toEqual([]);
  });

  test('direction marks around an address do not hide it', () => {
    expect(linksOf('\u200fhttps://example.com\u200f')).toEqual(['https://example.com']);
  });
});

const fragments = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 6 }),
  fc.constantFrom(
    ...[
      'https://',
      'http://',
      'HTTPS://',
      'mailto:',
      'tel:',
      'javascript:',
      'data:',
      '//',
      'www.',
      'example',
      '.com',
      '.cn',
    ],
    ...[
      '@',
      ':',
      '/',
      '?',
      '#',
      '%',
      '\\',
      '[::1]',
      '(',
      ')',
      '"',
      '<',
      '>',
      '&',
      ' ',
      '\n',
      '\t',
      '\0',
      '。',
      '，',
      '吧',
      'é',
      '\u200b',
    ],
    ...[
      '13800138000',
      '+86',
      '010-12345678',
      '+1',
      '-',
      '0x7f',
      'xn--80ak6aa92e.com',
      'user:password@',
      '127.0.0.1',
      ':8080',
      '\ud800',
    ],
  ),
);
const texts = fc.array(fragments, { maxLength: 24 }).map((pieces) => pieces.join(''));

test('I19 whatever the text: nothing lost, nothing added, only the four schemes, no user names', () => {
  fc.assert(
    fc.property(texts, (text) => {
      const tokens = linkTokens(text);
      expect(tokens.map((token) => token.text).join('')).toBe(text);
      for (const token of tokens) {
        expect(token.text).not.toBe('');
        if (token.kind === 'text') continue;
        const { protocol, hostname, username, password } = new URL(token.href);
        expect(['http:', 'https:', 'mailto:', 'tel:']).toContain(protocol);
        expect(username + password).toBe('');
        expect(token.href).toMatch(/^[\x21-\x7e]+$/);
        if (protocol.startsWith('http')) expect(token.text.toLowerCase()).toContain(hostname);
        else expect(token.href.replace(/^(mailto|tel):/, '')).toBe(stripped(token.text, protocol));
      }
    }),
    { numRuns: 5_000 },
  );
});

function stripped(text: string, protocol: string): string {
  const address = text.replace(/^(mailto|tel):/i, '');
  return protocol === 'tel:' && address === text ? text.replace(/[ ().-]/g, '') : address;
}

test('H5 a run of 60,000 characters is text, and links beside it are still found', () => {
  const run = 'http://a.b/(['.repeat(4_600);
  expect(linkTokens(`https://a.com ${run} https://b.com`).map(({ kind }) => kind)).toEqual(['link', 'text', 'link']);
});
