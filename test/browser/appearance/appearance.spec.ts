import type { ChatWindow } from '../../../src/index.js';
import { test as base, expect } from '../support/chat-test.js';
import { LOCALES, SIZES, THEMES } from './choices.js';
import { geometryFaults, places } from './geometry.js';
import { type Scene, states } from './states.js';

const test = base.extend<{ scene: Scene }>({
  // The line is cut on purpose.
  allowErrors: [/WebSocket connection to/],
  scene: async ({ emptyPage, gateway, serverUrl, userId }, use) => {
    const chat = await emptyPage({ viewport: { width: 360, height: 640 }, reducedMotion: 'reduce' });
    await use({ chat, gateway, serverUrl, user: userId('alice') });
  },
});

for (const [name, bring] of Object.entries(states)) {
  test(`${name}: nothing sticks out, is cut, lies upon another, or moves with the theme`, async ({ scene }) => {
    const { page, root } = scene.chat;
    await bring(scene);
    for (const [width, height] of SIZES) {
      await page.setViewportSize({ width, height });
      for (const locale of LOCALES) {
        const seen: string[][] = [];
        for (const theme of THEMES) {
          await root.evaluate(
            async (chat: ChatWindow, look) => {
              Object.assign(chat, look);
              await chat.updateComplete;
              for (let frame = 0; frame < 3; frame++) await window.windowPage.painted();
            },
            { locale, theme },
          );
          await expect(root.locator('.window')).toHaveAttribute('lang', locale);
          await page.evaluate(() => window.windowPage.painted());
          const where = `${locale}, ${theme}, ${width} px`;
          expect(await root.evaluate(geometryFaults), where).toEqual([]);
          seen.push(await root.evaluate(places));
        }
        expect(seen[1], `${locale}, ${width} px: dark as light`).toEqual(seen[0]);
      }
    }
  });
}

test('the check finds what is wrong (so that nothing found means something)', async ({ scene }) => {
  const { root } = scene.chat;
  await states['a conversation']?.(scene);
  const break_ = (style: string) =>
    root.evaluate((chat, css) => {
      const sheet = new CSSStyleSheet();
      sheet.replaceSync(css);
      for (const row of chat.shadowRoot?.querySelector('message-list')?.rows ?? [])
        if (row.shadowRoot) row.shadowRoot.adoptedStyleSheets = [...row.shadowRoot.adoptedStyleSheets, sheet];
    }, style);
  expect(await root.evaluate(geometryFaults)).toEqual([]);
  await break_('.name { margin-block-end: -30px; }');
  expect((await root.evaluate(geometryFaults)).join()).toContain('lies upon');
  await break_('.name { margin-block-end: 0; } .bubble { width: 900px; max-width: none; }');
  expect((await root.evaluate(geometryFaults)).join()).toContain('sticks out');
});
