import type { Gateway } from '../../gateway/gateway.js';
import { isArchived } from '../../support/archived.js';
import { arrivals } from '../../support/arrivals.js';
import type { CdpTab } from '../../support/cdp-tab.js';
import { acknowledged, expect, sessionsOf, sorted, test } from './tabs-test.js';

const elsewhere = 'test/browser/pages/window.html';

/** What happened while a tab was away, as it shows it. */
const missed = (...texts: string[]) => (isArchived ? texts : []);

/** How a tab can stop to lead. */
const ends: Readonly<Record<string, (leader: CdpTab, url: string) => Promise<unknown>>> = {
  'is closed': (leader) => leader.page.close(),
  'navigates away': (leader, url) => leader.page.navigate(url + elsewhere),
  crashes: (leader) => leader.page.crash(),
  'is killed': (leader) => leader.page.kill(),
  'is frozen': (leader) => leader.page.freeze(),
};

/** Another tab has taken over by a second login, which belongs to the session of the first. */
async function expectOneSession(gateway: Gateway, user: string): Promise<void> {
  await expect.poll(() => gateway.sessions().filter((session) => session.user === user)).toHaveLength(1);
  const [session] = gateway.sessions().filter((each) => each.user === user);
  expect(sessionsOf(gateway, user)).toEqual([0, session?.firstLoginTime]);
  await expect.poll(() => gateway.socketsOf(user).length).toBe(1);
}

for (const [what, end] of Object.entries(ends)) {
  test(`M2: the tab that leads ${what}: another goes on with the session, and nothing is lost`, async ({
    openTabs,
    site,
    gateway,
    userId,
  }) => {
    const [user, peer] = [userId('alice'), userId('bob')];
    const [leader, follower, third] = await sorted(await openTabs(3, { user, peer }));
    if (!follower || !third) throw new Error('expected three tabs');
    await follower.say('before');
    await expect.poll(() => follower.own(user)).toEqual(['before: delivered']);
    await Promise.all([
      end(leader, site.url),
      follower.say('at that moment, in one tab'),
      third.say('at that moment, in another'),
    ]);
    gateway.send(user, 'inbound at that moment', { from: peer, typeu: 0 });
    await gateway.journal.waitFor(({ n, dir }) => n > 0 && dir === 'in' && sessionsOf(gateway, user).length === 2);

    const [heir] = await sorted([follower, third]);
    await heir.say('after');
    const texts = ['before', 'at that moment, in one tab', 'at that moment, in another', 'after'];
    for (const tab of [follower, third]) {
      await expect
        .poll(async () => (await tab.own(user)).sort())
        .toEqual(texts.map((each) => `${each}: delivered`).sort());
      await expect.poll(() => tab.received()).toEqual(['inbound at that moment']);
    }
    expect(
      arrivals(gateway.journal, user)
        .map(({ content }) => content)
        .sort(),
    ).toEqual([...texts].sort());
    await expectOneSession(gateway, user);
  });
}

test('M4: thawed, the tab that led follows', async ({ openTabs, gateway, userId }) => {
  const [user, peer] = [userId('alice'), userId('bob')];
  const [leader, follower] = await sorted(await openTabs(2, { user, peer }));
  if (!follower) throw new Error('expected two tabs');
  await leader.page.freeze();
  await sorted([follower]);
  await follower.say('meanwhile');
  gateway.send(user, 'inbound meanwhile', { from: peer, typeu: 0 });
  await expect.poll(() => follower.received()).toEqual(['inbound meanwhile']);
  await leader.page.resume();
  await leader.say('back again');
  gateway.send(user, 'to all', { from: peer, typeu: 0 });
  await expect.poll(() => follower.received()).toEqual(['inbound meanwhile', 'to all']);
  await expect.poll(() => follower.own(user)).toEqual(['meanwhile: delivered', 'back again: delivered']);
  await expect.poll(() => leader.received()).toEqual([...missed('inbound meanwhile'), 'to all']);
  await expect.poll(() => leader.own(user)).toEqual([...missed('meanwhile: delivered'), 'back again: delivered']);
  expect(await leader.leads()).toBe(false);
  expect(await leader.light()).toBe('Connected');
  await expectOneSession(gateway, user);
});

test('M3, M4: the tab that leads hangs: a visible one takes over, and when it goes on it lets go', async ({
  openTabs,
  gateway,
  userId,
}) => {
  test.slow();
  const [user, peer] = [userId('alice'), userId('bob')];
  const { journal } = gateway;
  // The server waits for 20 s: the old line is still open when the new one comes.
  const [leader, follower] = await sorted(await openTabs(2, { user, peer, heartbeat: 15 }));
  if (!follower) throw new Error('expected two tabs');
  const [old] = gateway.socketsOf(user);
  const resume = await leader.page.hang();
  try {
    const hangsAt = Date.now();
    await follower.say('typed meanwhile');
    const { t } = await journal.waitFor((entry) => entry.dir === 'in' && sessionsOf(gateway, user).length === 2);
    // It asks each 4 s, twice in vain: 12 s, and what a busy machine takes.
    expect(t - hangsAt).toBeLessThan(15_000);
    await expect.poll(() => follower.own(user)).toEqual(['typed meanwhile: delivered']);
    gateway.send(user, 'inbound meanwhile', { from: peer, typeu: 0 });
    await expect.poll(() => follower.received()).toEqual(['inbound meanwhile']);
  } finally {
    resume();
  }
  await journal.waitFor({ socket: old?.socket ?? 0, dir: 'close' });
  await expect.poll(() => leader.leads()).toBe(false);
  await leader.say('it follows');
  gateway.send(user, 'to both', { from: peer, typeu: 0 });
  await expect.poll(() => follower.own(user)).toEqual(['typed meanwhile: delivered', 'it follows: delivered']);
  await expect.poll(() => follower.received()).toEqual(['inbound meanwhile', 'to both']);
  await expect.poll(() => leader.own(user)).toEqual([...missed('typed meanwhile: delivered'), 'it follows: delivered']);
  await expect.poll(() => leader.received()).toEqual([...missed('inbound meanwhile'), 'to both']);
  expect(await follower.leads()).toBe(true);
  await expectOneSession(gateway, user);
  // A message is acknowledged when it is kept: it may have been shown before.
  await expect.poll(() => [...acknowledged(gateway, user).values()]).toEqual([1, 1]);
  expect(arrivals(journal, user).map(({ content }) => content)).toEqual(['typed meanwhile', 'it follows']);
});

test('the back-forward cache keeps the only tab, though another one is opened meanwhile', async ({
  openTab,
  site,
  gateway,
  userId,
}) => {
  const [user, peer] = [userId('alice'), userId('bob')];
  const first = await openTab({ user, peer });
  // The page has opened all that it opens.
  await first.say('before');
  await expect.poll(() => first.own(user)).toEqual(['before: delivered']);
  const [line] = gateway.socketsOf(user);
  await first.page.navigate(site.url + elsewhere);
  await gateway.journal.waitFor({ socket: line?.socket ?? 0, dir: 'close' });
  const second = await openTab({ user, peer });
  expect(await first.page.go(-1)).toBe(true);
  await first.say('back again');
  await expect.poll(() => second.own(user)).toEqual(['before: delivered', 'back again: delivered']);
  await expect.poll(() => first.own(user)).toEqual(['before: delivered', 'back again: delivered']);
  expect([await first.leads(), await second.leads()]).toEqual([false, true]);
});

test('the back-forward cache takes the tab that leads, and gives it back as one that follows', async ({
  openTabs,
  site,
  gateway,
  userId,
}) => {
  const [user, peer] = [userId('alice'), userId('bob')];
  const [leader, follower] = await sorted(await openTabs(2, { user, peer }));
  if (!follower) throw new Error('expected two tabs');
  await leader.page.navigate(site.url + elsewhere);
  await sorted([follower]);
  await follower.say('meanwhile');
  await expect.poll(() => follower.own(user)).toEqual(['meanwhile: delivered']);
  expect(await leader.page.go(-1)).toBe(true);
  await leader.say('back again');
  await expect.poll(() => leader.own(user)).toEqual([...missed('meanwhile: delivered'), 'back again: delivered']);
  await expect.poll(() => follower.own(user)).toEqual(['meanwhile: delivered', 'back again: delivered']);
  expect(await leader.leads()).toBe(false);
  await expectOneSession(gateway, user);
});
