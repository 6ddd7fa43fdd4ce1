import { devSite } from '../support/dev-site.js';
import { expect, test } from './fixtures.js';
import { ChatPage } from './support/chat-page.js';

// The other tests look at the same pages built.
test('what `npm start` serves is a chat that answers', async ({ page }) => {
  test.slow();
  const site = await devSite('start-test');
  try {
    const chat = new ChatPage(page);
    await page.goto(`${site.url}?user=starter&locale=en`);
    await chat.say('help');
    await expect(chat.statusOf('help').first()).toHaveAccessibleName('Delivered', { timeout: 30_000 });
    await expect(chat.bubbles.last()).toContainText('attack');
  } finally {
    await page.close();
    await site.close();
  }
});
