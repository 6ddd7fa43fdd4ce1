import { readFile, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { ChatPage } from './support/chat-page.js';
import { expect, test } from './support/chat-test.js';

// Whoever copies it should find that it works.
test('the page for the support in docs/SUPPORT.md answers several visitors', async ({
  page,
  site,
  gateway,
  enter,
  userId,
  serverUrl,
}) => {
  const document = await readFile(fileURLToPath(new URL('../../docs/SUPPORT.md', import.meta.url)), 'utf8');
  const [, example = ''] = /```html\n([\s\S]*?)```/.exec(document) ?? [];
  expect(example).toContain('wss://im.example.com/websocket');
  const frame = '<!doctype html><meta charset="utf-8"><link rel="icon" href="/logo.svg">';
  const html = frame + example.replace('wss://im.example.com/websocket', serverUrl);
  await writeFile(`${site.folder}/dist/support.html`, html);
  await page.route('/my/chat-token', (route) => route.fulfill({ body: 'token' }));
  await page.goto(`${site.url}dist/support.html`);
  const support = new ChatPage(page);
  await expect.poll(() => gateway.isOnline('support')).toBe(true);

  const [ann, ben] = [await enter({ user: userId('ann') }), await enter({ user: userId('ben') })];
  await ann.say('Where is my parcel?');
  await expect(support.message('Where is my parcel?')).toBeVisible();
  await ben.say('Are you open?');
  await expect(page.getByRole('button', { name: 'Visitor 2 (1)' })).toBeVisible();
  await expect(support.message('Are you open?')).toHaveCount(0);
  await support.say('On its way.');
  await expect(ann.message('On its way.')).toBeVisible();
  await page.getByRole('button', { name: 'Visitor 2' }).click();
  await expect(support.message('Are you open?')).toBeVisible();
  await ann.say('Thank you!');
  await expect(page.getByRole('button', { name: 'Visitor 1 (1)' })).toBeVisible();
  await support.say('Until six.');
  await expect(ben.message('Until six.')).toBeVisible();
  await expect(ann.message('Until six.')).toHaveCount(0);
  await expect(page.getByRole('button', { name: /^Visitor 2$/ })).toBeVisible();
});
