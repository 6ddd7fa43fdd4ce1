import type { ChatWindow } from '../../../src/index.js';
import { expectNoViolations, violations } from '../support/accessibility.js';
import type { ChatPage } from '../support/chat-page.js';
import { test as base, expect } from '../support/chat-test.js';

interface Fixtures {
  /** A connected chat on the demo page. */
  chat: ChatPage;
  user: string;
}

const test = base.extend<Fixtures>({
  user: ({ userId }, use) => use(userId('alice')),
  chat: async ({ enter, user }, use) => use(await enter({ user, peer: 'bob' })),
});

test('axe finds what is wrong (so that nothing found means something)', async ({ chat }) => {
  await chat.root.evaluate((root) => root.style.setProperty('--chat-foreground', '#ddd'));
  expect((await violations(chat)).join()).toContain('color-contrast');
});

test('an empty conversation', async ({ emptyPage }) => {
  const chat = await emptyPage();
  await chat.page.evaluate(() => window.windowPage.open({ 'user-id': 'me' }, { store: window.windowPage.storeOf() }));
  await expect(chat.root.getByText('No messages yet. Say hello!')).toBeVisible();
  await expectNoViolations(chat);
});

test('a conversation with all kinds of messages', async ({ chat, gateway, user }) => {
  gateway.send(user, 'see https://example.com/a, 请看www.example.com吧', { from: 'bob', typeu: 0 });
  gateway.send(user, 'odd', { from: 'bob', typeu: 77 });
  gateway.send(user, 'notice', { from: 'bob', typeu: 90 });
  await chat.say('with a link: https://example.com/b');
  await expect(chat.statusOf('with a link')).toHaveAccessibleName('Delivered');
  await expect(chat.bubbles).toHaveCount(3);
  await chat.field.fill('a draft');
  await expectNoViolations(chat);
});

test('marks of all kinds, a failed message among them', async ({ emptyPage }) => {
  const chat = await emptyPage();
  await chat.page.evaluate(() => {
    const { message, open, storeOf } = window.windowPage;
    const statuses = ['queued', 'sending', 'unconfirmed', 'sent', 'delivered', 'failed', 'received'] as const;
    const store = storeOf(...statuses.map((status, n) => message(n, { status, content: status })));
    for (const note of ['gap', 'filling', 'notKept', 'older', 'olderFailed']) store.note(note, Date.now());
    open({ 'user-id': 'me', 'peer-id': 'bob' }, { store });
  });
  await expect(chat.root.getByText('Messages may be missing here.')).toBeVisible();
  await expect(chat.root.getByText('This message was not delivered!')).toBeVisible();
  await expectNoViolations(chat);
});

test('what is said below the field', async ({ chat }) => {
  await chat.field.press('Enter');
  await expect(chat.hint).toHaveText('Type something first.');
  await expectNoViolations(chat);
  await chat.field.fill('a'.repeat(70_000));
  await expect(chat.hint).toHaveText(/^Too long/);
  await expectNoViolations(chat);
});

test('signed in elsewhere', async ({ chat, enter, user }) => {
  await enter({ user, peer: 'bob' });
  await expect(chat.useHere).toBeVisible();
  await expectNoViolations(chat);
});

test('disconnected, with the strip', async ({ chat }) => {
  await chat.say('hello');
  await chat.root.evaluate((root: ChatWindow) => root.disconnect());
  await expect(chat.strip).toHaveText('You are disconnected. Connect');
  await expectNoViolations(chat);
});

test.describe(() => {
  // The gateway's history goes with it, and may be asked for older messages just then.
  test.use({ allowErrors: [/^console\.error: WebSocket connection to |503 \(Service Unavailable\)/] });
  test('in trouble, with the strip', async ({ chat, gateway }) => {
    gateway.stop();
    await chat.say('hello');
    await expect(chat.strip).toHaveText('The network is poor. Trying to recover…');
    await expectNoViolations(chat);
  });
});

test('a chat that cannot start', async ({ emptyPage }) => {
  const chat = await emptyPage();
  await chat.page.evaluate(() => window.windowPage.open({ 'user-id': 'me' }));
  await expect(chat.problem).toBeVisible();
  await expectNoViolations(chat);
});

test('a window that asks for the receiver, with a notice', async ({ emptyPage, gateway, serverUrl, user }) => {
  const chat = await emptyPage();
  await chat.page.evaluate((all) => window.windowPage.open(all), { 'server-url': serverUrl, 'user-id': user });
  await expect(chat.light).toHaveAccessibleName('Connected');
  await expectNoViolations(chat);
  gateway.send(user, 'from Bob', { from: 'bob', typeu: 0 });
  gateway.send(user, 'from Carol', { from: 'carol', typeu: 0 });
  await expect(chat.root.getByRole('button', { name: /carol/ })).toBeVisible();
  await expectNoViolations(chat);
});
