import type { ChatWindow } from '../../../src/index.js';
import { FrameType } from '../../gateway/frames.js';
import type { ChatPage } from '../support/chat-page.js';
import { test as base, expect } from '../support/chat-test.js';
import { countResidue, type Residue } from '../support/residue.js';

interface Fixtures {
  /** A page on which a chat was opened, used and connected, and what there was before. */
  used: { readonly chat: ChatPage; readonly user: string; readonly before: Residue };
}

const test = base.extend<Fixtures>({
  used: async ({ emptyPage, gateway, serverUrl, userId }, use) => {
    const user = userId('alice');
    const chat = await emptyPage({}, (context) => context.addInitScript(countResidue));
    await expect.poll(() => residueOf(chat)).toMatchObject({ timers: 0, frames: 0 });
    const before = await residueOf(chat);
    await chat.page.evaluate((all) => window.windowPage.open(all), {
      'server-url': serverUrl,
      'user-id': user,
      'peer-id': 'bob',
    });
    await chat.say('hello');
    // What is typed is written down before it is shown; what arrives is not kept waiting.
    await expect(chat.statusOf('You: hello')).toHaveAccessibleName('Delivered');
    gateway.send(user, 'hello to you', { from: 'bob', typeu: 0 });
    await expect(chat.bubbles).toHaveText(['You: hello', 'hello to you']);
    await use({ chat, user, before });
  },
});

const residueOf = ({ page }: ChatPage) => page.evaluate(() => window.residue());

test('the counting itself: a chat in use has timers, listeners and a socket', async ({ used: { chat, before } }) => {
  const now = await residueOf(chat);
  expect(now.timers).toBeGreaterThan(before.timers);
  expect(now.listeners).toBeGreaterThan(before.listeners);
  expect(now.sockets).toBe(1);
});

test('after disconnect() and removal nothing is left, and the server has seen the logout (I11)', async ({
  used: { chat, user, before },
  gateway,
}) => {
  await chat.root.evaluate((root: ChatWindow) => {
    root.disconnect();
    root.remove();
  });
  await expect(chat.root).toHaveCount(0);
  await gateway.journal.waitFor({ user, dir: 'in', type: FrameType.logout });
  await gateway.journal.waitFor({ user, dir: 'close' });
  expect(gateway.isOnline(user)).toBe(false);
  await expect.poll(() => residueOf(chat)).toEqual(before);
});

test('removal alone logs out and leaves nothing either (I11, L9)', async ({
  used: { chat, user, before },
  gateway,
}) => {
  await chat.root.evaluate((root: ChatWindow) => root.remove());
  await expect(chat.root).toHaveCount(0);
  await gateway.journal.waitFor({ user, dir: 'in', type: FrameType.logout });
  await gateway.journal.waitFor({ user, dir: 'close' });
  await expect.poll(() => residueOf(chat)).toEqual(before);
});

test('removed in the middle of an outage, nothing tries on (I11, I10)', async ({
  used: { chat, user, before },
  gateway,
}) => {
  // Told to reconnect, and removed before it can.
  const { sockets } = chat;
  await chat.root.evaluate((root: ChatWindow) => {
    root.addEventListener('chat-status', () => root.remove(), { once: true });
  });
  gateway.faults.cut(user);
  await expect(chat.root).toHaveCount(0);
  await expect.poll(() => residueOf(chat)).toEqual(before);
  expect(chat.sockets).toBe(sockets);
  expect(gateway.journal.logins(user)).toHaveLength(1);
});

test('moved in the document within one task, the chat keeps its socket and what it shows (L9)', async ({
  used: { chat, user },
  gateway,
}) => {
  await chat.field.fill('a draft');
  await chat.root.evaluate((root: ChatWindow) => {
    const section = document.createElement('section');
    section.style.height = '100%';
    document.body.append(section);
    section.append(root);
    root.remove();
    section.append(root);
  });
  await chat.page.evaluate(async () => {
    for (let frame = 0; frame < 10; frame++) await window.windowPage.painted();
  });
  await expect(chat.light).toHaveAccessibleName('Connected');
  await expect(chat.bubbles).toHaveText(['You: hello', 'hello to you']);
  await expect(chat.field).toHaveValue('a draft');
  await chat.field.press('Enter');
  await expect(chat.statusOf('a draft')).toHaveAccessibleName('Delivered');
  expect(gateway.journal.logins(user)).toHaveLength(1);
  expect(gateway.journal.filter({ user, dir: 'close' })).toEqual([]);
  expect(chat.sockets).toBe(1);
});

test('put back after a removal, it logs in anew (L9)', async ({ used: { chat, user }, gateway }) => {
  const removed = await chat.root.evaluateHandle((root: ChatWindow) => {
    root.remove();
    return root;
  });
  await gateway.journal.waitFor({ user, dir: 'close' });
  await removed.evaluate((root) => document.body.append(root));
  await expect(chat.light).toHaveAccessibleName('Connected');
  expect(gateway.journal.logins(user)).toHaveLength(2);
  await chat.say('back again');
  await expect(chat.statusOf('back again')).toHaveAccessibleName('Delivered');
});

test.describe(() => {
  // The browser's own word about a socket that is closed while it connects.
  test.use({ allowErrors: [/WebSocket is closed before the connection is established/] });
  test('opened and removed twenty times, it leaves nothing (I11)', async ({
    used: { chat, user, before },
    gateway,
    serverUrl,
  }) => {
    await chat.root.evaluate((root: ChatWindow) => root.remove());
    await gateway.journal.waitFor({ user, dir: 'close' });
    await chat.page.evaluate(
      async ([address, id]) => {
        for (let n = 0; n < 20; n++) {
          const root = window.windowPage.open({ 'server-url': address, 'user-id': `${id}-${n}`, 'peer-id': 'bob' });
          if (n % 2) await root.updateComplete;
          if (n % 4 === 3) await window.windowPage.painted();
          root.remove();
        }
      },
      [serverUrl, user] as const,
    );
    await expect.poll(() => residueOf(chat)).toEqual(before);
  });
});
