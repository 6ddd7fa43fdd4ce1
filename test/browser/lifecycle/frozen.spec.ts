import { FrameType } from '../../gateway/frames.js';
import { arrivals } from '../../support/arrivals.js';
import { eventsOf, expect, test } from './lifecycle-test.js';

test('frozen for a while (L2): what came meanwhile and what waited arrives once, nothing failed, one gap is told', async ({
  openChat,
  gateway,
  userId,
}) => {
  const [user, peer] = [userId('alice'), userId('bob')];
  const { journal } = gateway;
  const chat = await openChat({ user, peer });
  gateway.send(user, 'before', { from: peer, typeu: 0 });
  await expect.poll(() => chat.received()).toEqual(['before']);
  gateway.faults.halfOpen(user);
  await chat.say('swallowed');
  await expect.poll(() => chat.own(user)).toEqual(['swallowed: sending']);

  await chat.page.freeze();
  // A page that keeps its socket would have it written there, and never read it.
  for (const text of ['one', 'two']) gateway.send(user, text, { from: peer, typeu: 0 });
  await chat.page.resume();

  await expect.poll(() => chat.received()).toEqual(['before', 'one', 'two']);
  await expect.poll(() => chat.own(user)).toEqual(['swallowed: delivered']);
  expect(arrivals(journal, user).map(({ content }) => content)).toEqual(['swallowed']);
  const statuses = (await eventsOf(chat, 'chat-delivery')).map(({ status }) => status);
  expect(statuses).not.toContain('failed');
  expect((await eventsOf(chat, 'chat-resync')).map(({ reason }) => reason)).toEqual(['start', 'frozen']);
  expect(journal.logins(user)).toHaveLength(2);
});

test('before it freezes it lets go of its socket: the server does not write into a page that does not run (0.1)', async ({
  openChat,
  gateway,
  userId,
}) => {
  const user = userId('alice');
  // In this mode the server would wait for minutes.
  const chat = await openChat({ user, peer: userId('bob'), heartbeat: 120 });
  await chat.page.freeze();
  await gateway.journal.waitFor({ user, dir: 'close' });
  expect(gateway.isOnline(user)).toBe(false);
  await chat.page.resume();
  await expect.poll(() => chat.light()).toBe('Connected');
});

test('frozen again and again: each time one login, one socket, one gap (I9, I15)', async ({
  openChat,
  gateway,
  userId,
}) => {
  const [user, peer] = [userId('alice'), userId('bob')];
  const chat = await openChat({ user, peer });
  const rounds = [1, 2, 3, 4];
  for (const round of rounds) {
    await chat.page.freeze();
    gateway.send(user, `inbound ${round}`, { from: peer, typeu: 0 });
    await chat.page.resume();
    await chat.say(`own ${round}`);
    // What nobody has confirmed when the page is stopped is written again.
    await expect.poll(async () => (await chat.own(user)).at(-1)).toBe(`own ${round}: delivered`);
  }
  await expect.poll(() => chat.own(user)).toEqual(rounds.map((round) => `own ${round}: delivered`));
  await expect.poll(() => chat.received()).toEqual(rounds.map((round) => `inbound ${round}`));
  expect(gateway.socketsOf(user)).toHaveLength(1);
  expect(gateway.journal.logins(user)).toHaveLength(1 + rounds.length);
  expect(await eventsOf(chat, 'chat-resync')).toHaveLength(1 + rounds.length);
  const frames = gateway.journal.frames({ user, dir: 'in', type: FrameType.data });
  expect(frames.map(({ dataContent }) => dataContent)).toEqual(rounds.map((round) => `own ${round}`));
});
