import type { BrowserContextOptions } from '@playwright/test';
import type { ChatApp } from '../../../src/app/index.js';
import { LATE_MS } from '../../../src/app/times.js';
import { expectNoViolations } from '../support/accessibility.js';
import { ChatPage } from '../support/chat-page.js';
import { type AppPage, test as base, expect, holdSplash, SPLASHES } from './app-test.js';

interface Fixtures {
  /** Goes through all screens, and does this on each. */
  walk: (
    parameters: Readonly<Record<string, string>>,
    options: BrowserContextOptions,
    look: (app: AppPage, screen: string) => Promise<void>,
  ) => Promise<void>;
}

const test = base.extend<Fixtures>({
  walk: ({ start, userId, gateway }, use) =>
    use(async (parameters, options, look) => {
      let isDead = false;
      const app = await start({ splash: 'on', consent: 'required', ...parameters }, options, async (context) => {
        await context.routeWebSocket(/websocket/, (socket) => {
          if (!isDead) socket.connectToServer();
        });
        await context.addInitScript(holdSplash, SPLASHES);
        // Whoever waits for the server does not have to.
        await context.addInitScript((late) => {
          const held = setTimeout;
          Object.assign(window, {
            setTimeout: (handler: () => void, ms = 0, ...all: unknown[]) =>
              held(handler, ms === late ? 300 : ms, ...all),
          });
        }, LATE_MS);
      });
      const { root } = app;
      const see = async (screen: string, selector: string) => {
        await expect(root.locator(selector), screen).toBeVisible();
        await look(app, screen);
      };
      const go = () => root.locator('[part=primary]').click();
      const user = userId('ann');

      await see('splash', '[part=splash]');
      await app.splash.click();
      await see('notice', '[part~=notice]');
      await root.locator('[part=secondary]').click();
      await see('declined', '[part=screen]');
      await go();
      await root.locator('[part~=notice] [part=primary]').click();
      await see('login', '[part~=login]');
      await go();
      await see('wrong input', '.wrong:not(:empty)');
      await app.logIn(user, 'refuse me');
      await see('refused', '[part=trouble]');
      isDead = true;
      await app.logIn(user, 'abc');
      await see('late', '[part=late]');
      await root.locator('[part=late] [part=secondary]').click();
      isDead = false;
      await app.logIn(user, 'abc');
      await expect(root.locator('status-light[connected]')).toBeVisible();
      await see('chat', 'chat-window');
      gateway.kick(user, 1);
      await see('kicked out', '[part=ended]');
      await root.locator('[slot=ended] button').last().click();
      await see('left', '[part=screen]');
    }),
});

test('axe finds nothing on any screen', async ({ walk }) => {
  test.slow();
  await walk({}, {}, async ({ page, root }, screen) => {
    await test.step(screen, () => expectNoViolations(new ChatPage(page, root)));
  });
});

for (const [width, height, locale] of [
  [320, 568, 'de'],
  [360, 640, 'zh-CN'],
  [667, 375, 'fr'],
  [1280, 800, 'en'],
] as const) {
  test(`every screen fits into ${width} px, and all of it can be reached (${locale})`, {
    tag: width === 360 ? [] : '@long',
  }, async ({ walk }) => {
    await walk({ locale }, { viewport: { width, height }, hasTouch: width < 1000 }, async ({ root, page }, screen) => {
      const wrong = await root.evaluate((app) => {
        const found: string[] = [];
        const visit = (element: Element) => {
          if (element.matches('.visually-hidden, svg, [hidden], svg *, chat-window')) return;
          const { left, right, width: wide } = element.getBoundingClientRect();
          if (wide > 0 && (left < -0.5 || right > innerWidth + 0.5))
            found.push(`${element.outerHTML} ${left} ${right}`);
          const { scrollWidth, clientWidth } = element;
          if (clientWidth > 0 && scrollWidth > clientWidth + 1 && getComputedStyle(element).display !== 'inline') {
            found.push(`${element.localName} ${element.className}: ${scrollWidth} px in ${clientWidth}`);
          }
          for (const child of [...element.children, ...(element.shadowRoot?.children ?? [])]) visit(child);
        };
        visit(app.shadowRoot?.querySelector('.app') ?? app);
        return found;
      });
      expect(wrong, screen).toEqual([]);
      const sizes = await page.evaluate(() => [
        document.documentElement.scrollWidth,
        document.documentElement.scrollHeight,
      ]);
      expect(sizes, screen).toEqual([width, height]);
      // What is to be pressed, or typed into, is large enough for a finger.
      for (const part of await root.locator('[part=primary], [part=secondary], [part=reveal], input').all()) {
        const isEnded = await part.evaluate((element) => element.closest('[slot=ended]') !== null);
        if (isEnded || !(await part.isVisible())) continue;
        await part.scrollIntoViewIfNeeded();
        expect((await part.boundingBox())?.height, screen).toBeGreaterThanOrEqual(44);
        await expect(part, screen).toBeInViewport({ ratio: 0.99 });
      }
      for (const field of await root.locator('[part~=login] input').all())
        await expect(field).toHaveCSS('font-size', '16px');
    });
  });
}

test('Arabic is mirrored', async ({ walk }) => {
  await walk({ locale: 'ar' }, { viewport: { width: 360, height: 640 } }, async ({ root }, screen) => {
    await expect(root.locator('.app'), screen).toHaveCSS('direction', 'rtl');
    if (screen === 'login') {
      const [field, reveal] = await Promise.all([
        root.locator('#password').boundingBox(),
        root.locator('[part=reveal]').boundingBox(),
      ]);
      expect((reveal?.x ?? 0) - (field?.x ?? 0)).toBeLessThan(10);
      await expect(root.locator('#password')).toHaveCSS('text-align', 'right');
    }
    if (screen === 'chat') {
      const out = await root.locator('[part=log-out]').boundingBox();
      expect(out?.x).toBeLessThan(20);
    }
    if (screen === 'notice') {
      const [icon, text] = await Promise.all([
        root.locator('li svg').first().boundingBox(),
        root.locator('li span').first().boundingBox(),
      ]);
      expect(icon?.x).toBeGreaterThan(text?.x ?? 0);
    }
  });
});

test('dark follows the system, or is told', async ({ start }) => {
  const app = await start({}, { colorScheme: 'dark' });
  const background = () => app.root.evaluate((root: ChatApp) => getComputedStyle(root).backgroundColor);
  expect(await background()).toBe('rgb(20, 23, 27)');
  await app.root.evaluate((root: ChatApp) => {
    root.theme = 'light';
  });
  await app.drawn();
  expect(await background()).toBe('rgb(240, 242, 246)');
});
