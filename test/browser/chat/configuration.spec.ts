import { ChatPage } from '../support/chat-page.js';
import { expect, test } from '../support/chat-test.js';
import { recordEvents } from '../support/recorded-events.js';

/** Said in the window and by exactly one event; nothing connects, and nothing is tried again. */
async function expectProblem(chat: ChatPage, sentence: RegExp): Promise<void> {
  await expect(chat.problem).toContainText('The chat cannot start');
  await expect(chat.field).toHaveCount(0);
  // What would loop has a few frames for it.
  await chat.page.evaluate(async () => {
    for (let frame = 0; frame < 10; frame++) await window.windowPage.painted();
  });
  const errors = (await chat.events('chat-error')).map(({ error }) => error);
  expect(errors).toEqual([expect.stringMatching(sentence)]);
  await expect(chat.problem).toContainText(String(errors[0]));
  expect(await chat.events('chat-ready')).toEqual([]);
  expect(chat.sockets).toBe(0);
}

const url = 'wss://chat.example/websocket';

for (const [name, attributes, sentence] of [
  ['no server-url', { 'user-id': 'alice', 'peer-id': 'bob' }, /^server-url: expected an address .*wss:\/\//],
  [
    'a server-url that is no WebSocket address',
    { 'server-url': 'https://chat.example/', 'user-id': 'alice' },
    /^server-url: expected .*wss:\/\/.*, got "https:\/\/chat.example\/"$/,
  ],
  [
    'an empty user-id',
    { 'server-url': url, 'user-id': '', 'peer-id': 'bob' },
    /^user-id: expected .* id.*, got an empty string$/,
  ],
  [
    "the server's own id",
    { 'server-url': url, 'user-id': '0', 'peer-id': 'bob' },
    /^user-id: expected an id other than "0".*, got "0"$/,
  ],
  [
    'an unknown heartbeat',
    { 'server-url': url, 'user-id': 'alice', heartbeat: '7' },
    /^heartbeat: expected one of 3, 5, 10, 15, 30, 60, 120 \(seconds\), got 7$/,
  ],
  [
    'a token attribute',
    { 'server-url': url, 'user-id': 'alice', token: 'secret' },
    /^token: expected the property getToken/,
  ],
] as const) {
  test(`wrong configuration is told in the window and by one event: ${name}`, async ({ emptyPage }) => {
    const chat = await emptyPage();
    await chat.page.evaluate((all) => window.windowPage.open(all), attributes);
    await expectProblem(chat, sentence);
  });
}

test('ws: on an https page is told, and nothing is tried (N16)', async ({ browser, site }) => {
  const page = await browser.newPage();
  await page.addInitScript(recordEvents);
  await page.route('https://chat.example/**', async (route) => {
    const { pathname, search } = new URL(route.request().url());
    await route.fulfill({ response: await route.fetch({ url: new URL(pathname + search, site.url).href }) });
  });
  const chat = new ChatPage(page);
  await page.goto('https://chat.example/test/browser/pages/window.html');
  await page.waitForFunction(() => 'windowPage' in window);
  await page.evaluate(() =>
    window.windowPage.open({ 'server-url': 'ws://chat.example/websocket', 'user-id': 'alice', 'peer-id': 'bob' }),
  );
  await expectProblem(chat, /^server-url: expected wss:.*, got "ws:\/\/chat.example\/websocket"$/);
});

test("somebody else's element with one of our names is told", async ({ emptyPage }) => {
  const chat = await emptyPage({}, (context) =>
    context.addInitScript(() => customElements.define('message-list', class extends HTMLElement {})),
  );
  await chat.page.evaluate((all) => window.windowPage.open(all), {
    'server-url': url,
    'user-id': 'alice',
    'peer-id': 'bob',
  });
  await expectProblem(chat, /^<message-list>: expected a tag name/);
});

test('an address that the browser itself refuses is told once', async ({ emptyPage }) => {
  const chat = await emptyPage();
  // Without the check of the window's own: a client that the page has made.
  await chat.page.evaluate(() => {
    const { ChatClient, open } = window.windowPage;
    const client = new ChatClient({ serverUrl: 'wss://chat.example/#fragment', userId: 'alice' });
    open({ 'peer-id': 'bob' }, { client });
    client.connect();
  });
  await expect(chat.problem).toContainText('The chat cannot start');
  expect(await chat.events('chat-error')).toHaveLength(1);
  await expect
    .poll(() => chat.events('chat-status'))
    .toContainEqual(expect.objectContaining({ state: expect.objectContaining({ reason: 'misconfigured' }) }));
});

test('a locale that is no language tag is told, and the chat works in the language of the page', async ({
  emptyPage,
  serverUrl,
  userId,
}) => {
  const chat = await emptyPage();
  await chat.page.evaluate((all) => window.windowPage.open(all), {
    'server-url': serverUrl,
    'user-id': userId('alice'),
    'peer-id': 'bob',
    locale: '!not a tag!',
  });
  await chat.say('hello');
  await expect(chat.statusOf('hello')).toHaveAccessibleName('Delivered');
  expect((await chat.events('chat-error')).map(({ error }) => error)).toEqual([
    'locale: expected a BCP 47 language tag such as zh-CN, got "!not a tag!"',
  ]);
});

test('nothing is drawn in another language while that of the window is on its way; the connection does not wait', async ({
  visit,
  userId,
  gateway,
}) => {
  const user = userId('alice');
  let deliver = () => {};
  const late = new Promise<void>((resolve) => {
    deliver = resolve;
  });
  const chat = await visit({ user, peer: 'bob', locale: 'zh-CN' }, {}, (context) =>
    context.route('**/zh-CN.js', async (route) => {
      await late;
      await route.continue();
    }),
  );
  const drawn: (number | undefined)[] = [];
  await expect
    .poll(async () => {
      // After 3 s it would speak English.
      drawn.push(
        await chat.root.evaluate((root) => (performance.now() < 3_000 ? root.shadowRoot?.childElementCount : 0)),
      );
      return [...gateway.journal].some((entry) => entry.user === user);
    })
    .toBe(true);
  expect(new Set(drawn)).toEqual(new Set([0]));
  deliver();
  await expect(chat.light).toHaveAccessibleName('已连接');
});

test.describe(() => {
  test.use({ allowErrors: [/^console\.error: Failed to load resource/] });

  test('a language that cannot be loaded is English', async ({ visit, userId }) => {
    const chat = await visit({ user: userId('alice'), peer: 'bob', locale: 'zh-CN' }, {}, (context) =>
      context.route('**/zh-CN.js', (route) => route.abort()),
    );
    await chat.say('hello');
    await expect(chat.statusOf('hello')).toHaveAccessibleName('Delivered');
  });
});

test('a configuration put right starts the chat', async ({ emptyPage, serverUrl, userId }) => {
  const chat = await emptyPage();
  await chat.page.evaluate(() => window.windowPage.open({ 'peer-id': 'bob', heartbeat: '4' }));
  await expect(chat.problem).toContainText('server-url');
  await chat.root.evaluate((root, address) => root.setAttribute('server-url', address), serverUrl);
  await expect(chat.problem).toContainText('user-id');
  await chat.root.evaluate((root, id) => root.setAttribute('user-id', id), userId('alice'));
  await expect(chat.problem).toContainText('heartbeat');
  await chat.root.evaluate((root) => root.removeAttribute('heartbeat'));
  await expect(chat.light).toHaveAccessibleName('Connected');
  await expect(chat.problem).toBeHidden();
  expect(await chat.events('chat-error')).toHaveLength(3);
  expect(await chat.events('chat-ready')).toHaveLength(1);
  expect(chat.sockets).toBe(1);
});

test('a token is asked for at the login, and is nowhere to be found in the page', async ({
  emptyPage,
  gateway,
  serverUrl,
  userId,
}) => {
  const alice = userId('alice');
  const chat = await emptyPage();
  await chat.page.evaluate(
    ([address, user]) => {
      const attributes = { 'server-url': address, 'user-id': user, 'peer-id': 'bob' };
      window.windowPage.open(attributes, { getToken: async () => 'canary-4711' });
    },
    [serverUrl, alice] as const,
  );
  await expect(chat.light).toHaveAccessibleName('Connected');
  const [login] = gateway.journal.logins(alice);
  expect(JSON.parse(login?.frame?.dataContent ?? '')).toMatchObject({ loginToken: 'canary-4711' });
  const traces = await chat.page.evaluate(() => {
    const { localStorage, sessionStorage, chatEvents, location, document } = window;
    return JSON.stringify([
      { ...localStorage },
      { ...sessionStorage },
      chatEvents,
      location.href,
      document.documentElement.outerHTML,
    ]);
  });
  expect(traces).not.toContain('canary-4711');
});
