import type { CDPSession } from '@playwright/test';
import { FrameType } from '../../gateway/frames.js';
import type { ChatPage } from '../support/chat-page.js';
import { expect, test } from '../support/chat-test.js';

const dataFrames = ({ written }: ChatPage) => written.filter(({ type }) => type === FrameType.data);

/** The field's height in px. */
const heightOf = async ({ field }: ChatPage) => (await field.boundingBox())?.height ?? 0;

test('Enter sends and empties the field; the button does too', async ({ enter, userId }) => {
  const chat = await enter({ user: userId('alice'), peer: userId('bob') });
  await chat.field.pressSequentially('by key');
  await chat.field.press('Enter');
  await expect(chat.field).toHaveValue('');
  await chat.field.pressSequentially('by button');
  await chat.send.click();
  await expect(chat.field).toHaveValue('');
  await expect(chat.bubbles).toHaveText(['You: by key', 'You: by button']);
});

test('Shift+Enter breaks the line, and the break arrives', async ({ enter, userId }) => {
  const [alice, bob] = [userId('alice'), userId('bob')];
  const a = await enter({ user: alice, peer: bob });
  const b = await enter({ user: bob, peer: alice });
  await a.field.pressSequentially('one');
  await a.field.press('Shift+Enter');
  await a.field.pressSequentially('two');
  await expect(a.field).toHaveValue('one\ntwo');
  expect(dataFrames(a)).toEqual([]);
  await a.field.press('Enter');
  await expect(b.bubbles).toHaveText('one two');
  const lines = await b.bubbles.locator('rich-text').evaluate(({ shadowRoot }) => {
    const range = document.createRange();
    if (shadowRoot) range.selectNodeContents(shadowRoot);
    return { text: shadowRoot?.textContent, tops: new Set([...range.getClientRects()].map(({ top }) => top)).size };
  });
  expect(lines).toEqual({ text: 'one\ntwo', tops: 2 });
  expect(dataFrames(a).map(({ dataContent }) => dataContent)).toEqual(['one\ntwo']);
});

test('the Enter that ends a composition of an input method does not send', async ({ enter, userId }) => {
  const chat = await enter({ user: userId('alice'), peer: userId('bob') });
  await chat.field.focus();
  const keyboard: CDPSession = await chat.page.context().newCDPSession(chat.page);
  await keyboard.send('Input.imeSetComposition', { text: 'nihao', selectionStart: 5, selectionEnd: 5 });
  await expect(chat.field).toHaveValue('nihao');
  // As an input method passes it on: a key without a character.
  await keyboard.send('Input.dispatchKeyEvent', { type: 'rawKeyDown', key: 'Enter', windowsVirtualKeyCode: 13 });
  await keyboard.send('Input.insertText', { text: '你好' });
  await expect(chat.field).toHaveValue('你好');
  // Safari ends the composition first, and then reports its Enter with this code.
  await chat.field.evaluate((field) =>
    field.dispatchEvent(
      new KeyboardEvent('keydown', { key: 'Enter', keyCode: 229, bubbles: true, composed: true, cancelable: true }),
    ),
  );
  await expect(chat.field).toHaveValue('你好');
  expect(dataFrames(chat)).toEqual([]);
  await chat.page.keyboard.press('Enter');
  await expect(chat.bubbles).toHaveText(['You: 你好']);
});

test('what arrives during a composition does not disturb it', async ({ enter, gateway, userId }) => {
  const alice = userId('alice');
  const chat = await enter({ user: alice, peer: 'bob' });
  await chat.field.focus();
  const keyboard: CDPSession = await chat.page.context().newCDPSession(chat.page);
  await keyboard.send('Input.imeSetComposition', { text: 'ni', selectionStart: 2, selectionEnd: 2 });
  gateway.send(alice, 'meanwhile', { from: 'bob', typeu: 0 });
  await expect(chat.bubbles).toHaveText(['meanwhile']);
  await keyboard.send('Input.imeSetComposition', { text: 'nihao', selectionStart: 5, selectionEnd: 5 });
  await keyboard.send('Input.insertText', { text: '你好' });
  await expect(chat.field).toHaveValue('你好');
  await expect(chat.field).toBeFocused();
});

test('the field grows with its text up to about five lines, and shrinks back', async ({ enter, userId }) => {
  const chat = await enter({ user: userId('alice'), peer: userId('bob') });
  const one = await heightOf(chat);
  expect(one).toBe(34);
  await chat.field.fill('1\n2\n3');
  await expect.poll(() => heightOf(chat)).toBe(one + 2 * 20);
  await chat.field.fill(Array.from({ length: 30 }, (_, n) => `line ${n}`).join('\n'));
  await expect.poll(() => heightOf(chat)).toBeGreaterThan(one + 3 * 20);
  expect(await heightOf(chat)).toBeLessThanOrEqual(one + 5 * 20);
  expect(await chat.field.evaluate(({ scrollHeight, clientHeight }) => scrollHeight > clientHeight)).toBe(true);
  await chat.field.fill('1\n2');
  await expect.poll(() => heightOf(chat)).toBe(one + 20);
  await chat.field.press('Enter');
  await expect.poll(() => heightOf(chat)).toBe(one);
});

test('a growing field does not cover the last message', async ({ enter, userId }) => {
  const chat = await enter({ user: userId('alice'), peer: userId('bob') }, { viewport: { width: 360, height: 500 } });
  await chat.say('one', 'two', 'three', 'four', 'five', 'the last');
  await chat.field.fill('1\n2\n3\n4\n5');
  await expect.poll(() => heightOf(chat)).toBeGreaterThan(100);
  const composer = chat.root.locator('message-composer');
  await expect
    .poll(async () => {
      const [bubble, edge] = await Promise.all([chat.bubbles.last().boundingBox(), composer.boundingBox()]);
      return bubble && edge ? bubble.y + bubble.height <= edge.y : undefined;
    })
    .toBe(true);
});

for (const [name, text] of [
  ['nothing', ''],
  ['blanks', ' \n\t '],
] as const) {
  test(`who sends ${name} is told to type; nothing is sent`, async ({ enter, userId }) => {
    const chat = await enter({ user: userId('alice'), peer: userId('bob') });
    await chat.say(text);
    await expect(chat.hint).toHaveText('Type something first.');
    await expect(chat.bubbles).toHaveCount(0);
    expect(dataFrames(chat)).toEqual([]);
    await chat.field.pressSequentially('h');
    await expect(chat.hint).toHaveText('');
  });
}

test('a message to oneself is refused in a sentence; the text stays', async ({ enter, userId }) => {
  const oneself = userId('alice');
  const chat = await enter({ user: oneself, peer: oneself });
  await chat.say('hello me');
  await expect(chat.hint).toHaveText('You cannot send a message to yourself!');
  await expect(chat.field).toHaveValue('hello me');
  await expect(chat.bubbles).toHaveCount(0);
  expect(dataFrames(chat)).toEqual([]);
});

test('what is typed does not reach the shortcuts of the page; Escape and keys with Ctrl do', async ({
  enter,
  userId,
}) => {
  const chat = await enter({ user: userId('alice'), peer: 'bob', locale: 'en' });
  await chat.page.evaluate(() => {
    const heard: string[] = [];
    for (const type of ['keydown', 'keypress', 'keyup'])
      document.addEventListener(type, (event) => heard.push(`${type} ${(event as KeyboardEvent).key}`));
    Object.assign(window, { heard });
  });
  await chat.field.click();
  for (const key of ['j', '?', '/', 'Shift+K', 'Space', 'Backspace', 'ArrowUp', 'Enter', 'Escape', 'Control+s'])
    await chat.page.keyboard.press(key);
  await expect(chat.message('j?/')).toBeVisible();
  const heard = await chat.page.evaluate(() => (window as unknown as { heard: string[] }).heard);
  expect(heard).toEqual(['keydown Escape', 'keyup Escape', 'keydown Control', 'keydown s', 'keyup s']);
});
