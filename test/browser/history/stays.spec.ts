import { CorePeer } from '../../gateway/core-peer.js';
import { arrivals } from '../../support/arrivals.js';
import type { ChatPage } from '../support/chat-page.js';
import { connected, delivered, expect, kept, keys, online, rows, stored, test, texts } from './tabs.js';

// What a server that is away answers is told by the browser itself.
// Several tabs, each loaded several times: a busy machine takes its time.
test.describe.configure({ timeout: 90_000 });

test.use({
  allowErrors: [/^console\.error: (WebSocket connection to|Failed to load resource)/],
  viewport: { width: 400, height: 700 },
});

test('reloaded, and on another page of the site: the transcript is what it was, while the server is away', async ({
  tab,
  plain,
  gateway,
  userId,
}) => {
  const [alice, bob] = [userId('alice'), userId('bob')];
  const chat = await online(tab(plain(alice, bob)));
  await delivered(chat, 'one');
  gateway.send(alice, 'two', { from: bob, typeu: 0 });
  await expect(chat.message('two')).toBeVisible();
  await delivered(chat, 'three');
  gateway.stop();
  await chat.say('four', 'five');
  for (const text of ['four', 'five'])
    await expect(chat.statusOf(text)).toHaveAccessibleName('Waiting for the connection');
  const before = await rows(chat);
  expect(before).toHaveLength(6);
  await expect.poll(() => kept(chat.page)).toEqual(['five', 'four', 'one', 'three', 'two']);

  await chat.page.reload();
  await expect.poll(() => rows(chat).catch(() => [])).toEqual(before);
  await chat.page.goto(plain(alice, bob, { heading: 'Another page' }));
  await expect.poll(() => rows(chat).catch(() => [])).toEqual(before);
  await chat.page.goBack();
  await expect.poll(() => rows(chat).catch(() => [])).toEqual(before);

  gateway.start();
  for (const text of ['four', 'five']) await expect(chat.statusOf(text)).toHaveAccessibleName('Delivered');
  expect(arrivals(gateway.journal, alice).map(({ content }) => content)).toEqual(['one', 'three', 'four', 'five']);
  expect(await texts(chat)).toEqual(['[transport]', 'one', 'two', 'three', 'four', 'five']);
});

test('the demo page, with its history out of reach: what was shown is shown, and asked for again at the login', async ({
  tab,
  demo,
  gateway,
  userId,
}) => {
  const [alice, bob] = [userId('alice'), userId('bob')];
  const chat = await online(tab(demo(alice, bob)));
  gateway.send(alice, 'one', { from: bob, typeu: 0 });
  await delivered(chat, 'two');
  await expect.poll(() => texts(chat)).toEqual(['[transport]', 'one', 'two']);
  await expect.poll(() => kept(chat.page)).toEqual(['one', 'two']);
  const before = await rows(chat);
  gateway.stop();
  gateway.faults.failHistory(alice);
  await chat.page.reload();
  await expect.poll(async () => (await rows(chat).catch(() => [])).slice(1)).toEqual(before.slice(1));
  await expect.poll(() => texts(chat)).toEqual(['[olderFailed]', 'one', 'two']);
  gateway.faults.clear(alice);
  gateway.start();
  await expect.poll(() => rows(chat)).toEqual(before);
});

test('what arrives while the page is changed is neither lost nor doubled', async ({ tab, plain, gateway, userId }) => {
  const [alice, bob] = [userId('alice'), userId('bob')];
  const chat = await online(tab(plain(alice, bob)));
  const sent: string[] = [];
  const send = () => {
    sent.push(`number ${sent.length}`);
    gateway.send(alice, sent.at(-1) ?? '', { from: bob, typeu: 0 });
  };
  // Each server message asks to be confirmed, and comes once more where that is lost.
  gateway.faults.duplicate(alice);
  for (let page = 0; page < 3; page++) {
    const left = gateway.journal.last;
    send();
    const going = chat.page.goto(plain(alice, bob, { heading: `Page ${page}` }));
    send();
    await gateway.journal.waitFor({ user: alice, dir: 'close', after: left });
    send();
    await going;
    send();
    await connected(chat);
    send();
    await expect.poll(() => texts(chat)).toContain(sent.at(-1));
  }
  // What was written to a page on its way out comes once more, behind what came meanwhile.
  await expect.poll(async () => (await texts(chat)).sort()).toEqual(['[transport]', ...sent].sort());
  const all = await texts(chat);
  await expect.poll(async () => (await kept(chat.page)).length).toBe(sent.length);
  gateway.stop();
  await chat.page.reload();
  await expect.poll(() => texts(chat)).toEqual(all);
});

test('scrolled up several pages: the reader is there again after a reload without a server, and the draft is', async ({
  tab,
  plain,
  gateway,
  userId,
}) => {
  const [alice, bob] = [userId('alice'), userId('bob')];
  const chat = await online(tab(plain(alice, bob)));
  for (let n = 0; n < 160; n++) gateway.send(alice, `number ${n}.`, { from: bob, typeu: 0 });
  await expect(chat.message('number 159.')).toBeVisible();
  await expect.poll(async () => (await kept(chat.page)).length).toBe(160);
  await chat.page.reload();
  await expect(chat.message('number 159.')).toBeInViewport();
  for (const shown of [100, 150]) {
    await chat.list.evaluate((list) => {
      list.scrollTop = 0;
    });
    await expect.poll(async () => (await texts(chat)).length).toBeGreaterThanOrEqual(shown);
  }
  await chat.list.evaluate((list) => {
    list.scrollTop = 321;
  });
  await chat.field.fill('half a thought');
  const place = () =>
    chat.list.evaluate((list) => {
      const { top } = list.getBoundingClientRect();
      const drawn = [...list.querySelectorAll('message-bubble')].map((row) => {
        const bubble = row.shadowRoot?.querySelector('[part~=bubble]')?.getBoundingClientRect();
        return { text: row.message?.content, top: Math.round((bubble?.top ?? Number.NaN) - top) };
      });
      return drawn.find((row) => row.top >= 0);
    });
  await expect.poll(() => place()).toMatchObject({ text: expect.stringMatching(/^number \d\d?\./) });
  const before = await place();
  gateway.stop();
  await chat.page.reload();
  await expect.poll(() => place().catch(() => undefined)).toEqual(before);
  await expect(chat.field).toHaveValue('half a thought');
});

test('older pages come from the device first, then from the history, one request at a time', async ({
  tab,
  demo,
  gateway,
  userId,
}) => {
  const [alice, bob] = [userId('alice'), userId('bob')];
  const peer = new CorePeer(gateway).login(alice);
  for (let n = 0; n < 180; n++) peer.say(bob, `number ${n}.`, `${alice} ${n}`);
  peer.disconnect();
  const chat = await tab(demo(alice, bob));
  await expect(chat.message('number 179.')).toBeInViewport();
  const up = async (least: number) => {
    await chat.list.evaluate((list) => {
      list.scrollTop = 0;
    });
    await expect.poll(async () => (await texts(chat)).length).toBeGreaterThanOrEqual(least);
  };
  await up(100);
  await expect.poll(async () => (await kept(chat.page)).length).toBe(100);

  const asked: number[] = [];
  const [running, most] = [new Set<object>(), [0]];
  await chat.page.route(/gateway\/history\?.*before=/, async (route) => {
    asked.push((await texts(chat)).filter((text) => text.startsWith('number')).length);
    running.add(route);
    most.push(running.size);
    await route.continue();
    await route.request().response();
    running.delete(route);
  });
  await chat.list.press('End');
  await expect(chat.message('number 179.')).toBeInViewport();
  await chat.page.reload();
  await expect(chat.message('number 179.')).toBeInViewport();
  for (const least of [100, 150, 181]) await up(least);
  expect(asked).toEqual([100, 150]);
  expect(Math.max(...most)).toBe(1);
  const numbers = Array.from({ length: 180 }, (_, n) => `number ${n}.`);
  expect(await texts(chat)).toEqual(['[transport]', ...numbers]);
});

test('`none`: nothing is stored, and nothing is there after a reload', async ({ tab, plain, gateway, userId }) => {
  const [alice, bob] = [userId('alice'), userId('bob')];
  const chat = await online(tab(plain(alice, bob, { history: 'none' })));
  gateway.send(alice, 'one', { from: bob, typeu: 0 });
  await expect(chat.message('one')).toBeVisible();
  await delivered(chat, 'two');
  gateway.stop();
  await chat.say('three');
  await expect(chat.statusOf('three')).toHaveAccessibleName('Waiting for the connection');
  await chat.field.fill('a draft');
  expect(await stored(chat.page)).toEqual([]);
  const left = () => chat.page.evaluate(() => JSON.stringify([{ ...sessionStorage }, { ...localStorage }]));
  await chat.page.reload();
  await expect(chat.field).toHaveValue('');
  await expect.poll(() => texts(chat)).toEqual(['[transport]']);
  expect(await left()).not.toMatch(/one|two|three|draft/);
  expect((await keys(chat.page)).filter((key) => /view|visit/.test(key))).toEqual([]);
});

for (const history of ['session', 'device']) {
  test(`\`${history}\`: a second tab has it; and after the last one`, async ({ tab, plain, gateway, userId }) => {
    const [alice, bob] = [userId('alice'), userId('bob')];
    const address = plain(alice, bob, { history });
    const first = await online(tab(address));
    await delivered(first, 'one');
    const second = await tab(address);
    await expect.poll(() => texts(second)).toEqual(['[transport]', 'one']);
    await expect.poll(() => kept(first.page)).toEqual(['one']);
    await first.page.close();
    await second.page.reload();
    await expect.poll(() => texts(second)).toEqual(['[transport]', 'one']);
    gateway.stop();
    await second.page.close();

    const later = await tab(address);
    const isKept = history === 'device';
    await expect.poll(() => texts(later)).toEqual(['[transport]', ...(isKept ? ['one'] : [])]);
    const contents = async (chat: ChatPage) => (await stored(chat.page)).flatMap(({ content }) => content ?? []);
    await expect.poll(() => contents(later)).toEqual(isKept ? ['one'] : []);
  });
}
