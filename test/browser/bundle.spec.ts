import { writeFile } from 'node:fs/promises';
import type { ChatWindow } from '../../src/index.js';
import { expect, test } from './fixtures.js';
import { ChatPage } from './support/chat-page.js';

/** What README says is enough. */
const policy = [
  ...["default-src 'none'", "script-src 'self'", "connect-src 'self' ws:", "img-src 'self'", "media-src 'self'"],
  ...["require-trusted-types-for 'script'", 'trusted-types lit-html'],
].join('; ');

const page = `<!doctype html>
<meta charset="utf-8" />
<meta http-equiv="Content-Security-Policy" content="${policy}" />
<link rel="icon" href="/logo.svg" />
<script type="module" src="./harmonychat.bundle.js"></script>
<body></body>`;

// What ships is minified, renamed and trimmed on its own: that it still chats is seen only by chatting.
test('the build for pages without a bundler chats', async ({ page: tab, site }) => {
  test.slow();
  await writeFile(`${site.folder}/dist/index.html`, page);
  const chat = new ChatPage(tab);
  await tab.addInitScript(() => {
    Object.assign(window, { violations: [] });
    addEventListener('securitypolicyviolation', ({ violatedDirective, blockedURI }) =>
      (window as unknown as { violations: string[] }).violations.push(`${violatedDirective} ${blockedURI}`),
    );
  });
  await tab.goto(`${site.url}dist/index.html`);
  await tab.evaluate(() => {
    const element = document.createElement('chat-window');
    element.serverUrl = `ws://${location.host}/websocket`;
    element.setAttribute('user-id', 'bundled');
    element.setAttribute('peer-id', 'support');
    element.setAttribute('locale', 'en');
    // The policy is against styles in the page's text, not against those of its scripts.
    element.style.height = '640px';
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

  // What comes on demand, under the same policy.
  await chat.list.press('End');
  await chat.say('image');
  await chat.bubbles.last().getByRole('button', { name: 'Open the image robot.svg' }).click();
  await chat.root.getByRole('dialog').getByRole('button', { name: 'Close' }).click();
  await chat.say('voice');
  await chat.bubbles.last().getByRole('button', { name: 'Play the voice message' }).click();
  await expect(chat.bubbles.last().getByRole('slider')).toBeVisible();
  await chat.say('long');
  await expect(chat.bubbles.last().getByRole('button', { name: 'Show all' })).toBeVisible();
  await chat.say('attack');
  await expect(chat.bubbles.last()).toContainText('<script>');
  await chat.root.getByRole('button', { name: 'Choose an emoji' }).click();
  await chat.root.getByRole('combobox', { name: 'Skin tone' }).selectOption('5');
  await chat.root.getByRole('searchbox').fill('waving hand');
  await chat.root.getByRole('gridcell', { name: 'waving hand' }).click();
  await expect(chat.field).toHaveValue('👋🏿');
  await chat.field.press('Enter');
  await expect(chat.message('👋🏿').first()).toBeVisible();
  await chat.root.evaluate((element: ChatWindow) => Object.assign(element, { look: 'neutral', brand: 'hotpink' }));
  await expect(chat.send).toHaveCSS('background-color', 'rgb(255, 105, 180)');
  const wrong = chat.root.evaluate(
    (element: ChatWindow) =>
      new Promise((resolve) => element.addEventListener('chat-error', ({ error }) => resolve(`${error}`))),
  );
  await chat.root.evaluate((element: ChatWindow) => Object.assign(element, { brand: 'no colour' }));
  expect(await wrong).toBe('ConfigurationError: brand: expected a CSS colour such as #0b57d0, got "no colour"');
  await expect(chat.send).toHaveCSS('background-color', 'rgb(51, 85, 200)');
  await chat.say('kick');
  await expect(chat.panel).toContainText('An administrator removed you from the chat.');
  expect(await tab.evaluate(() => (window as unknown as { violations: string[] }).violations)).toEqual([]);
});
