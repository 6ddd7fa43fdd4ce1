import { expectNoViolations, violations } from '../support/accessibility.js';
import { ChatPage } from '../support/chat-page.js';
import { expect, type Shop, test } from './embed-test.js';

test.describe('files that do not load', () => {
  test.use({ allowErrors: [/Failed to load resource|ERR_FAILED/] });

  for (const file of ['panel', 'bundle']) {
    test(`the ${file}: tried again, then told; a press tries once more`, async ({ shop }) => {
      const asked: string[] = [];
      let isBroken = true;
      const visit = await shop({
        prepare: async (context) => {
          await context.clock.install();
          await context.route(`**/harmonychat.${file}.js*`, (route) => {
            asked.push(new URL(route.request().url()).search);
            return isBroken ? route.abort() : route.continue();
          });
        },
      });
      const { page, button, badge, chat } = visit;
      await page.evaluate(() => {
        Object.assign(window, { told: [] });
        const note = ({ error }: { error: Error }) =>
          (window as unknown as { told: string[] }).told.push(error.message);
        void window.HarmonyChat?.('on', 'error', note);
      });
      await button.click();
      await expect.poll(() => asked).toEqual(['']);
      await page.clock.runFor(1_000);
      await expect.poll(() => asked).toEqual(['', '?again=1']);
      await page.clock.runFor(3_000);
      await expect.poll(() => asked).toEqual(['', '?again=1', '?again=2']);
      await expect(button).toHaveAccessibleName('Chat: retry');
      await expect(badge).toHaveText('!');
      expect(await page.evaluate(() => (window as unknown as { told: string[] }).told)).toEqual([
        expect.stringMatching(/^The chat did not load: .*harmonychat/),
      ]);
      isBroken = false;
      await button.click();
      await page.clock.runFor(100);
      await expect(chat.field).toBeVisible();
      await expect(badge).toBeEmpty();
      await expect(button).toHaveAccessibleName('Chat');
    });
  }

  test('files that never answer: after 15 s they are asked for again', async ({ shop }) => {
    const asked: string[] = [];
    const visit = await shop({
      prepare: async (context) => {
        await context.clock.install();
        await context.route('**/harmonychat.panel.js*', (route) => {
          asked.push(new URL(route.request().url()).search);
          return asked.length === 1 ? undefined : route.continue();
        });
      },
    });
    await visit.button.click();
    await expect.poll(() => asked).toEqual(['']);
    await visit.page.clock.runFor(16_500);
    await expect(visit.chat.field).toBeVisible();
    expect(asked).toEqual(['', '?again=1']);
  });
});

test.describe('a page that swaps its contents', () => {
  const alive = async (visit: Shop, text: string) => {
    await expect(visit.launcher).toHaveCount(1);
    await visit.chat.say(text);
    await expect(visit.chat.statusOf(text).first()).toHaveAccessibleName('Delivered');
    // The same connection, the same login.
    expect(visit.chat.sockets).toBe(1);
    expect(visit.chat.written.filter(({ type }) => type === 0)).toHaveLength(1);
  };

  test('the chat is still there: emptied, replaced, moved, removed', async ({ shop }) => {
    const visit = await shop();
    const { page, chat } = visit;
    await visit.open();
    await alive(visit, 'first');
    await page.evaluate(() => document.body.replaceChildren('Another page of the shop'));
    await alive(visit, 'emptied');
    await page.evaluate(() => {
      const body = document.createElement('body');
      body.append('Yet another');
      document.body.replaceWith(body);
      // Pushed, as a router does.
      history.pushState({}, '', '?page=2');
    });
    await alive(visit, 'replaced');
    await page.evaluate(() => {
      const chat = document.querySelector('chat-launcher');
      document.body.append(document.createElement('main'));
      if (chat) document.querySelector('main')?.append(chat);
    });
    await alive(visit, 'moved');
    expect(await page.evaluate(() => document.querySelector('main > chat-launcher') !== null)).toBe(true);
    await page.evaluate(() => document.querySelector('main')?.remove());
    await alive(visit, 'removed');
    await expect(chat.message('first').first()).toBeAttached();
  });

  test('whoever takes it out again and again is not fought', async ({ shop }) => {
    const visit = await shop();
    await visit.open();
    await expect(visit.chat.light).toHaveAccessibleName('Connected');
    const taken = await visit.page.evaluate(async () => {
      let count = 0;
      const rival = new MutationObserver(() => {
        const chat = document.querySelector('chat-launcher');
        if (!chat) return;
        count += 1;
        chat.remove();
      });
      rival.observe(document.body, { childList: true });
      document.querySelector('chat-launcher')?.remove();
      await new Promise((resolve) => setTimeout(resolve, 500));
      rival.disconnect();
      return count;
    });
    expect(taken).toBeLessThanOrEqual(5);
    await expect(visit.launcher).toHaveCount(1);
    await visit.chat.say('still here');
    await expect(visit.chat.statusOf('still here').first()).toHaveAccessibleName('Delivered');
  });
});

test('one file with everything asks for no other', async ({ shop }) => {
  const visit = await shop({ script: '/dist/harmonychat.all.js', tag: { locale: 'zh-CN' } });
  await visit.open();
  await visit.chat.field.fill('image');
  await visit.chat.field.press('Enter');
  await expect(visit.chat.bubbles.last().getByRole('button')).toBeVisible();
  await visit.chat.root.getByRole('button', { name: '选择表情' }).click();
  await expect(visit.chat.root.getByRole('searchbox')).toBeFocused();
  expect(visit.requests.filter((url) => url.endsWith('.js'))).toEqual([expect.stringContaining('harmonychat.all.js')]);
});

test('axe finds nothing: the launcher, the notice, the panel, the preview; light and dark', async ({
  shop,
  gateway,
  userId,
}) => {
  const user = userId('checked');
  const visit = await shop({ tag: { consent: 'required', 'user-id': user, 'peer-id': 'bob', 'peer-name': 'Bob' } });
  const all = new ChatPage(visit.page, visit.launcher);
  const { button, notice, preview } = visit;
  for (const theme of ['light', 'dark']) {
    await visit.call('update', { theme });
    await expect(button).toBeVisible();
    expect(await violations(all), `button, ${theme}`).toEqual([]);
  }
  await button.click();
  await expect(notice).toBeVisible();
  for (const theme of ['light', 'dark']) {
    await visit.call('update', { theme });
    expect(await violations(all), `notice, ${theme}`).toEqual([]);
  }
  await notice.getByRole('button', { name: 'Agree and chat' }).click();
  await expect(visit.chat.light).toHaveAccessibleName('Connected');
  await expectNoViolations(all);
  await button.click();
  gateway.send(user, 'Are you there?', { from: 'bob' });
  await expect(preview.locator('.said')).toBeVisible();
  for (const theme of ['light', 'dark']) {
    await visit.call('update', { theme });
    expect(await violations(all), `preview, ${theme}`).toEqual([]);
  }
});
