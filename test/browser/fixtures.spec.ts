import { expect, test } from './fixtures.js';

const faults = {
  'an exception': "setTimeout(() => { throw new Error('planted'); })",
  'an unhandled rejection': "void Promise.reject(new Error('planted'))",
  'console.error': "console.error('planted')",
  'console.warn': "console.warn('planted')",
  'a failed console.assert': "console.assert(false, 'planted')",
};

for (const [name, script] of Object.entries(faults)) {
  test(`${name} is noticed, on the page and in another context`, async ({ page, browser, pageErrors }) => {
    const other = await (await browser.newContext()).newPage();
    for (const any of [page, other]) {
      await any.setContent(`<script>${script}</script>`);
      await expect.poll(() => pageErrors).toEqual([expect.stringContaining('planted')]);
      pageErrors.length = 0;
    }
  });
}

test('an error fails its test (as this one has to fail)', async ({ page }) => {
  test.fail();
  await page.setContent(`<script>${faults['console.error']}</script>`);
});

test.describe('a test may allow the errors it provokes', () => {
  test.use({ allowErrors: [/expected/] });
  test('and no others', async ({ page, pageErrors }) => {
    await page.setContent("<script>console.error('expected'); console.error('planted')</script>");
    await expect.poll(() => pageErrors.splice(0)).toEqual(['console.error: planted']);
  });
});
