import { expect, test } from './app-test.js';

test('kicked out by an administrator: log in again with the password', async ({ start, userId, gateway }) => {
  const ann = userId('ann');
  const app = await start();
  await app.logIn(ann, 'abc');
  await app.chat.say('hello');
  await expect(app.chat.statusOf('hello').first()).toHaveAccessibleName('Delivered');
  await app.chat.field.fill('a draft');
  gateway.kick(ann, 2, 'spam');
  await expect(app.chat.panel).toContainText('Reason: spam');
  // Transcript and draft stay readable.
  await expect(app.chat.message('hello').first()).toBeVisible();
  await expect(app.chat.field).toHaveValue('a draft');
  await expect(app.chat.panel.getByRole('button')).toHaveCount(0);
  await app.button('Log in again').click();
  await expect(app.account).toHaveValue(ann);
  await expect(app.password).toBeFocused();
  await app.page.keyboard.type('abc');
  await app.page.keyboard.press('Enter');
  await expect(app.chat.light).toHaveAccessibleName('Connected');
  expect(gateway.journal.logins(ann)).toHaveLength(2);
});

test('kicked out by another login: use it here, or leave', async ({ start, userId, gateway }) => {
  const ann = userId('ann');
  const first = await start();
  await first.logIn(ann, 'abc');
  await expect(first.chat.light).toHaveAccessibleName('Connected');
  const second = await start();
  await second.logIn(ann, 'abc');
  await expect(first.chat.useHere).toBeVisible();
  await first.chat.useHere.click();
  await expect(first.chat.light).toHaveAccessibleName('Connected');
  await expect(second.chat.useHere).toBeVisible();
  await second.button('Leave').click();
  await expect(second.heading).toHaveText('You have left the chat');
  expect(await second.focused()).toBe('h1 title');
  expect(gateway.journal.logins(ann)).toHaveLength(3);
  await second.button('Log in again').click();
  await expect(second.account).toHaveValue(ann);
});

test('a known user logs in again without a password', async ({ start, userId, gateway }) => {
  const ann = userId('ann');
  const app = await start({ user: ann });
  await expect(app.chat.light).toHaveAccessibleName('Connected');
  gateway.kick(ann);
  await app.button('Log in again').click();
  await expect(app.chat.light).toHaveAccessibleName('Connected');
});
