import type { ChatApp } from '../../../src/app/index.js';
import { type AppPage, expect, holdSplash, SPLASHES, test } from './app-test.js';

const SECRET = 'correct-horse-battery';

/** Everything that stays in the browser, or is to be seen of the page by its scripts, as one text. */
function everywhere({ page }: AppPage): Promise<string> {
  return page.evaluate(async () => {
    const found: unknown[] = [
      { ...localStorage },
      { ...sessionStorage },
      document.cookie,
      location.href,
      history.state,
    ];
    found.push(document.title, window.chatEvents);
    for (const { name } of await indexedDB.databases()) {
      const database = await new Promise<IDBDatabase>((resolve, reject) => {
        const request = indexedDB.open(name ?? '');
        request.onsuccess = () => resolve(request.result);
        request.onerror = () => reject(request.error);
      });
      for (const store of database.objectStoreNames) {
        const all = database.transaction(store).objectStore(store).getAll();
        found.push(
          await new Promise((resolve) => {
            all.onsuccess = () => resolve(all.result);
          }),
        );
      }
      database.close();
    }
    const visit = (node: Element | ShadowRoot): void => {
      if (node instanceof Element) found.push([...node.attributes].map(({ value }) => value));
      if (node instanceof HTMLInputElement || node instanceof HTMLTextAreaElement) found.push(node.value);
      if (node instanceof Element && node.shadowRoot) visit(node.shadowRoot);
      for (const child of node.children) visit(child);
      if (node.childElementCount === 0) found.push(node.textContent);
    };
    visit(document.documentElement);
    return JSON.stringify(found);
  });
}

test('splash, notice, login, and a chat that answers', async ({ start, userId, gateway }) => {
  const ann = userId('ann');
  const app = await start({ splash: 'on', consent: 'required' }, {}, (context) =>
    context.addInitScript(holdSplash, SPLASHES),
  );
  await expect(app.splash).toContainText('HarmonyChat');
  await app.splashEnds();
  await expect(app.heading).toHaveText('Before you start');
  expect(await app.focused()).toBe('h1 title');
  expect(await app.page.evaluate(() => [localStorage.length, sessionStorage.length])).toEqual([0, 0]);
  expect(await app.page.evaluate(() => indexedDB.databases())).toEqual([]);
  expect(app.chat.sockets).toBe(0);

  await app.button('Agree').click();
  await expect(app.heading).toHaveText('Log in to HarmonyChat');
  expect(await app.focused()).toBe('input account');
  const field = await app.password.elementHandle();
  await app.logIn(ann, SECRET);
  await expect(app.chat.light).toHaveAccessibleName('Connected');
  await expect(app.account).toHaveCount(0);
  // Whoever still holds it holds nothing.
  expect(await field?.evaluate((input) => Reflect.get(input, 'value'))).toBe('');
  await expect.poll(() => app.focused()).toBe('textarea field');
  await app.chat.say('help');
  await expect(app.chat.statusOf('help').first()).toHaveAccessibleName('Delivered');
  await expect(app.chat.bubbles.last()).toContainText('image');
  const [login] = gateway.journal.logins(ann);
  expect(login).toBeDefined();
  expect(app.chat.written.some(({ dataContent }) => dataContent?.includes(SECRET))).toBe(true);
});

test('a reload remembers consent and account, and never the password', async ({ start, userId }) => {
  const ann = userId('ann');
  const logs: string[] = [];
  const app = await start({ splash: 'on', consent: 'required' }, {}, (context) =>
    context.addInitScript(holdSplash, SPLASHES),
  );
  app.page.on('console', (message) => logs.push(message.text()));
  app.page.on('request', (request) => logs.push(request.url()));
  await app.splash.click();
  await app.button('Agree').click();
  await app.logIn(ann, SECRET);
  await app.chat.say('a message that is kept');
  await expect(app.chat.statusOf('a message that is kept')).toHaveAccessibleName('Delivered');
  const kept = await everywhere(app);
  // That it would be found.
  expect(kept).toContain('a message that is kept');
  expect(kept).toContain(ann);
  expect(kept).not.toContain(SECRET);

  await app.page.reload();
  await app.splash.press('Enter');
  await expect(app.account).toHaveValue(ann);
  await expect(app.password).toHaveValue('');
  expect(await app.focused()).toBe('input password');
  expect(await everywhere(app)).not.toContain(SECRET);
  expect(logs.join()).not.toContain(SECRET);

  await app.password.fill(SECRET);
  await app.button('Log in').click();
  await expect(app.chat.message('a message that is kept')).toBeVisible();
});

test('where nothing is to be kept, the account is not', async ({ start, userId }) => {
  const app = await start({ consent: 'required' });
  await app.root.evaluate((root: ChatApp) => {
    root.history = 'none';
  });
  await app.button('Agree').click();
  await app.logIn(userId('ann'), SECRET);
  await expect(app.chat.light).toHaveAccessibleName('Connected');
  expect(await app.page.evaluate(() => localStorage.getItem('harmonychat app '))).toBe('{"consent":true}');
});

test('logging out leads back to the login, and nobody reconnects', async ({ start, userId, gateway }) => {
  const ann = userId('ann');
  const app = await start();
  await app.logIn(ann, SECRET);
  await expect(app.chat.light).toHaveAccessibleName('Connected');
  await app.button('Log out').click();
  await expect(app.account).toHaveValue(ann);
  await expect(app.password).toHaveValue('');
  await expect(app.chat.root).toHaveCount(0);
  await gateway.journal.waitFor({ user: ann, dir: 'close' });
  expect(gateway.isOnline(ann)).toBe(false);

  // Somebody else, on the same page.
  const bob = userId('bob');
  await app.logIn(bob, 'another');
  await expect(app.chat.light).toHaveAccessibleName('Connected');
  expect(gateway.isOnline(bob)).toBe(true);
  // And the first one again: a new session.
  await app.button('Log out').click();
  await app.logIn(ann, SECRET);
  await expect(app.chat.light).toHaveAccessibleName('Connected');
  expect(gateway.journal.logins(ann)).toHaveLength(2);
});

test('the notice can be declined, and read again; Escape declines too', async ({ start }) => {
  const app = await start({ consent: 'required' });
  await app.button('Cancel').click();
  await expect(app.heading).toHaveText('The chat needs your consent');
  expect(await app.focused()).toBe('h1 title');
  await app.button('Read the notice again').click();
  await expect(app.heading).toHaveText('Before you start');
  await app.page.keyboard.press('Escape');
  await expect(app.heading).toHaveText('The chat needs your consent');
  expect(await app.page.evaluate(() => [localStorage.length, sessionStorage.length])).toEqual([0, 0]);
  expect(app.chat.sockets).toBe(0);
  // Nothing is remembered of a no.
  await app.page.reload();
  await expect(app.heading).toHaveText('Before you start');
});

test('what is needless is left out: a known user is in the chat at once', async ({ start, userId }) => {
  const ann = userId('ann');
  const app = await start({ user: ann });
  await expect(app.chat.light).toHaveAccessibleName('Connected');
  expect(await app.focused()).toBe('body');
  await app.button('Log out').click();
  await expect(app.heading).toHaveText('You have left the chat');
  await app.button('Log in again').click();
  await expect(app.chat.light).toHaveAccessibleName('Connected');
});

test('with reduced motion the splash is short, and does not move', async ({ start }) => {
  const app = await start({ splash: 'on' }, { reducedMotion: 'reduce' });
  await expect(app.heading).toHaveText('Log in to HarmonyChat');
  const still = await app.root.evaluate(async (root: ChatApp) => {
    root.remove();
    const again = document.createElement('chat-app');
    document.body.append(again);
    await again.updateComplete;
    return again.shadowRoot?.getAnimations().length;
  });
  expect(still).toBe(0);
});
