import type { HarmonyChat } from '../../../src/index.js';
import { expect, test } from './embed-test.js';

type Api = HarmonyChat & { q?: unknown[] };
const tag = (more: string) =>
  `<script async src="/dist/harmonychat.js" data-server-url="ws://localhost/websocket" ${more}></script>`;

/** The two stubs that README has. */
const stubs = {
  'the usual stub':
    'window.HarmonyChat=window.HarmonyChat||function(){(HarmonyChat.q=HarmonyChat.q||[]).push(arguments)}',
  'the stub that gives promises':
    'window.HarmonyChat=window.HarmonyChat||function(){var a=arguments;return new Promise(function(r,j){(HarmonyChat.q=HarmonyChat.q||[]).push([a,r,j])})}',
};

for (const [name, stub] of Object.entries(stubs)) {
  test(`calls before the script has come, through ${name}`, async ({ shop, serverUrl, userId }) => {
    const user = userId('early');
    const visit = await shop({
      head: `<script>${stub};
        window.calls = [];
        const kept = HarmonyChat;
        HarmonyChat('on', 'open', (event) => calls.push(event.type));
        HarmonyChat('identify', { userId: '${user}', getToken: () => 'secret' });
        window.sent = HarmonyChat('send', 'hello from the page');
        HarmonyChat('open');
        window.later = () => kept('close');
      </script><script async src="/dist/harmonychat.js" data-server-url="${serverUrl}" data-peer-id="bob" data-locale="en"></script>`,
    });
    await expect(visit.chat.field).toBeVisible();
    await expect(visit.chat.statusOf('hello from the page')).toHaveAccessibleName('Delivered');
    expect(await visit.page.evaluate(() => (window as unknown as { calls: string[] }).calls)).toEqual(['chat-open']);
    expect(JSON.parse(String(visit.chat.written[0]?.dataContent))).toMatchObject({
      loginUserId: user,
      loginToken: 'secret',
    });
    if (name.includes('promises')) {
      const outcome = await visit.page.evaluate(async () => {
        const { id, delivered } = await (window as unknown as { sent: ReturnType<typeof sent> }).sent;
        async function sent() {
          return { id: '', delivered: Promise.resolve('') };
        }
        return [typeof id, await delivered];
      });
      expect(outcome).toEqual(['string', 'delivered']);
    }
    // Who kept the stub calls what has come.
    await visit.page.evaluate(() => (window as unknown as { later(): void }).later());
    await expect(visit.panel).toBeHidden();
  });
}

test('an event that was before: ready is told to whoever asks late; others are not', async ({ shop }) => {
  const visit = await shop();
  await visit.open();
  const told = await visit.page.evaluate(async () => {
    const api = window.HarmonyChat as Api;
    const events: string[] = [];
    const listener = ({ type }: Event) => events.push(type);
    await api('on', 'ready', listener);
    await api('on', 'open', listener);
    await api('on', 'close', listener);
    await api('close');
    await api('off', 'close', listener);
    await api('open');
    await api('toggle');
    return events;
  });
  expect(told).toEqual(['chat-ready', 'chat-close', 'chat-open']);
});

test('a call that is wrong is told to who waits for it, and by an event; the page never sees an exception', async ({
  shop,
}) => {
  const visit = await shop();
  await expect(visit.button).toBeVisible();
  const told = await visit.page.evaluate(async () => {
    const api = window.HarmonyChat as unknown as (...args: unknown[]) => Promise<unknown>;
    const errors: string[] = [];
    await api('on', 'error', ({ error }: { error: Error }) => errors.push(error.message));
    // Nobody waits for these.
    void api('opne');
    void api('identify');
    void api('on', 'open');
    void api('toString');
    const rejected = await api('send', 5).catch((error: Error) => error.message);
    return { errors: errors.sort(), rejected };
  });
  expect(told.rejected).toBe('send: expected a text, got number');
  expect(told.errors).toEqual([
    expect.stringMatching(/^HarmonyChat: expected one of .*open.*, got opne$/),
    expect.stringMatching(/got toString$/),
    'identify: expected { userId }, got undefined',
    'on: expected a function, got undefined',
    'send: expected a text, got number',
  ]);
});

test('the tag twice is one widget, with what the second says (L10)', async ({ shop }) => {
  const visit = await shop({
    head: `${tag('data-position="left" data-peer-id="bob"')}`,
    body: `${tag('data-locale="zh-CN"')}${tag('data-heading="Shop"')}`,
  });
  await expect(visit.launcher).toHaveAttribute('heading', 'Shop');
  await expect(visit.launcher).toHaveCount(1);
  await expect(visit.button).toHaveAccessibleName('在线聊天');
  await expect(visit.launcher).toHaveAttribute('position', 'left');
  expect((await visit.button.boundingBox())?.x).toBe(20);
});

test('update changes what is there: attributes, functions, texts', async ({ shop, userId }) => {
  const visit = await shop({ tag: { 'peer-id': 'bob', 'user-id': userId('changed') } });
  await visit.open();
  await visit.call('update', { heading: 'Orders', position: 'left', locale: 'zh-CN', showUserId: true });
  await expect(visit.chat.root.locator('h2')).toHaveText('Orders');
  await expect(visit.panel).toHaveAccessibleName('Orders');
  await expect(visit.chat.light).toHaveAccessibleName('已连接');
  await expect(visit.close).toHaveAccessibleName('关闭聊天');
  expect((await visit.panel.boundingBox())?.x).toBe(20);
  await visit.call('update', { strings: { placeholder: 'Ask us' } });
  await expect(visit.chat.field).toHaveAttribute('placeholder', 'Ask us');
  await visit.call('update', { heading: undefined });
  await expect(visit.chat.root.locator('h2')).toHaveText('聊天');
});

test('hide and show: the launcher, with the panel; the chat stays', async ({ shop }) => {
  const visit = await shop();
  await visit.open();
  await expect(visit.chat.light).toHaveAccessibleName('Connected');
  await visit.call('hide');
  await expect(visit.button).toBeHidden();
  await expect(visit.panel).toBeHidden();
  await visit.call('show');
  await expect(visit.panel).toBeVisible();
  expect(visit.chat.sockets).toBe(1);
});

test('identify makes somebody known of a visitor; logout ends the session; nothing of the one before stays', async ({
  shop,
  userId,
}) => {
  const visit = await shop();
  const { chat } = visit;
  await visit.open();
  await chat.say('of the visitor');
  await expect(chat.statusOf('of the visitor').first()).toHaveAccessibleName('Delivered');
  const known = userId('known');
  await visit.call('identify', { userId: known });
  await expect(chat.message('of the visitor')).toHaveCount(0);
  await expect
    .poll(() =>
      chat.written
        .filter(({ type }) => type === 0)
        .map(({ dataContent }) => JSON.parse(String(dataContent)).loginUserId),
    )
    .toEqual([expect.stringMatching(/^visitor-/), known]);
  await chat.say('of somebody known');
  await expect(chat.statusOf('of somebody known').first()).toHaveAccessibleName('Delivered');
  await visit.call('logout', { wipe: true });
  await expect(chat.message('of somebody known')).toHaveCount(0);
});

test('destroy leaves nothing; a new tag makes a new one', async ({ shop, serverUrl, gateway, userId }) => {
  const user = userId('gone');
  const visit = await shop({ tag: { 'user-id': user } });
  await visit.open();
  await expect(visit.chat.light).toHaveAccessibleName('Connected');
  await visit.call('destroy');
  await expect(visit.launcher).toHaveCount(0);
  expect(await visit.page.evaluate(() => 'HarmonyChat' in window)).toBe(false);
  await expect.poll(() => gateway.isOnline(user)).toBe(false);
  await visit.page.evaluate((url) => {
    const script = document.createElement('script');
    Object.assign(script, { src: '/dist/harmonychat.js', async: true });
    Object.assign(script.dataset, { serverUrl: url, peerId: 'support', locale: 'en' });
    document.head.append(script);
  }, serverUrl);
  await visit.open();
  await expect(visit.chat.light).toHaveAccessibleName('Connected');
});
