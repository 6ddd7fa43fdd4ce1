import type { CdpPage } from '../../support/cdp-page.js';
import { expect, test } from './lifecycle-test.js';

const path = 'test/browser/pages/window.html';
const visibility = (page: CdpPage) => page.evaluate(() => document.visibilityState);

declare global {
  interface Window {
    notes?: string[];
  }
}

/** Makes the page remember what happens to it. */
const takeNotes = (page: CdpPage) =>
  page.evaluate(() => {
    const noted: string[] = [];
    window.notes = noted;
    const note = (text: string) => noted.push(text);
    for (const type of ['freeze', 'resume']) document.addEventListener(type, () => note(type));
    for (const type of ['pagehide', 'pageshow']) {
      window.addEventListener(type, (event) => note(`${type}:${(event as PageTransitionEvent).persisted}`));
    }
  });
const notes = (page: CdpPage) => page.evaluate(() => window.notes?.join(' '));

test('each page is visible beside others, until it is hidden', async ({ openPage }) => {
  const first = await openPage(path);
  const second = await openPage(path);
  expect(await visibility(first)).toBe('visible');
  await first.hide();
  expect([await visibility(first), await visibility(second)]).toEqual(['hidden', 'visible']);
  await first.show();
  expect(await visibility(first)).toBe('visible');
});

test('frozen, its timers stand still', async ({ openPage }) => {
  const page = await openPage(path);
  const other = await openPage(path);
  await takeNotes(page);
  await page.freeze();
  await page.evaluate(() => void setTimeout(() => window.notes?.push('timer')));
  // What would be time enough.
  await other.evaluate(() => new Promise((resolve) => setTimeout(resolve, 200)));
  expect(await notes(page)).toBe('freeze');
  await page.resume();
  await expect.poll(() => notes(page)).toBe('freeze resume timer');
});

test('the back-forward cache gives it back as it was', async ({ openPage, site }) => {
  const page = await openPage(path);
  await takeNotes(page);
  await page.navigate(`${site.url}${path}?elsewhere`);
  expect(await page.go(-1)).toBe(true);
  expect(await notes(page)).toBe('pagehide:true freeze resume pageshow:true');
});

test('reloaded, it is another document', async ({ openPage }) => {
  const page = await openPage(path);
  await takeNotes(page);
  await page.reload();
  expect(await notes(page)).toBeUndefined();
});

test('its renderer crashes, or is killed: a reload brings it back', async ({ openPage }) => {
  const page = await openPage(path);
  await page.crash();
  await page.reload();
  expect(await visibility(page)).toBe('visible');
  const before = await page.rendererPid();
  await page.kill();
  await page.reload();
  expect(await visibility(page)).toBe('visible');
  expect(await page.rendererPid()).not.toBe(before);
});

test('discarded, it is loaded anew and told so', async ({ openPage }) => {
  const page = await openPage(path);
  await takeNotes(page);
  await page.discard();
  expect(await page.evaluate(() => Reflect.get(document, 'wasDiscarded'))).toBe(true);
  expect(await notes(page)).toBeUndefined();
  expect(await visibility(page)).toBe('visible');
});

test('while the browser sleeps, nothing answers', async ({ openPage, chromium }) => {
  const page = await openPage(path);
  chromium.sleep();
  const answer = page.evaluate(() => 'awake').then((said) => ({ said, at: performance.now() }));
  await new Promise((resolve) => setTimeout(resolve, 200));
  const wokenAt = performance.now();
  chromium.wake();
  const { said, at } = await answer;
  expect(said).toBe('awake');
  expect(at).toBeGreaterThan(wokenAt);
});

test('its storage is cleared while it is open', async ({ openPage }) => {
  const page = await openPage(path);
  await page.evaluate(() => localStorage.setItem('key', 'value'));
  await page.clearStorage();
  expect(await page.evaluate(() => localStorage.getItem('key'))).toBeNull();
});

test('the listeners of an object are listed by their types', async ({ openPage }) => {
  const page = await openPage(path);
  await page.evaluate(() => window.addEventListener('unload', () => {}));
  expect(await page.listeners('window')).toContain('unload');
});
