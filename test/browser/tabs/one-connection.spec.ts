import { FrameType } from '../../gateway/frames.js';
import { arrivals } from '../../support/arrivals.js';
import { ChatPage } from '../support/chat-page.js';
import { acknowledged, expect, sorted, test, twoHeartbeats } from './tabs-test.js';

test('M1: ten tabs have one socket and one login, and show the same', async ({ openTabs, gateway, userId }) => {
  test.slow();
  const [user, peer] = [userId('alice'), userId('bob')];
  const tabs = await openTabs(10, { user, peer });
  const [leader] = await sorted(tabs);
  const expected: string[] = [];
  for (const [n, tab] of tabs.entries()) {
    await tab.say(`own ${n}`);
    await expect.poll(() => leader.own(user)).toContain(`own ${n}: delivered`);
    gateway.send(user, `inbound ${n}`, { from: peer, typeu: 0 });
    await expect.poll(() => leader.received()).toContain(`inbound ${n}`);
    expected.push(`own ${n}: delivered`, `inbound ${n}: received`);
  }
  for (const tab of tabs) {
    await expect
      .poll(async () => (await tab.transcript()).map(({ content, status }) => `${content}: ${status}`))
      .toEqual(expected);
  }
  const [first, ...others] = await Promise.all(tabs.map((tab) => tab.transcript()));
  for (const other of others) expect(other).toEqual(first);
  expect(gateway.socketsOf(user)).toHaveLength(1);
  expect(gateway.journal.logins(user)).toHaveLength(1);
  expect(arrivals(gateway.journal, user)).toHaveLength(tabs.length);
});

test('M8: a message is acknowledged once, by the tab that leads, and shown once in each', async ({
  openTabs,
  gateway,
  userId,
}) => {
  const [user, peer] = [userId('alice'), userId('bob')];
  const tabs = await openTabs(3, { user, peer });
  const texts = ['one', 'two', 'three', 'four', 'five'];
  for (const text of texts) gateway.send(user, text, { from: peer, typeu: 0 });
  for (const tab of tabs) await expect.poll(() => tab.received()).toEqual(texts);
  const sent = gateway.journal.frames({ user, dir: 'out', type: FrameType.data }).map(({ fp }) => fp);
  await expect.poll(() => acknowledged(gateway, user)).toEqual(new Map(sent.map((fp) => [fp, 1])));
  expect(gateway.unacknowledged).toBe(0);
});

test('T8: what two tabs typed while the line was down goes out once, and stands in both', async ({
  enter,
  enterTabs,
  gateway,
  userId,
}) => {
  const [alice, bob] = [userId('alice'), userId('bob')];
  const tabs = await enterTabs(2, { user: alice, peer: bob });
  const b = await enter({ user: bob, peer: alice });
  gateway.faults.refuse(alice);
  gateway.faults.cut(alice);
  const typed: string[] = [];
  for (const round of [1, 2, 3]) {
    for (const [n, tab] of tabs.entries()) {
      const text = `tab ${n}, round ${round}`;
      await tab.say(text);
      typed.push(text);
      for (const each of tabs) await expect(each.statusOf(text)).toHaveAccessibleName(/^Waiting/);
    }
  }
  gateway.faults.clear(alice);
  await expect(b.bubbles).toHaveText(typed);
  for (const tab of tabs) {
    await expect(tab.bubbles).toHaveText(typed.map((text) => `You: ${text}`));
    for (const text of typed) await expect(tab.statusOf(text)).toHaveAccessibleName('Delivered');
  }
  expect(arrivals(gateway.journal, alice).map(({ content }) => content)).toEqual(typed);
  expect(gateway.journal.frames({ user: alice, dir: 'in', type: FrameType.data })).toHaveLength(typed.length);
});

test('two windows on one page, and two tabs: one socket for all', async ({ emptyPage, serverUrl, gateway, userId }) => {
  const [user, peer] = [userId('alice'), userId('bob')];
  const first = await emptyPage();
  const address = first.page.url();
  const context = first.page.context();
  const attributes = { 'server-url': serverUrl, 'user-id': user, 'peer-id': peer };
  const pages = [first.page, await context.newPage()];
  const windows: ChatPage[] = [];
  for (const page of pages) {
    await page.goto(address);
    await page.waitForFunction(() => 'windowPage' in window);
    for (const n of [0, 1]) {
      await page.evaluate((all) => void window.windowPage.open(all).style.setProperty('height', '50%'), attributes);
      windows.push(new ChatPage(page, page.locator('chat-window').nth(n)));
    }
  }
  for (const chat of windows) await expect(chat.light).toHaveAccessibleName('Connected');
  const texts: string[] = [];
  for (const [n, chat] of windows.entries()) {
    await chat.say(`window ${n}`);
    texts.push(`window ${n}`);
    for (const each of windows) await expect(each.statusOf(`window ${n}`)).toHaveAccessibleName('Delivered');
  }
  gateway.send(user, 'to all', { from: peer, typeu: 0 });
  const shown = [...texts.map((text) => `You: ${text}`), 'to all'];
  for (const chat of windows) await expect(chat.bubbles).toHaveText(shown);
  // The one page has both of its windows closed: the other goes on.
  await pages[0]?.close();
  await windows[2]?.say('still here');
  for (const chat of windows.slice(2)) await expect(chat.statusOf('still here')).toHaveAccessibleName('Delivered');
  expect(gateway.socketsOf(user)).toHaveLength(1);
  expect(arrivals(gateway.journal, user).map(({ content }) => content)).toEqual([...texts, 'still here']);
});

test('different users in two tabs have each their own', async ({ enter, site, gateway, userId }) => {
  const [alice, carol, bob] = [userId('alice'), userId('carol'), userId('bob')];
  const a = await enter({ user: alice, peer: bob });
  const c = new ChatPage(await a.page.context().newPage());
  await c.page.goto(`${site.url}?user=${carol}&peer=${bob}&heartbeat=3`);
  await expect(c.light).toHaveAccessibleName('Connected');
  await a.say('from alice');
  await c.say('from carol');
  await expect(a.bubbles).toHaveText(['You: from alice']);
  await expect(c.bubbles).toHaveText(['You: from carol']);
  gateway.send(alice, 'to alice', { from: bob, typeu: 0 });
  gateway.send(carol, 'to carol', { from: bob, typeu: 0 });
  await expect(a.bubbles).toHaveText(['You: from alice', 'to alice']);
  await expect(c.bubbles).toHaveText(['You: from carol', 'to carol']);
  await twoHeartbeats(gateway, carol);
  for (const user of [alice, carol]) {
    expect(gateway.socketsOf(user)).toHaveLength(1);
    expect(gateway.journal.logins(user)).toHaveLength(1);
  }
  expect(arrivals(gateway.journal, alice).map(({ content }) => content)).toEqual(['from alice']);
  expect(arrivals(gateway.journal, carol).map(({ content }) => content)).toEqual(['from carol']);
});
