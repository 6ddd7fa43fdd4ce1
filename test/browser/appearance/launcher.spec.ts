import { test as base, expect } from '../support/chat-test.js';
import { LOCALES, SIZES, THEMES } from './choices.js';
import { geometryFaults, places } from './geometry.js';
import { launcherStates, wearLauncher } from './launcher-states.js';
import type { Scene } from './states.js';

const test = base.extend<{ scene: Scene }>({
  // Files are kept from coming on purpose.
  allowErrors: [/ERR_FAILED/],
  scene: async ({ emptyPage, gateway, serverUrl, userId }, use) => {
    const chat = await emptyPage({ viewport: { width: 360, height: 640 }, reducedMotion: 'reduce' });
    await use({ chat, gateway, serverUrl, user: userId('alice') });
  },
});

for (const [name, { bring, parts }] of Object.entries(launcherStates)) {
  test(`${name}: on the screen, nothing sticks out, is cut, lies upon another, or moves with the theme`, async ({
    scene,
  }) => {
    const { page } = scene.chat;
    await bring(scene);
    for (const [width, height] of SIZES) {
      await page.setViewportSize({ width, height });
      for (const locale of LOCALES) {
        for (const position of ['right', 'left'] as const) {
          const seen: string[][] = [];
          for (const theme of THEMES) {
            await wearLauncher(scene, { locale, theme, position });
            const where = `${locale}, ${theme}, ${width} px, ${position}`;
            const boxes: DOMRect[] = [];
            const all: string[] = [];
            for (const part of parts) {
              const found = page.locator(`chat-launcher ${part}`);
              await expect(found, where).toBeVisible();
              // What counts the messages lies on the button's edge on purpose.
              if (part !== '.button') expect(await found.evaluate(geometryFaults), where).toEqual([]);
              const box = await found.evaluate((element) => element.getBoundingClientRect().toJSON() as DOMRect);
              expect(box.left, where).toBeGreaterThanOrEqual(0);
              expect(box.top, where).toBeGreaterThanOrEqual(0);
              expect(box.right, where).toBeLessThanOrEqual(width);
              expect(box.bottom, where).toBeLessThanOrEqual(height);
              boxes.push(box);
              all.push(...(await found.evaluate(places)));
            }
            const [one, two] = boxes;
            if (one && two) {
              const isBeside =
                one.top >= two.bottom || two.top >= one.bottom || one.left >= two.right || two.left >= one.right;
              expect(isBeside, `${where}: one beside the other`).toBe(true);
            }
            seen.push(all);
          }
          expect(seen[1], `${locale}, ${width} px: dark as light`).toEqual(seen[0]);
        }
      }
    }
  });
}
