import type { Page } from '@playwright/test';
import { expect, expectAtEnd, expectHeld, test } from './list-test.js';

async function scrolledUp(page: Page): Promise<void> {
  await page.evaluate(async () => {
    const { create, frames, messages, scroller, scrollTo } = window.listPage;
    create(messages(0, 300));
    await frames(3);
    await scrollTo(scroller().scrollTop - 300);
  });
}

test('what comes while the reader is elsewhere is counted, and a press leads to the first of it', async ({ page }) => {
  await scrolledUp(page);
  const button = page.getByRole('button', { name: /new|latest/ });
  await expect(button).toHaveCount(0);
  const recorded = await page.evaluate(async () => {
    const { list, messages, record, firstInView } = window.listPage;
    return record(5, firstInView(), () => {
      list().messages = [...list().messages, ...messages(300, 20)];
    });
  });
  expectHeld(recorded);
  await expect(button).toHaveText('20 new');
  await button.click();
  const top = await page.evaluate(() => {
    const { row, scroller } = window.listPage;
    return (row('m300')?.getBoundingClientRect().top ?? Number.NaN) - scroller().getBoundingClientRect().top;
  });
  expect(Math.abs(top)).toBeLessThan(1);
  await expect(page.getByText(/\d+ new/)).toHaveCount(0);
  const focused = await page.evaluate(() => window.listPage.list().shadowRoot?.activeElement?.getAttribute('role'));
  expect(focused).toBe('log');
});

test('one by one they are counted, own notes are not, removed ones no more', async ({ page }) => {
  await scrolledUp(page);
  const button = page.getByRole('button', { name: /new/ });
  await page.evaluate(async () => {
    const { list, brief, frames } = window.listPage;
    list().messages = [...list().messages, brief(300)];
    await frames(2);
    list().messages = [...list().messages, brief(301), brief(302, { status: 'note' })];
    await frames(2);
  });
  await expect(button).toHaveText('2 new');
  await page.evaluate(() => {
    const { list } = window.listPage;
    list().messages = list().messages.filter(({ id }) => id !== 'm300');
  });
  await expect(button).toHaveText('1 new');
});

test('older messages that are loaded are not counted', async ({ page }) => {
  await scrolledUp(page);
  await page.evaluate(async () => {
    const { list, messages, frames } = window.listPage;
    list().messages = [...messages(-50, 50), ...list().messages];
    await frames(3);
  });
  await expect(page.getByRole('button', { name: /new/ })).toHaveCount(0);
});

test('the button goes when the reader comes to the end', async ({ page }) => {
  await scrolledUp(page);
  await page.evaluate(async () => {
    const { list, brief, frames } = window.listPage;
    list().messages = [...list().messages, brief(300)];
    await frames(2);
  });
  await expect(page.getByRole('button', { name: '1 new' })).toBeVisible();
  const frames = await page.evaluate(async () => {
    const { brief, frames, list, record, scroller } = window.listPage;
    scroller().scrollTop = scroller().scrollHeight;
    await frames(3);
    return record(5, undefined, () => {
      list().messages = [...list().messages, brief(301)];
    });
  });
  expectAtEnd(frames);
  await expect(page.getByRole('button', { name: /new|latest/ })).toHaveCount(0);
});

test('far from the end an arrow leads there', async ({ page }) => {
  await scrolledUp(page);
  await page.evaluate(() => window.listPage.scrollTo(5000));
  await page.getByRole('button', { name: 'Jump to the latest message' }).click();
  const frames = await page.evaluate(() => window.listPage.record(3));
  expectAtEnd(frames);
  await expect(page.getByRole('button', { name: 'Jump to the latest message' })).toHaveCount(0);
});

for (const status of ['queued', 'sending', 'sent'] as const) {
  test(`an own message (${status}) brings the reader to the end`, async ({ page }) => {
    await scrolledUp(page);
    const frames = await page.evaluate(async (status) => {
      const { list, brief, record } = window.listPage;
      const sent = await record(5, undefined, () => {
        list().messages = [...list().messages, brief(300, { status })];
      });
      return sent.slice(1);
    }, status);
    expectAtEnd(frames);
    await expect(page.getByRole('button', { name: /new|latest/ })).toHaveCount(0);
  });
}

test('edge-reached comes once when the oldest messages come near, does not leave the shadow tree, and again after a change', async ({
  page,
}) => {
  const counts = await page.evaluate(async () => {
    const { create, frames, messages, scrollTo } = window.listPage;
    const list = create(messages(1000, 300));
    let count = 0;
    let composed = false;
    list.addEventListener('edge-reached', (event) => {
      count++;
      composed ||= event.composed;
    });
    await frames(5);
    const counts = [count];
    await scrollTo(1500);
    await scrollTo(200);
    await scrollTo(0);
    counts.push(count);
    list.messages = [...messages(900, 100), ...list.messages];
    await frames(5);
    counts.push(count);
    await scrollTo(100);
    counts.push(count);
    return { counts, composed };
  });
  expect(counts).toEqual({ counts: [0, 1, 1, 2], composed: false });
});
