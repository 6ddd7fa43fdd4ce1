import { test as base, expect } from '@playwright/test';
import { Gateway } from '../gateway/gateway.js';
import { hostClock } from '../gateway/host-clock.js';
import { type DemoSite, demoSite } from '../support/demo-site.js';

interface Fixtures {
  /** Errors and warnings that the test provokes, such as the browser's own complaint about a refused connection. */
  allowErrors: RegExp[];
  /** What reached any page so far and is not allowed. A test fails if something is left here at its end. */
  pageErrors: string[];
}

export const test = base.extend<Fixtures, { site: DemoSite }>({
  /** The demo page, with its gateway in the test's hands. One per worker: use user ids of your own. */
  site: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the fixture's dependencies from the pattern.
    async ({}, use, { parallelIndex }) => {
      const gateway = new Gateway({
        ...{ clock: hostClock, robot: true, offlineStore: true },
        verifier: ({ token }) => (token === 'refuse me' ? 1025 : 0),
      });
      const site = await demoSite({
        gateway,
        port: 24_000 + 100 * parallelIndex,
        name: 'browser-tests',
      });
      await use(site);
      await site.close();
    },
    { scope: 'worker' },
  ],

  baseURL: ({ site }, use) => use(site.url),

  allowErrors: [[], { option: true }],

  /** Exceptions, unhandled rejections, console errors and warnings, of every page in every context. */
  pageErrors: [
    async ({ browser, allowErrors }, use) => {
      const errors: string[] = [];
      const add = (text: string) => {
        if (!allowErrors.some((allowed) => allowed.test(text))) errors.push(text);
      };
      browser.on('context', (context) => {
        context.on('weberror', (error) => add(String(error.error().stack ?? error.error())));
        context.on('console', (message) => {
          if (['error', 'warning', 'assert'].includes(message.type()))
            add(`console.${message.type()}: ${message.text()}`);
        });
      });
      await use(errors);
      // Errors on the way out count too.
      await Promise.all(browser.contexts().map((context) => context.close()));
      browser.removeAllListeners('context');
      expect(errors, 'errors that reached a page').toEqual([]);
    },
    { auto: true },
  ],
});

export { expect };
