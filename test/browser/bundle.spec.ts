import { execFile } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { relative } from 'node:path';
import { promisify } from 'node:util';
import { expect, test } from './fixtures.js';
import { ChatPage } from './support/chat-page.js';

const page = `<!doctype html>
<meta charset="utf-8" />
<link rel="icon" href="data:," />
<style>html, body { height: 100%; margin: 0 }</style>
<script type="module" src="./harmonychat.bundle.js"></script>
<body></body>`;

// What ships is minified, renamed and trimmed on its own: that it still chats is seen only by chatting.
test('the build for pages without a bundler chats', async ({ page: tab, site }, testInfo) => {
  test.slow();
  const outDir = testInfo.outputPath('bundle');
  // In a process of its own: this one is marked as a test, for which Lit has another build.
  const env = { ...process.env, NODE_ENV: 'production' };
  for (const mode of [
    'bundle',
    'links',
    'missed',
    'device',
    'attention',
    'views',
    'talk',
    'storage-lease',
    'outbox-keeper',
    'zh-CN',
  ]) {
    await promisify(execFile)('npx', ['vite', 'build', '--mode', mode, '--outDir', outDir], { env });
  }
  await writeFile(testInfo.outputPath('bundle', 'index.html'), page);

  const chat = new ChatPage(tab);
  await tab.goto(`${site.url}${relative('.', outDir)}/index.html`);
  await tab.evaluate(() => {
    const element = document.createElement('chat-window');
    element.serverUrl = `ws://${location.host}/websocket`;
    element.setAttribute('user-id', 'bundled');
    element.setAttribute('peer-id', 'support');
    element.setAttribute('locale', 'en');
    document.body.append(element);
  });

  await chat.say('links');
  await expect(chat.statusOf('links').first()).toHaveAccessibleName('Delivered');
  await expect(chat.bubbles.last().getByRole('link')).toHaveText([
    'https://example.com/a',
    'https://example.com/b',
    'help@example.com',
    '+86 10 6552 9988',
  ]);
  await chat.say('many');
  await expect(chat.message('20').last()).toBeInViewport();
  await chat.list.press('Home');
  await expect(chat.message('MobileIMSDK')).toBeInViewport();
});
