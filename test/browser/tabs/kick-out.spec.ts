import { FrameType } from '../../gateway/frames.js';
import { arrivals } from '../../support/arrivals.js';
import { ChatPage } from '../support/chat-page.js';
import { expect, test, twoHeartbeats } from './tabs-test.js';

const elsewhere = 'Your account was used to log in elsewhere. This session has ended.';

test('M9, I21: another browser kicks out all tabs, and none comes back by itself', async ({
  enter,
  enterTabs,
  gateway,
  userId,
}) => {
  const [user, peer] = [userId('alice'), userId('bob')];
  const parameters = { user, peer, heartbeat: 3 };
  const tabs = await enterTabs(3, parameters);
  const other = await enter(parameters);
  for (const tab of tabs) {
    await expect(tab.panel).toContainText(elsewhere);
    await expect(tab.light).toHaveAccessibleName('Not connected');
    await expect(tab.field).not.toBeEditable();
  }
  // Neither a tab that is loaded again, nor one that is opened, nor one that is left when the one that led has gone.
  const [first, second, third] = tabs as [ChatPage, ChatPage, ChatPage];
  await second.page.reload();
  await expect(second.panel).toContainText(elsewhere);
  await first.page.reload();
  await expect(first.panel).toContainText(elsewhere);
  const opened = new ChatPage(await first.page.context().newPage());
  await opened.page.goto(first.page.url());
  await expect(opened.panel).toContainText(elsewhere);
  await first.page.close();
  await second.page.close();
  await twoHeartbeats(gateway, user);
  await expect(third.panel).toContainText(elsewhere);
  await expect(opened.panel).toContainText(elsewhere);
  expect(gateway.journal.logins(user)).toHaveLength(2);
  expect(gateway.socketsOf(user)).toHaveLength(1);
  await expect(other.light).toHaveAccessibleName('Connected');
});

test('I21: all tabs loaded again at the same time stay kicked out', async ({ enter, enterTabs, gateway, userId }) => {
  const [user, peer] = [userId('alice'), userId('bob')];
  const parameters = { user, peer, heartbeat: 3 };
  const tabs = await enterTabs(3, parameters);
  const other = await enter(parameters);
  for (const tab of tabs) await expect(tab.useHere).toBeVisible();
  await Promise.all(tabs.map((tab) => tab.page.reload()));
  for (const tab of tabs) await expect(tab.useHere).toBeVisible();
  await twoHeartbeats(gateway, user);
  expect(gateway.journal.logins(user)).toHaveLength(2);
  await expect(other.light).toHaveAccessibleName('Connected');
});

for (const n of [0, 1]) {
  test(`"use it here" in the ${n === 0 ? 'first' : 'second'} tab: one login for all, and what waited in both goes out`, async ({
    enter,
    enterTabs,
    gateway,
    userId,
  }) => {
    const [user, peer] = [userId('alice'), userId('bob')];
    const tabs = await enterTabs(2, { user, peer });
    const other = await enter({ user, peer });
    const waited: string[] = [];
    for (const [i, tab] of tabs.entries()) {
      await expect(tab.useHere).toBeVisible();
      await tab.root.evaluate((chat, text) => Reflect.get(chat, 'send').call(chat, text), `for later ${i}`);
      for (const each of tabs) await expect(each.statusOf(`for later ${i}`)).toHaveAccessibleName(/^Waiting/);
      waited.push(`for later ${i}`);
    }
    expect(gateway.journal.logins(user)).toHaveLength(2);
    await tabs[n]?.useHere.click();
    for (const tab of tabs) {
      await expect(tab.panel).toBeHidden();
      await expect(tab.light).toHaveAccessibleName('Connected');
      for (const text of waited) await expect(tab.statusOf(text)).toHaveAccessibleName('Delivered');
    }
    await expect(other.useHere).toBeVisible();
    expect(gateway.journal.logins(user)).toHaveLength(3);
    expect(gateway.socketsOf(user)).toHaveLength(1);
    // What two tabs have typed has no order between them.
    const arrived = arrivals(gateway.journal, user).map(({ content }) => content);
    expect(arrived.sort()).toEqual(waited);
    expect(gateway.journal.frames({ user, dir: 'in', type: FrameType.data })).toHaveLength(2);
  });
}

test('M9: an administrator kicks out all tabs, and none offers a way back', async ({
  enter,
  enterTabs,
  gateway,
  userId,
}) => {
  const [user, peer] = [userId('alice'), userId('bob')];
  const tabs = await enterTabs(3, { user, peer });
  await enter({ user: peer, peer: user, heartbeat: 3 });
  gateway.kick(user, 2, 'spam');
  const text = 'An administrator removed you from the chat. This session has ended. Reason: spam';
  for (const tab of tabs) {
    await expect(tab.panel).toHaveText(text);
    await expect(tab.panel.getByRole('button')).toHaveCount(0);
  }
  await tabs[1]?.page.reload();
  await tabs[0]?.page.reload();
  for (const tab of tabs) await expect(tab.panel).toHaveText(text);
  await twoHeartbeats(gateway, peer);
  expect(gateway.journal.logins(user)).toHaveLength(1);
  expect(gateway.socketsOf(user)).toHaveLength(0);
});

test('M6: two browsers with two tabs each do not push each other out again and again', { tag: '@long' }, async ({
  enterTabs,
  gateway,
  userId,
}) => {
  const [user, peer] = [userId('alice'), userId('bob')];
  const parameters = { user, peer, heartbeat: 3 };
  const first = await enterTabs(2, parameters);
  const second = await enterTabs(2, parameters);
  for (const tab of first) await expect(tab.useHere).toBeVisible();
  await twoHeartbeats(gateway, user);
  expect(gateway.journal.logins(user)).toHaveLength(2);
  // Back, and back again: each time one login, by the word of the person.
  await first[1]?.useHere.click();
  for (const tab of second) await expect(tab.useHere).toBeVisible();
  for (const tab of first) await expect(tab.light).toHaveAccessibleName('Connected');
  await second[0]?.useHere.click();
  for (const tab of first) await expect(tab.useHere).toBeVisible();
  for (const tab of second) await expect(tab.light).toHaveAccessibleName('Connected');
  await twoHeartbeats(gateway, user);
  expect(gateway.journal.logins(user)).toHaveLength(4);
  expect(gateway.socketsOf(user)).toHaveLength(1);
});
