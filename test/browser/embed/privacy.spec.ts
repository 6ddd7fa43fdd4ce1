import { expect, type Shop, test } from './embed-test.js';

const required = { consent: 'required' };

/** Ids of those who logged in, on all pages of a visit. */
const loginsOf = ({ chat }: Shop) =>
  chat.written.filter(({ type }) => type === 0).map(({ dataContent }) => JSON.parse(String(dataContent)).loginUserId);

test('with data-consent="required" nothing is stored or connected before the visitor agrees', async ({ shop }) => {
  const visit = await shop({ tag: required });
  const { page, button, notice, chat } = visit;
  await button.click();
  await expect(notice).toContainText('What you write is sent to localhost:');
  await visit.idle();
  expect(await visit.stored()).toEqual([]);
  expect(chat.sockets).toBe(0);
  await notice.getByRole('button', { name: 'No, thanks' }).click();
  await expect(visit.panel).toBeHidden();
  await expect(button).toBeFocused();
  await expect(visit.call('send', 'hello')).rejects.toThrow("expected the visitor's consent");
  expect(await visit.stored()).toEqual([]);
  await button.click();
  await notice.getByRole('button', { name: 'Agree and chat' }).click();
  await expect(chat.field).toBeFocused();
  await chat.say('hello');
  await expect(chat.statusOf('hello').first()).toHaveAccessibleName('Delivered');
  // Who has agreed is not asked on the next page.
  await page.reload();
  await expect(chat.message('hello').first()).toBeVisible();
  await expect(notice).toHaveCount(0);
});

test('the page may say that the visitor agrees, and that they do so no more: then all is forgotten', async ({
  shop,
}) => {
  const visit = await shop({ tag: required });
  const { page, button, notice, chat, requests } = visit;
  await visit.call('consent', true);
  await visit.idle();
  // A page says so each time: it is no reason to load anything.
  expect(requests.some((url) => url.includes('bundle'))).toBe(false);
  await visit.open();
  await chat.say('hello');
  await expect(chat.statusOf('hello').first()).toHaveAccessibleName('Delivered');
  expect((await visit.stored()).length).toBeGreaterThan(2);
  await visit.call('consent', false);
  await expect(visit.panel).toBeHidden();
  await expect(chat.root).toHaveCount(0);
  // Empty databases; and when the session ended, which a tab that sleeps has to learn.
  const left = (await visit.stored()).filter((key) => !/^harmonychat( history| end -?\d+)?$/.test(key));
  expect(left).toEqual([]);
  await page.reload();
  await button.click();
  await expect(notice).toBeVisible();
  await notice.getByRole('button', { name: 'Agree and chat' }).click();
  await expect(chat.light).toHaveAccessibleName('Connected');
  await expect(chat.message('hello')).toHaveCount(0);
});

test('withdrawn on a later page: what the earlier one kept is gone, without a connection', async ({ shop }) => {
  const visit = await shop({ tag: required });
  const { page, chat, notice, button } = visit;
  await button.click();
  await notice.getByRole('button', { name: 'Agree and chat' }).click();
  await chat.say('to be forgotten');
  await expect(chat.statusOf('to be forgotten').first()).toHaveAccessibleName('Delivered');
  await visit.close.click();
  // A tab of the visit, without the chat.
  await page.evaluate(() => sessionStorage.setItem('kept', 'by the page'));
  await visit.page.addInitScript(() => {
    void Object.assign(window, { HarmonyChat: Object.assign(() => {}, { q: [['consent', false]] }) });
  });
  const { sockets } = chat;
  await page.reload();
  await expect.poll(async () => (await visit.stored()).filter((key) => /visitor|opened/.test(key))).toEqual([]);
  const messages = await page.evaluate(
    () =>
      new Promise((resolve) => {
        const request = indexedDB.open('harmonychat history');
        request.onsuccess = () => {
          const { result } = request;
          const all = result.transaction('messages').objectStore('messages').getAll();
          all.onsuccess = () => {
            result.close();
            resolve(all.result);
          };
        };
      }),
  );
  expect(JSON.stringify(messages)).not.toContain('to be forgotten');
  expect(chat.sockets).toBe(sockets);
});

test('consent refused by the page loads nothing where nothing is kept', async ({ shop }) => {
  const visit = await shop({ tag: required });
  await visit.call('consent', false);
  await visit.idle();
  expect(visit.requests.filter((url) => url.includes('harmonychat.'))).toHaveLength(1);
});

test('on a later page of the visit the chat is there again, once the page is idle', async ({ shop, gateway }) => {
  const visit = await shop({ tag: { 'peer-id': 'bob' } });
  const { page, button, badge, chat, panel, close } = visit;
  await visit.open();
  await chat.say('hello');
  await expect(chat.statusOf('hello').first()).toHaveAccessibleName('Delivered');
  const [login] = chat.written.filter(({ type }) => type === 0);
  const user = JSON.parse(String(login?.dataContent)).loginUserId;
  // Open it was, and open it is; the focus stays with the page.
  await page.reload();
  await expect(panel).toBeVisible();
  await expect(chat.message('hello').first()).toBeVisible();
  expect(await page.evaluate(() => document.activeElement?.localName)).toBe('body');
  await close.click();
  await page.reload();
  await expect(badge).toBeAttached();
  await expect.poll(() => page.evaluate(() => document.querySelector('chat-launcher')?.panel !== undefined)).toBe(true);
  await expect(panel).toBeHidden();
  await expect
    .poll(() =>
      page.evaluate(
        () => document.querySelector('chat-launcher')?.shadowRoot?.querySelector('chat-window')?.connectionState.name,
      ),
    )
    .toBe('connected');
  gateway.send(user, 'are you there?', { from: 'bob' });
  await expect(badge).toHaveText('1');
  await expect(button).toHaveAccessibleName('Chat: 1 new message');
});

test('who was known by name is waited for on a later page: nobody else logs in meanwhile', async ({ shop, userId }) => {
  const visit = await shop();
  const { page, chat, panel } = visit;
  const user = userId('known');
  const logins = () =>
    chat.written.filter(({ type }) => type === 0).map(({ dataContent }) => JSON.parse(String(dataContent)).loginUserId);
  await visit.open();
  await expect(chat.light).toHaveAccessibleName('Connected');
  await visit.call('identify', { userId: user });
  await expect.poll(() => logins().at(-1)).toBe(user);
  const [visitor] = logins();
  const count = logins().length;
  await page.reload();
  await visit.loaded();
  await visit.idle();
  await expect(panel).toBeHidden();
  await expect(chat.root).toHaveCount(0);
  // The page has asked its server who that is.
  await visit.call('identify', { userId: user });
  await expect(panel).toBeVisible();
  await expect.poll(() => logins().slice(count)).toEqual([user]);
  // Where it says nothing, whoever presses is served.
  await page.reload();
  await visit.open();
  await expect.poll(() => logins().slice(count)).toEqual([user, visitor]);
});

test('waited for they are also where the chat connects with the page, and was never opened', async ({
  shop,
  userId,
}) => {
  const visit = await shop({ tag: { connect: 'load' } });
  const { page, chat } = visit;
  const user = userId('eager');
  const logins = () => loginsOf(visit);
  await expect.poll(() => logins().length).toBe(1);
  await visit.call('identify', { userId: user });
  await expect.poll(() => logins().at(-1)).toBe(user);
  const count = logins().length;
  await page.reload();
  await visit.loaded();
  await visit.idle();
  await expect(chat.root).toHaveCount(0);
  await visit.call('identify', { userId: user });
  await expect.poll(() => logins().slice(count)).toEqual([user]);
  await expect(visit.panel).toBeHidden();
});

test('a visitor is the same on the next visit, and nobody else’s', async ({ shop }) => {
  const ids: unknown[] = [];
  const login = ({ chat }: Awaited<ReturnType<typeof shop>>) =>
    JSON.parse(String(chat.written.find(({ type }) => type === 0)?.dataContent)).loginUserId;
  const visit = await shop();
  await visit.open();
  await expect(visit.chat.light).toHaveAccessibleName('Connected');
  ids.push(login(visit));
  const state = await visit.page.context().storageState();
  for (const storageState of [state, { cookies: [], origins: [] }]) {
    const next = await shop({ context: { storageState } });
    await next.open();
    await expect(next.chat.light).toHaveAccessibleName('Connected');
    ids.push(login(next));
  }
  expect(ids[0]).toMatch(/^visitor-[0-9a-f-]{36}$/);
  expect(ids[1]).toBe(ids[0]);
  expect(ids[2]).not.toBe(ids[0]);
  // It is a credential.
  expect(await visit.page.content()).not.toContain(ids[0]);
});

test('with data-history="none" nothing is ever stored', async ({ shop }) => {
  const visit = await shop({ tag: { history: 'none', ...required } });
  const { page, chat, notice } = visit;
  await visit.button.click();
  await expect(notice).not.toContainText('kept on this device');
  await notice.getByRole('button', { name: 'Agree and chat' }).click();
  await chat.say('hello');
  await expect(chat.statusOf('hello').first()).toHaveAccessibleName('Delivered');
  expect(await visit.stored()).toEqual([]);
  await page.reload();
  await expect(visit.button).toBeVisible();
  await visit.idle();
  expect(await visit.stored()).toEqual([]);
});

test('data-connect="load" connects when the page is idle, but not without a consent that is required', async ({
  shop,
}) => {
  const eager = await shop({ tag: { connect: 'load' } });
  await expect.poll(() => eager.chat.sockets).toBe(1);
  await expect(eager.panel).toBeHidden();
  const asked = await shop({ tag: { connect: 'load', ...required } });
  await asked.loaded();
  await asked.idle();
  expect(asked.chat.sockets).toBe(0);
  expect(await asked.stored()).toEqual([]);
});

test('requests go to the script’s origin and to the server alone', async ({ shop }) => {
  const visit = await shop();
  await visit.open();
  await visit.chat.say('image', 'hello');
  await expect(visit.chat.bubbles).toHaveCount(4);
  const origins = new Set(visit.requests.map((url) => new URL(url).origin));
  expect([...origins]).toEqual([new URL(visit.url).origin]);
});
