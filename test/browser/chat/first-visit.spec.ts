import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createServer } from 'vite';
import { demo } from '../../../vite.config.js';
import { Gateway } from '../../gateway/gateway.js';
import { hostClock } from '../../gateway/host-clock.js';
import { freePort } from '../../gateway/vite-plugin.js';
import { ChatPage } from '../support/chat-page.js';
import { expect, test } from '../support/chat-test.js';

test('a first visit, to a server that has prepared nothing yet, does not reload; what was typed at once stays', async ({
  page,
}, { parallelIndex }) => {
  const cacheDir = await mkdtemp(join(tmpdir(), 'harmonychat-first-visit-'));
  const port = await freePort(25_000 + 100 * parallelIndex);
  const config = demo(port, new Gateway({ clock: hostClock, robot: true }));
  const server = await createServer({ ...config, configFile: false, logLevel: 'warn', cacheDir });
  await server.listen();
  const chat = new ChatPage(page);
  let navigations = 0;
  page.on('framenavigated', () => {
    navigations += 1;
  });
  const failed: string[] = [];
  page.on('response', (response) => {
    if (!response.ok()) failed.push(`${response.status()} ${response.url()}`);
  });
  await page.goto(`http://localhost:${port}/`, { waitUntil: 'commit' });
  await chat.field.fill('typed at once');
  await expect(chat.bubbles).toHaveText([/^Hi, I am the support robot/]);
  await expect(chat.field).toHaveValue('typed at once');
  await chat.field.press('Enter');
  await expect(chat.bubbles).toHaveText([/^Hi/, 'You: typed at once', /^Got it!/]);
  expect(navigations).toBe(1);
  expect(failed).toEqual([]);
  // First the page: a chat that is still there would try to reconnect.
  await page.close();
  await server.close();
  await rm(cacheDir, { recursive: true });
});
