import type { ChatPage } from '../support/chat-page.js';
import { connected, expect, keptUnread, look, online, test } from './tabs.js';

// Several tabs, each loaded several times: a busy machine takes its time.
test.describe.configure({ timeout: 90_000 });

const told = async (chats: readonly ChatPage[]) => {
  const all = await Promise.all(chats.map(({ page }) => page.evaluate(() => window.attention)));
  return {
    chimes: all.reduce((sum, { chimes }) => sum + chimes, 0),
    notes: all.flatMap((each) => each.notifications).sort(),
  };
};
/** Browsers let a page make sounds once somebody has pressed something in it. */
const press = ({ page }: ChatPage) => page.mouse.click(5, 5);
/** All numbers that the page was told of. */
const totals = async (chat: ChatPage) => (await chat.events('chat-unread')).map(({ total = Number.NaN }) => total);
/** Nobody makes a sound or shows a notification any more that would have to wait for its turn. */
const settled = ({ page }: ChatPage) =>
  expect
    .poll(() =>
      page.evaluate(async () => {
        const { held = [], pending = [] } = await navigator.locks.query();
        return [...held, ...pending].filter(({ name }) => /^harmonychat (chime|notification)/.test(name ?? '')).length;
      }),
    )
    .toBe(0);

test('I22: the same in all tabs, of all peers; read in all when somebody looks in one; as before after a reload', async ({
  tab,
  plain,
  gateway,
  userId,
}) => {
  const [alice, bob, dave] = [userId('alice'), userId('bob'), userId('dave')];
  const a = await online(tab(plain(alice, bob)));
  const b = await online(tab(plain(alice, bob)));
  const c = await online(tab(plain(alice, dave)));
  const all = [a, b, c];
  const counts = async (title: string) => {
    for (const { page } of all) await expect(page).toHaveTitle(title);
  };
  gateway.send(alice, 'one', { from: bob, typeu: 0 });
  gateway.send(alice, 'two', { from: bob, typeu: 0 });
  await counts('(2) Windows');
  gateway.send(alice, 'three', { from: dave, typeu: 0 });
  await counts('(3) Windows');
  // Own messages are none, nor is a copy of what is known.
  await a.say('mine');
  gateway.faults.duplicate(alice);
  gateway.send(alice, 'four', { from: dave, typeu: 0 });
  await counts('(4) Windows');

  await look(b, true);
  await counts('(2) Windows');
  await look(b, false);
  await expect.poll(() => keptUnread(a.page)).toBe(2);
  for (const { page } of all) await page.reload();
  await counts('(2) Windows');
  gateway.send(alice, 'five', { from: bob, typeu: 0 });
  await counts('(3) Windows');
  await look(c, true);
  await counts('(1) Windows');
  // Somebody looks at it already.
  gateway.send(alice, 'six', { from: dave, typeu: 0 });
  await expect(c.message('six')).toBeVisible();
  await counts('(1) Windows');
  await look(a, true);
  await counts('Windows');
  for (const chat of all) expect((await totals(chat)).every((total) => total >= 0 && total <= 4)).toBe(true);

  // All of them gone at once, with the mark on the device.
  await expect.poll(() => keptUnread(a.page)).toBe(0);
  for (const { page } of all) await page.reload();
  for (const chat of all) await connected(chat);
  gateway.send(alice, 'seven', { from: bob, typeu: 0 });
  await counts('(1) Windows');
});

test('unread without a server: the number is there after a reload of the only tab', async ({
  tab,
  plain,
  gateway,
  userId,
}) => {
  const [alice, bob, dave] = [userId('alice'), userId('bob'), userId('dave')];
  const chat = await online(tab(plain(alice, bob)));
  gateway.send(alice, 'one', { from: bob, typeu: 0 });
  gateway.send(alice, 'two', { from: dave, typeu: 0 });
  await expect(chat.page).toHaveTitle('(2) Windows');
  await expect.poll(() => keptUnread(chat.page)).toBe(2);
  gateway.faults.refuse(alice);
  gateway.faults.cut(alice);
  await chat.page.reload();
  await expect(chat.page).toHaveTitle('(2) Windows');
  await look(chat, true);
  await expect(chat.page).toHaveTitle('(1) Windows');
});

test('one sound and one notification, whatever the number of tabs; none in a tab that somebody looks at', async ({
  tab,
  plain,
  gateway,
  userId,
}) => {
  const [alice, bob] = [userId('alice'), userId('bob')];
  const tabs: ChatPage[] = [];
  for (let n = 0; n < 3; n++) {
    const chat = await online(tab(plain(alice, bob, { notifications: 'on', 'peer-name': 'Bob' })));
    await press(chat);
    tabs.push(chat);
  }
  gateway.send(alice, 'hello', { from: bob, typeu: 0 });
  await expect.poll(() => told(tabs)).toEqual({ chimes: 1, notes: ['Bob: hello'] });
  const [first] = tabs;
  if (!first) throw new Error('Expected a tab');
  await settled(first);
  expect(await told(tabs)).toEqual({ chimes: 1, notes: ['Bob: hello'] });
  await look(first, true);
  for (const { page } of tabs) await expect(page).toHaveTitle('Windows');
  gateway.send(alice, 'seen', { from: bob, typeu: 0 });
  for (const chat of tabs) await expect(chat.message('seen')).toBeVisible();
  await settled(first);
  await look(first, false);
  gateway.send(alice, 'again', { from: bob, typeu: 0 });
  await expect.poll(() => told(tabs)).toEqual({ chimes: 2, notes: ['Bob: again', 'Bob: hello'] });
  // What was kept is no news.
  await expect.poll(() => keptUnread(first.page)).toBe(1);
  for (const { page } of tabs) await page.reload();
  for (const { page } of tabs) await expect(page).toHaveTitle('(1) Windows');
  await settled(first);
  expect(await told(tabs)).toEqual({ chimes: 0, notes: [] });
});

test('each is switched off by its attribute, and the permission is asked for at a press only', async ({
  tab,
  plain,
  context,
  gateway,
  userId,
}) => {
  const [alice, bob] = [userId('alice'), userId('bob')];
  await context.addInitScript(() => {
    window.attention.permission = 'default';
  });
  const off = await online(tab(plain(alice, bob, { 'unread-title': 'off', sound: 'off', notifications: 'off' })));
  await press(off);
  gateway.send(alice, 'one', { from: bob, typeu: 0 });
  await expect.poll(() => totals(off)).toEqual([1]);
  await expect(off.message('one')).toBeVisible();
  await expect(off.root.locator('[part=bell]')).toHaveCount(0);

  const on = await online(tab(plain(alice, bob, { 'unread-title': 'off', sound: 'off', notifications: 'on' })));
  const bell = on.root.locator('[part=bell]');
  await expect(bell).toBeVisible();
  await expect(on.message('one')).toBeVisible();
  expect(await on.page.evaluate(() => window.attention.asked)).toBe(0);
  await bell.click();
  expect(await on.page.evaluate(() => window.attention.asked)).toBe(1);
  await expect(bell).toBeHidden();
  gateway.send(alice, 'three', { from: bob, typeu: 0 });
  await expect.poll(async () => (await told([on])).notes).toEqual([expect.stringContaining('three')]);
  await settled(on);
  expect(await told([on, off])).toEqual({ chimes: 0, notes: [expect.stringContaining('three')] });
  for (const { page } of [on, off]) await expect(page).toHaveTitle('Windows');
});
