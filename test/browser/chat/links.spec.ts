import { expect, test } from '../support/chat-test.js';

test('links in Chinese text end where the address ends', async ({ enter }) => {
  const chat = await enter();
  await expect(chat.bubbles).toHaveCount(1);
  await chat.say('links');
  const links = chat.bubbles.last().getByRole('link');
  await expect(links).toHaveText([
    'https://example.com/a',
    'https://example.com/b',
    'help@example.com',
    '+86 10 6552 9988',
  ]);
  const hrefs = await links.evaluateAll((all) => all.map((link) => link.getAttribute('href')));
  expect(hrefs).toEqual([
    'https://example.com/a',
    'https://example.com/b',
    'mailto:help@example.com',
    'tel:+861065529988',
  ]);
  await expect(chat.bubbles.last()).toHaveText(
    '请看https://example.com/a，谢谢。再看（https://example.com/b）吧！邮箱是help@example.com，电话：+86 10 6552 9988。',
  );
});

for (const [text, ...addresses] of [
  ['请看https://example.com/a吧，谢谢', 'https://example.com/a'],
  ['www.example.com。', 'https://www.example.com'],
  ['「http://localhost:8080/路径」', 'http://localhost:8080/'],
  ['打 13912345678 或写信到a.b+c@example.org！', 'tel:13912345678', 'mailto:a.b+c@example.org'],
  ['javascript:alert(1) ftp://example.com data:text/html,x'],
] as const) {
  test(`links in: ${text}`, async ({ enter, gateway, userId }) => {
    const alice = userId('alice');
    const chat = await enter({ user: alice, peer: 'bob' });
    gateway.send(alice, text, { from: 'bob', typeu: 0 });
    await expect(chat.bubbles).toHaveText([text]);
    // Who finds links comes on demand.
    await expect(chat.bubbles.locator('rich-text')).toHaveCount(1);
    const links = chat.bubbles.getByRole('link');
    const hrefs = await links.evaluateAll((all) => all.map((link) => link.getAttribute('href')));
    expect(hrefs).toEqual(addresses);
  });
}

test('a link opens a page of its own, which knows nothing of this one (H8)', async ({
  enter,
  gateway,
  site,
  userId,
}) => {
  const alice = userId('alice');
  const chat = await enter({ user: alice, peer: 'bob' });
  const address = `${site.url}test/browser/pages/window.html`;
  gateway.send(alice, address, { from: 'bob', typeu: 0 });
  const [opened] = await Promise.all([
    chat.page.waitForEvent('popup'),
    chat.bubbles.getByRole('link', { name: address }).click(),
  ]);
  await expect(opened).toHaveURL(address);
  expect(await opened.evaluate(() => [window.opener, document.referrer])).toEqual([null, '']);
  await expect(chat.light).toHaveAccessibleName('Connected');
});
