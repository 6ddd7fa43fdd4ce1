import base from './playwright.config.js';

// `npm run appearance`: pictures are compared; with `-- --update-snapshots` they are made anew, and the contact sheet is drawn.
const { projects: _, ...rest } = base;
export default {
  ...rest,
  globalSetup: './browser/build-pages.ts',
  testMatch: 'appearance/*.pictures.ts',
  snapshotPathTemplate: '{testDir}/appearance/pictures/{arg}{ext}',
  // A pixel here and there: the edges of letters and curves depend on the browser's version.
  expect: { toHaveScreenshot: { maxDiffPixelRatio: 0.004, threshold: 0.3, animations: 'disabled' as const } },
};
