import type { Page } from '@playwright/test';
import { expect, test } from './embed-test.js';

/** What README says is enough, for a script of the page's own origin. */
const POLICY = [
  ...["default-src 'none'", "script-src 'self'", "connect-src 'self' ws:", "img-src 'self'", "media-src 'self'"],
  ...["require-trusted-types-for 'script'", "trusted-types lit-html 'allow-duplicates'"],
].join('; ');

const PIXELS = { background: 'rgb(0, 222, 122)', size: { width: 56, height: 56 } };

/** Reports of the policy, from the first moment of each page. */
async function watch(page: Pick<Page, 'addInitScript'>): Promise<void> {
  await page.addInitScript(() => {
    Object.assign(window, { violations: [] });
    addEventListener('securitypolicyviolation', ({ violatedDirective, blockedURI }) =>
      (window as unknown as { violations: string[] }).violations.push(`${violatedDirective} ${blockedURI}`),
    );
  });
}

const violations = (page: Page) => page.evaluate(() => (window as unknown as { violations: string[] }).violations);

test('W1: under the strict policy with Trusted Types, all of it, and no report', async ({ shop }) => {
  const visit = await shop({
    policy: POLICY,
    prepare: watch,
    tag: { consent: 'required', look: 'neutral', brand: 'teal' },
  });
  const { chat, notice, page } = visit;
  await visit.button.click();
  await notice.getByRole('button', { name: 'Agree and chat' }).click();
  await chat.say('links', 'image', 'voice');
  await expect(chat.statusOf('voice').first()).toHaveAccessibleName('Delivered');
  await chat.root.getByRole('button', { name: 'Choose an emoji' }).click();
  await expect(chat.root.getByRole('searchbox')).toBeFocused();
  await page.keyboard.press('Escape');
  await visit.call('update', { locale: 'zh-CN' });
  await expect(chat.light).toHaveAccessibleName('已连接');
  await page.keyboard.press('Escape');
  await expect(visit.panel).toBeHidden();
  expect(await violations(page)).toEqual([]);
});

test('W1: beside a Lit of the page’s own', async ({ shop }) => {
  const own = '<script type="module" src="/pages/own-lit.js"></script><own-lit></own-lit>';
  const visit = await shop({ policy: POLICY, prepare: watch, body: own });
  await expect(visit.page.locator('own-lit')).toHaveText('Lit of the page');
  await visit.open();
  await visit.chat.say('hello');
  await expect(visit.chat.statusOf('hello').first()).toHaveAccessibleName('Delivered');
  expect(await violations(visit.page)).toEqual([]);
});

test('from another origin, and from a path with a version and a query', async ({ shop, site }) => {
  const elsewhere = site.url.replace('localhost', '127.0.0.1');
  const policy = POLICY.replaceAll("script-src 'self'", `script-src ${elsewhere}`);
  const visit = await shop({ policy, prepare: watch, script: `${elsewhere}dist/harmonychat.js?v=2` });
  await visit.open();
  await visit.chat.say('hello');
  await expect(visit.chat.statusOf('hello').first()).toHaveAccessibleName('Delivered');
  const ours = visit.requests.filter((url) => url.includes('harmonychat.'));
  expect(ours.every((url) => url.startsWith(`${elsewhere}dist/`))).toBe(true);
  expect(ours).toContain(`${elsewhere}dist/harmonychat.bundle.js?v=2`);
  expect(await violations(visit.page)).toEqual([]);
});

test('W3: the page’s styles change nothing, whatever they say', async ({ shop }) => {
  const style = `<style>
    html { font-size: 62.5%; line-height: 3; letter-spacing: 5px; color: red; text-align: right; direction: rtl }
    * { all: unset !important; font: 40px fantasy !important; background: red !important }
    div, button, span, svg, chat-launcher { display: none !important; transform: scale(2) !important; opacity: 0.1 !important }
  </style>`;
  const plain = await shop();
  const hostile = await shop({ body: style });
  for (const visit of [plain, hostile]) {
    await expect(visit.button).toBeVisible();
    await expect(visit.button).toHaveCSS('background-color', PIXELS.background);
    expect(await visit.button.boundingBox()).toMatchObject(PIXELS.size);
  }
  // Within the circle: around it is the page.
  const pictures = await Promise.all(
    [plain, hostile].map(async ({ button, page }) => {
      const { x = 0, y = 0 } = (await button.boundingBox()) ?? {};
      return page.screenshot({ clip: { x: x + 10, y: y + 10, width: 36, height: 36 } });
    }),
  );
  expect(pictures[0]?.equals(pictures[1] ?? Buffer.of())).toBe(true);
  await Promise.all([plain.open(), hostile.open()]);
  const boxes = await Promise.all([plain, hostile].map(({ panel }) => panel.boundingBox()));
  expect(boxes[0]).toEqual(boxes[1]);
  await expect(hostile.chat.root.locator('h2')).toHaveCSS('letter-spacing', 'normal');
  // And nothing comes out.
  const foreign = await plain.page.evaluate(() =>
    [document.head, document.body].map((part) => [...part.children].map(({ localName }) => localName)),
  );
  expect(foreign).toEqual([
    ['meta', 'meta', 'title', 'link', 'script'],
    ['h1', 'chat-launcher'],
  ]);
});

test('W4: natives that an old library has changed', async ({ shop }) => {
  const head = `<script>
    Array.prototype.toJSON = function () { return 'old'; };
    Object.prototype.extra = function () {};
    Array.prototype.remove = function () { throw new Error('not for you'); };
    Function.prototype.bind = function (that) { var fn = this; return function () { return fn.apply(that, arguments); }; };
    const Plain = WebSocket;
    window.WebSocket = function (url, protocols) { return protocols ? new Plain(url, protocols) : new Plain(url); };
    Object.assign(window.WebSocket, { CONNECTING: 0, OPEN: 1, CLOSING: 2, CLOSED: 3, prototype: Plain.prototype });
  </script>`;
  const visit = await shop({ body: head });
  await visit.open();
  await expect(visit.chat.light).toHaveAccessibleName('Connected');
  await visit.chat.toolsCame();
  // And what changes once all of it is there.
  await visit.page.evaluate(() => {
    JSON.stringify = () => 'replaced';
    JSON.parse = () => 'replaced';
  });
  await visit.chat.say('hello');
  await expect(visit.chat.statusOf('hello').first()).toHaveAccessibleName('Delivered');
});

test('W9: names that hide what the document has, from the beginning and later', async ({ shop }) => {
  const hide = (names: readonly string[]) =>
    names.map((name) => `<form name="${name}"></form><img name="${name}" alt="">`).join('');
  const body = hide(['body', 'head', 'currentScript', 'documentElement', 'activeElement', 'createElementNS', 'hidden']);
  const ids =
    '<a id="HarmonyChat" href="#">1</a><a id="customElements" href="#">2</a><a id="chat" name="q" href="#">3</a>';
  const visit = await shop({ body: body + ids });
  const { page, chat } = visit;
  await expect(visit.button).toBeVisible();
  await expect(visit.launcher).toHaveAttribute('peer-id', 'support');
  expect(await page.evaluate(() => typeof window.HarmonyChat)).toBe('function');
  // Of a visitor's comment, say: all that the chat calls, or asks.
  const more = [
    'createElement',
    'createComment',
    'createTreeWalker',
    'importNode',
    'hasFocus',
    'visibilityState',
  ].concat(...['addEventListener', 'removeEventListener', 'title']);
  await page.evaluate((html) => document.querySelector('h1')?.insertAdjacentHTML('afterend', html), hide(more));
  expect(await page.evaluate(() => typeof document.createElement)).toBe('object');
  await visit.open();
  await chat.say('image', 'https://example.com/');
  await expect(chat.statusOf('image').first()).toHaveAccessibleName('Delivered');
  await expect(chat.list.locator('image-bubble').first()).toBeVisible();
  await chat.toolsCame();
  await visit.close.click();
  await expect(visit.panel).toBeHidden();
});

test('one global, and one element', async ({ shop }) => {
  const globals = (visit: { page: Page }) => visit.page.evaluate(() => Object.keys(window));
  const bare = await shop({ head: '' });
  const visit = await shop();
  await visit.open();
  const names = new Set(await globals(bare));
  expect((await globals(visit)).filter((name) => !names.has(name))).toEqual(['HarmonyChat']);
});

test.describe('W5: a listener of the page that throws', () => {
  test.use({ allowErrors: [/of the page/] });
  test('takes nothing from the others', async ({ shop }) => {
    const visit = await shop();
    await visit.open();
    await visit.page.evaluate(() => {
      Object.assign(window, { heard: [] });
      for (const name of ['message', 'delivery', 'close'] as const) {
        void window.HarmonyChat?.('on', name, () => {
          throw new Error('of the page');
        });
        void window.HarmonyChat?.('on', name, ({ type }: Event) =>
          (window as unknown as { heard: string[] }).heard.push(type),
        );
      }
    });
    await visit.chat.say('hello');
    await expect(visit.chat.statusOf('hello').first()).toHaveAccessibleName('Delivered');
    await visit.page.keyboard.press('Escape');
    await expect(visit.panel).toBeHidden();
    const heard = await visit.page.evaluate(() => (window as unknown as { heard: string[] }).heard);
    expect(new Set(heard)).toEqual(new Set(['chat-message', 'chat-delivery', 'chat-close']));
  });
});

test('H6: a brand that is no colour brings no style of its own', async ({ shop }) => {
  const evil = 'red;background:url(//evil.example/x)';
  const visit = await shop({ tag: { brand: evil }, prepare: watch });
  await expect(visit.button).toHaveCSS('background-color', PIXELS.background);
  await visit.open();
  expect(visit.requests.filter((url) => url.includes('evil'))).toEqual([]);
  await visit.call('update', { brand: '#ffd54f' });
  await expect(visit.button).toHaveCSS('background-color', 'rgb(255, 213, 79)');
  await expect(visit.button).toHaveCSS('color', 'rgb(0, 0, 0)');
});
