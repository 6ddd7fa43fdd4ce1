import { expect, test } from './app-test.js';

test('a refused login says the code of the server, and can be put right', async ({ start, userId, gateway }) => {
  const ann = userId('ann');
  const app = await start();
  await app.logIn(ann, 'refuse me');
  await expect(app.trouble).toHaveText('The server refused the login (code 1025).');
  await expect(app.chat.root).toHaveCount(0);
  expect(await app.focused()).toBe('input password');
  expect(await app.page.evaluate(() => localStorage.getItem('harmonychat app '))).toBeNull();
  await app.password.fill('right');
  await expect(app.trouble).toHaveCount(0);
  await app.button('Log in').click();
  await expect(app.chat.light).toHaveAccessibleName('Connected');
  expect(gateway.journal.logins(ann)).toHaveLength(2);
});

test('Tab and Enter go through the form; the password can be looked at', async ({ start, userId }) => {
  const app = await start();
  await expect(app.account).toBeFocused();
  await app.page.keyboard.type(userId('ann'));
  await app.page.keyboard.press('Enter');
  await expect(app.root.getByText('Enter your password.')).toBeVisible();
  await expect(app.password).toBeFocused();
  await app.page.keyboard.type('abc');
  await app.page.keyboard.press('Tab');
  await app.page.keyboard.press('Space');
  await expect(app.password).toHaveAttribute('type', 'text');
  await expect(app.button('Hide the password')).toBeFocused();
  await app.page.keyboard.press('Tab');
  await app.page.keyboard.press('Enter');
  await expect(app.chat.light).toHaveAccessibleName('Connected');
});

test.describe('a server that does not answer', () => {
  test.use({ allowErrors: [/WebSocket is closed before the connection is established/] });
  test('is asked about after 6 s; again, or not', async ({ start, userId }) => {
    const app = await start({}, {}, async (context) => {
      await context.clock.install();
      await context.routeWebSocket(/websocket/, () => {});
    });
    await app.account.fill(userId('ann'));
    await app.password.fill('abc');
    await app.button('Log in').click();
    await expect(app.button('Logging in…')).toBeVisible();
    expect(await app.focused()).toBe('button primary');
    await app.page.clock.fastForward(6_000);
    await expect(app.late).toContainText('The login takes too long.');
    // The button that had the focus has gone.
    expect(await app.focused()).toBe('button retry');
    await app.button('Try again').click();
    await expect(app.late).toHaveCount(0);
    await app.page.clock.fastForward(6_000);
    await expect(app.late).toBeVisible();
    await app.button('Cancel').click();
    await expect(app.button('Log in')).toBeVisible();
    await expect(app.password).toHaveValue('abc');
    await expect(app.chat.root).toHaveCount(0);
    await app.page.clock.fastForward(60_000);
    await expect(app.late).toHaveCount(0);
  });

  test('whoever is in a field stays there; Enter tries again, Escape gives up', async ({ start, userId }) => {
    const app = await start({}, {}, async (context) => {
      await context.clock.install();
      await context.routeWebSocket(/websocket/, () => {});
    });
    await app.logIn(userId('ann'), 'abc');
    await app.page.clock.fastForward(6_000);
    await expect(app.late).toBeVisible();
    await expect(app.password).toBeFocused();
    await app.page.keyboard.press('Enter');
    await expect(app.late).toHaveCount(0);
    await app.page.keyboard.press('Escape');
    await expect(app.button('Log in')).toBeVisible();
    await expect(app.password).toBeFocused();
  });

  test('and then does: the chat comes, whatever was asked meanwhile', async ({ start, userId }) => {
    let isDead = true;
    const app = await start({}, {}, async (context) => {
      await context.clock.install();
      await context.routeWebSocket(/websocket/, (socket) => {
        if (!isDead) socket.connectToServer();
      });
    });
    await app.logIn(userId('ann'), 'abc');
    await app.page.clock.fastForward(6_000);
    await expect(app.late).toBeVisible();
    isDead = false;
    await app.button('Try again').click();
    // The attempt that is under way has to be given up first.
    await app.page.clock.runFor(20_000);
    await expect(app.chat.light).toHaveAccessibleName('Connected');
    await expect(app.late).toHaveCount(0);
  });
});
