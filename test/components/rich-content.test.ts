import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import {
  cardContent,
  fileContent,
  imageContent,
  mayLoad,
  quickRepliesContent,
  voiceContent,
} from '../../src/components/bubbles/rich-content.js';
import { messageOf } from '../store/messages.js';

const of = (content: unknown) =>
  messageOf('m', { content: typeof content === 'string' ? content : JSON.stringify(content) });

beforeEach(() => {
  vi.stubGlobal('document', { baseURI: 'https://shop.example/page/' });
  vi.stubGlobal('location', { origin: 'https://shop.example' });
});

afterEach(() => {
  vi.unstubAllGlobals();
});

describe('an image', () => {
  test('is an address with what is known of it', () => {
    const image = {
      url: 'https://a.example/b%20c.png',
      width: 640,
      height: 480,
      bytes: 5_000,
      thumbnail: '/small.png',
    };
    expect(imageContent(of(image))).toEqual({
      ...image,
      name: 'b c.png',
      thumbnail: 'https://shop.example/small.png',
    });
    expect(imageContent(of({ ...image, name: ' teapot ' }))?.name).toBe('teapot');
  });

  test('is the address alone for older clients', () => {
    expect(imageContent(of('https://a.example/x.png'))).toMatchObject({
      url: 'https://a.example/x.png',
      name: 'x.png',
    });
    expect(imageContent(of('/x.png'))?.url).toBe('https://shop.example/x.png');
  });

  test('has a size only if both sides are known and possible', () => {
    for (const size of [{ width: 5 }, { width: -1, height: 5 }, { width: '5', height: 5 }, { width: 1e9, height: 1 }]) {
      expect(imageContent(of({ url: '/x.png', ...size }))).not.toHaveProperty('width');
    }
  });
});

test.each([
  ...['', 'text of m', '{', '{}', '[]', 'null', '7', '{"url":7}', '{"url":""}', '{"url":null}', '{"url":{}}'],
  ...['javascript:alert(1)', '{"url":"javascript:alert(1)"}', '{"url":"data:image/svg+xml,<svg>"}', '{"url":"blob:x"}'],
  ...['{"url":"file:///etc/passwd"}', '{"url":"https://user:pass@a.example/"}', '{"url":"http://"}', 'a b'],
  `{"url":"https://a.example/${'x'.repeat(8_192)}"}`,
])('nothing is to be loaded from %.60j', (content) => {
  for (const read of [imageContent, voiceContent, fileContent]) {
    expect(read(of(content))).toBeUndefined();
  }
});

test('a voice message has its length, a file its size', () => {
  expect(voiceContent(of({ url: '/v.wav', seconds: 2.5 }))).toMatchObject({ name: 'v.wav', seconds: 2.5 });
  expect(voiceContent(of({ url: '/v.wav', seconds: 'long' }))?.seconds).toBeUndefined();
  expect(fileContent(of({ url: '/f', name: 'f.pdf', bytes: 12 }))).toMatchObject({ name: 'f.pdf', bytes: 12 });
  expect(fileContent(of({ url: '/f%ff' }))?.name).toBe('f%ff');
  // Read from right to left it would be a text.
  for (const control of ['\u202e', '\u200f', '\u061c', '\u2067']) {
    expect(fileContent(of({ url: '/f', name: `harmless${control}txt.exe` }))?.name).toBe('harmlesstxt.exe');
  }
});

test('quick replies are titles, or titles with another text', () => {
  expect(
    quickRepliesContent(of({ text: 'Which?', replies: ['A', { title: 'B', text: 'b' }, { text: 'c' }, 7] })),
  ).toEqual({
    text: 'Which?',
    replies: [
      { title: 'A', text: 'A' },
      { title: 'B', text: 'b' },
    ],
  });
  for (const content of ['Which?', '{}', '{"text":"Which?","replies":[]}', '{"replies":"A"}', '{"replies":[null]}']) {
    expect(quickRepliesContent(of(content))).toBeUndefined();
  }
});

test('a quick reply leads nowhere: it is said', () => {
  const replies = [{ title: 'A', url: 'https://a.example' }];
  expect(quickRepliesContent(of({ replies }))?.replies).toEqual([{ title: 'A', text: 'A' }]);
});

test('a card has a title; its buttons say something, or lead to a safe address', () => {
  const buttons = [
    { title: 'Say', text: 'said' },
    { title: 'Go', url: '/there' },
    { title: 'Run', url: 'javascript:alert(1)' },
  ];
  expect(cardContent(of({ title: 'T', text: 'more', image: '/x.png', buttons }))).toMatchObject({
    ...{ title: 'T', text: 'more', image: { url: 'https://shop.example/x.png' } },
    buttons: [
      { title: 'Say', text: 'said' },
      { title: 'Go', url: 'https://shop.example/there' },
    ],
  });
  expect(cardContent(of({ text: 'no title' }))).toBeUndefined();
  expect(cardContent(of({ title: 'T', image: 'javascript:alert(1)' }))?.image).toBeUndefined();
});

test('I19 H1: whatever the content, reading it neither throws nor gives more than fits on a screen', () => {
  const scheme = fc.constantFrom('https:', 'http:', 'javascript:', 'data:', 'blob:', 'vbscript:', '', '//', 'HTTPS:');
  const address = fc.tuple(scheme, fc.string({ unit: 'binary', maxLength: 40 })).map((parts) => parts.join(''));
  const text = fc.oneof(fc.string({ unit: 'binary' }), fc.constant('👩‍👩‍👧‍👦'.repeat(3_000)));
  const action = fc.oneof(text, fc.record({ title: text, text, url: address }, { requiredKeys: [] }), fc.jsonValue());
  const fields = fc.record(
    {
      ...{ url: fc.oneof(address, fc.jsonValue()), name: text, title: text, text, thumbnail: address },
      ...{ width: fc.double(), height: fc.double(), bytes: fc.double(), seconds: fc.double() },
      ...{ image: fc.oneof(address, fc.record({ url: address }), fc.jsonValue()) },
      ...{ replies: fc.array(action, { maxLength: 40 }), buttons: fc.array(action, { maxLength: 40 }) },
    },
    { requiredKeys: [] },
  );
  const contents = fc.oneof(
    fc.string({ unit: 'binary' }),
    address,
    fc.jsonValue().map((value) => JSON.stringify(value)),
    fields.map((value) => JSON.stringify(value)),
  );
  fc.assert(
    fc.property(contents, (content) => {
      const message = of(content);
      const [image, voice, file] = [imageContent(message), voiceContent(message), fileContent(message)];
      const [question, card] = [quickRepliesContent(message), cardContent(message)];
      const actions = [...(question?.replies ?? []), ...(card?.buttons ?? [])];
      const addresses = [image?.url, image?.thumbnail, voice?.url, file?.url, card?.image?.url];
      for (const each of [...addresses, ...actions.map(({ url }) => url)]) {
        if (each !== undefined) expect(each).toMatch(/^https?:\/\/[^@/]*(\/|$)/);
      }
      expect(actions.length).toBeLessThanOrEqual(12 * 2);
      for (const { title } of actions) expect([...title].length).toBeLessThanOrEqual(81);
      for (const name of [file?.name, card?.title]) expect([...(name ?? '')].length).toBeLessThanOrEqual(201);
      for (const words of [question?.text, card?.text]) expect([...(words ?? '')].length).toBeLessThanOrEqual(2_001);
    }),
  );
});

test.each([
  ['https://shop.example/x.png', '', true],
  ['http://shop.example/x.png', '', false],
  ['https://img.example/x.png', '', false],
  ['https://img.example/x.png', 'cdn.example img.example', true],
  ['https://img.example/x.png', 'cdn.example, IMG.example', true],
  ['http://img.example/x.png', 'img.example', false],
  ['https://img.example:8443/x.png', 'img.example', false],
  ['https://img.example/x.png', 'img.example:443', true],
  ['https://xn--bcher-kva.example/x.png', 'bücher.example', true],
  ['https://img.example:8443/x.png', 'img.example:8443', true],
  ['https://evil-img.example/x.png', 'img.example', false],
  ['https://img.example.evil/x.png', 'img.example', false],
])('H7: %s may be loaded by itself with image-hosts "%s": %s', (url, hosts, expected) => {
  expect(mayLoad(url, hosts)).toBe(expected);
});
