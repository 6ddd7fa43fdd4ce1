import { FrameType, MAX_FRAME_BYTES } from '../../gateway/frames.js';
import type { ChatPage } from '../support/chat-page.js';
import { expect, test } from '../support/chat-test.js';

type Window = HTMLElementTagNameMap['chat-window'];

/** Bytes that are left for the text in a frame to this peer. */
async function room(chat: ChatPage): Promise<number> {
  const around = await chat.root.evaluate((root: Window) => root.conversation?.frameBytes('') ?? 0);
  expect(around).toBeGreaterThan(100);
  return MAX_FRAME_BYTES - around;
}

for (const [name, letter, bytes] of [
  ['letters', 'a', 1],
  ['quotation marks, which JSON escapes', '"', 2],
  ['Chinese', '字', 3],
  ['emoji', '😀', 4],
] as const) {
  test(`a frame of exactly 65,536 bytes arrives: ${name} (F12, I17)`, { tag: bytes === 2 ? [] : '@long' }, async ({
    enter,
    gateway,
    userId,
  }) => {
    const [alice, bob] = [userId('alice'), userId('bob')];
    const a = await enter({ user: alice, peer: bob });
    const b = await enter({ user: bob, peer: alice });
    const left = await room(a);
    const text = `${'.'.repeat(left % bytes)}${letter.repeat(Math.floor(left / bytes))}`;
    await a.field.fill(text);
    await expect(a.hint).toHaveText('0 bytes left');
    await a.field.press('Enter');
    await expect(a.statusOf('You: ')).toHaveAccessibleName('Delivered');
    const entry = await gateway.journal.waitFor({ user: alice, dir: 'in', type: FrameType.data });
    expect(new TextEncoder().encode(entry.text).length).toBe(MAX_FRAME_BYTES);
    await expect.poll(() => b.events('chat-message')).toHaveLength(1);
    const [message] = await b.events('chat-message');
    expect(message?.message?.content === text).toBe(true);
    expect(a.sockets).toBe(1);
  });
}

test('one byte more: nothing is sent, the text stays, and the count says why (F12)', async ({ enter, userId }) => {
  const chat = await enter({ user: userId('alice'), peer: userId('bob') });
  const text = 'a'.repeat((await room(chat)) + 1);
  await chat.say(text);
  await expect(chat.hint).toHaveText('Too long by 1 bytes, please shorten it.');
  expect((await chat.field.inputValue()) === text).toBe(true);
  await expect(chat.field).toHaveAttribute('aria-invalid', 'true');
  await expect(chat.bubbles).toHaveCount(0);
  expect(chat.written.filter(({ type }) => type === FrameType.data)).toEqual([]);
  await chat.field.press('End');
  await chat.field.press('Backspace');
  await expect(chat.hint).toHaveText('0 bytes left');
  await chat.field.press('Enter');
  await expect(chat.statusOf('You: ')).toHaveAccessibleName('Delivered');
  expect(chat.sockets).toBe(1);
});

test('the count shows near the limit, not before', async ({ enter, userId }) => {
  const chat = await enter({ user: userId('alice'), peer: userId('bob') });
  await chat.field.fill('a'.repeat(20_000));
  await expect(chat.hint).toHaveText('');
  await chat.field.fill('字'.repeat(20_000));
  await expect(chat.hint).toHaveText(/^5,\d{3} bytes left$/);
});

test('what the page sends over the limit is refused with the size and the limit; the connection stays', async ({
  enter,
  userId,
}) => {
  const chat = await enter({ user: userId('alice'), peer: userId('bob') });
  const sent = await chat.root.evaluate(async (root: Window) => {
    const { id, delivered } = root.send('字'.repeat(65_536));
    return { id, delivered: await delivered };
  });
  expect(sent).toEqual({ id: '', delivered: 'failed' });
  expect((await chat.events('chat-error')).map(({ error }) => error)).toEqual([
    expect.stringMatching(/^The frame has 196\d{3} bytes; the server reads at most 65536\.$/),
  ]);
  await chat.say('short');
  await expect(chat.statusOf('short')).toHaveAccessibleName('Delivered');
  expect(chat.sockets).toBe(1);
});
