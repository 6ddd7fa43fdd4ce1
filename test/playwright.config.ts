import process from 'node:process';
import { defineConfig } from '@playwright/test';
import { chromiumArgs, findChromium } from './support/chromium.js';

const executablePath = findChromium();
// Workers read this file too, and need not search again.
if (executablePath) process.env['CHROME_PATH'] = executablePath;

export default defineConfig({
  testDir: 'browser',
  globalSetup: ['./browser/build-pages.ts', './browser/build-dist.ts', './browser/build-site.ts'],
  outputDir: '../test-results',
  // Most of the time they wait for something.
  workers: 3,
  retries: 0,
  forbidOnly: true,
  // Those take a minute together with others of their kind, or want a machine for themselves: `npm run test:long`.
  grepInvert: /@long/,
  timeout: 30_000,
  globalTimeout: 1_200_000,
  use: {
    browserName: 'chromium',
    launchOptions: { ...(executablePath && { executablePath }), args: chromiumArgs },
    locale: 'en-US',
    // Where a thing is while it moves is nobody's place. What moves, and that it does not then, has tests of its own.
    contextOptions: { reducedMotion: 'reduce' },
    // What was done, without pictures of it, which cost a fifth of the time: `--trace on` makes them.
    trace: { mode: 'retain-on-failure', screenshots: false, snapshots: false },
  },
});
