import process from 'node:process';
import { defineConfig } from '@playwright/test';
import { chromiumArgs, findChromium, findHeadlessShell } from './support/chromium.js';

const shell = findHeadlessShell();
const executablePath = findChromium();
// Workers read this file too, and need not search again.
if (executablePath) process.env['CHROME_PATH'] = executablePath;
process.env['HEADLESS_SHELL_PATH'] = shell ?? '';

/** What is told of tabs, of what a browser keeps, and of pages that come and go, is looked at in a whole browser. */
const WHOLE = /\/(history|lifecycle|tabs)\/.*\.spec\.ts$/;

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
  projects: [
    { name: 'browser', testMatch: WHOLE },
    { name: 'page', testIgnore: WHOLE, use: launchedFrom(shell ?? executablePath) },
  ],
  use: {
    browserName: 'chromium',
    ...launchedFrom(executablePath),
    locale: 'en-US',
    // Where a thing is while it moves is nobody's place. What moves, and that it does not then, has tests of its own.
    contextOptions: { reducedMotion: 'reduce' },
    // What was done, without pictures of it, which cost a fifth of the time: `--trace on` makes them.
    trace: { mode: 'retain-on-failure', screenshots: false, snapshots: false },
  },
});

function launchedFrom(path: string | undefined) {
  return { launchOptions: { ...(path && { executablePath: path }), args: chromiumArgs } };
}
