import type { Page } from '@playwright/test';
import { test as base, expect } from '../support/chat-test.js';

/** Whether somebody looks at the page is what the test says. */
const test = base.extend<{ look: (page: Page, isLookedAt: boolean) => Promise<void> }>({
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the fixture's dependencies from the pattern.
  look: ({}, use) =>
    use((page, isLookedAt) =>
      page.evaluate((isLookedAt) => {
        Document.prototype.hasFocus = () => isLookedAt;
        if (isLookedAt) dispatchEvent(new Event('focus'));
      }, isLookedAt),
    ),
});

test('a line stands above the first message that came while nobody looked, until something is said', async ({
  enter,
  gateway,
  userId,
  look,
}) => {
  const alice = userId('alice');
  const chat = await enter({ user: alice, peer: 'bob', locale: 'en' });
  const line = chat.list.getByRole('separator', { name: 'New messages' });
  gateway.send(alice, 'seen', { from: 'bob', typeu: 0 });
  await expect(chat.message('seen')).toBeVisible();
  await look(chat.page, false);
  gateway.send(alice, 'first', { from: 'bob', typeu: 0 });
  gateway.send(alice, 'second', { from: 'bob', typeu: 0 });
  await expect(chat.message('second')).toBeVisible();
  await expect(line).toBeVisible();
  const rows = chat.list.locator('message-bubble, new-line');
  await expect(rows.nth(-3)).toHaveRole('separator');
  await look(chat.page, true);
  gateway.send(alice, 'third', { from: 'bob', typeu: 0 });
  await expect(rows.nth(-4)).toHaveRole('separator');
  await chat.say('I see');
  await expect(chat.message('I see')).toBeVisible();
  await expect(line).toHaveCount(0);
});

test('what nobody had looked at when the page went has the line on the next one', async ({
  enter,
  gateway,
  userId,
  look,
}) => {
  const alice = userId('alice');
  const chat = await enter({ user: alice, peer: 'bob', locale: 'en' });
  await chat.say('hello');
  await expect(chat.statusOf('hello')).toHaveAccessibleName('Delivered');
  await look(chat.page, false);
  for (const text of ['first', 'second']) gateway.send(alice, text, { from: 'bob', typeu: 0 });
  await expect(chat.message('second')).toBeVisible();
  // Written down by then.
  await expect.poll(() => chat.page.title()).toMatch(/^\(2\)/);
  await chat.page.reload();
  await expect(chat.message('second')).toBeVisible();
  await expect(chat.list.locator('message-bubble, new-line').nth(-3)).toHaveRole('separator');
  await chat.page.reload();
  await expect(chat.message('second')).toBeVisible();
  await expect(chat.light).toHaveAccessibleName('Connected');
  await chat.toolsCame();
  await expect(chat.list.getByRole('separator')).toHaveCount(0);
});
