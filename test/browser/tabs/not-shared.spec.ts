import { arrivals } from '../../support/arrivals.js';
import { expectNoViolations } from '../support/accessibility.js';
import type { ChatPage } from '../support/chat-page.js';
import { expect, sessionsOf, test, twoHeartbeats } from './tabs-test.js';

const elsewhere = 'This chat is open in another tab.';

/** What browsers lack, and scripts that take it away. */
const lacks: Readonly<Record<string, () => void>> = {
  'Web Locks': () => Reflect.deleteProperty(Navigator.prototype, 'locks'),
  BroadcastChannel: () => Reflect.deleteProperty(window, 'BroadcastChannel'),
  both: () => {
    Reflect.deleteProperty(Navigator.prototype, 'locks');
    Reflect.deleteProperty(window, 'BroadcastChannel');
  },
};

for (const [what, takeAway] of Object.entries(lacks)) {
  test.describe(`M5, without ${what}`, { tag: what === 'both' ? [] : '@long' }, () => {
    // Several may reach for it at once; whoever loses lets go of a socket that has not opened yet.
    test.use({ allowErrors: [/WebSocket is closed before the connection is established/] });

    test('one tab has the chat, others say so; "use it here" moves it', async ({ enterTabs, gateway, userId }) => {
      const [user, peer] = [userId('alice'), userId('bob')];
      const tabs = await enterTabs(3, { user, peer, heartbeat: 3 }, (context) => context.addInitScript(takeAway));
      const [first, second, third] = tabs as [ChatPage, ChatPage, ChatPage];
      expect(await first.page.evaluate(() => 'locks' in navigator && 'BroadcastChannel' in window)).toBe(false);
      for (const tab of [second, third]) {
        await expect(tab.panel).toContainText(elsewhere);
        await expect(tab.useHere).toBeVisible();
        await expect(tab.field).not.toBeEditable();
      }
      await expect(first.light).toHaveAccessibleName('Connected');
      await first.say('from the first');
      await expect(first.statusOf('from the first')).toHaveAccessibleName('Delivered');
      await twoHeartbeats(gateway, user);
      expect(gateway.journal.logins(user)).toHaveLength(1);

      await second.useHere.click();
      await expect(second.light).toHaveAccessibleName('Connected');
      await expect(second.panel).toBeHidden();
      for (const tab of [first, third]) await expect(tab.panel).toContainText(elsewhere);
      await second.say('from the second');
      await expect(second.statusOf('from the second')).toHaveAccessibleName('Delivered');
      await twoHeartbeats(gateway, user);
      expect(gateway.journal.logins(user)).toHaveLength(2);
      expect(gateway.socketsOf(user)).toHaveLength(1);
      expect(arrivals(gateway.journal, user).map(({ content }) => content)).toEqual([
        'from the first',
        'from the second',
      ]);
    });

    test('the tab that has the chat is closed: another goes on, once', async ({ enterTabs, gateway, userId }) => {
      const [user, peer] = [userId('alice'), userId('bob')];
      const tabs = await enterTabs(3, { user, peer, heartbeat: 3 }, (context) => context.addInitScript(takeAway));
      const [first, second, third] = tabs as [ChatPage, ChatPage, ChatPage];
      for (const tab of [second, third]) await expect(tab.panel).toContainText(elsewhere);
      await first.page.close({ runBeforeUnload: true });
      const lights = () => Promise.all([second, third].map(({ light }) => light.getAttribute('aria-label')));
      await expect.poll(async () => (await lights()).sort()).toEqual(['Connected', 'Not connected']);
      await twoHeartbeats(gateway, user);
      expect(sessionsOf(gateway, user)).toHaveLength(2);
      expect(gateway.socketsOf(user)).toHaveLength(1);
    });
  });
}

test('axe finds nothing in a tab that says where the chat is', async ({ enterTabs, userId }) => {
  const parameters = { user: userId('alice'), peer: userId('bob') };
  const [, second] = await enterTabs(2, parameters, (context) =>
    context.addInitScript(() => Reflect.deleteProperty(Navigator.prototype, 'locks')),
  );
  if (!second) throw new Error('expected two tabs');
  await expect(second.panel).toContainText(elsewhere);
  await expectNoViolations(second);
  await expect(second.panel).toContainText(elsewhere);
});
