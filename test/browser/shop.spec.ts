import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { devSite } from '../support/dev-site.js';
import { Shop } from './embed/embed-test.js';
import { ChatPage } from './support/chat-page.js';
import { test as base, expect } from './support/chat-test.js';

/** Opens a page of the shop as somebody new. */
type Enter = (page: string) => Promise<Shop>;

const test = base.extend<{ enterShop: Enter }>({
  // In the tag stands the address of a server: here it is that of the test's gateway.
  enterShop: ({ browser, site, serverUrl, gateway: _ }, use) =>
    use(async (path) => {
      const folder = `shop-${new URL(site.url).port}`;
      await mkdir(`${site.folder}/${folder}`, { recursive: true });
      for (const name of ['shop.html', 'shop-tea.html', 'agent.html']) {
        const html = await readFile(`${site.folder}/${name}`, 'utf8');
        await writeFile(`${site.folder}/${folder}/${name}`, html.replace('ws://localhost:5173/websocket', serverUrl));
      }
      const context = await browser.newContext();
      const shop = new Shop(await context.newPage(), `${site.url}${folder}/${path}`);
      await shop.page.goto(shop.url);
      return shop;
    }),
});

test('on the shop a robot answers, and the conversation goes on upon the next page', async ({ enterShop }) => {
  const { page, chat, close } = await enterShop('shop.html?locale=en');
  await page.getByRole('button', { name: 'Ask us' }).click();
  await expect(chat.message('help').first()).toBeVisible();
  await chat.say('Do you have green tea?');
  await expect(chat.statusOf('green tea')).toHaveAccessibleName('Delivered');
  await close.click();

  await page.getByRole('link', { name: 'Dragon Well' }).click();
  await expect(page).toHaveURL(/shop-tea\.html\?tea=dragon-well/);
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Dragon Well');
  await page.getByRole('button', { name: 'Add to basket' }).click();
  await expect(page.locator('#basket')).toHaveText('1');
  await page.getByRole('link', { name: 'Ask about this tea' }).click();
  await expect(chat.message('Do you have green tea?')).toBeVisible();
  await chat.say('And this one?');
  await expect(chat.statusOf('And this one?')).toHaveAccessibleName('Delivered');
});

test('the agent’s page answers several visitors of the shop', async ({ enterShop }) => {
  const { page } = await enterShop('agent.html?locale=en');
  const desk = new ChatPage(page, page.locator('chat-window:not([hidden])'));
  const visitor = (number: number) => page.getByRole('button', { name: `Visitor ${number}` });

  const open = async (link: string) => {
    const opened = page.context().waitForEvent('page');
    await page.getByRole('link', { name: link }).click();
    return new Shop(await opened, '');
  };
  const ann = await open('Open the shop');
  await ann.open();
  await ann.chat.say('Where is my parcel?');
  await expect(desk.message('Where is my parcel?')).toBeVisible();
  const ben = await open('Open it as another visitor');
  await ben.page.getByRole('button', { name: 'Ask us' }).click();
  await ben.chat.say('Is it smoky?');
  await expect(visitor(2)).toHaveAccessibleName('Visitor 2 1 unread Is it smoky?');
  await expect(desk.message('Is it smoky?')).toHaveCount(0);

  await desk.say('On its way.');
  await expect(ann.chat.message('On its way.')).toBeVisible();
  await expect(visitor(1)).toContainText('On its way.');
  await visitor(2).click();
  await expect(desk.message('Is it smoky?')).toBeVisible();
  await expect(visitor(2)).toHaveAccessibleName('Visitor 2 Is it smoky?');
  await desk.say('A little.');
  await expect(ben.chat.message('A little.')).toBeVisible();
  await expect(ann.chat.message('A little.')).toHaveCount(0);

  // Both are still there.
  await page.reload();
  await expect(visitor(1)).toContainText('On its way.');
  await expect(visitor(2)).toContainText('A little.');
  await ann.chat.say('Thank you!');
  await expect(desk.message('Thank you!')).toBeVisible();
});

test('the pages of the shop speak Chinese', async ({ enterShop }) => {
  const { page } = await enterShop('shop.html?locale=zh-CN');
  await expect(page).toHaveTitle('叶水茶铺');
  for (const path of ['shop-tea.html', 'agent.html', '']) {
    for (const text of await page.locator('[data-text]').allTextContents()) expect(text).toMatch(/[一-龥]/);
    if (path) await page.goto(new URL(`${path}?locale=zh-CN`, page.url()).href);
  }
});

test('what `npm start` serves has the tag', async ({ page }) => {
  test.slow();
  const site = await devSite('shop-start-test');
  try {
    const shop = new Shop(page, `${site.url}shop.html?locale=en`);
    await page.goto(shop.url);
    await shop.button.click();
    await shop.chat.say('help');
    await expect(shop.chat.statusOf('help').first()).toHaveAccessibleName('Delivered', { timeout: 30_000 });
    // The files of the tag, and the modules in place of its parts.
    expect(shop.requests).toEqual(
      expect.arrayContaining([
        ...['harmonychat.js', 'harmonychat.panel.js', 'src/embed/panel/panel.ts'].map(
          (path) => new URL(path, shop.url).href,
        ),
      ]),
    );
  } finally {
    await page.close();
    await site.close();
  }
});
