import { expect, type Shop, test } from './embed-test.js';

const users = ({ chat }: Shop) =>
  chat.written.filter(({ type }) => type === 0).map(({ dataContent }) => JSON.parse(String(dataContent)));

test('a known user who logs out in a tab without the chat is out in all, and on the next page', async ({
  shop,
  gateway,
  userId,
}) => {
  const user = userId('shared');
  const tag = { 'user-id': user, 'peer-id': 'bob', history: 'device' };
  const first = await shop({ tag });
  await first.open();
  await first.chat.say('of a user who leaves');
  await expect(first.chat.statusOf('of a user who leaves')).toHaveAccessibleName('Delivered');
  const page = await first.page.context().newPage();
  await page.goto(first.url);
  await expect(page.locator('chat-launcher .button')).toBeVisible();
  await page.evaluate(() => window.HarmonyChat?.('logout', { wipe: true }));
  await expect(first.chat.message('of a user who leaves')).toHaveCount(0);
  await expect.poll(() => gateway.isOnline(user)).toBe(false);
});

test('a session that was ended stays ended on the next page, until somebody opens the chat', async ({
  shop,
  gateway,
  userId,
}) => {
  const user = userId('leaver');
  const visit = await shop({ tag: { 'user-id': user } });
  const { page, panel, button } = visit;
  for (const options of [{}, { wipe: true }]) {
    await visit.open();
    await expect.poll(() => gateway.isOnline(user)).toBe(true);
    await visit.call('logout', options);
    await expect.poll(() => gateway.isOnline(user)).toBe(false);
    await page.reload();
    await expect(button).toBeVisible();
    await visit.idle();
    await expect(panel).toHaveCount(0);
    expect((await visit.stored()).filter((key) => key.startsWith('harmonychat opened'))).toEqual([]);
    expect(gateway.isOnline(user)).toBe(false);
  }
});

test('destroyed while it loads it does not come, nor does a call bring it back', async ({ shop }) => {
  const visit = await shop();
  const { page, chat } = visit;
  await page.evaluate(async () => {
    const kept = window.HarmonyChat;
    const opening = kept?.('open');
    await kept?.('destroy');
    await opening;
    await kept?.('open');
    await kept?.('send', 'hello').catch(() => {});
  });
  expect(await visit.stored()).toEqual([]);
  expect(chat.sockets).toBe(0);
  expect(await page.evaluate(() => [history.state, document.querySelectorAll('chat-launcher').length])).toEqual([
    null,
    0,
  ]);
});

test('what was told can be taken back: a token does not go out with another name', async ({ shop, userId }) => {
  const visit = await shop();
  await visit.page.evaluate((user) => {
    void window.HarmonyChat?.('identify', { userId: user, getToken: () => 'secret' });
    void window.HarmonyChat?.('update', { extra: 'for the server' });
  }, userId('named'));
  await visit.open();
  await expect(visit.chat.light).toHaveAccessibleName('Connected');
  expect(users(visit)[0]).toMatchObject({ loginToken: 'secret', extra: 'for the server' });
  await visit.page.evaluate(() => window.HarmonyChat?.('update', { userId: undefined, getToken: undefined }));
  await expect.poll(() => users(visit).at(-1)).toMatchObject({ loginUserId: expect.stringMatching(/^visitor-/) });
  expect(users(visit).at(-1)?.loginToken).not.toBe('secret');
  expect(await visit.page.content()).not.toMatch(/secret|for the server/);
});

test('closed again while it loads, it stays closed', async ({ shop }) => {
  const visit = await shop();
  await visit.page.evaluate(async () => {
    const opening = window.HarmonyChat?.('open');
    await window.HarmonyChat?.('close');
    await opening;
  });
  await expect(visit.panel).toBeHidden();
  expect(await visit.page.evaluate(() => document.querySelector('chat-launcher')?.isOpen)).toBe(false);
});

test('who types in the page goes on typing there: opened with the page, and by a consent', async ({ shop }) => {
  const visit = await shop({ body: '<input>', tag: { consent: 'required' } });
  const { page, notice, chat } = visit;
  const field = page.locator('input');
  await field.pressSequentially('te');
  // As if it came just now: put back, it looks again what it is to do.
  await visit.launcher.evaluate((launcher) => {
    launcher.setAttribute('open', '');
    launcher.remove();
  });
  await expect(notice).toBeVisible();
  await field.pressSequentially('ap');
  await visit.call('consent', true);
  await expect(chat.field).toBeVisible();
  await field.pressSequentially('ot');
  await expect(field).toHaveValue('teapot');
});

test('a consent that becomes required ends what has none', async ({ shop, gateway, userId }) => {
  const user = userId('asked');
  const visit = await shop({ tag: { 'user-id': user } });
  await visit.open();
  await expect.poll(() => gateway.isOnline(user)).toBe(true);
  await visit.call('close');
  await visit.call('update', { consent: 'required' });
  await expect.poll(() => gateway.isOnline(user)).toBe(false);
});

test('W1: a style that the page gives to the launcher goes no further', async ({ shop }) => {
  const policy =
    "default-src 'none'; script-src 'self'; connect-src 'self' ws:; img-src 'self'; trusted-types lit-html";
  const visit = await shop({ policy });
  await visit.open();
  await visit.launcher.evaluate((launcher: HTMLElement) => {
    launcher.style.setProperty('--chat-launcher-offset-y', '90px');
    launcher.className = 'of-the-page';
  });
  await expect(visit.button).toHaveCSS('width', '56px');
  await expect(visit.chat.root).not.toHaveAttribute('style');
  await expect(visit.chat.root).not.toHaveAttribute('class');
});

test.describe('on a phone', () => {
  const context = { viewport: { width: 360, height: 640 }, hasTouch: true, isMobile: true };

  test('closed and opened at once it is open; a page that goes on meanwhile is not thrown back', async ({ shop }) => {
    const visit = await shop({ context });
    const { page, panel } = visit;
    await visit.button.tap();
    await expect(panel).toBeVisible();
    await page.evaluate(() => Promise.all([window.HarmonyChat?.('close'), window.HarmonyChat?.('open')]));
    await expect(panel).toBeVisible();
    await page.evaluate(async () => {
      await window.HarmonyChat?.('close');
      history.pushState({ of: 'the page' }, '', '?checkout');
    });
    await expect(panel).toBeHidden();
    expect(page.url()).toContain('?checkout');
    expect(await page.evaluate(() => history.state)).toEqual({ of: 'the page' });
  });

  test('hidden by the page, the back button and Escape are the page’s', async ({ shop }) => {
    const visit = await shop({ context });
    const { page, panel } = visit;
    await visit.button.tap();
    await expect(panel).toBeVisible();
    await visit.call('hide');
    const isTaken = await page.evaluate(() => {
      const event = new KeyboardEvent('keydown', { key: 'Escape', bubbles: true, cancelable: true });
      return !document.body.dispatchEvent(event);
    });
    expect(isTaken).toBe(false);
    expect(await page.evaluate(() => history.state.harmonychat)).toBe('spare');
  });
});

test('an element that is taken out leaves the page alone', async ({ emptyPage, serverUrl, userId }) => {
  const { page } = await emptyPage({ viewport: { width: 360, height: 640 } });
  await page.evaluate(
    ([server, user]) => {
      const launcher = document.createElement('chat-launcher');
      Object.assign(launcher, { serverUrl: server, userId: user, peerId: 'bob' });
      document.body.append(launcher);
    },
    [serverUrl, userId('element')] as const,
  );
  await page.locator('chat-launcher .button').click();
  await expect(page.locator('chat-window textarea')).toBeVisible();
  const isTaken = await page.evaluate(async () => {
    document.querySelector('chat-launcher')?.remove();
    await Promise.resolve();
    const event = new KeyboardEvent('keydown', { key: 'Escape', bubbles: true, cancelable: true });
    return !document.body.dispatchEvent(event);
  });
  expect(isTaken).toBe(false);
  await expect(page.locator('chat-launcher')).toHaveCount(0);
});

test('inside of an element of the page that has a shadow root, its button opens and closes it', async ({
  emptyPage,
  serverUrl,
  userId,
}) => {
  const { page } = await emptyPage({});
  await page.evaluate(
    ([server, user]) => {
      const launcher = document.createElement('chat-launcher');
      Object.assign(launcher, { serverUrl: server, userId: user, peerId: 'bob' });
      const app = document.createElement('div');
      app.attachShadow({ mode: 'open' }).append(launcher);
      document.body.append(app);
    },
    [serverUrl, userId('within')] as const,
  );
  const button = page.locator('chat-launcher .button');
  const panel = page.locator('chat-launcher .panel');
  await button.click();
  await expect(page.locator('chat-window textarea')).toBeFocused();
  await button.click();
  await expect(panel).toBeHidden();
  await button.click();
  await expect(panel).toBeVisible();
  await panel.locator('.close').click();
  await expect(panel).toBeHidden();
  await expect(button).toBeFocused();
});
