import { FrameType } from '../../gateway/frames.js';
import { expect, test } from '../support/chat-test.js';

// The browser's own words about a server that does not answer, nor tell the history.
test.use({ allowErrors: [/^console\.error: (WebSocket connection to |Failed to load resource: .* 503 )/] });

test('the gateway stops and returns: what was typed meanwhile arrives in order, exactly once (V11, I3, I5)', async ({
  enter,
  gateway,
  userId,
}) => {
  const { journal } = gateway;
  const [alice, bob] = [userId('alice'), userId('bob')];
  const a = await enter({ user: alice, peer: bob });
  const b = await enter({ user: bob, peer: alice });
  await a.say('before');
  await expect(b.bubbles).toHaveText(['before']);

  gateway.stop();
  await expect(a.light).toHaveAccessibleName('Connecting…');
  await a.say('one', 'two', 'three');
  for (const text of ['one', 'two', 'three']) {
    await expect(a.statusOf(text)).toHaveAccessibleName('Waiting for the connection');
  }
  await expect(a.strip).toHaveText('The network is poor. Trying to recover…');
  const down = journal.last;
  gateway.start();

  await expect(b.bubbles).toHaveText(['before', 'one', 'two', 'three']);
  await expect(a.light).toHaveAccessibleName('Connected');
  await expect(a.strip).toBeHidden();
  for (const text of ['one', 'two', 'three']) {
    await expect(a.statusOf(text)).toHaveAccessibleName('Delivered');
    expect(await a.statuses(text)).toEqual(['queued', 'sending', 'delivered']);
  }
  const arrived = journal.frames({ user: alice, dir: 'in', type: FrameType.data, after: down });
  expect(arrived.map(({ dataContent }) => dataContent)).toEqual(['one', 'two', 'three']);
  await b.say('after');
  await expect(a.bubbles.last()).toHaveText('after');
});

test('the status light is green, turns red at once, and green again', async ({ enter, gateway, userId }) => {
  const a = await enter({ user: userId('alice'), peer: userId('bob') });
  await expect(a.light).toHaveCSS('background-color', 'rgb(0, 222, 122)');
  gateway.stop();
  await expect(a.light).toHaveCSS('background-color', 'rgb(255, 140, 111)');
  gateway.start();
  await expect(a.light).toHaveCSS('background-color', 'rgb(0, 222, 122)');
});

test('the strip waits 2 s, and covers the list without moving it', async ({ enter, gateway, userId }) => {
  const a = await enter({ user: userId('alice'), peer: userId('bob') }, {}, (context) => context.clock.install());
  const { clock } = a.page;
  await a.say('here I stand');
  await expect(a.statusOf('here I stand')).toHaveAccessibleName('Delivered');
  const before = await a.message('here I stand').boundingBox();
  await clock.pauseAt(await a.page.evaluate(() => Date.now() + 1_000));
  gateway.stop();
  await expect(a.light).toHaveAccessibleName('Connecting…');
  await clock.runFor(1_999);
  await expect(a.strip).toHaveText('');
  await clock.runFor(1);
  await expect(a.strip).toHaveText('The network is poor. Trying to recover…');
  await expect(a.strip).toBeVisible();
  expect(await a.message('here I stand').boundingBox()).toEqual(before);
});

test('a trouble of less than 2 s passes without a word', async ({ enter, gateway, userId }) => {
  const a = await enter({ user: userId('alice'), peer: userId('bob') }, {}, (context) => context.clock.install());
  const { clock } = a.page;
  await clock.pauseAt(await a.page.evaluate(() => Date.now() + 1_000));
  gateway.faults.cut(gateway.sessions().at(-1)?.user ?? '');
  await expect(a.light).toHaveAccessibleName('Connecting…');
  await clock.runFor(1_000);
  await expect(a.light).toHaveAccessibleName('Connected');
  await clock.runFor(5_000);
  await expect(a.strip).toHaveText('');
});

test('the robot goes on after the server was away', async ({ enter, gateway }) => {
  const chat = await enter();
  await expect(chat.bubbles).toHaveCount(1);
  gateway.stop();
  await expect(chat.light).toHaveAccessibleName('Connecting…');
  await chat.say('hello');
  await expect(chat.statusOf('hello')).toHaveAccessibleName('Waiting for the connection');
  gateway.start();
  await expect(chat.bubbles).toHaveText([/^Hi/, 'You: hello', 'Hello! Nice to meet you.']);
});

test('a page opened while the server is away connects when it comes (N1)', async ({ visit, gateway, userId }) => {
  gateway.stop();
  const a = await visit({ user: userId('alice'), peer: userId('bob') });
  await a.say('early bird');
  await expect(a.statusOf('early bird')).toHaveAccessibleName('Waiting for the connection');
  gateway.start();
  await expect(a.statusOf('early bird')).toHaveAccessibleName('Delivered');
});
