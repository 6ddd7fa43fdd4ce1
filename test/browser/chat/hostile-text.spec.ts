import type { ChatPage } from '../support/chat-page.js';
import { expect, test } from '../support/chat-test.js';

const script = "document.title='hacked';window.hacked=true";
const hostile = [
  `<script>${script}</script>`,
  `<img src=x onerror="${script}">`,
  `<svg onload="${script}"><animate onbegin="${script}" /></svg>`,
  `<iframe srcdoc="<script>parent.hacked=true</script>"></iframe>`,
  `<a href="javascript:${script}" onmouseover="${script}">click</a>`,
  `"><style onload="${script}">*{display:none}</style><form><input autofocus onfocus="${script}">`,
  `<template><b>x</b></template>--><!--<slot></slot>\${${script}}{{7*7}}<?lit$1$?>`,
  `javascript:${script} JaVaScRiPt:alert(1) java\tscript:alert(1) data:text/html,<script>${script}</script>`,
  'vbscript:msgbox(1) file:///etc/passwd blob:http://localhost/x ftp://example.com ws://example.com //example.com',
  '__proto__ constructor.prototype hasOwnProperty',
  'harmless\u202etxt.exe \u2066isolate\u2069 \u200bzero\u200dwidth\ufeff',
  `Z${'\u0300\u0489\u0353'.repeat(300)}algo`,
  `\u0000\u0007\u001b[31m \ud800 lone \udfff surrogates`,
  '&lt;b&gt;entities&lt;/b&gt; &#x3c;script&#x3e; %3Cscript%3E',
] as const;

/** What a bubble may be made of (I19); the last ones only draw the bubble itself. */
const allowed = new Set([
  ...['A', 'B', 'BDI', 'BR', 'BUTTON', 'DIV', 'EM', 'SPAN'],
  ...['TEXT-BUBBLE', 'RICH-TEXT', 'UNKNOWN-BUBBLE', 'SYSTEM-BUBBLE'],
]);
/** By type: the element, and what that is made of. */
const allowedIn: Readonly<Record<number, readonly string[]>> = {
  1: ['IMAGE-BUBBLE', 'IMG', 'P'],
  2: ['VOICE-BUBBLE', 'INPUT', 'SVG', 'PATH'],
  5: ['FILE-BUBBLE'],
  20: ['QUICK-REPLIES', 'P'],
  21: ['CARD-BUBBLE', 'IMAGE-BUBBLE', 'P', 'SMALL'],
};

interface Rendered {
  readonly text: string;
  readonly tags: string[];
  readonly links: { readonly href: string; readonly rel: string; readonly target: string }[];
  /** Names of attributes that run script or load something. */
  readonly active: string[];
  /** From where pictures are loaded. */
  readonly sources: string[];
}

/** What a person finds in the bubbles, shadow roots included. */
function rendered(chat: ChatPage, selector: string): Promise<Rendered[]> {
  return chat.list.locator(selector).evaluateAll((found) => {
    const below = (root: Element | ShadowRoot): Element[] => [
      ...(root instanceof Element && root.shadowRoot ? below(root.shadowRoot) : []),
      ...[...root.children].flatMap((child) => [child, ...below(child)]),
    ];
    const textOf = (node: Node): string => {
      if (node.nodeType === Node.TEXT_NODE) return (node as Text).data;
      const root = node instanceof Element ? (node.shadowRoot ?? node) : node;
      return [...root.childNodes].map(textOf).join('');
    };
    return found.map((element) => {
      const elements = below(element);
      return {
        text: textOf(element),
        tags: elements.map(({ tagName }) => tagName.toUpperCase()),
        links: elements
          .filter((each): each is HTMLAnchorElement => each instanceof HTMLAnchorElement)
          .map(({ href, rel, target }) => ({ href, rel, target })),
        sources: elements
          .filter((each): each is HTMLImageElement => each instanceof HTMLImageElement)
          .map(({ src }) => src),
        active: elements.flatMap((each) => each.getAttributeNames().filter((name) => /^on|^src|^style$/.test(name))),
      };
    });
  });
}

/** Links lead out of the page only, and tell nobody of it. */
function expectHarmless(links: Rendered['links'], schemes: RegExp): void {
  for (const { href, rel, target } of links) {
    expect(href).toMatch(schemes);
    expect(rel.split(' ')).toEqual(expect.arrayContaining(['noopener', 'noreferrer']));
    expect(target).toBe('_blank');
  }
}

/** What the page of a chat asks for from now on. */
function requestsOf({ page }: ChatPage): string[] {
  const requests: string[] = [];
  page.on('request', (request) => requests.push(request.url()));
  return requests;
}

/** High enough that the list need not take any row out of the document. */
const high = { viewport: { width: 900, height: 6_000 } };

/** Fails for anything that a hostile text has made the page do. */
async function expectUnharmed({ page }: ChatPage, requests: readonly string[]): Promise<void> {
  expect(await page.evaluate(() => 'hacked' in window || 'polluted' in {})).toBe(false);
  await expect(page).toHaveTitle('HarmonyChat for the web');
  expect(requests.filter((url) => !url.startsWith('http://localhost:'))).toEqual([]);
}

for (const [sink, typeu, selector] of [
  ['a text', 0, 'text-bubble'],
  ['a message of an unknown type', 77, 'unknown-bubble'],
  ['a system message of the peer', 90, 'system-bubble[foreign]'],
] as const) {
  test(`hostile text is shown as text in ${sink}: nothing runs, nothing is loaded (H1, H2, H3, I19)`, async ({
    enter,
    gateway,
    userId,
  }) => {
    const alice = userId('alice');
    const chat = await enter({ user: alice, peer: 'mallory' }, high);
    const requests = requestsOf(chat);
    for (const text of hostile) gateway.send(alice, text, { from: 'mallory', typeu });
    await expect(chat.list.locator(selector)).toHaveCount(hostile.length);
    // Who finds links comes on demand, for all of them at once.
    if (typeu === 0) await expect(chat.list.locator('rich-text').first()).toBeVisible();
    const bubbles = await rendered(chat, selector);
    for (const [n, text] of hostile.entries()) {
      const bubble = bubbles[n];
      const expected = typeu === 77 ? text.slice(0, 500) : text;
      expect(bubble?.text).toContain(expected);
      if (typeu === 0) expect(bubble?.text).toBe(expected);
      expect(bubble?.tags.filter((tag) => !allowed.has(tag))).toEqual([]);
      expect(bubble?.active).toEqual([]);
    }
    expectHarmless(
      bubbles.flatMap(({ links }) => links),
      /^(https?|mailto|tel):/,
    );
    await expectUnharmed(chat, requests);
  });
}

for (const [sink, typeu, content] of [
  ['the address of an image', 1, (text: string) => ({ url: text, name: 'x' })],
  ['the name of an image', 1, (text: string) => ({ url: '/robot.svg', name: text, width: 40, height: 30 })],
  ['a thumbnail', 1, (text: string) => ({ url: '/robot.svg', thumbnail: text })],
  ['the address of a voice message', 2, (text: string) => ({ url: text })],
  ['the name of a voice message', 2, (text: string) => ({ url: '/hello.wav', name: text })],
  ['the address of a file', 5, (text: string) => ({ url: text, name: 'x' })],
  ['the name of a file', 5, (text: string) => ({ url: '/price-list.csv', name: text, bytes: 5 })],
  ['quick replies', 20, (text: string) => ({ text, replies: [text, { title: text, text }] })],
  ['a card', 21, (text: string) => ({ title: text, text, image: text, buttons: [{ title: text, url: text }, text] })],
  ['the address of a button', 21, (text: string) => ({ title: 'x', buttons: [{ title: 'x', url: text }] })],
] as const) {
  // The corpus meets each of these in `hostile-corpus.spec.ts`.
  const tag = /card|replies|address of an image/.test(sink) ? [] : '@long';
  test(`hostile text in ${sink}: nothing runs, nothing foreign is loaded (H1, H2, H7, I19)`, { tag }, async ({
    enter,
    gateway,
    userId,
  }) => {
    const alice = userId('alice');
    const chat = await enter({ user: alice, peer: 'mallory' }, high);
    const requests = requestsOf(chat);
    for (const text of hostile) gateway.send(alice, JSON.stringify(content(text)), { from: 'mallory', typeu });
    gateway.send(alice, 'the end', { from: 'mallory', typeu: 0 });
    await expect(chat.message('the end')).toHaveCount(1);
    await expect(chat.bubbles).toHaveCount(hostile.length + 1);
    const elements = ['unknown-bubble', ...(allowedIn[typeu] ?? []).filter((tag) => tag.includes('-'))].map(
      (tag) => `text-bubble > ${tag.toLowerCase()}`,
    );
    await expect(chat.list.locator(elements.join())).toHaveCount(hostile.length);
    const bubbles = await rendered(chat, 'text-bubble');
    const mayBe = (tag: string) => allowed.has(tag) || allowedIn[typeu]?.includes(tag);
    expect(bubbles.flatMap(({ tags }) => tags.filter((tag) => !mayBe(tag)))).toEqual([]);
    // A picture's address, and the shape of its place, which the script sets.
    const harmless = typeu === 1 ? ['src', 'style'] : [];
    expect(bubbles.flatMap(({ active }) => active).filter((name) => !harmless.includes(name))).toEqual([]);
    expect(bubbles.flatMap(({ sources }) => sources).filter((src) => !src.startsWith('http://localhost:'))).toEqual([]);
    expectHarmless(
      bubbles.flatMap(({ links }) => links),
      /^https?:/,
    );
    await expectUnharmed(chat, requests);
  });
}

test('hostile names are shown as text: above the bubble, in the notice, in the announcement (H1)', async ({
  enter,
  gateway,
  userId,
}) => {
  const alice = userId('alice');
  const mallory = `<img src=x onerror="${script}">`;
  const chat = await enter({ user: alice, peer: mallory });
  const requests = requestsOf(chat);
  gateway.send(alice, 'hello', { from: mallory, typeu: 0 });
  gateway.send(alice, 'joined', { from: mallory, typeu: 90 });
  await expect(chat.names).toHaveText(`UID: ${mallory}`);
  await expect(chat.list.locator('system-bubble[foreign]')).toHaveText(`Notice from UID: ${mallory}joined`);
  await expect(chat.root.getByRole('heading')).toHaveText(mallory);
  await expect(chat.root.locator('.visually-hidden[role=log]')).toContainText(`UID: ${mallory}: joined`);
  await expect(chat.root.locator('img')).toHaveCount(0);
  await expectUnharmed(chat, requests);
});

test('what the visitor types is no markup either', async ({ enter, userId }) => {
  const chat = await enter({ user: userId('alice'), peer: userId('bob') });
  const [first, second] = hostile;
  await chat.say(first, second);
  await expect(chat.bubbles).toHaveText([`You: ${first}`, `You: ${second}`]);
  await expectUnharmed(chat, []);
});

test("the robot's attack fails", async ({ enter }) => {
  const chat = await enter();
  await expect(chat.bubbles).toHaveCount(1);
  await chat.say('attack');
  await expect(chat.bubbles.last()).toContainText('<a href="javascript:alert(1)">click me</a>');
  await expect(chat.list.getByRole('link')).toHaveCount(0);
  await expectUnharmed(chat, []);
});
