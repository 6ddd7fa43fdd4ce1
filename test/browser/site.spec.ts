import type { Page } from '@playwright/test';
import { folderOf } from '../support/demo-site.js';
import { type StaticServer, serveFolder } from '../support/static-server.js';
import { test as base, expect as baseExpect } from './fixtures.js';
import { violations } from './support/accessibility.js';
import { ChatPage } from './support/chat-page.js';

const expect = baseExpect.configure({ timeout: 15_000 });

/** The built site, below a path, on a host that has nothing but files. */
const test = base.extend<object, { host: StaticServer }>({
  host: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the fixture's dependencies from the pattern.
    async ({}, use) => {
      const host = await serveFolder(folderOf('documents'), '/harmonychat-web/');
      await use(host);
      await host.close();
    },
    { scope: 'worker' },
  ],
});

/** Addresses that a page asks for and that are not the site's own. */
function elsewhere(page: Page, { url }: StaticServer): string[] {
  const found: string[] = [];
  const add = (address: string) => address.startsWith(url) || found.push(address);
  page.on('request', (request) => add(request.url()));
  page.on('websocket', (socket) => add(socket.url()));
  return found;
}

const snippetOf = (page: Page) => page.locator('#snippet');

test('the playground chats below a path of a static host, without a server', async ({ page, host }) => {
  const foreign = elsewhere(page, host);
  await page.goto(`${host.url}playground.html`);
  const chat = new ChatPage(page, page.locator('#stage chat-window'));
  await chat.say('help');
  await expect(chat.statusOf('help').first()).toHaveAccessibleName('Delivered');
  await expect(chat.bubbles.last()).toContainText('attack');
  await page.getByRole('button', { name: 'image' }).click();
  const picture = chat.bubbles
    .last()
    .getByRole('button', { name: /robot\.svg/ })
    .locator('img');
  await expect.poll(() => picture.evaluate((image: HTMLImageElement) => image.naturalWidth)).toBeGreaterThan(0);
  await expect(picture).toHaveAttribute('src', /\/harmonychat-web\/robot\.svg$/);

  // Its faults are those of the demo page, and it copes in the same way.
  await page.getByText('What if…').click();
  await page.getByRole('button', { name: 'the history does not answer' }).click();
  await page.getByRole('button', { name: 'the line is cut' }).click();
  await expect(page.getByRole('status').filter({ hasText: 'Watch the status light' })).toBeVisible();
  await chat.say('time');
  await expect(chat.statusOf('time').first()).toHaveAccessibleName('Delivered');
  await expect(chat.bubbles.last()).toContainText('By my clock');
  const gap = chat.message('Messages may be missing here.');
  await expect(gap).toBeVisible();
  await page.getByRole('button', { name: 'Everything back to normal' }).click();
  await gap.getByRole('button', { name: 'Retry' }).click();
  await expect(gap).toHaveCount(0);
  expect(foreign).toEqual([]);
});

test('what the form says, the chat does, the snippet shows and the address keeps', async ({ page, host, context }) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await page.goto(`${host.url}playground.html`);
  const chat = new ChatPage(page, page.locator('#stage chat-window'));
  const snippet = snippetOf(page);
  await expect(snippet).toContainText('<script type="module" src="/harmonychat.bundle.js"></script>');
  await expect(snippet).toContainText('user-id="alice"');
  await expect(snippet).not.toContainText('theme=');
  await expect(chat.light).toHaveAccessibleName('Connected');

  await page.getByLabel('theme', { exact: true }).selectOption('dark');
  await page.getByLabel('heading', { exact: true }).fill('A "shop" & more');
  await page.getByLabel('brand', { exact: true }).fill('#c01048');
  await expect(chat.root.getByRole('heading')).toHaveText('A "shop" & more');
  await expect(chat.send).toHaveCSS('background-color', 'rgb(192, 16, 72)');
  await expect(snippet).toContainText('theme="dark"');
  await expect(snippet).toContainText('heading="A &quot;shop&quot; &amp; more"');
  await page.getByLabel('locale', { exact: true }).selectOption('ja');
  await expect(chat.root.getByRole('textbox', { name: 'メッセージ' })).toBeVisible();

  await page.getByText('Connection, history, attention').click();
  await page.getByLabel('heartbeat', { exact: true }).selectOption('30');
  await expect(snippet).toContainText('heartbeat="30"');
  await page.getByText('Who talks to whom').click();
  await page.getByLabel('user-id', { exact: true }).fill('carol');
  await page.getByLabel('user-id', { exact: true }).press('Tab');
  await page.getByLabel('show-user-id', { exact: true }).check();
  await expect(chat.root).toContainText('carol');
  await page.getByRole('button', { name: 'Copy', exact: true }).click();
  await expect(page.getByRole('status').filter({ hasText: 'Copied.' })).toBeVisible();
  const copied = await page.evaluate(() => navigator.clipboard.readText());
  expect(copied).toBe(await snippet.textContent());
  expect(copied).toContain('\n  show-user-id\n');

  await page.reload();
  await expect(snippet).toHaveText(copied);
  await expect(chat.root.getByRole('heading')).toHaveText('A "shop" & more');
  await page.getByRole('link', { name: '中文' }).click();
  await expect(page).toHaveURL(/playground\.zh-CN\.html#.*theme=dark/);
  await expect(snippet).toContainText('user-id="carol"');
  await page.getByRole('button', { name: '重新开始' }).click();
  await expect(snippet).not.toContainText('theme=');
  await expect(chat.root).toHaveAttribute('theme', 'auto');
  expect(new URL(page.url()).hash).toBe('');
});

test('the script tag can be tried as it is pasted: its button, its panel, the same conversation', async ({
  page,
  host,
}) => {
  const foreign = elsewhere(page, host);
  await page.goto(`${host.url}playground.html`);
  const inPage = new ChatPage(page, page.locator('#stage chat-window'));
  await expect(inPage.light).toHaveAccessibleName('Connected');
  const launcher = page.locator('chat-launcher');
  await expect(launcher).toBeHidden();
  await page.getByText('Script tag', { exact: true }).click();
  await expect(inPage.root).toBeHidden();
  await expect(page.getByText('press the button in its corner')).toBeVisible();
  await page.getByLabel('position', { exact: true }).selectOption('left');
  await page.getByLabel('brand', { exact: true }).fill('#c01048');
  await expect(snippetOf(page)).toContainText('data-position="left"');
  const button = launcher.locator('.button');
  await expect(button).toHaveCSS('background-color', 'rgb(192, 16, 72)');
  const place = await button.boundingBox();
  expect(place?.x).toBeLessThan(100);
  await button.click();
  const chat = new ChatPage(page, launcher.locator('chat-window'));
  await chat.say('help');
  await expect(chat.statusOf('help').first()).toHaveAccessibleName('Delivered');
  await page.keyboard.press('Escape');
  await page.getByText('HTML element', { exact: true }).click();
  await expect(launcher).toBeHidden();
  await expect(inPage.message('help').first()).toBeVisible();
  await expect(snippetOf(page)).not.toContainText('position');
  expect(foreign).toEqual([]);
});

test('who answers may be somebody at the other window; the language may be asked for', async ({ page, host }) => {
  await page.goto(`${host.url}playground.html?locale=zh-CN`);
  await expect(page).toHaveURL(/playground\.zh-CN\.html/);
  const chat = new ChatPage(page, page.locator('#stage chat-window'));
  await expect(chat.bubbles.last()).toContainText('客服机器人');
  await page.getByRole('button', { name: '自己来回答' }).click();
  const other = new ChatPage(page, page.locator('#other-side chat-window'));
  await expect(other.light).toHaveAccessibleName('已连接');
  await chat.say('有人吗？');
  await expect(other.message('有人吗？')).toBeVisible();
  await other.say('在的。');
  await expect(chat.message('在的。')).toBeVisible();
  await expect(other.statusOf('在的。')).toHaveAccessibleName('已送达');
  await page.getByRole('button', { name: '自己来回答' }).click();
  await expect(other.root).toHaveCount(0);
  await chat.say('帮助');
  await expect(chat.bubbles.last()).toContainText('attack');
});

test('all pages fit a narrow screen, ask nobody else for anything and are accessible, light and dark', async ({
  browser,
  host,
}) => {
  // The checker comes in as a script of the page.
  const context = await browser.newContext({ bypassCSP: true, viewport: { width: 360, height: 720 } });
  const page = await context.newPage();
  const foreign = elsewhere(page, host);
  await page.goto(host.url);
  const links = await page
    .locator('a[href$=".html"]')
    .evaluateAll((all) => all.map((link) => link.getAttribute('href')));
  const names = new Set([...links, 'index.html', 'playground.zh-CN.html']);
  expect(names.size).toBeGreaterThan(7);
  for (const name of names) {
    await page.emulateMedia({ colorScheme: 'light' });
    await page.goto(`${host.url}${name}`);
    if (name?.startsWith('playground')) {
      await expect(page.locator('#stage [part~=bubble]').last()).toBeVisible();
      for (const summary of (await page.locator('summary').all()).slice(1)) await summary.click();
    }
    expect(await page.evaluate(() => document.documentElement.scrollWidth), name ?? '').toBe(360);
    const whole = { page, root: page.locator('html') } as unknown as ChatPage;
    expect(await violations(whole), `${name}, light`).toEqual([]);
    // One template makes them all: these have every colour.
    if (!['server.html', 'playground.html'].includes(name ?? '')) continue;
    await page.emulateMedia({ colorScheme: 'dark' });
    expect(await violations(whole), `${name}, dark`).toEqual([]);
  }
  expect(foreign).toEqual([]);

  await page.goto(host.url);
  await page.keyboard.press('Tab');
  await expect(page.getByRole('link', { name: 'Skip to the content' })).toBeInViewport();
  await page.keyboard.press('Enter');
  await expect(page.locator('main')).toBeFocused();
});
