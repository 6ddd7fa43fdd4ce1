import type { Page } from '@playwright/test';
import type { ChatPage } from '../support/chat-page.js';
import { connected, delivered, expect, kept, keys, look, online, stored, test, texts } from './tabs.js';

// Several tabs, each loaded several times: a busy machine takes its time.
test.describe.configure({ timeout: 90_000 });

type ChatWindow = HTMLElementTagNameMap['chat-window'];

test.use({ allowErrors: [/^console\.error: WebSocket connection to /] });

const identify = (chat: ChatPage, userId: string) =>
  chat.root.evaluate((root: ChatWindow, id) => root.identify({ userId: id }), userId);
const logout = (chat: ChatPage, wipe: boolean) =>
  chat.root.evaluate((root: ChatWindow, everything) => root.logout({ wipe: everything }), wipe);
const connect = (chat: ChatPage) => chat.root.evaluate((root: ChatWindow) => root.connect());
const scopes = async (page: Page, user: string) =>
  (await stored(page)).filter(({ scope }) => scope.includes(user)).map(({ store }) => store);
/** Everything in the page that can be read: its title, its texts, its fields. */
const readable = (chat: ChatPage) =>
  chat.page.evaluate(() => {
    const words: string[] = [document.title];
    const read = (root: Element | ShadowRoot) => {
      for (const node of root.childNodes) if (node.nodeType === Node.TEXT_NODE) words.push(node.textContent ?? '');
      if (root instanceof HTMLTextAreaElement) words.push(root.value);
      if (root instanceof Element && root.shadowRoot) read(root.shadowRoot);
      for (const child of root.children) if (child.localName !== 'style' && child.localName !== 'script') read(child);
    };
    read(document.documentElement);
    return words.join(' ').replace(/\s+/g, ' ');
  });

for (const who of ['leads', 'follows'] as const) {
  test(`identify() in a tab that ${who}: no tab shows or hears anything of the user before`, async ({
    tab,
    plain,
    gateway,
    userId,
  }) => {
    const [alice, carol, bob, dave] = [userId('alice'), userId('carol'), userId('bob'), userId('dave')];
    const first = await online(tab(plain(alice, bob)));
    const second = await online(tab(plain(alice, bob)));
    await first.say('secret one');
    await expect(second.statusOf('secret one')).toHaveAccessibleName('Delivered');
    gateway.send(alice, 'secret two', { from: bob, typeu: 0 });
    gateway.send(alice, 'secret three', { from: dave, typeu: 0 });
    for (const chat of [first, second]) {
      await expect(chat.page).toHaveTitle('(2) Windows');
      await chat.field.fill('secret draft');
    }
    const [a, b] = who === 'leads' ? [first, second] : [second, first];
    const before = gateway.journal.last;
    await identify(a, carol);
    await gateway.journal.waitFor({ user: alice, dir: 'close', after: before });
    await expect(a.root).toHaveJSProperty('userId', carol);
    await connected(a);
    // Late, for somebody who is not there any more.
    gateway.send(alice, 'secret four', { from: bob, typeu: 0 });
    gateway.send(carol, 'for carol', { from: bob, typeu: 0 });
    await expect(a.message('for carol')).toBeVisible();
    expect(await texts(a)).toEqual(['[transport]', 'for carol']);
    await expect.poll(() => texts(b)).toEqual([]);
    await expect(b.light).toHaveAccessibleName('Not connected');
    await expect(a.page).toHaveTitle('(1) Windows');
    await expect(b.page).toHaveTitle('Windows');
    for (const chat of [a, b]) expect(await readable(chat)).not.toContain('secret');
    expect(await a.page.evaluate(() => JSON.stringify({ ...sessionStorage }))).not.toContain('secret');
    for (const chat of [a, b]) await look(chat, true);
    gateway.faults.cut(carol);
    await connected(a);
    await expect(b.light).toHaveAccessibleName('Not connected');
    expect(gateway.journal.logins(alice).filter(({ n }) => n > before)).toEqual([]);
  });
}

test('logout(): the socket is closed, no tab connects again, the transcript stays', async ({
  tab,
  plain,
  gateway,
  userId,
}) => {
  const [alice, bob] = [userId('alice'), userId('bob')];
  const leader = await online(tab(plain(alice, bob)));
  const follower = await online(tab(plain(alice, bob)));
  await leader.say('one');
  await expect(follower.statusOf('one')).toHaveAccessibleName('Delivered');
  const before = gateway.journal.last;
  await logout(follower, false);
  await gateway.journal.waitFor({ user: alice, dir: 'close', after: before });
  for (const chat of [leader, follower]) {
    await expect(chat.light).toHaveAccessibleName('Not connected');
    expect(await texts(chat)).toEqual(['[transport]', 'one']);
    await look(chat, true);
  }
  await leader.page.close();
  await look(follower, false);
  await look(follower, true);
  await expect(follower.light).toHaveAccessibleName('Not connected');
  expect(gateway.journal.filter({ user: alice, dir: 'in', type: 0, after: before })).toEqual([]);
});

for (const who of ['leader', 'follower', 'kicked'] as const) {
  test(`logout({wipe: true}), ${who}: nothing is left in any tab, others keep theirs (T9)`, async ({
    tab,
    plain,
    gateway,
    userId,
  }) => {
    const [alice, bob, eve] = [userId('alice'), userId('bob'), userId('eve')];
    const other = await online(tab(plain(eve, bob)));
    await delivered(other, 'of eve');
    const leader = await online(tab(plain(alice, bob)));
    const follower = await online(tab(plain(alice, bob)));
    await leader.say('one');
    await expect(follower.statusOf('one')).toHaveAccessibleName('Delivered');
    gateway.send(alice, 'two', { from: bob, typeu: 0 });
    await expect(follower.message('two')).toBeVisible();
    for (const chat of [leader, follower]) {
      await chat.field.fill('a draft');
      // As when the page goes.
      await look(chat, true);
      await look(chat, false);
      await expect.poll(() => keys(chat.page)).toContainEqual(expect.stringContaining('view'));
    }
    if (who === 'kicked') {
      gateway.faults.kick(alice);
      for (const chat of [leader, follower]) await expect(chat.panel).toBeVisible();
    } else {
      // Something waits, too.
      gateway.faults.refuse(alice);
      gateway.faults.cut(alice);
      await expect(leader.light).toHaveAccessibleName('Connecting…');
      await follower.say('three');
      await expect(leader.statusOf('three')).toHaveAccessibleName('Waiting for the connection');
    }
    await logout(who === 'leader' ? leader : follower, true);
    for (const chat of [leader, follower]) {
      await expect.poll(() => texts(chat)).toEqual([]);
      await expect(chat.field).toHaveValue('');
      await look(chat, true);
      await look(chat, false);
    }
    await expect.poll(() => scopes(leader.page, alice)).toEqual([]);
    for (const chat of [leader, follower]) {
      await expect.poll(async () => (await keys(chat.page)).filter((key) => key.includes(alice))).toEqual([]);
    }
    expect((await scopes(leader.page, eve)).sort()).toEqual(['marks', 'messages', 'scopes']);
    expect(await texts(other)).toEqual(['[transport]', 'of eve']);

    gateway.faults.clear('*');
    await connect(follower);
    for (const chat of [leader, follower]) await connected(chat);
    await follower.say('afterwards');
    await expect(leader.statusOf('afterwards')).toHaveAccessibleName('Delivered');
    await leader.page.close();
    await connected(follower);
    await expect.poll(() => kept(follower.page)).toContain('afterwards');
    gateway.stop();
    await follower.page.reload();
    await expect.poll(() => texts(follower)).toEqual(['[transport]', 'afterwards']);
  });
}

test('wiped in the moment in which the page is left: the next one finds nothing, though it would have stayed', async ({
  tab,
  plain,
  gateway,
  userId,
}) => {
  const [alice, bob] = [userId('alice'), userId('bob')];
  const chat = await online(tab(plain(alice, bob, { history: 'device' })));
  await chat.say('one');
  await expect.poll(() => kept(chat.page)).toEqual(['one']);
  gateway.stop();
  await chat.say('waits');
  await expect.poll(() => kept(chat.page)).toEqual(['one', 'waits']);
  await chat.root.evaluate((root: ChatWindow) => {
    addEventListener('pagehide', () => root.logout({ wipe: true }));
  });
  await chat.page.reload();
  await expect.poll(() => texts(chat)).toEqual(['[transport]']);
  gateway.start();
  await connected(chat);
  await delivered(chat, 'two');
  expect(await texts(chat)).toEqual(['[transport]', 'two']);
});

test('the wiped user comes back from a page of the same tab: the visit goes on with what came since', async ({
  tab,
  plain,
  gateway,
  userId,
}) => {
  const [alice, bob] = [userId('alice'), userId('bob')];
  const chat = await online(tab(plain(alice, bob)));
  await delivered(chat, 'one');
  await logout(chat, true);
  await expect.poll(() => scopes(chat.page, alice)).toEqual([]);
  await connect(chat);
  await connected(chat);
  await delivered(chat, 'two');
  await expect.poll(() => kept(chat.page)).toEqual(['two']);
  gateway.stop();
  await chat.page.reload();
  await expect.poll(() => texts(chat)).toEqual(['[transport]', 'two']);
});
