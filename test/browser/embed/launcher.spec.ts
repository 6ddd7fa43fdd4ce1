import { expect, test } from './embed-test.js';

test('before anybody wants it: one file, nothing stored, nothing connected; then it chats', async ({ shop }) => {
  const { page, button, panel, chat, requests } = await shop();
  await expect(button).toBeVisible();
  await expect(button).toHaveAccessibleName('Chat');
  await page.waitForLoadState('networkidle');
  expect(requests.map((url) => url.replace(/.*\//, '')).filter((name) => name !== 'logo.svg')).toEqual([
    'harmonychat.js',
  ]);
  await button.hover();
  await expect.poll(() => requests.some((url) => url.endsWith('/harmonychat.bundle.js'))).toBe(true);
  expect(chat.sockets).toBe(0);
  await button.click();
  await expect(panel).toBeVisible();
  await expect(chat.field).toBeFocused();
  await chat.say('hello');
  await expect(chat.statusOf('hello').first()).toHaveAccessibleName('Delivered');
  await expect(button).toHaveAttribute('aria-expanded', 'true');
});

test('nothing of it is on the device before it is opened', async ({ shop }) => {
  const visit = await shop();
  await visit.button.hover();
  await visit.loaded();
  expect(await visit.stored()).toEqual([]);
});

test('Escape, the button and the arrow close it, the focus goes back, the chat stays', async ({ shop }) => {
  const visit = await shop();
  const { page, button, panel, close, chat } = visit;
  await visit.open();
  await expect(chat.field).toBeFocused();
  await chat.field.fill('half a sen');
  await page.keyboard.press('Escape');
  await expect(panel).toBeHidden();
  await expect(button).toBeFocused();
  await button.press('Enter');
  await expect(chat.field).toBeFocused();
  await expect(chat.field).toHaveValue('half a sen');
  await close.click();
  await expect(panel).toBeHidden();
  await expect(button).toBeFocused();
  await visit.open();
  await button.click();
  await expect(panel).toBeHidden();
  expect(chat.sockets).toBe(1);
});

test('what comes while it is closed is counted, shown and read out; a press leads to it', async ({
  shop,
  gateway,
  userId,
}) => {
  const user = userId('reader');
  const visit = await shop({ tag: { 'user-id': user, 'peer-id': 'bob', 'peer-name': 'Bob' } });
  const { button, badge, preview, chat, panel } = visit;
  await visit.open();
  await expect(chat.light).toHaveAccessibleName('Connected');
  gateway.send(user, 'read at once', { from: 'bob' });
  await expect(chat.message('read at once')).toBeVisible();
  await expect(badge).toBeEmpty();
  await button.click();
  await expect(panel).toBeHidden();
  gateway.send(user, 'one', { from: 'bob' });
  gateway.send(user, '<b>two</b>', { from: 'bob' });
  await expect(badge).toHaveText('2');
  await expect(button).toHaveAccessibleName('Chat: 2 new messages');
  await expect(preview).toHaveRole('status');
  await expect(preview.locator('.said')).toHaveText('Bob<b>two</b>');
  await preview.getByRole('button', { name: 'Hide this message' }).click();
  await expect(preview).toBeHidden();
  await expect(badge).toHaveText('2');
  gateway.send(user, JSON.stringify({ url: '/robot.svg' }), { from: 'bob', typeu: 1 });
  await expect(preview.locator('.said')).toHaveText(/^Bob.*[Ii]mage/);
  await preview.locator('.said').click();
  await expect(panel).toBeVisible();
  await expect(preview).toBeHidden();
  await expect(badge).toBeEmpty();
  await expect(button).toHaveAccessibleName('Chat');
});

test('whatever has data-chat-open opens it, and gets the focus back', async ({ shop }) => {
  const { page, panel, chat } = await shop({ body: '<p><a href="/elsewhere" data-chat-open>Ask <b>us</b></a></p>' });
  const link = page.getByText('us');
  await page.getByRole('link').focus();
  await link.click();
  await expect(chat.field).toBeFocused();
  await page.keyboard.press('Escape');
  await expect(panel).toBeHidden();
  await expect(page.getByRole('link')).toBeFocused();
});

test('also inside of an element of the page that has a shadow root', async ({ shop }) => {
  const { page, panel, chat } = await shop({ body: '<site-header></site-header>' });
  await page.evaluate(() => {
    const root = document.querySelector('site-header')?.attachShadow({ mode: 'open' });
    const link = Object.assign(document.createElement('button'), { textContent: 'Ask us' });
    link.dataset['chatOpen'] = '';
    root?.append(link);
  });
  await page.getByText('Ask us').click();
  await expect(chat.field).toBeFocused();
  await page.keyboard.press('Escape');
  await expect(panel).toBeHidden();
  await expect(page.getByText('Ask us')).toBeFocused();
});

test('opened by the page, it does not take the focus', async ({ shop }) => {
  const { page, panel, chat } = await shop({ tag: { open: '' }, body: '<input autofocus>' });
  await expect(chat.field).toBeVisible();
  await expect(panel).toBeVisible();
  await expect(page.locator('input')).toBeFocused();
});

test.describe('on a phone', () => {
  const context = { viewport: { width: 360, height: 640 }, hasTouch: true, isMobile: true };

  test('it is the whole screen, and the back button closes it', async ({ shop }) => {
    const { page, button, panel, close, chat, url } = await shop({ context });
    await button.tap();
    await expect(chat.field).toBeVisible();
    expect(await panel.boundingBox()).toEqual({ x: 0, y: 0, width: 360, height: 640 });
    await expect(panel).toHaveAttribute('aria-modal', 'true');
    await page.goBack();
    await expect(panel).toBeHidden();
    expect(page.url()).toBe(url);
    await button.tap();
    await expect(panel).toBeVisible();
    await close.tap();
    await expect(panel).toBeHidden();
    // The step that was made for it is used again, however often it is opened.
    const steps = await page.evaluate(() => history.length);
    await button.tap();
    await expect(panel).toBeVisible();
    await page.goBack();
    await expect(panel).toBeHidden();
    await button.tap();
    await expect(panel).toBeVisible();
    await close.tap();
    await expect(panel).toBeHidden();
    expect(await page.evaluate(() => history.length)).toBe(steps);
    expect(chat.sockets).toBe(1);
  });

  test('the page behind it cannot be reached with Tab', async ({ shop }) => {
    const { page, button, panel, chat } = await shop({ context, body: '<button>Buy</button>' });
    await button.tap();
    await expect(chat.field).toBeVisible();
    for (let key = 0; key < 12; key++) {
      await page.keyboard.press('Tab');
      expect(await page.evaluate(() => document.activeElement?.localName)).not.toBe('button');
    }
    await page.keyboard.press('Escape');
    await expect(panel).toBeHidden();
  });
});
