import { readFile, writeFile } from 'node:fs/promises';
import type { Page } from '@playwright/test';
import { ChatPage } from '../support/chat-page.js';
import { test as base, expect } from '../support/chat-test.js';

interface Host {
  readonly page: Page;
  readonly chat: ChatPage;
  /** Address of the document in the frame: of another origin. */
  readonly url: string;
}

let frames = 0;

/** A page with a frame in it whose document lets these origins in. */
const test = base.extend<{ host: (parents?: string, user?: string) => Promise<Host> }>({
  host: ({ browser, site, serverUrl, userId }, use) =>
    use(async (parents, known = userId('framed')) => {
      // Two origins of one site: browsers keep less, or nothing, for those of another.
      const [shop, other] = ['www', 'chat'].map((name) => site.url.replace('localhost', `${name}.shop.localhost`));
      const document = await readFile(`${site.folder}/dist/embed.html`, 'utf8');
      const name = `embed-${process.pid}-${++frames}.html`;
      await writeFile(
        `${site.folder}/dist/${name}`,
        document.replace(/data-parents="[^"]*"/, `data-parents="${parents ?? new URL(`${shop}`).origin}"`),
      );
      const url = `${other}dist/${name}`;
      const page = await (await browser.newContext()).newPage();
      await page.goto(`${shop}test/browser/pages/frame-host.html`);
      await page.waitForFunction(() => 'frameHost' in window);
      await page.evaluate(
        ([address, server, user]) => {
          window.opened = window.frameHost.open(address, {
            attributes: { 'server-url': server, 'peer-id': 'support', locale: 'en' },
            ...(user && { userId: user, getToken: () => 'a token of the page' }),
          });
        },
        [url, serverUrl, known] as const,
      );
      const frame = page.frameLocator('iframe >> nth=0');
      return { page, chat: new ChatPage(page, frame.locator('chat-window')), url };
    }),
});

const told = (page: Page) => page.evaluate(() => window.opened.told as [string, Record<string, unknown>][]);

test('a chat in a frame of another origin: chats, tells, does as it is told, asks for the token', async ({ host }) => {
  const { page, chat } = await host();
  await chat.say('hello');
  await expect(chat.statusOf('hello').first()).toHaveAccessibleName('Delivered');
  const login = chat.written.find(({ type }) => type === 0);
  expect(JSON.parse(String(login?.dataContent))).toMatchObject({ loginToken: 'a token of the page' });
  expect(await page.evaluate(() => window.opened.chat.call('send', 'from the page'))).toMatch(/\w/);
  await expect(chat.message('from the page').first()).toBeVisible();
  await page.evaluate(() => window.opened.chat.call('update', { heading: 'Orders' }));
  await expect(chat.root.locator('h2')).toHaveText('Orders');
  await expect.poll(async () => (await told(page)).map(([name]) => name)).toContain('delivery');
  const messages = (await told(page)).filter(([name]) => name === 'message').map(([, { content }]) => content);
  expect(messages).toEqual(expect.arrayContaining(['hello', 'from the page']));
  // What the page may not do.
  expect(await page.evaluate(() => document.querySelector('iframe')?.contentDocument)).toBe(null);
  expect(JSON.stringify(await told(page))).not.toContain('token of the page');
  await expect(page.evaluate(() => window.opened.chat.call('send', 5))).rejects.toThrow('expected a text, got number');
});

test('a visitor whom the page does not know is the same on the next visit', async ({ host }) => {
  const { page, chat } = await host(undefined, '');
  await expect(chat.light).toHaveAccessibleName('Connected');
  await page.evaluate(() => {
    const frame = document.querySelector('iframe');
    if (frame) frame.src = `${frame.src}?again`;
  });
  await expect.poll(() => chat.written.filter(({ type }) => type === 0)).toHaveLength(2);
  const ids = chat.written
    .filter(({ type }) => type === 0)
    .map(({ dataContent }) => JSON.parse(String(dataContent)).loginUserId);
  expect(ids[0]).toMatch(/^visitor-[0-9a-f-]{36}$/);
  expect(ids[1]).toBe(ids[0]);
});

test('a frame that is loaded again is connected again, by the same page', async ({ host }) => {
  const { page, chat } = await host();
  await chat.say('hello');
  await expect(chat.statusOf('hello').first()).toHaveAccessibleName('Delivered');
  await page.evaluate(() => {
    const frame = document.querySelector('iframe');
    if (frame) frame.src = `${frame.src}?again`;
  });
  await expect(chat.message('hello').first()).toBeVisible();
  await chat.say('once more');
  await expect(chat.statusOf('once more').first()).toHaveAccessibleName('Delivered');
});

test('W8: a page that is not named gets nothing', async ({ host }) => {
  const { page, chat, url } = await host('https://shop.example');
  // To a document that is still to come nothing can be said.
  await expect.poll(() => page.frames()[1]?.url()).toBe(url);
  const [, frame] = page.frames();
  await frame?.waitForLoadState('load');
  await page.evaluate((origin) => {
    const { port2 } = new MessageChannel();
    document.querySelector('iframe')?.contentWindow?.postMessage('harmonychat-frame-1 port', origin, [port2]);
  }, new URL(url).origin);
  // What came before this has been heard by then, and answered.
  await frame?.evaluate(() => new Promise((resolve) => setTimeout(resolve)));
  expect(
    await frame?.evaluate(() => performance.getEntriesByType('resource').map(({ name }) => name.replace(/.*\//, ''))),
  ).toEqual([...['embed.css', 'harmonychat.frame.js']]);
  await expect(chat.root).toHaveCount(0);
  expect(await told(page)).toEqual([]);
});

test('W8: floods, strangers and nonsense change nothing', async ({ host }) => {
  const { page, chat, url } = await host();
  await expect(chat.field).toBeVisible();
  await page.evaluate(async (address) => {
    const frame = document.querySelector('iframe')?.contentWindow;
    const { origin } = new URL(address);
    // A stranger in the page: a frame without an origin, which is not the parent.
    const stranger = document.createElement('iframe');
    stranger.setAttribute('sandbox', 'allow-scripts');
    stranger.srcdoc = `<script>for (let i = 0; i < 500; i++) {
      top.postMessage('harmonychat-frame-1 here', '*');
      top.frames[0].postMessage('harmonychat-frame-1 port', '*', [new MessageChannel().port2]);
    }</script>`;
    document.body.append(stranger);
    for (let i = 0; i < 500; i++) frame?.postMessage({ kind: 'call', id: i, name: 'remove' }, origin);
    await new Promise((resolve) => stranger.addEventListener('load', resolve));
  }, url);
  await chat.say('still here');
  await expect(chat.statusOf('still here').first()).toHaveAccessibleName('Delivered');
  await expect(page.evaluate(() => window.opened.chat.call('remove' as 'focus'))).rejects.toThrow(
    'expected one of update',
  );
});

test('an origin that is none is told', async ({ host }) => {
  const { page } = await host();
  const wrong = page.evaluate(() => new window.frameHost.ChatFrame(document.createElement('iframe'), { origin: '*' }));
  await expect(wrong).rejects.toThrow('expected an origin such as https://chat.example.com, got *');
});
