import { expect, test } from '../support/chat-test.js';

for (const width of [320, 360, 768, 1_440]) {
  const tag = width === 360 || width === 1_440 ? [] : '@long';
  test(`the demo page at ${width} px does not scroll sideways, with the drawer open too`, { tag }, async ({
    enter,
  }) => {
    const chat = await enter({}, { viewport: { width, height: 740 } });
    const { page } = chat;
    // The greeting first: after the long answer it would leave only two rows near the view.
    await expect(chat.bubbles).toHaveCount(1);
    await chat.say('long');
    await expect(chat.bubbles).toHaveCount(3);
    const overflow = () =>
      page.evaluate(() => {
        const { scrollWidth, clientWidth } = document.documentElement;
        return scrollWidth - clientWidth;
      });
    expect(await overflow()).toBe(0);
    const stage = await chat.root.boundingBox();
    expect(stage?.x).toBeGreaterThanOrEqual(0);
    expect((stage?.x ?? 0) + (stage?.width ?? 0)).toBeLessThanOrEqual(width);
    await page.getByRole('button', { name: 'What if…' }).click();
    await expect(page.getByRole('button', { name: 'the line is cut' })).toBeVisible();
    expect(await overflow()).toBe(0);
  });
}

for (const [width, height] of [
  [360, 740],
  [768, 1_024],
  [1_440, 900],
] as const) {
  test(`at ${width} x ${height} the whole chat, its composer too, is in view without scrolling`, async ({ enter }) => {
    const chat = await enter({}, { viewport: { width, height } });
    await expect(chat.root).toBeInViewport({ ratio: 1 });
    await expect(chat.field).toBeInViewport({ ratio: 1 });
    await expect(chat.send).toBeInViewport({ ratio: 1 });
    await expect(chat.light).toBeInViewport({ ratio: 1 });
  });
}

test('when the keyboard takes half of the screen, the last message and the field stay in view', async ({
  enter,
  userId,
}) => {
  const chat = await enter({ user: userId('alice'), peer: userId('bob') }, { viewport: { width: 360, height: 740 } });
  await chat.say('one', 'two', 'three', 'four', 'five', 'the last');
  await expect(chat.bubbles.last()).toHaveText('You: the last');
  await chat.page.setViewportSize({ width: 360, height: 420 });
  await expect(chat.bubbles.last()).toBeInViewport({ ratio: 1 });
  await expect(chat.field).toBeInViewport({ ratio: 1 });
});

test('the themes are light and dark, and follow the system unless told', async ({ enter, userId }) => {
  const background = 'background-color';
  const chat = await enter({ user: userId('alice'), peer: userId('bob') }, { colorScheme: 'dark' });
  await expect(chat.root).toHaveCSS(background, 'rgb(20, 23, 27)');
  await chat.page.emulateMedia({ colorScheme: 'light' });
  await expect(chat.root).toHaveCSS(background, 'rgb(240, 242, 246)');
  const told = await enter({ user: userId('alice'), peer: userId('bob'), theme: 'dark' }, { colorScheme: 'light' });
  await expect(told.root).toHaveCSS(background, 'rgb(20, 23, 27)');
});

test('the title bar, the composer and the bubbles have the sizes of the original', async ({
  enter,
  gateway,
  userId,
}) => {
  const alice = userId('alice');
  const chat = await enter({ user: alice, peer: 'bob' });
  gateway.send(alice, 'hi', { from: 'bob', typeu: 0 });
  await expect(chat.bubbles).toHaveText(['hi']);
  const box = async (selector: string) => chat.root.locator(selector).first().boundingBox();
  expect(await box('[part~=header]')).toMatchObject({ height: 58 });
  expect(await box('message-composer')).toMatchObject({ height: 54 });
  expect(await box('[part~=avatar]')).toMatchObject({ width: 40, height: 40 });
  expect(await box('[part~=light]')).toMatchObject({ width: 12, height: 12 });
  await expect(chat.bubbles).toHaveCSS('padding', '14px 16px');
});
