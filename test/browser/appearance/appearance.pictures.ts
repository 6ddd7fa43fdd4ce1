import { writeFile } from 'node:fs/promises';
import type { FullConfig, Page } from '@playwright/test';
import type { ChatWindow } from '../../../src/index.js';
import { test as base, expect } from '../support/chat-test.js';
import { launcherStates, wearLauncher } from './launcher-states.js';
import { servePictureFonts, wearPictureFonts } from './picture-fonts.js';
import { type Scene, states } from './states.js';

const WIDTH = 360;
const HEIGHT = 640;

const test = base.extend<{ scene: Scene }>({
  allowErrors: [/WebSocket connection to|ERR_FAILED/],
  scene: async ({ emptyPage, gateway, serverUrl, userId }, use) => {
    const viewport = { width: WIDTH, height: HEIGHT };
    const chat = await emptyPage(
      { viewport, reducedMotion: 'reduce', timezoneId: 'Europe/Berlin' },
      async (context) => {
        await servePictureFonts(context);
        await context.clock.setFixedTime('2026-06-01T12:00:00+02:00');
      },
    );
    await wearPictureFonts(chat.page);
    await use({ chat, gateway, serverUrl, user: userId('alice') });
  },
});

async function wear(
  scene: Scene,
  look: Partial<Pick<ChatWindow, 'locale' | 'theme' | 'look' | 'brand'>>,
): Promise<void> {
  const { root } = scene.chat;
  await root.evaluate(async (chat: ChatWindow, change) => {
    Object.assign(chat, change);
    await chat.updateComplete;
    for (let frame = 0; frame < 3; frame++) await window.windowPage.painted();
  }, look);
  if (look.locale) await expect(root.locator('.window')).toHaveAttribute('lang', look.locale);
}

/** Pictures for the contact sheet: of each state, in each look. */
const sheet: { name: string; pictures: Buffer[] }[] = [];

const LOOKS = [
  { locale: 'en', theme: 'light' },
  { locale: 'zh-CN', theme: 'dark' },
  { locale: 'ar', theme: 'light' },
] as const;

/** With `--update-snapshots`. */
const isMadeAnew = ({ updateSnapshots }: FullConfig) => /^(all|changed)$/.test(updateSnapshots);

for (const [name, bring] of Object.entries(states)) {
  test(`as it was: ${name}`, async ({ scene }, { config }) => {
    await bring(scene);
    const { page } = scene.chat;
    const pictures: Buffer[] = [];
    for (const look of isMadeAnew(config) ? LOOKS : []) {
      await wear(scene, look);
      pictures.push(await page.screenshot({ animations: 'disabled' }));
    }
    sheet.push({ name, pictures });
    await wear(scene, { locale: 'en', theme: 'light' });
    await expect(page).toHaveScreenshot(`${name.replaceAll(/[^a-z]+/g, '-')}.png`);
  });
}

for (const look of ['messenger', 'neutral'] as const) {
  for (const theme of ['light', 'dark'] as const) {
    test(`as it was: ${look}, ${theme}`, async ({ scene }) => {
      await states['a conversation']?.(scene);
      await wear(scene, { locale: 'en', theme, look });
      await expect(scene.chat.bubbles.first()).not.toHaveCSS('background-color', 'rgb(0, 0, 0)');
      await expect(scene.chat.page).toHaveScreenshot(`look-${look}-${theme}.png`);
    });
  }
}

for (const [name, { bring }] of Object.entries(launcherStates)) {
  test(`as it was: the launcher, ${name}`, async ({ scene }, { config }) => {
    const { page } = scene.chat;
    await bring(scene);
    const pictures: Buffer[] = [];
    for (const look of isMadeAnew(config) ? LOOKS : []) {
      await wearLauncher(scene, look);
      pictures.push(await page.screenshot({ animations: 'disabled' }));
    }
    sheet.push({ name: `the launcher: ${name}`, pictures });
    await page.setViewportSize({ width: 640, height: HEIGHT });
    await wearLauncher(scene, { locale: 'en', theme: 'light' });
    await expect(page).toHaveScreenshot(`launcher-${name.replaceAll(/[^a-z]+/g, '-')}.png`);
  });
}

async function draw(page: Page): Promise<Buffer> {
  const cells = sheet.map(({ name, pictures }) => {
    const images = pictures
      .map((picture) => `<img src="data:image/png;base64,${picture.toString('base64')}">`)
      .join('');
    return `<figure><div>${images}</div><figcaption>${name}</figcaption></figure>`;
  });
  await page.setViewportSize({ width: 1720, height: 800 });
  await page.setContent(`<style>
    body { margin: 16px; display: grid; grid-template-columns: repeat(3, 1fr); gap: 20px 16px; background: #8a9099; font: 15px sans-serif }
    figure { margin: 0 } figure div { display: flex; gap: 4px } img { width: 180px; border-radius: 4px }
    figcaption { padding-top: 4px; color: #fff }
  </style>${cells.join('')}`);
  return page.screenshot({ fullPage: true, type: 'jpeg', quality: 72 });
}

test.afterAll(async ({ browser }, { config }) => {
  if (!isMadeAnew(config) || sheet.length < Object.keys({ ...states, ...launcherStates }).length) return;
  const page = await browser.newPage();
  await writeFile(new URL('../../../docs/appearance.jpg', import.meta.url), await draw(page));
  await page.close();
});
