import { test as base, expect } from '../fixtures.js';
import type { Frame } from '../pages/list.js';

interface Fixtures {
  /** For scrolls so fast that rows become visible before they are measured. Default: false. */
  allowResizeLoops: boolean;
  /** Opens the page of the lists; at the end nothing may have reached its error handler, ResizeObserver's warnings included. */
  listPage: undefined;
}

export const test = base.extend<Fixtures>({
  viewport: { width: 800, height: 700 },

  allowResizeLoops: [false, { option: true }],

  listPage: [
    async ({ page, site, allowResizeLoops }, use) => {
      await page.goto(`${site.url}test/browser/pages/list.html`);
      await page.waitForFunction(() => 'listPage' in window);
      await use(undefined);
      const errors = await page.evaluate(() => window.listPage.errors);
      const counted = errors.filter((error) => !(allowResizeLoops && error.startsWith('ResizeObserver loop')));
      expect(counted, 'errors of the page').toEqual([]);
    },
    { auto: true },
  ],
});

/** Every painted frame of a change had the end of the last message at the end of the list. */
export function expectAtEnd(frames: readonly Frame[]): void {
  expect(frames.length).toBeGreaterThan(0);
  expect(frames.map(({ off }) => off)).toEqual(frames.map(() => 0));
  expect(frames.map(({ rest }) => rest)).toEqual(frames.map(() => 0));
  expectGapless(frames);
}

/** In every painted frame of a change the bubble was where it was before. */
export function expectHeld(frames: readonly Frame[]): void {
  const before = frames[0]?.held;
  expect(before).toEqual(expect.any(Number));
  expect(frames.map(({ held }) => held)).toEqual(frames.map(() => before));
  expectGapless(frames);
}

/** In every painted frame rows covered the list, one directly below the other. */
export function expectGapless(frames: readonly Frame[]): void {
  expect(frames.map(({ blank }) => blank)).toEqual(frames.map(() => 0));
  expect(frames.map(({ seam }) => seam)).toEqual(frames.map(() => 0));
}

export { expect };
