import { createServer } from 'vite';
import { demo } from '../../vite.config.js';
import { Gateway } from '../gateway/gateway.js';
import { hostClock } from '../gateway/host-clock.js';
import { freePort } from '../gateway/vite-plugin.js';
import { expect, test } from './fixtures.js';
import { ChatPage } from './support/chat-page.js';

// The other tests look at the same pages built.
test('what `npm start` serves is a chat that answers', async ({ page }) => {
  test.slow();
  const port = await freePort(26_100);
  const config = demo(port, new Gateway({ clock: hostClock, robot: true }));
  const server = await createServer({
    ...config,
    configFile: false,
    logLevel: 'warn',
    cacheDir: 'node_modules/.vite/start-test',
  });
  await server.listen();
  try {
    const chat = new ChatPage(page);
    await page.goto(`http://localhost:${port}/?user=starter&locale=en`);
    await chat.say('help');
    await expect(chat.statusOf('help').first()).toHaveAccessibleName('Delivered', { timeout: 30_000 });
    await expect(chat.bubbles.last()).toContainText('attack');
  } finally {
    await page.close();
    await server.close();
  }
});
